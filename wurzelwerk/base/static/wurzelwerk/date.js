// A calendar button beside a date field; the calendar is the browser's own. The typed text stays what counts.

customElements.define("ww-date", class extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    if (!input || this.querySelector("button") || input.disabled || input.readOnly) return;
    const native = document.createElement("input");
    native.type = "date";
    native.className = "ww-date__native";
    native.tabIndex = -1;
    native.setAttribute("aria-hidden", "true");
    if (!native.showPicker) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ww-date__button";
    const label = [...(input.labels?.[0]?.childNodes ?? [])].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("").trim();
    button.setAttribute("aria-label", label ? `${label}: ${this.dataset.label}` : this.dataset.label);
    button.append(icon());
    button.addEventListener("click", () => {
      native.value = iso(input.value);
      native.showPicker();
    });
    native.addEventListener("change", () => {
      if (native.value) input.value = native.value.split("-").reverse().join(".");
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
      input.focus();
    });
    this.append(button, native);
  }
});

function iso(text) {
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim());
  return match ? `${match[3]}-${match[2].padStart(2, "0")}-${match[1].padStart(2, "0")}` : "";
}

function icon() {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "ww-icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", "M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM4 10h16M8 3v4M16 3v4");
  svg.append(path);
  return svg;
}
