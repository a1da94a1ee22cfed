"""Forms filled in without a mouse: Tab until the label comes, then type; a field out of reach fails the test."""

from playwright.sync_api import Page

MOST = 120
WHERE = """() => {
    const here = document.activeElement;
    const label = here.labels?.[0];
    const clean = text => (text ?? "").replace(/\\s+/g, " ").trim().replace(/ – optional$/, "").replace(/ :/g, ":");
    const picked = here.tagName === "SELECT" ? here.selectedOptions[0]?.text : null;
    return {
        name: clean(here.getAttribute("aria-label") ?? (label ? label.innerText : here.innerText)),
        group: clean(here.closest("fieldset")?.querySelector("legend")?.innerText),
        kind: here.getAttribute("role") ?? (here.tagName === "INPUT" ? here.type : here.tagName.toLowerCase()),
        value: clean(picked ?? here.value), checked: here.checked ?? false,
    };
}"""


class Keyboard:
    """The keys of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def here(self) -> dict:
        """What has the focus: name, group, kind, value, checked."""
        return self.page.evaluate(WHERE)

    def to(self, name: str, *, by: str = "name") -> dict:
        """Press Tab until the element of this name (or `by="group"`: an option of this group) has the focus."""
        passed = []
        for _ in range(MOST):
            here = self.here()
            if here[by] == name:
                return here
            passed.append(here["name"])
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {name!r}; it passed {passed}")

    def press(self, name: str, key: str = "Enter") -> None:
        """Go to a button or link and press it."""
        self.to(name)
        self.page.keyboard.press(key)

    def fill(self, entries: dict[str, str | bool]) -> None:
        """Fill in fields in the order of the page: label to text, True to tick a box."""
        for name, value in entries.items():
            self._enter(self.to(name), value)

    def pick(self, group: str, choice: str) -> None:
        """Choose a radio button of a group by the arrow keys."""
        self.to(group, by="group")
        for _ in range(MOST):
            here = self.here()
            if here["name"] == choice:
                if not here["checked"]:
                    self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{group!r} does not offer {choice!r}")

    def _enter(self, field: dict, value: str | bool) -> None:
        keys = self.page.keyboard
        if value is True:
            keys.press("Space")
        elif field["kind"] == "select":
            self._select(str(value))
        elif field["kind"] == "combobox":
            keys.press("ControlOrMeta+a")
            keys.type(str(value))
            keys.press("Enter")
            assert self.here()["value"].startswith(str(value)), self.here()
        else:
            keys.press("ControlOrMeta+a")
            keys.insert_text(str(value))

    def _select(self, value: str) -> None:
        self.page.keyboard.press("Home")
        for _ in range(MOST):
            if self.here()["value"] == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.here()['name']!r} does not offer {value!r}")
