"""Who may have been taken in before, told while a new person is typed: beside the work, never in its way."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from wurzelwerk.cases.models import Household
from wurzelwerk.trust.actor import Actor

from .chromium import needs_browser
from .desk import NARROW, WIDE

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]
HINT = "Vielleicht schon aufgenommen"


@pytest.fixture
def household(open_household) -> Household:
    """The household of five in Amira's team."""
    case = open_household()
    return Household.objects.visible_to(Actor.of(get_user_model().objects.get(username="amira"))).get(akte=case.akte)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_intake_tells_who_may_be_there_already_and_takes_in_all_the_same(desk, household, width):
    bernd = desk("bernd", width=width).visit("household_new")
    bernd.keys.fill({"Vorname": "Samyra", "Familienname": "Alkhatib", "Geburtsdatum": "04.05.1990"})
    bernd.reads(HINT, "Haushalt Al-Khatib", "zuständig: Amira Scholz").stands("Haushalt aufnehmen")
    expect(bernd.page.locator("#id_person-0-birth_date")).to_be_focused()
    with bernd.page.expect_popup() as opened:
        bernd.page.get_by_role("link", name="Samira Al-Khatib").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(household.name)
    opened.value.close()
    assert bernd.page.locator("#id_person-0-given_name").input_value() == "Samyra"
    bernd.fill({"Vorname": "Oleksandr", "Familienname": "Bondarenko", "Geburtsdatum": "01.01.1980"})
    expect(bernd.page.get_by_text(HINT)).to_have_count(0)
    bernd.submit("Haushalt aufnehmen", "ist aufgenommen.")


def test_every_row_asks_for_itself(desk, household):
    bernd = desk("bernd").visit("household_new").fill({"Vorname": "Oleksandr", "Familienname": "Bondarenko"})
    bernd.press("Weitere Person")
    rows = bernd.page.locator("#personen > .ww-panel")
    expect(rows).to_have_count(2)
    rows.nth(1).get_by_label("Vorname").fill("Lina")
    rows.nth(1).get_by_label("Familienname").fill("Al-Khatib")
    rows.nth(1).get_by_label("Geburtsdatum").first.fill("30.09.2014")
    expect(rows.nth(1).get_by_text(HINT)).to_be_visible()
    expect(rows.nth(0).get_by_text(HINT)).to_have_count(0)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_new_member_is_asked_about_too(desk, household, width):
    amira = desk("amira", width=width).visit("member_new", household.pk).stands("Person aufnehmen")
    amira.keys.fill({"Vorname": "Nour", "Familienname": "Al-Khatib", "Geburtsdatum": "24.12.2023"})
    amira.reads(HINT).stands("Person aufnehmen")
    amira.choose("Beziehung zur Ansprechperson", "Kind").submit("Speichern", "Die Person gehört jetzt zum Haushalt.")


def test_ended_session_puts_nothing_into_the_form(desk, household):
    bernd = desk("bernd").visit("household_new")
    bernd.page.context.clear_cookies(name="sessionid")
    with bernd.page.expect_response("**/anmelden/**"):
        bernd.fill({"Vorname": "Samira", "Familienname": "Al-Khatib", "Geburtsdatum": "04.05.1990"})
    bernd.page.wait_for_timeout(300)
    expect(bernd.page.get_by_label("Passwort")).to_have_count(0)
    expect(bernd.page.get_by_text(HINT)).to_have_count(0)
    bernd.said[:] = [text for text in bernd.said if "Failed to load resource" not in text]
