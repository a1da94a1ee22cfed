"""Pages on paper: the content alone, complete, with heads, page numbers and the word that it is confidential."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from pypdf import PdfReader

from tests.conftest import NOW, family_of_five
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.models import Household
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.actions import open_akte
from wurzelwerk.trust.actor import Actor

from .chromium import needs_browser
from .desk import Desk, Opener

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]
ON_SCREEN_ONLY = ["Zum Inhalt springen", "Hilfe zu dieser Seite", "Haushalt aufnehmen", "Ausgeben", "Filtern", "Strg K"]
MANY = 25
STREET = "Verborgene Gasse"


@pytest.fixture
def amira(desk: Opener) -> Desk:
    """A counsellor with many households, the first at a blocked address."""
    by = Actor.of(get_user_model().objects.get(username="amira"))
    body = Organisation.objects.get(pk=by.home.organisation_id)
    site = body.sites.get(pk=by.home.site_id)
    for number in range(MANY):
        akte = open_akte(controller=body, site=site, subject="household", by=by, at=NOW)
        people = family_of_five() if number == 0 else [MemberData("Ada", f"Haus-{number:02}", None, "self")]
        household = cases.form_household(akte=akte, members=people, by=by, at=NOW)
        case = cases.open_case(akte=akte, service="counselling", household=household, by=by, at=NOW)
        if number == 0:
            cases.set_accommodation(
                household=household, kind="own_flat", street=f"{STREET} 7", postcode="44145", city="Dortmund",
                is_blocked=True, by=by, at=NOW,
            )  # fmt: skip
            for entry in range(12):
                cases.write_note(
                    case=case, kind="conversation", theme="housing", text=f"Eintrag {entry:02}. " + "Ein Satz. " * 60,
                    occurred_at=NOW, by=by, at=NOW,
                )  # fmt: skip
    return desk("amira")


def printed(desk: Desk) -> list[str]:
    """Return what stands on each sheet, when the browser prints the page."""
    pdf = PdfReader(io.BytesIO(desk.page.pdf(prefer_css_page_size=True)))
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def faults(sheets: list[str]) -> list[str]:
    """What should not be on paper, or is missing there."""
    text = " ".join(sheets)
    found = [word for word in [*ON_SCREEN_ONLY, "http:", "/haushalte/"] if word in text]
    found += [] if re.search(r"Vertraulich · gedruckt am \d\d\.\d\d\.\d{4}, \d\d:\d\d Uhr", sheets[0]) else ["no head"]
    numbers = [f"{number} / {len(sheets)}" for number in range(1, len(sheets) + 1)]
    return found + [f"no {number}" for number, sheet in zip(numbers, sheets, strict=True) if number not in sheet]


def test_pages_print_their_content_alone(amira):
    family = Household.objects.for_system(reason="test").get(name="Al-Khatib").pk
    places = {"today": [], "household_list": [], "household": [family], "journal": [family]}
    pages = {name: printed(amira.visit(name, *args)) for name, args in places.items()}
    assert {name: faults(sheets) for name, sheets in pages.items()} == {name: [] for name in places}
    listed = pages["household_list"]
    assert len(listed) > 1
    assert [sheet for sheet in listed if "Haushalt Personen Aktenzeichen" not in sheet.partition("Haus-")[0]] == []
    names = [f"Haus-{number:02}" for number in range(1, MANY)]
    assert [name for name in names if sum(sheet.count(name) for sheet in listed) == 0] == []
    assert "Eintrag 11." in pages["journal"][0]
    assert "Thema" not in pages["journal"][0]
    assert [entry for entry in range(12) if f"Eintrag {entry:02}." not in " ".join(pages["journal"])] == []


def test_blocked_address_is_read_on_the_screen_and_not_on_paper(amira):
    family = Household.objects.for_system(reason="test").get(name="Al-Khatib").pk
    amira.visit("household", family)
    assert STREET in amira.page.inner_text("main")
    assert [sheet for sheet in printed(amira) if STREET in sheet] == []
