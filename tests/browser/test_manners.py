"""How the desk behaves under hands and keys: order of Tab, visible focus, mistakes, double clicks, the way back."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import expect

from wurzelwerk.cases.models import Household
from wurzelwerk.trust.actor import Actor

from . import accessibility
from .chromium import needs_browser
from .desk import NARROW, Desk, Opener

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def amira(desk: Opener) -> Desk:
    """A counsellor who is logged in."""
    return desk("amira")


def households() -> list[str]:
    """Names of the households that Amira sees."""
    actor = Actor.of(get_user_model().objects.get(username="amira"))
    return sorted(Household.objects.visible_to(actor).values_list("name", flat=True))


def test_skip_link_comes_first_and_leads_to_the_content(amira):
    amira.visit("household_list").page.keyboard.press("Tab")
    skip = amira.page.get_by_role("link", name="Zum Inhalt springen")
    expect(skip).to_be_focused()
    assert skip.evaluate("link => link.getBoundingClientRect().top >= 0")
    amira.page.keyboard.press("Enter")
    amira.page.keyboard.press("Tab")
    assert amira.page.evaluate("document.querySelector('main').contains(document.activeElement)")
    expect(amira.page.get_by_role("link", name="Neuer Haushalt")).to_be_focused()


@pytest.mark.parametrize("page", ["today", "household_list", "household_new", "account"])
def test_tab_reaches_everything_in_order_with_visible_focus(amira, page):
    amira.visit(page)
    places, seen = [], []
    while (here := amira.keys.here()) or True:
        amira.page.keyboard.press("Tab")
        here = amira.keys.here()
        if here["kind"] == "body" or len(seen) > 120:
            break
        seen.append(here["name"])
        assert accessibility.focus_is_visible(amira.page), f"{here} does not show its focus"
        places.append(amira.page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    assert places == sorted(places)
    assert {"Zum Inhalt springen", "Haushalte"} <= set(seen)


def test_mistakes_have_the_focus_and_what_was_typed_stays(amira):
    amira.visit("household_new").keys.fill({"Vorname": "Amal", "Geburtsdatum": "31.02.2020", "Telefon": "keins"})
    amira.press("Haushalt aufnehmen")
    summary = amira.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Bitte 2 Angaben prüfen")
    amira.stands()
    assert (
        amira.page.get_by_label("Vorname").input_value(),
        amira.page.locator("#id_person-0-birth_date").input_value(),
    ) == (
        "Amal",
        "31.02.2020",
    )
    summary.get_by_role("link").first.press("Enter")
    expect(amira.page.locator("#id_person-0-birth_date")).to_be_focused()
    assert households() == []


def test_double_click_makes_one_household(amira):
    amira.visit("household_new").fill({"Vorname": "Amal", "Familienname": "Haddad"})
    amira.page.get_by_role("main").get_by_role("button", name="Haushalt aufnehmen").dblclick()
    amira.reads("ist aufgenommen.")
    assert households() == ["Haddad"]


def test_enter_twice_sets_one_task(amira):
    amira.visit("household_new").fill({"Vorname": "Amal", "Familienname": "Haddad"}).submit(
        "Haushalt aufnehmen", "ist aufgenommen."
    )
    amira.follow("Aufgabe").fill({"Aufgabe": "Anrufen", "Fällig am": "11.03.2026"})
    amira.page.get_by_label("Fällig am", exact=True).focus()
    amira.page.keyboard.press("Enter")
    amira.page.keyboard.press("Enter")
    amira.reads("Die Aufgabe ist gestellt.")
    expect(amira.panel("Aufgaben").get_by_text("Anrufen", exact=True)).to_have_count(1)


def test_back_after_saving_asks_nothing_and_makes_no_second(amira):
    amira.visit("household_new").fill({"Vorname": "Amal", "Familienname": "Haddad"})
    amira.submit("Haushalt aufnehmen", "ist aufgenommen.").back().stands("Haushalt aufnehmen")
    assert amira.page.url.endswith(reverse("household_new"))
    assert amira.page.get_by_label("Vorname").input_value() == ""
    amira.page.go_forward()
    expect(amira.page.get_by_role("heading", level=1)).to_have_text("Haddad")
    assert households() == ["Haddad"]


def test_leaving_with_unsaved_input_asks(amira):
    amira.visit("household_new").fill({"Vorname": "Amal"})
    asked = []
    amira.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    amira.menu("Heute")
    expect(amira.page.get_by_role("heading", name="Meine Termine")).to_be_visible()
    assert asked == ["beforeunload"]


def test_menu_of_a_telephone_opens_by_key(desk):
    amira = desk("amira", width=NARROW)
    amira.keys.press("Menü")
    expect(
        amira.page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Haushalte")
    ).to_be_visible()
    amira.stands().page.keyboard.press("Escape")
    expect(amira.page.get_by_role("button", name="Menü")).to_be_focused()
