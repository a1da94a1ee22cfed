// A select that finds while you type (ARIA APG: editable combobox with list, list autocomplete).
// The select stays in the form and holds the value; without scripts it is all there is.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").toLowerCase().trim();
let count = 0;

customElements.define("ww-combobox", class extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    if (!this.select || this.select.multiple || this.input) return;
    this.key = `ww-combobox-${(count += 1)}`;
    this.active = -1;
    this.build();
    this.listen();
  }

  build() {
    const { select } = this;
    this.input = document.createElement("input");
    this.input.type = "text";
    this.input.className = "kern-form-input__input";
    if (select.classList.contains("kern-form-input__select--error")) this.input.classList.add("kern-form-input__input--error");
    const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${this.key}-list`, spellcheck: "false" };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-invalid", "disabled"]) {
      if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    }
    this.list = document.createElement("ul");
    this.list.id = `${this.key}-list`;
    this.list.className = "ww-combobox__list";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.status = document.createElement("span");
    this.status.className = "kern-sr-only";
    this.status.setAttribute("role", "status");
    const arrow = document.createElement("span");
    arrow.className = "ww-combobox__arrow";
    arrow.setAttribute("aria-hidden", "true");
    arrow.textContent = "▾";
    this.takeLabel();
    select.closest(".kern-form-input__select-wrapper").hidden = true;
    select.tabIndex = -1;
    this.append(this.input, arrow, this.list, this.status);
    this.show();
  }

  takeLabel() {
    const id = this.select.id;
    const label = id && document.querySelector(`label[for="${CSS.escape(id)}"]`);
    this.select.id = `${id}_auswahl`;
    this.input.id = id;
    if (label) {
      label.id ||= `${this.key}-label`;
      this.list.setAttribute("aria-labelledby", label.id);
    }
  }

  listen() {
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("click", () => (this.list.hidden ? this.open("") : this.close()));
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.leave());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.choose(Number(item.dataset.index));
    });
    this.select.form?.addEventListener("reset", () => setTimeout(() => this.show()));
  }

  show() {
    const chosen = this.select.selectedOptions[0];
    this.input.value = chosen && chosen.value ? chosen.text.trim() : "";
    const empty = [...this.select.options].find((option) => !option.value);
    this.input.placeholder = empty && !/^-+$/.test(empty.text.trim()) ? empty.text.trim() : "";
  }

  open(text) {
    const wanted = plain(text).split(/\s+/).filter(Boolean);
    const found = [...this.select.options].filter((option) => {
      if (!option.value || option.disabled) return false;
      const name = plain(option.text);
      return wanted.every((part) => name.includes(part));
    });
    this.list.replaceChildren(...found.slice(0, 100).map((option) => this.item(option)));
    if (!found.length) {
      const none = document.createElement("li");
      none.className = "is-none";
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.setAttribute("aria-selected", "false");
      none.textContent = this.dataset.none;
      this.list.append(none);
    }
    this.status.textContent = found.length ? `${found.length} ${this.dataset.found}` : this.dataset.none;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(wanted.length && found.length ? 0 : this.items().findIndex((item) => item.getAttribute("aria-selected") === "true"));
  }

  item(option) {
    const item = document.createElement("li");
    item.id = `${this.key}-${option.index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(option.selected));
    item.dataset.index = option.index;
    item.textContent = option.text.trim();
    return item;
  }

  items() {
    return [...this.list.querySelectorAll("[data-index]")];
  }

  mark(at) {
    this.active = at;
    this.items().forEach((item, index) => item.classList.toggle("is-active", index === at));
    const item = this.items()[at];
    if (item) {
      this.input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    const { length } = this.items();
    const closed = this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (closed) this.open("");
      else if (length) this.mark((this.active + (event.key === "ArrowDown" ? 1 : -1) + length) % length);
    } else if (event.key === "Enter" && !closed) {
      event.preventDefault();
      if (this.active >= 0) this.choose(Number(this.items()[this.active].dataset.index));
      else this.close();
    } else if (event.key === "Escape" && !closed) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.show();
    } else if (event.key === "Tab" && !closed && this.active >= 0 && this.input.value) {
      this.choose(Number(this.items()[this.active].dataset.index));
    }
  }

  choose(index) {
    this.select.selectedIndex = index;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
    this.show();
  }

  leave() {
    if (!this.input.value.trim()) {
      const empty = [...this.select.options].findIndex((option) => !option.value);
      if (empty >= 0 && this.select.selectedIndex !== empty) this.choose(empty);
    }
    this.close();
    this.show();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
});
