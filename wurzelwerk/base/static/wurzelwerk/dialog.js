// Opens dialogs of the page; shows photos large. Without scripts the same links lead to pages.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
  dialog.addEventListener("close", () => opener.focus(), { once: true });
});
document.addEventListener("click", (event) => {
  if (event.target.matches?.("dialog.ww-dialog[open]")) event.target.close();
});

customElements.define("ww-photos", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-photo]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.show(link);
    });
  }

  show(link) {
    const photo = link.querySelector("img");
    const dialog = document.createElement("dialog");
    dialog.className = "ww-dialog ww-dialog--photo";
    dialog.setAttribute("aria-label", photo.alt);
    const picture = document.createElement("img");
    picture.src = link.href;
    picture.alt = photo.alt;
    const head = document.createElement("form");
    head.method = "dialog";
    head.className = "ww-dialog__foot";
    const close = document.createElement("button");
    close.className = "kern-btn kern-btn--secondary";
    const label = document.createElement("span");
    label.className = "kern-label";
    label.textContent = document.documentElement.lang.startsWith("de") ? "Schließen" : "Close";
    close.append(label);
    head.append(close);
    dialog.append(picture, head);
    dialog.addEventListener("close", () => {
      dialog.remove();
      link.focus();
    });
    this.append(dialog);
    dialog.showModal();
  }
});
