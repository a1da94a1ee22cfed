"""Two people at one form, each at a window of their own: other fields are kept, in one field both versions are shown."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from wurzelwerk.cases.models import Household, Person
from wurzelwerk.trust.actor import Actor

from .chromium import needs_browser
from .desk import NARROW, WIDE, Desk, Opener

pytestmark = [*needs_browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CHANGED = "Das wurde inzwischen geändert. Bitte wählen Sie, was gelten soll."


@pytest.fixture
def two(desk: Opener, open_household):
    """Return a maker of two windows, Amira's and Bernd's, in which both have the same person before them."""

    def open_them(**options) -> tuple[Desk, Desk]:
        case = open_household()
        actor = Actor.of(get_user_model().objects.get(username="amira"))
        household = Household.objects.visible_to(actor).get(akte=case.akte)
        member = household.members.visible_to(actor)[0]
        return desk("amira", **options).visit("member_edit", member.pk), desk("bernd").visit("member_edit", member.pk)

    return open_them


def samira() -> Person:
    """The person both have before them."""
    return Person.objects.for_system(reason="test").get(given_name="Samira")


@pytest.mark.parametrize(("width", "options"), [(WIDE, {}), (NARROW, {}), (WIDE, {"java_script_enabled": False})])
def test_same_field_shows_both_and_takes_the_chosen_one(two, width, options):
    amira, bernd = two(width=width, **options)
    bernd.fill({"Telefon": "0231 222 333", "E-Mail": "samira@example.invalid"})
    bernd.submit("Speichern", "Die Angaben zur Person sind gespeichert.")
    amira.fill({"Telefon": "0231 444 555", "Familienname": "Al-Khatib-Neu"}).press("Speichern")
    amira.reads("Bitte eine Angabe prüfen", CHANGED, "Inzwischen steht dort: 0231 222 333 – übernehmen")
    amira.reads("Inzwischen geändert und hier schon eingesetzt: „E-Mail“.")
    expect(amira.page.get_by_label("Telefon", exact=False).first).to_have_value("0231 444 555")
    if not options:
        amira.stands()
    assert samira().phone == "0231 222 333"
    both = amira.page.get_by_role("group", name="Telefon: Welche Angabe soll gelten?")
    both.get_by_label("Inzwischen steht dort: 0231 222 333 – übernehmen").check()
    amira.submit("Speichern", "Inzwischen wurde auch „E-Mail“ geändert; beides ist gespeichert.")
    assert (samira().family_name, samira().phone, samira().email) == (
        "Al-Khatib-Neu", "0231 222 333", "samira@example.invalid",
    )  # fmt: skip


def test_own_version_is_kept_by_choice_after_a_break(two):
    """The choice is open when the page is left; the draft brings both versions back."""
    amira, bernd = two()
    bernd.fill({"Telefon": "0231 222 333"}).submit("Speichern", "Die Angaben zur Person sind gespeichert.")
    amira.fill({"Telefon": "0231 444 555"}).press("Speichern")
    amira.reads(CHANGED)
    expect(amira.page.locator("[data-draft-quiet]")).to_contain_text("Entwurf gesichert")
    amira.page.goto(amira.page.url)
    amira.follow("Entwurf einsetzen")
    amira.reads("Inzwischen steht etwas anderes als in Ihrem Entwurf bei „Telefon“. Bitte wählen Sie dort aus.")
    amira.stands()
    amira.tick("Meine Angabe behalten, wie sie im Feld steht")
    amira.submit("Speichern", "Die Angaben zur Person sind gespeichert.")
    assert samira().phone == "0231 444 555"
