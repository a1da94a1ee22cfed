// The question mark opens the overview of keys over the page. It can be switched off (WCAG 2.1.4): whoever dictates would
// open it in the middle of a sentence. In fields it is just a sign.

const link = document.querySelector("[data-keys]");
const OFF = "tasten=aus";
const isOff = () => document.cookie.split("; ").includes(OFF);

function isTyping(element) {
  return element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select");
}

async function show() {
  const answer = await fetch(link.dataset.keys, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected || document.querySelector("dialog:modal")) return;
  const before = document.activeElement;
  const dialog = document.createElement("dialog");
  dialog.className = "ww-dialog ww-dialog--keys";
  dialog.innerHTML = await answer.text();
  dialog.setAttribute("aria-labelledby", "tastatur-titel");
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus?.();
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!link || isOff() || isTyping(event.target) || document.querySelector("dialog:modal")) return;
  event.preventDefault();
  show();
});

customElements.define("ww-keys", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      const age = event.target.checked ? 0 : 31536000;
      document.cookie = `${OFF}; path=/; max-age=${age}; samesite=lax`;
    });
    this.querySelector("input").checked = !isOff();
  }
});
