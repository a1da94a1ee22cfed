// Adds the rents up while they are typed and compares the deposit with what the law allows.

const read = (text) => {
  const plain = text.replace(/[€\s\u00a0]/g, "").replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".").replace(/-+$/, "");
  return plain === "" || Number.isNaN(Number(plain)) ? null : Number(plain);
};
const euro = (amount) => amount.toLocaleString("de", { style: "currency", currency: "EUR" });

customElements.define("ww-rent", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form") || document.querySelector(this.dataset.form);
    if (this.listening) return; // moving the element calls this again
    this.listening = true;
    this.form?.elements.deposit?.closest(".ww-form__row")?.after(this);
    this.form?.addEventListener("input", () => this.show());
    this.show();
  }

  value(name) {
    const field = this.form?.elements[name];
    return field ? read(field.value) : null;
  }

  show() {
    const [cold, operating, heating, deposit] = ["net_cold", "operating_costs", "heating_costs", "deposit"].map((name) => this.value(name));
    const gross = cold === null || operating === null ? null : cold + operating;
    const warm = gross === null || heating === null ? null : gross + heating;
    this.querySelector("[data-gross]").textContent = gross === null ? "–" : euro(gross);
    this.querySelector("[data-warm]").textContent = warm === null ? "–" : euro(warm);
    const cap = cold === null ? null : cold * Number(this.dataset.rents);
    const note = this.querySelector("[data-cap]");
    note.hidden = deposit === null || cap === null || deposit <= cap;
    this.hidden = false;
  }
});
