// Mistakes get the focus; a form is sent once; unsaved input is not lost without a question.

const summary = document.querySelector("[data-mistakes]");
if (summary) {
  const first = summary.querySelector("a[href^='#']");
  (first && summary.querySelectorAll("li").length === 1 ? document.getElementById(first.hash.slice(1)) : summary)?.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "center" });
  });
}

const dirty = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-guard]");
  if (form) dirty.add(form);
});
document.addEventListener("draft:kept", (event) => dirty.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  for (const form of dirty) if (!form.isConnected) dirty.delete(form);
  if (dirty.size) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
  dirty.delete(form);
  if (form.hasAttribute("data-sent")) {
    event.preventDefault();
    return;
  }
  form.setAttribute("data-sent", "");
  // Disabled only after the browser has collected the values, so that the pressed button's own value goes along.
  setTimeout(() => setButtons(form, true));
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-sent]");
  if (form) release(form);
});

function setButtons(form, waiting) {
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    button.setAttribute("aria-disabled", String(waiting));
  }
  form.setAttribute("aria-busy", String(waiting));
}

function release(form) {
  form.removeAttribute("data-sent");
  setButtons(form, false);
}
