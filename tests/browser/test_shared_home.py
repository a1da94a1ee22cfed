"""Two households in one flat, by keyboard alone: noted at the one, read at the other, taken away; at both widths."""

import pytest
from django.contrib.auth import get_user_model

from tests.conftest import NOW
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.models import Household
from wurzelwerk.trust.actor import Actor

from .chromium import needs_browser
from .desk import NARROW, WIDE

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def flat(city, open_household) -> list[Household]:
    """Two households of Amira's at one address."""
    by = Actor.of(get_user_model().objects.get(username="amira"))
    akten = [open_household(members=[MemberData("Ada", name)]).akte for name in ("Aydin", "Bondar")]
    found = [Household.objects.visible_to(by).get(akte=akte) for akte in akten]
    for row in found:
        cases.set_accommodation(household=row, kind="own_flat", street="Weg 1", postcode="44145", city="Dortmund",
                                by=by, at=NOW)  # fmt: skip
    return found


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_flat_share_is_noted_read_and_taken_away_by_keyboard(desk, flat, width):
    amira = desk("amira", width=width).visit("household", flat[0].pk)
    amira.keys.press("Wohngemeinschaft")
    amira.stands("Wohngemeinschaft")
    amira.keys.fill({"Wohnt zusammen mit": "Bondar"})
    amira.keys.press("Eintragen")
    amira.reads("Die Haushalte wohnen zusammen.").stands("Wohngemeinschaft")
    amira.visit("household", flat[1].pk).reads("Wohnt zusammen mit").stands("Bondar")
    amira.keys.press("Aydin")
    amira.stands("Aydin").visit("shared_home", flat[0].pk)
    amira.keys.press("Entfernen: Bondar")
    amira.reads("Die Haushalte wohnen nicht zusammen.").stands("Wohngemeinschaft")
