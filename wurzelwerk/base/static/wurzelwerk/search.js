// The search: Ctrl-K goes there from anywhere. In the header it is a combobox (ARIA APG: list autocomplete with manual
// selection): arrows walk through the hits of all groups, Enter opens, Escape closes and gives the focus back.

const REST = 150; // milliseconds without a key before it asks
const SHORTEST = 2;

customElements.define("ww-search", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=search]");
    this.form = this.querySelector("form[data-suggest]");
    document.addEventListener("keydown", (event) => this.call(event));
    if (this.form) this.build();
  }

  build() {
    this.results = this.querySelector(".ww-search__results");
    this.status = this.querySelector("[data-search-said]");
    this.opener = this.querySelector(".ww-search__open");
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suchliste" };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.opener.setAttribute("role", "button");
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.ask());
    this.input.addEventListener("click", () => this.results.hidden && this.ask());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.opener.addEventListener("click", (event) => this.come(event));
    this.opener.addEventListener("keydown", (event) => event.key === " " && this.come(event));
    this.querySelector(".ww-search__close").addEventListener("click", () => this.leave());
    this.results.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.results.addEventListener("click", (event) => event.target.closest("a") && this.close());
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) this.fold();
    });
    document.addEventListener("click", (event) => {
      if (!this.contains(event.target)) this.fold();
    });
  }

  call(event) {
    if (event.key.toLowerCase() !== "k" || event.ctrlKey === event.metaKey || event.shiftKey || event.altKey) return;
    if (document.querySelector("dialog:modal")) return;
    this.come(event);
  }

  come(event) {
    event.preventDefault();
    if (!this.contains(document.activeElement)) this.before = document.activeElement;
    this.toggleAttribute("data-open", true);
    this.input.focus();
    this.input.select();
    if (this.form && this.results.hidden) this.ask();
  }

  leave() {
    const before = this.before?.isConnected && this.before !== document.body ? this.before : null;
    const opened = this.hasAttribute("data-open");
    this.fold();
    if (before) before.focus();
    else if (this.opener.offsetParent) this.opener.focus();
    else if (opened) this.input.blur();
  }

  fold() {
    this.before = null;
    this.removeAttribute("data-open");
    this.close();
  }

  close() {
    this.forget();
    this.results.hidden = true;
    this.results.replaceChildren();
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  get text() {
    return this.input.value.trim();
  }

  // What was asked before is neither waited for nor shown.
  forget() {
    clearTimeout(this.resting);
    this.asking?.abort();
  }

  ask() {
    const { length } = [...this.text];
    if (length && length < SHORTEST) {
      this.close();
      return;
    }
    this.forget();
    this.resting = setTimeout(() => this.fetch(), length ? REST : 0);
  }

  async fetch() {
    const { suggest, ended, dead } = this.form.dataset;
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      const answer = await fetch(suggest, { method: "POST", body: new URLSearchParams(new FormData(this.form)), signal });
      const fragment = await answer.text();
      if (signal.aborted) return;
      if (!answer.ok || answer.redirected) this.tell(ended);
      else this.show(fragment);
    } catch {
      if (!signal.aborted) this.tell(dead);
    }
  }

  show(fragment) {
    if (!this.contains(document.activeElement)) return;
    this.results.innerHTML = fragment;
    this.results.hidden = false;
    this.results.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(this.items().length > 0));
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = this.results.querySelector("[data-said]").dataset.said;
  }

  tell(sentence) {
    const line = document.createElement("p");
    line.className = "ww-search__hint";
    line.dataset.said = sentence;
    line.textContent = sentence;
    this.show(line.outerHTML);
  }

  items() {
    return [...this.results.querySelectorAll("[role=option]")];
  }

  get active() {
    return this.items().find((item) => item.getAttribute("aria-selected") === "true");
  }

  press(event) {
    if (event.isComposing) return;
    const { active } = this;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.results.hidden) this.ask();
      else this.walk(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      const { ctrlKey, metaKey, shiftKey } = event;
      active.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
    } else if (event.key === "Enter" && !this.text) {
      event.preventDefault();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (this.hasAttribute("data-open")) this.leave();
      else this.close();
    }
  }

  walk(step) {
    const items = this.items();
    if (!items.length) return;
    const at = items.indexOf(this.active);
    const to = at < 0 && step < 0 ? items.length - 1 : (at + step + items.length) % items.length;
    for (const item of items) item.setAttribute("aria-selected", String(item === items[to]));
    this.input.setAttribute("aria-activedescendant", items[to].id);
    items[to].scrollIntoView({ block: "nearest" });
  }
});
