// The search in the header: Ctrl-K goes there, arrows walk through what was found, Escape closes.

customElements.define("ww-search", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.results = this.querySelector(".ww-search__results");
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        this.input.focus();
        this.input.select();
      }
    });
    this.addEventListener("keydown", (event) => this.walk(event));
    document.addEventListener("click", (event) => {
      if (!this.contains(event.target)) this.close();
    });
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) this.close();
    });
    this.input.addEventListener("input", () => {
      if (!this.input.value.trim()) this.close();
    });
  }

  walk(event) {
    const links = [...this.results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      this.close();
      this.input.focus();
    } else if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at === 0 ? this.input : links[at - 1]).focus();
    }
  }

  close() {
    this.results.replaceChildren();
  }
});
