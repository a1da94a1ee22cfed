// What is typed into a long form is kept on the server as a draft; a dead line shows itself and what is not kept yet.

const PAUSE = 2500; // after the last key
const LONGEST = 15000; // while somebody types without a pause
const PATIENCE = 10000; // until a line without an answer counts as dead
const AGAIN = [3000, 6000, 12000, 30000];
const MOST_AT_LEAVING = 60000; // bytes a browser still sends for a page that is left
const TOKEN = "csrfmiddlewaretoken";
const OWN = new Set([TOKEN, "einmal", "entwurf-stand"]);

class Draft {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-draft-line]");
    const behind = "draftBehind" in form.dataset; // a page that came back with mistakes
    this.kept = behind ? "" : this.typed();
    this.state = "idle";
    this.keptAt = "";
    this.failures = 0;
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    form.addEventListener("htmx:afterSettle", () => this.soon());
    form.addEventListener("submit", (event) => this.submitted(event), { capture: true });
    if (behind) this.soon();
  }

  // -- what is to be kept

  typed() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && !OWN.has(name)) fields.append(name, value);
    }
    return fields.toString();
  }

  get unsaved() {
    return !this.sent && this.typed() !== this.kept;
  }

  labels() {
    const before = new URLSearchParams(this.kept);
    const now = new URLSearchParams(this.typed());
    const names = [...new Set([...before.keys(), ...now.keys()])];
    const changed = names.filter((name) => before.getAll(name).join("\n") !== now.getAll(name).join("\n"));
    const found = changed.map((name) => labelOf(this.form.elements.namedItem(name))).filter(Boolean);
    return [...new Set(found)];
  }

  // -- when

  soon() {
    if (this.state === "dead" || this.state === "ended") this.show(this.state);
    this.first ??= Date.now();
    const wait = Math.max(0, Math.min(PAUSE, this.first + LONGEST - Date.now()));
    this.plan(this.failures ? Math.max(wait, AGAIN[Math.min(this.failures, AGAIN.length) - 1]) : wait);
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  leave() {
    if (this.unsaved) this.send({ leaving: true });
  }

  // -- sending

  async send({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (!this.form.isConnected || !this.unsaved) return this.state;
    if (this.going && !leaving) return this.going;
    this.first = undefined;
    this.going = this.post(leaving);
    const state = await this.going;
    this.going = undefined;
    if (state === "dead" || state === "ended") this.plan(AGAIN[Math.min(this.failures, AGAIN.length) - 1]);
    else if (state === "saved" && this.unsaved) this.soon();
    return state;
  }

  async post(leaving) {
    const typed = this.typed();
    const body = new URLSearchParams(typed);
    body.set("entwurf", "sichern");
    const token = presentToken();
    for (const name of OWN) body.set(name, this.form.elements.namedItem(name)?.value ?? "");
    if (token) body.set(TOKEN, token);
    this.abort = new AbortController();
    const patience = setTimeout(() => this.abort.abort(), PATIENCE);
    let state = "dead";
    let told = {};
    try {
      const answer = await fetch(this.form.dataset.draft, {
        method: "POST",
        body,
        redirect: "manual",
        keepalive: leaving && body.toString().length < MOST_AT_LEAVING,
        signal: this.abort.signal,
      });
      state = stateOf(answer);
      if (state === "saved" || state === "refused") told = await answer.json().catch(() => ({}));
      if (answer.status === 409 && (await answer.json()).why === "other") state = "other";
    } catch {
      state = "dead";
    }
    clearTimeout(patience);
    if (this.sent) return "sent";
    if (state === "saved") {
      this.kept = typed;
      this.keptAt = told.kept ?? "";
      // Only now it is certain that it is the token of the person for whom the page was made.
      if (token) this.form.elements.namedItem(TOKEN).value = token;
      if (!this.unsaved) this.form.dispatchEvent(new CustomEvent("draft:kept", { bubbles: true }));
    }
    this.failures = state === "dead" || state === "ended" ? this.failures + 1 : 0;
    this.show(state, told.sentence);
    return state;
  }

  submitted(event) {
    if (this.through || !["dead", "ended", "other"].includes(this.state)) {
      this.sent = true;
      clearTimeout(this.timer);
      this.abort?.abort();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    this.tryThenSubmit(event.submitter);
  }

  // On a dead line the browser would replace the page, and the text with it, by its own page of failure.
  async tryThenSubmit(submitter) {
    clearTimeout(this.timer);
    const state = await (this.going ?? this.post(false));
    if (["dead", "ended", "other"].includes(state)) {
      this.show(state, this.line.dataset.sending);
      this.plan(AGAIN[0]);
      return;
    }
    this.through = true;
    this.form.requestSubmit(submitter);
    this.through = false;
  }

  // -- saying

  show(state, sentence = "") {
    const before = this.state;
    const texts = this.line.dataset;
    const quiet = this.line.querySelector("[data-draft-quiet]");
    const title = this.line.querySelector("[data-draft-title]");
    const loud = this.line.querySelector("[data-draft-loud]");
    const said = this.line.querySelector("[data-draft-said]");
    const login = this.line.querySelector("[data-draft-login]");
    this.state = state;
    if (state === "saved" || state === "sent") {
      title.hidden = loud.hidden = true;
      quiet.hidden = !this.keptAt;
      quiet.textContent = `${texts.saved} ${this.keptAt}`;
      if (this.keptAt && before !== "saved") {
        said.textContent = before === "idle" ? quiet.textContent : `${texts.again} ${this.keptAt}`;
      }
      return;
    }
    if (state === "idle") return;
    const labels = this.labels();
    const lines = [
      [texts[state], sentence].filter(Boolean).join(". ") + (sentence ? "" : "."),
      labels.length ? `${texts.unsaved} ${labels.join(", ")}.` : "",
      this.keptAt ? `${texts.since} ${this.keptAt}.` : "",
      texts[`${state}More`],
    ].filter(Boolean);
    quiet.hidden = true;
    title.hidden = loud.hidden = false;
    title.textContent = lines[0];
    loud.querySelectorAll("p").forEach((line) => line.remove());
    for (const text of lines.slice(1)) {
      const line = document.createElement("p");
      line.textContent = text;
      loud.insertBefore(line, login);
    }
    if (login) login.hidden = state !== "ended" && state !== "other";
    if (before !== state || sentence) said.textContent = [lines[0], lines.at(-1)].join(" ");
  }
}

function stateOf(answer) {
  if (answer.ok) return "saved";
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return "ended";
  if (answer.status === 409) return "sent";
  return answer.status >= 500 ? "dead" : "refused";
}

function labelOf(found) {
  const field = found instanceof RadioNodeList ? found[0] : found;
  if (!field || field.type === "hidden") return "";
  const group = ["radio", "checkbox"].includes(field.type) && field.closest("fieldset.kern-fieldset");
  const label = group ? group.querySelector("legend") : field.labels?.[0];
  const own = label?.cloneNode(true);
  own?.querySelectorAll(".kern-label__optional").forEach((part) => part.remove());
  return own?.textContent.trim() ?? "";
}

// After a new log-in in another window the page's own token is of yesterday; the cookie has today's.
function presentToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1];
}

const drafts = [...document.querySelectorAll("form[data-draft]")].map((form) => new Draft(form));
window.addEventListener("pagehide", () => drafts.forEach((draft) => draft.leave()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") drafts.forEach((draft) => draft.leave());
});
window.addEventListener("online", () => drafts.forEach((draft) => draft.send()));
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const draft of drafts) draft.sent = false;
});
