"""A dwelling is taken in by keyboard alone, in a real browser."""

import os
import shutil

import pytest
from django.conf import settings

from wurzelwerk.housing.models import Dwelling

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
KERN = settings.BASE_DIR / "node_modules/@kern-ux/native/dist"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing"),
    pytest.mark.skipif(not KERN.exists(), reason="front-end files are missing"),
]

TYPED = {
    "new_owner": "Hausgemeinschaft Probe", "street": "Musterweg", "number": "3", "postcode": "44145", "rooms": "3",
    "area": "74,5", "net_cold": "512,40", "operating_costs": "180", "heating_costs": "95,50", "deposit": "2000",
}  # fmt: skip


@pytest.fixture
def page(live_server, browser, monkeypatch):
    """A page of Chromium, logged in as Jonas."""
    from playwright.sync_api import sync_playwright

    client = browser("jonas")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        page, errors = context.new_page(), []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        chromium.close()
    assert errors == []


def tab_to(page, name: str) -> None:
    """Press Tab until the field has the focus."""
    for _press in range(60):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by Tab")


def test_dwelling_is_taken_in_by_keyboard_alone(page, live_server):
    page.goto(f"{live_server.url}/wohnungen/neu/")
    for name, text in TYPED.items():
        tab_to(page, name)
        page.keyboard.type(text)
    shown = page.locator("ww-rent").inner_text()
    assert "692,40" in shown and "787,90" in shown and "BGB § 551" in shown
    page.keyboard.press("Enter")
    page.wait_for_url("**/wohnungen/*-*/")
    home = Dwelling.objects.for_system(reason="test").get()
    assert page.url.endswith(f"/wohnungen/{home.pk}/")
    assert page.locator("h1").inner_text() == "Musterweg 3"


def test_mistake_gets_the_focus(page, live_server):
    page.goto(f"{live_server.url}/wohnungen/neu/")
    for name, text in (TYPED | {"net_cold": "-5"}).items():
        tab_to(page, name)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-mistakes]")
    assert page.evaluate("document.activeElement.name") == "net_cold"
    assert page.input_value("[name=area]") == "74,5"
