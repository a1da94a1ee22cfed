"""A referral's link as a body without an account opens it, and the pages beside it, at the desk and on a phone."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOW
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Household
from wurzelwerk.counselling.outside import issue
from wurzelwerk.network.models import User

from .accessibility import run_over, violations
from .chromium import needs_browser
from .desk import NARROW, WIDE

pytestmark = needs_browser
PICTURES = os.environ.get("WURZELWERK_LOOK_AT", "")


def look(person, name: str) -> None:
    """Nothing to mend on the page; a picture of it, where somebody asks for pictures."""
    if PICTURES:
        person.page.screenshot(path=Path(PICTURES) / f"{name}-{person.page.viewport_size['width']}.png", full_page=True)
    assert (violations(person.page), run_over(person.page)) == ([], [])


@pytest.fixture
def referral(open_household, actor):
    """A referral by law to an office that Amira wrote down."""
    case, by = open_household(), actor("amira")
    household = Household.objects.visible_to(by).get()
    body = cases.keep_body(akte=case.akte, name="Schuldnerhilfe e. V.", email="hilfe@example.org", by=by, at=NOW)
    told = cases.Outside(purpose="debt_advice", way="link", concern="Mahnungen von drei Gläubigern", basis="law",
                         basis_text="§ 4 KKG", items={"request": ["name", "contact", "concern"]})  # fmt: skip
    return cases.send_outside(case=case, household=household, receiver=body, outside=told, by=by, at=NOW)


@pytest.mark.parametrize(("width", "language"), [(NARROW, "ar"), (WIDE, "de")])
def test_link_is_answered_by_keyboard(desk, referral, actor, width, language):
    visitor = desk(width=width)
    visitor.page.goto(f"{visitor.address}{issue(referral, by=actor('amira'), at=NOW).path}?sprache={language}")
    look(visitor, f"link-vorher-{language}")
    visitor.page.locator("button[value=ansehen]").press("Enter")
    look(visitor, f"link-angaben-{language}")
    assert visitor.page.get_by_text("Mahnungen von drei Gläubigern").count() == 1
    visitor.page.locator("button[value=annehmen]").press("Enter")
    visitor.page.locator("summary").filter(has=visitor.page.locator("xpath=..//button")).last.press("Enter")
    look(visitor, f"link-angenommen-{language}")
    assert visitor.page.locator("button[value=erledigt]").count() == 1


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_pages_of_circle_conference_and_referral_have_nothing_to_mend(desk, referral, actor, width):
    by, case = actor("amira"), referral.case
    data = cases.HelperData(name="Dr. Maria Still", role="therapist", since=NOW.date(), body="Ambulanz im Hafen",
                            phone="0231 4711", email="still@example.org", reachable="dienstags vormittags",
                            basis="consent", basis_text="Schweigepflichtentbindung vom 03.03.2026", is_main=True)  # fmt: skip
    helper = cases.add_helper(household=referral.household, helper=data, by=by, at=NOW)
    team = tuple(User.objects.filter(username__in=["amira", "bernd"]))
    invitation = cases.Invitation(kind="help_plan", starts_at=NOW - timedelta(hours=1), ends_at=NOW, users=team,
                                  helpers=(helper,), place="Zimmer 3", agenda="Schule\nSchulden")  # fmt: skip
    conference = cases.call_conference(case=case, invitation=invitation, by=by, at=NOW)
    person = desk("amira", width=width)
    places = {
        "kreis": f"/haushalte/{referral.household_id}/helferkreis/", "protokoll": f"/konferenzen/{conference.pk}/protokoll/",
        "eintrag": f"/helferkreis/{helper.pk}/", "einladung": f"/konferenzen/{conference.pk}/einladung/",
        "ueberweisung": f"/ueberweisungen/{referral.pk}/", "liste": "/ueberweisungen/", "zahlen": "/ueberweisungen/zahlen/",
        "gesetz": f"/haushalte/{referral.household_id}/ueberweisen/gesetz/", "freigaben": f"/haushalte/{referral.household_id}/freigaben/",
        "konferenz-geplant": f"/konferenzen/{conference.pk}/",
    }  # fmt: skip
    for name, place in places.items():
        person.page.goto(f"{person.address}{place}")
        look(person, name)
    people = [row.pk for row in conference.participants.visible_to(by)]
    agreed = cases.Agreed(text="Befund schicken", due_on=NOW.date() + timedelta(days=9), who="Dr. Maria Still")
    cases.write_minutes(
        conference=conference, text="Wünsche:\nEin Zimmer.", present=people, decisions=[agreed], by=by, at=NOW
    )
    person.page.goto(f"{person.address}/konferenzen/{conference.pk}/")
    look(person, "konferenz")
