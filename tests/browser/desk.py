"""One person at the desk: a browser window, what they press, and what every page has to stand on the way."""

import itertools
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.urls import resolve, reverse
from playwright.sync_api import BrowserContext, ConsoleMessage, Frame, Locator, Page, expect

from . import accessibility, pictures
from .chromium import AXE
from .keyboard import Keyboard

expect.set_options(timeout=15_000)
PASSWORD = "wurzelwerk-demo"
WIDE, NARROW, HIGH = 1280, 360, 900
NO_PAGE = {"photo_image", "photo_small"}
_numbers = itertools.count(1)


def _named(text: str) -> re.Pattern:
    """Match an accessible name; before words that only screen readers hear, the browser puts a blank."""
    before_colon = re.escape(text).replace(":", r"\s*:")
    return re.compile(rf"^\s*{before_colon}\s*$")


class Desk:
    """A window of one person."""

    def __init__(self, context: BrowserContext, address: str, said: list[str]) -> None:
        context.add_init_script(path=AXE)
        context.set_default_timeout(15_000)
        self.address, self.said = address, said
        self.page: Page = context.new_page()
        self.keys = Keyboard(self.page)
        self.passed: dict[str, bool] = {}
        self.page.on("framenavigated", self._note)
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: said.append(str(error)))

    def _note(self, frame: Frame) -> None:
        path = urlsplit(frame.url).path
        if frame.url.startswith(self.address) and frame == self.page.main_frame:
            self.passed.setdefault(resolve(path).url_name, False)

    def _listen(self, message: ConsoleMessage) -> None:
        """Refused forms and hidden pages answer with a status that the browser remarks on; all else is a mistake."""
        if "status of 422" not in message.text and "status of 404" not in message.text:
            self.said.append(message.text)

    # -- moving -----------------------------------------------------------------------------------------------------

    def log_in(self, login: str) -> "Desk":
        """Log in by keyboard."""
        self.page.goto(self.address + reverse("login"))
        self.keys.fill({"Anmeldename": login, "Passwort": PASSWORD})
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#navigation")).to_be_attached()
        return self

    def visit(self, name: str, *args, query: str = "") -> "Desk":
        """Go to a page by its name."""
        self.page.goto(self.address + reverse(name, args=args) + query)
        return self

    def menu(self, entry: str) -> "Desk":
        """Go to a page by the main navigation."""
        self.page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name=entry).click()
        return self

    def follow(self, link: str, *, within: Locator | None = None) -> "Desk":
        """Follow a link."""
        (within or self.page.get_by_role("main")).get_by_role("link", name=_named(link)).first.click()
        return self

    def press(self, button: str, *, within: Locator | None = None) -> "Desk":
        """Press a button."""
        (within or self.page.get_by_role("main")).get_by_role("button", name=_named(button)).first.click()
        return self

    def submit(self, button: str, said: str = "") -> "Desk":
        """Press a form's button; the page after it has no mistakes and (`said`) a sentence that it is done."""
        self.press(button)
        if said:
            self.reads(said)
        return self

    def back(self) -> "Desk":
        """Press the browser's back button."""
        self.page.go_back()
        return self

    # -- filling in ---------------------------------------------------------------------------------------------------

    def fill(self, entries: dict[str, str]) -> "Desk":
        """Type into fields: label to text."""
        for label, text in entries.items():
            self.page.get_by_label(label).first.fill(text)
        return self

    def choose(self, label: str, choice: str) -> "Desk":
        """Choose from a list or a searching field."""
        field = self.page.get_by_label(label).first
        if field.get_attribute("role") == "combobox":
            field.fill(choice)
            field.press("Enter")
        else:
            field.select_option(label=choice)
        return self

    def tick(self, *labels: str) -> "Desk":
        """Tick boxes or choose radio buttons."""
        for label in labels:
            self.page.get_by_label(label, exact=True).first.check()
        return self

    # -- looking ------------------------------------------------------------------------------------------------------

    def panel(self, title: str) -> Locator:
        """The box with this heading."""
        return self.page.locator(".ww-panel", has=self.page.get_by_role("heading", name=title, exact=True)).first

    def reads(self, *texts: str) -> "Desk":
        """Wait until the page shows these texts."""
        body = self.page.locator("body")
        for text in texts:
            try:
                expect(body).to_contain_text(text)
            except AssertionError:
                raise AssertionError(f"{self.page.url} does not say {text!r}") from None
        return self

    def lacks(self, *texts: str) -> "Desk":
        """Check that the page's source holds none of these texts."""
        source = self.page.content()
        assert [text for text in texts if text in source] == []
        return self

    def stands(self, heading: str | None = None) -> "Desk":
        """Check the page: its heading, axe-core, its width; afterwards it counts as looked at."""
        if heading:
            expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.page.wait_for_load_state("load")
        pictures.keep(self.page, next(_numbers))
        assert (self.page.url, accessibility.violations(self.page)) == (self.page.url, [])
        assert (self.page.url, accessibility.run_over(self.page)) == (self.page.url, [])
        self.passed[resolve(urlsplit(self.page.url).path).url_name] = True
        return self


def not_looked_at(*people: Desk) -> list[str]:
    """Names of the pages that somebody passed and nobody looked at."""
    passed = {name for person in people for name in person.passed} - NO_PAGE
    return sorted(passed - {name for person in people for name, looked in person.passed.items() if looked})


Opener = Callable[..., Desk]
