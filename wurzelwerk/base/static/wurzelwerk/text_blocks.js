// A chosen text block goes to where the cursor stands; its first gap is selected, ready to be filled.

const GAP = "…";

for (const box of document.querySelectorAll("[data-text-blocks]")) {
  const field = document.getElementById(box.dataset.textBlocks);
  const choice = box.querySelector("select");
  const insert = () => {
    if (!choice.value || !field) return;
    const begin = field.selectionStart;
    const before = begin && !/\s$/.test(field.value.slice(0, begin)) ? "\n" : "";
    field.setRangeText(before + choice.value, begin, field.selectionEnd, "end");
    const gap = field.value.indexOf(GAP, begin);
    field.focus();
    if (gap >= 0 && gap < begin + before.length + choice.value.length) field.setSelectionRange(gap, gap + GAP.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    choice.value = "";
  };
  box.querySelector("button").addEventListener("click", insert);
  choice.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    insert();
  });
}
