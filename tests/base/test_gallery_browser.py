"""The components in a real browser: accessible, by keyboard, on a telephone, under a strict content security policy."""

import pytest
from django.http import HttpRequest, HttpResponse

from tests.browser import accessibility
from tests.browser.chromium import AXE, launched, needs_browser

POLICY = "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

pytestmark = [
    *needs_browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("wurzelwerk.base.gallery"),
]


class StrictPolicy:
    """Middleware that answers with a policy which allows no script or style in place."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer["Content-Security-Policy"] = POLICY
        return answer


@pytest.fixture(scope="module")
def chromium():
    """A browser without a screen."""
    with launched() as browser:
        yield browser


@pytest.fixture
def show(chromium, live_server, settings):
    """Open the gallery; returns the page, fails on any message of the browser's console."""
    settings.MIDDLEWARE = [f"{__name__}.StrictPolicy", *settings.MIDDLEWARE]
    said: list[str] = []

    def show_it(width: int = 1280, **options):
        page = chromium.new_context(viewport={"width": width, "height": 900}, locale="de-DE", **options).new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{live_server.url}/galerie/")
        page.wait_for_load_state("load")
        return page

    yield show_it
    assert said == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light")])
def test_axe_finds_nothing_and_nothing_runs_over(show, width, scheme):
    page = show(width, color_scheme=scheme, bypass_csp=True)
    page.evaluate(AXE.read_text())
    assert accessibility.violations(page) == []
    assert accessibility.run_over(page) == []


def test_mistakes_have_the_focus(show):
    page = show()
    assert page.evaluate("document.activeElement.matches('[data-mistakes]')")


def test_combobox_finds_while_typing_and_keeps_what_was_chosen(show):
    page = show()
    box = page.get_by_role("combobox", name="Sprache").first
    box.press_sequentially("turk")
    assert page.locator(".ww-combobox__list [role=option]:visible").all_inner_texts() == ["Türkisch"]
    box.press("Enter")
    assert box.input_value() == "Türkisch"
    box.fill("gibt es nicht")
    box.press("Tab")
    assert box.input_value() == "Türkisch"
    assert page.locator("select[name=language]").first.input_value() == "Türkisch"


def test_search_dialog_and_menus_answer_to_the_keyboard(show):
    page = show()
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "suche"
    opener = page.get_by_role("button", name="Fenster öffnen")
    opener.press("Enter")
    assert page.get_by_role("dialog", name="Freigabe beenden?").is_visible()
    page.keyboard.press("Escape")
    assert opener.evaluate("button => button === document.activeElement")


def test_menu_opens_on_a_telephone(show):
    page = show(360)
    menu = page.get_by_role("navigation", name="Hauptnavigation")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menü").click()
    assert menu.get_by_role("link", name="Haushalte").is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()


def test_everything_is_there_without_scripts(show):
    page = show(360, java_script_enabled=False)
    assert page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Haushalte").is_visible()
    assert page.locator("select[name=language]").first.is_visible()
    assert not page.get_by_role("button", name="Menü").is_visible()


def test_form_is_sent_once_however_often_it_is_clicked(show):
    page = show()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate("""() => {
        const form = document.querySelector('#formular form');
        for (let n = 0; n < 5; n += 1) form.requestSubmit();
    }""")
    page.wait_for_function("document.querySelectorAll('[data-mistakes]').length === 3")
    assert len(sent) == 1
