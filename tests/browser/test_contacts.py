"""Somebody without a name at the desk and outdoors: few keys, large targets, an open hour, the figures, the way back."""

import pytest
from playwright.sync_api import expect

from wurzelwerk.cases.models import ShortContact

from .chromium import needs_browser
from .desk import NARROW, WIDE, Desk, Opener

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]
KEYS_AT_MOST = 12
TARGET = 44
HEIGHTS = """() => [...document.querySelectorAll("main form.ww-form :is(select, input:not([type=hidden]), button)")]
    .filter(one => one.offsetParent && one.tabIndex >= 0)
    .map(one => (one.tagName === "SELECT" ? one.parentElement : one).getBoundingClientRect().height)"""


def contacts() -> list[tuple]:
    """What was recorded, newest first."""
    rows = ShortContact.objects.for_system(reason="test").order_by("-recorded_at", "-pk")
    return list(rows.values_list("topic", "language", "minutes", "channel"))


@pytest.fixture
def typing(desk: Opener):
    """Type keys one by one, and count them."""

    def type_them(person: Desk, *keys: str) -> int:
        before = len(contacts())
        for key in keys:
            person.page.keyboard.press(key)
        expect(person.page.locator("#kurzkontakte tbody tr")).to_have_count(before + 1)
        return len(keys)

    return type_them


def test_contact_takes_at_most_twelve_keys(desk, typing):
    amira = desk("amira").visit("contact_list").stands("Kurzkontakte")
    # the topic has the focus; G: Gesundheit, Tab, U: Ukrainisch, Tab, 25 instead of 10 minutes, Enter
    assert typing(amira, "g", "Tab", "u", "Tab", "2", "5", "Enter") <= KEYS_AT_MOST
    assert contacts() == [("health", "uk", 25, "desk")]
    expect(amira.page.get_by_label("Thema").first).to_be_focused()
    # and the next one on the telephone, with the minutes as they were
    assert typing(amira, "w", "Tab", "t", "Tab", "Tab", "ArrowDown", "Tab", "Enter") <= KEYS_AT_MOST
    assert contacts()[0] == ("housing", "tr", 25, "phone")
    amira.stands("Kurzkontakte")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_pages_of_contacts_stand_at_desk_and_outdoors(desk, width):
    amira = desk("amira", width=width).visit("contact_list").stands("Kurzkontakte")
    assert min(amira.page.evaluate(HEIGHTS)) >= TARGET
    amira.choose("Thema", "Wohnen").choose("Wie gekommen", "unterwegs").submit("Festhalten", "unterwegs")
    amira.submit("Rückgängig", "ist zurückgenommen").stands("Kurzkontakte")
    assert contacts() == []
    amira.press("Festhalten").reads("Bitte eine Angabe prüfen").stands()
    amira.visit("open_hour_new").stands("Offene Sprechstunde")
    assert min(amira.page.evaluate(HEIGHTS)) >= TARGET
    amira.press("Weitere Zeile")
    expect(amira.page.get_by_label("Anzahl")).to_have_count(5)
    amira.choose("Thema", "Wohnen").fill({"Anzahl": "12"}).submit("Sprechstunde festhalten", "mit 12 Kontakten")
    amira.stands("Kurzkontakte").visit("contact_figures").stands("Kurzkontakte in Zahlen")
    amira.panel("Kurzkontakte nach Thema")
    amira.page.get_by_text("Zahlen als Tabelle").nth(1).click()
    amira.reads("Wohnen: 12").stands()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_contact_is_linked_when_the_person_comes_back(desk, width):
    amira = desk("amira", width=width).visit("contact_list")
    amira.choose("Thema", "Wohnen").submit("Festhalten", "Festgehalten:")
    amira.visit("household_new").fill({"Vorname": "Amal", "Familienname": "Haddad"})
    amira.submit("Haushalt aufnehmen", "ist aufgenommen.")
    amira.follow("Kurzkontakt zuordnen").stands("Kurzkontakt zuordnen")
    amira.page.get_by_role("button", name="Zuordnen").click()
    amira.reads("Der Kurzkontakt ist zugeordnet.").stands("Kurzkontakt zuordnen")
    amira.page.get_by_role("button", name="Lösen").click()
    amira.reads("Die Zuordnung ist gelöst.").stands("Kurzkontakt zuordnen")


def test_contact_is_recorded_without_scripts(desk):
    amira = desk("amira", java_script_enabled=False)
    amira.page.goto(f"{amira.address}/kurzkontakte/")
    amira.choose("Thema", "Arbeit")
    amira.page.get_by_label("Minuten").press("Enter")
    amira.reads("Festgehalten: Arbeit, nicht erfragt, 10 Min., am Tresen.")
    assert contacts() == [("work", "", 10, "desk")]
