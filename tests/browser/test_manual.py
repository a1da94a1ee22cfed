"""The manual by hand and key: the question mark, its switch, and the pages on a telephone."""

import pytest
from playwright.sync_api import expect

from . import accessibility
from .chromium import needs_browser
from .desk import NARROW

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


def test_question_mark_shows_the_keys_can_be_switched_off_and_is_a_sign_in_fields(desk):
    amira = desk("amira").visit("contact_list")
    keys = amira.page.get_by_role("dialog", name="Tastatur")
    amira.page.locator("#suche").press("?")
    expect(amira.page.locator("#suche")).to_have_value("?")
    amira.page.get_by_role("link", name="Hilfe zu dieser Seite").focus()
    amira.page.keyboard.press("?")
    expect(keys).to_be_visible()
    assert accessibility.violations(amira.page) == []
    keys.get_by_role("checkbox").press("Space")
    amira.page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    expect(amira.page.get_by_role("link", name="Hilfe zu dieser Seite")).to_be_focused()
    amira.page.keyboard.press("?")
    amira.visit("manual_page", "tastatur")
    assert keys.count() == 0
    expect(amira.page.get_by_role("checkbox")).not_to_be_checked()


@pytest.mark.parametrize("width", [1280, NARROW])
def test_manual_reads_well_at_any_width(desk, width):
    amira = desk("amira", width=width)
    amira.visit("manual").stands("Hilfe")
    amira.visit("manual_page", "tastatur").stands("Tastatur")
    amira.visit("manual_page", "erster-tag").stands("Der erste Tag")
