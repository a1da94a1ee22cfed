// Names, sizes and small pictures of chosen files; dropping works on the whole field.

const size = (bytes) => bytes < 1e6
  ? `${Math.max(1, Math.round(bytes / 1000)).toLocaleString("de")} KB`
  : `${(bytes / 1e6).toLocaleString("de", { maximumFractionDigits: 1 })} MB`;

customElements.define("ww-upload", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    if (!this.input || this.list) return;
    this.list = document.createElement("ul");
    this.list.className = "ww-upload__list";
    this.list.setAttribute("aria-live", "polite");
    this.append(this.list);
    this.input.addEventListener("change", () => this.show());
    for (const type of ["dragenter", "dragover"]) this.addEventListener(type, (event) => this.over(event, true));
    for (const type of ["dragleave", "drop"]) this.addEventListener(type, (event) => this.over(event, false));
    this.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      this.input.files = event.dataTransfer.files;
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  over(event, inside) {
    event.preventDefault();
    this.classList.toggle("is-over", inside);
  }

  show() {
    for (const picture of this.list.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
    this.list.replaceChildren(...[...this.input.files].map((file) => this.line(file)));
  }

  line(file) {
    const line = document.createElement("li");
    if (/^image\/(png|jpeg|webp|gif)$/.test(file.type)) {
      const picture = document.createElement("img");
      picture.alt = "";
      picture.src = URL.createObjectURL(file);
      line.append(picture);
    }
    const name = document.createElement("span");
    name.textContent = file.name;
    const weight = document.createElement("span");
    const limit = Number(this.input.dataset.megabytes) * 1e6;
    weight.textContent = limit && file.size > limit ? `${size(file.size)} – ${this.dataset.tooBig}` : size(file.size);
    line.append(name, weight);
    return line;
  }
});
