"""Pages that a link opens, as somebody without an account sees them: on a phone, in their language, without a script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from wurzelwerk.appointments.models import Place
from wurzelwerk.base import clock
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Household
from wurzelwerk.network.models import Site, User
from wurzelwerk.portal.inviting import send_invitation
from wurzelwerk.portal.models import Reminding
from wurzelwerk.trust.actions import open_akte
from wurzelwerk.trust.actor import Actor

from .accessibility import run_over, violations
from .chromium import needs_browser
from .desk import NARROW, WIDE

pytestmark = [*needs_browser, pytest.mark.journey]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_link_that_opens_nothing_is_readable_in_every_direction(desk, width):
    person = desk(width=width)
    person.page.goto(f"{person.address}/l/kein-solcher-link/")
    for language, name in (("de", "العربية"), ("ar", "Polski"), ("pl", "Deutsch")):
        assert person.page.locator("html").get_attribute("lang") == language
        assert (violations(person.page), run_over(person.page)) == ([], [])
        person.page.locator("summary").press("Enter")
        assert violations(person.page) == []
        person.page.get_by_role("link", name=name).press("Enter")


def invited(now) -> tuple[str, Household]:
    """The path of a link to choose a time, and the household of Amira's for which it is."""
    by = Actor.of(User.objects.get(username="amira"))
    site = Site.objects.get(code="stadt-nord")
    room = Place.objects.create(site=site, name="Raum 2", way="Eingang im Hof, zweite Tür links. Aufzug vorhanden.")
    akte = open_akte(controller=site.organisation, site=site, subject="household", by=by, at=now)
    members = [cases.MemberData("Samira", "Al-Khatib", None, "self", languages=("ar",), needs_interpreter=True)]
    household = cases.form_household(akte=akte, members=members, by=by, at=now)
    case = cases.open_case(akte=akte, service="counselling", household=household, by=by, at=now)
    host = User.objects.get(username="amira")
    values = {
        "case": case,
        "data": {"kind": "counselling", "host": host, "room": room, "until": now.date() + timedelta(9)},
    }
    issued, _sent = send_invitation(**values, reminded=Reminding.objects.none(), host="", by=by, at=now)
    return issued.path, household


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_time_is_booked_and_called_off_by_link_without_a_script(desk, width):
    """Without an account and without a script; in Arabic and in German; with the keyboard alone."""
    now = clock.now()
    path, household = invited(now)
    person = desk(width=width, java_script_enabled=False)
    looked = desk(width=width)
    for language in ("ar", "de"):
        looked.page.goto(f"{looked.address}{path}?sprache={language}")
        assert (violations(looked.page), run_over(looked.page)) == ([], [])
    person.page.goto(f"{person.address}{path}?sprache=ar")
    person.page.get_by_role("radio").nth(2).press("Space")
    person.page.get_by_role("button", name="حجز الموعد").press("Enter")
    expect(person.page.get_by_text("تم حجز موعدكم.")).to_be_visible()
    for language in ("ar", "de"):
        looked.page.goto(f"{looked.address}{path}?sprache={language}")
        assert (violations(looked.page), run_over(looked.page)) == ([], [])
    person.page.goto(f"{person.address}{path}?sprache=de")
    person.page.locator("summary", has_text="Termin absagen").press("Enter")
    person.page.get_by_role("button", name="Termin absagen").press("Enter")
    expect(person.page.get_by_text("Ihr Termin ist abgesagt. Danke")).to_be_visible()
    office = desk("amira", width=width).visit("reminder_list", household.pk)
    assert (violations(office.page), run_over(office.page)) == ([], [])
    office.visit("invitation_new", household.pk)
    assert (violations(office.page), run_over(office.page)) == ([], [])
    lead = desk("elif", width=width).visit("outbox")
    assert (violations(lead.page), run_over(lead.page)) == ([], [])
