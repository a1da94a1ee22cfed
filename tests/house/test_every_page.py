"""Every page of the house, as the first of the cast to whom it opens sees it: axe-core finds nothing, nothing runs over.

No server runs: the browser asks, the test client answers from the world of `world.py`, which is rolled back.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.http import FileResponse
from django.test import Client
from playwright.sync_api import Page, Route

from tests.browser import accessibility
from tests.browser.chromium import AXE, launched, needs_browser

from .world import address, browser, patterns

pytestmark = needs_browser
HOUSE = "http://haus.example"
READERS = ("amira", "elif", "lars", "jonas", "katja", "frieda", "")
PARTS = 8


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A window of which every request is answered here."""
    with launched() as chromium:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE", reduced_motion="reduce")
        context.add_init_script(path=AXE)
        yield context.new_page()


def static(route: Route) -> None:
    """Answer with a file of the design."""
    found = finders.find(urlsplit(route.request.url).path.removeprefix("/static/"))
    route.fulfill(path=found) if found else route.fulfill(status=404, body="")


class NoPage(Exception):
    """The address takes what is posted, or answers with a file or a part of a page."""


class Reader:
    """One of the cast, or nobody who is logged in: what they are shown, and the pictures on it."""

    def __init__(self, login: str) -> None:
        self.client = browser(login) if login else Client()

    def html(self, url: str) -> str | None:
        """Return a whole page; None where there is none for this person. Raises NoPage where there is none at all."""
        answer = self.client.get(url)
        if answer.status_code == 405:
            raise NoPage
        if answer.status_code != 200:
            return None
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            raise NoPage
        text = answer.content.decode()
        if "<html" not in text:
            raise NoPage
        return text

    def answer(self, route: Route) -> None:
        """Answer what a page asks for after it is there."""
        parts = urlsplit(route.request.url)
        found = self.client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        body = b"".join(found.streaming_content) if isinstance(found, FileResponse) else found.content
        route.fulfill(status=found.status_code, body=body, content_type=found["Content-Type"])


def first_page(name: str, world: dict, readers: list[Reader]) -> tuple[Reader, str, str] | None:
    """Return who sees a page of this name first, its address and what it shows."""
    for rows in world.values():
        try:
            url = address(name, rows)
        except KeyError:  # of this row the household has none
            continue
        for reader in readers:
            try:
                html = reader.html(url)
            except NoPage:
                return None
            if html:
                return reader, url, html
    return None


def shown(page: Page, reader: Reader, url: str, html: str) -> None:
    """Lay a page into the window."""
    page.unroute_all(behavior="ignoreErrors")
    page.route(f"{HOUSE}/**", reader.answer)
    page.route(f"{HOUSE}/static/**", static)
    page.route(f"{HOUSE}{url}", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{HOUSE}{url}")


def defects(page: Page) -> list[object]:
    """What is wrong with the page in the window, wide and narrow."""
    found: list[object] = list(accessibility.violations(page))
    page.set_viewport_size({"width": 360, "height": 740})
    return [*found, *(("over", what) for what in accessibility.run_over(page))]


@pytest.mark.parametrize("part", range(PARTS))
def test_page_stands_before_axe_and_fits_a_telephone(page, world, db, now, part):
    readers, wrong, seen = [Reader(login) for login in READERS], {}, 0
    for name in sorted(patterns())[part::PARTS]:
        if found := first_page(name, world, readers):
            shown(page, *found)
            seen += 1
            if bad := defects(page):
                wrong[f"{name} {found[1]}"] = bad
    assert wrong == {}
    assert seen > 15


def test_what_is_wrong_with_a_page_is_found(page, world, db, now):
    reader = Reader("amira")
    html = reader.html("/haushalte/").replace("</main>", '<img src="/x.png"><p style="width:900px">breit</p></main>')
    shown(page, reader, "/haushalte/", html)
    assert {one[0] for one in defects(page)} >= {"image-alt", "over"}
