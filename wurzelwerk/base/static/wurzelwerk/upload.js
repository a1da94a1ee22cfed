// Names, sizes and small pictures of chosen files; dropping works on the whole field. Where files are gathered they come
// one after another, by choice, drop, paste or camera, and go again one by one.

const size = (bytes) => bytes < 1e6
  ? `${Math.max(1, Math.round(bytes / 1000)).toLocaleString("de")} KB`
  : `${(bytes / 1e6).toLocaleString("de", { maximumFractionDigits: 1 })} MB`;

customElements.define("ww-upload", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]:not([capture])");
    if (!this.input || this.list) return;
    this.gathers = "gathers" in this.input.dataset;
    this.camera = this.querySelector("input[capture]");
    this.files = [];
    this.list = document.createElement("ul");
    this.list.className = "ww-upload__list";
    this.list.setAttribute("aria-live", "polite");
    this.append(this.list);
    this.input.addEventListener("change", () => this.take(this.input.files));
    this.camera?.addEventListener("change", () => {
      this.take(this.camera.files);
      this.camera.value = "";
    });
    for (const type of ["dragenter", "dragover"]) this.addEventListener(type, (event) => this.over(event, true));
    for (const type of ["dragleave", "drop"]) this.addEventListener(type, (event) => this.over(event, false));
    this.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      this.take(event.dataTransfer.files);
    });
    if (this.gathers) document.addEventListener("paste", (event) => this.pasted(event));
  }

  over(event, inside) {
    event.preventDefault();
    this.classList.toggle("is-over", inside);
  }

  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!this.isConnected || !files.length) return;
    event.preventDefault();
    this.take(files.map((file, at) => new File([file], this.named(file, at), { type: file.type })));
  }

  named(file, at) {
    const plain = /^image\.\w+$/.test(file.name);
    return plain ? `Eingefügtes Bild ${this.files.length + at + 1}.${file.name.split(".").pop()}` : file.name;
  }

  take(files) {
    const chosen = [...files];
    const one = !this.input.multiple;
    const fresh = chosen.filter((file) => !this.files.some((other) => same(file, other)));
    this.keep(this.gathers && !one ? [...this.files, ...fresh] : chosen.slice(0, one ? 1 : undefined));
  }

  keep(files) {
    this.files = files;
    const held = new DataTransfer();
    for (const file of files) held.items.add(file);
    this.input.files = held.files;
    this.show();
    this.dispatchEvent(new CustomEvent("upload:chosen", { bubbles: true }));
  }

  show() {
    for (const picture of this.list.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
    this.list.replaceChildren(...this.files.map((file) => this.line(file)));
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
    weight.className = "ww-upload__weight";
    const limit = Number(this.input.dataset.megabytes) * 1e6;
    weight.textContent = limit && file.size > limit ? `${size(file.size)} – ${this.dataset.tooBig}` : size(file.size);
    line.append(name, weight);
    if (this.gathers) line.append(this.button(file));
    return line;
  }

  button(file) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kern-btn kern-btn--tertiary";
    const label = document.createElement("span");
    label.className = "kern-label";
    label.textContent = this.dataset.remove;
    const hidden = document.createElement("span");
    hidden.className = "kern-sr-only";
    hidden.textContent = `: ${file.name}`;
    label.append(hidden);
    button.append(label);
    button.addEventListener("click", () => {
      this.keep(this.files.filter((other) => other !== file));
      this.input.focus();
    });
    return button;
  }

  // How far a file is: 0 to 1, or a sentence that says why it was not taken.
  say(file, told) {
    const line = this.list.children[this.files.indexOf(file)];
    if (!line) return;
    const weight = line.querySelector(".ww-upload__weight");
    line.classList.toggle("is-wrong", typeof told === "string");
    if (typeof told === "string") {
      weight.textContent = told;
      return;
    }
    let bar = weight.querySelector("progress");
    if (!bar) {
      bar = document.createElement("progress");
      bar.max = 1;
      bar.setAttribute("aria-label", file.name);
      weight.replaceChildren(bar);
    }
    bar.value = told;
  }
});

const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
