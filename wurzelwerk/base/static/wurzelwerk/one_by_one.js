// <form data-one-by-one="/next/">: files go one after another, each whole or not at all, with progress; what is refused or
// did not get through stays in the form with its sentence, and only that is sent again.

const CUT = "Die Leitung ist unterbrochen. Diese Datei ist noch nicht abgelegt.";
const keys = new WeakMap(); // the same file sent again carries the same key, so that it is taken once

for (const form of document.querySelectorAll("form[data-one-by-one]")) {
  form.addEventListener("submit", (event) => {
    const field = form.querySelector("ww-upload");
    if (!field?.files?.length) return;
    event.preventDefault();
    if (!form.hasAttribute("aria-busy")) send(form, field);
  });
}

async function send(form, field) {
  const buttons = form.querySelectorAll("button");
  const waiting = (on) => {
    form.toggleAttribute("aria-busy", on);
    for (const button of buttons) button.setAttribute("aria-disabled", String(on));
  };
  waiting(true);
  const files = [...field.files];
  const left = [];
  for (const [at, file] of files.entries()) {
    const filed = at - left.length + 1;
    const sentence = await sent(form, field, file, at === files.length - 1 ? filed : 0);
    if (sentence) left.push([file, sentence]);
  }
  waiting(false);
  if (!left.length) {
    window.location.assign(form.dataset.oneByOne);
    return;
  }
  field.keep(left.map(([file]) => file));
  for (const [file, sentence] of left) field.say(file, sentence);
  field.input.focus();
}

function sent(form, field, file, last) {
  const body = new FormData(form);
  const name = field.input.name;
  body.delete(name);
  body.append(name, file, file.name);
  const key = keys.get(file) ?? crypto.getRandomValues(new Uint32Array(5)).join("-");
  keys.set(file, key);
  body.set("einmal", key);
  if (last) body.set("zuletzt", String(last));
  return new Promise((resolve) => {
    const line = new XMLHttpRequest();
    line.open("POST", form.action || window.location.href);
    line.setRequestHeader("Accept", "application/json");
    line.responseType = "json";
    line.upload.addEventListener("progress", (event) => field.say(file, event.lengthComputable ? event.loaded / event.total : 0));
    line.addEventListener("load", () => {
      if (line.status === 201) field.say(file, 1);
      resolve(line.status === 201 ? "" : line.response?.sentence ?? CUT);
    });
    for (const type of ["error", "timeout", "abort"]) line.addEventListener(type, () => resolve(CUT));
    field.say(file, 0);
    line.send(body);
  });
}
