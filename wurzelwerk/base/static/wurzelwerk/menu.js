// Menu on narrow screens, drop-down panels, light and dark, printing. Everything is reachable without this file.

const navigation = document.getElementById("navigation");
const menuButton = document.querySelector("[data-menu-button]");
if (navigation && menuButton) {
  const set = (open) => {
    navigation.toggleAttribute("data-open", open);
    menuButton.setAttribute("aria-expanded", String(open));
  };
  menuButton.addEventListener("click", () => {
    const open = menuButton.getAttribute("aria-expanded") !== "true";
    set(open);
    if (open) navigation.querySelector("a")?.focus();
  });
  navigation.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menuButton.offsetParent) {
      set(false);
      menuButton.focus();
    }
  });
}

const openDrops = () => document.querySelectorAll("details[data-drop][open]");
document.addEventListener("click", (event) => {
  for (const drop of openDrops()) if (!drop.contains(event.target)) drop.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const drop of openDrops()) {
    drop.open = false;
    if (drop.contains(document.activeElement)) drop.querySelector("summary").focus();
  }
});
document.addEventListener("focusin", (event) => {
  for (const drop of openDrops()) if (!drop.contains(event.target)) drop.open = false;
});

customElements.define("ww-theme", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-theme]");
      if (button) this.choose(button.dataset.theme);
    });
    this.mark(document.documentElement.dataset.kernTheme ?? "");
  }

  choose(theme) {
    if (theme) document.documentElement.dataset.kernTheme = theme;
    else delete document.documentElement.dataset.kernTheme;
    const age = theme ? 31536000 : 0;
    document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
    this.mark(theme);
  }

  mark(theme) {
    for (const button of this.querySelectorAll("[data-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === theme));
    }
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    for (const drop of openDrops()) drop.open = false;
    window.print();
  }
});
