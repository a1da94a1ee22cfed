"""Households that live together and are two all the same: noted at one address, seen only by whom the other is open to."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.house.world import merged
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.base.undo import undo_address
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.models import Household, SharedHome
from wurzelwerk.cases.queries import home_of
from wurzelwerk.cases.shared_homes import living_with

PLACE = {"kind": "own_flat", "street": "Beispielstraße 3", "postcode": "44145", "city": "Dortmund"}


@pytest.fixture
def lives(open_household, actor, now):
    """Open a household that lives somewhere; returns it."""

    def at(name, login="amira", **place):
        case = open_household(login, [MemberData("Ada", name)])
        row = Household.objects.visible_to(actor(login)).get(akte=case.akte)
        cases.set_accommodation(household=row, by=actor(login), at=now, **PLACE | place)
        return row

    return at


@pytest.fixture
def together(lives, actor, now):
    """Two of Amira's households in one flat, written differently, noted in the Akte of the first."""
    one, other = lives("Aydin"), lives("Bondar", street="Beispielstr. 3")
    return one, other, cases.note_shared_home(household=one, other=other, by=actor("amira"), at=now)


def names(household, login, actor) -> list[str]:
    """Who lives together with a household, as somebody sees it."""
    home = home_of(household, actor=actor(login))
    return [one.neighbour.name for one in living_with(household, home, actor=actor(login))]


def test_both_households_say_who_lives_there_too(browser, together, lives, actor):
    one, other, _row = together
    lives("Nachbar")
    assert (names(one, "amira", actor), names(other, "bernd", actor)) == (["Bondar"], ["Aydin"])
    pages = [browser().get(reverse("household", args=[row.pk])).content.decode() for row in (one, other)]
    assert [("Bondar</a>" in page, "Aydin</a>" in page, "Nachbar" in page) for page in pages] == [
        (True, False, False), (False, True, False),
    ]  # fmt: skip


def test_who_may_not_see_the_other_reads_nothing_of_it(together, lives, actor, now):
    one, _other, _row = together
    far = lives("Fremd", "carla")
    with pytest.raises(NotAllowed):
        cases.note_shared_home(household=one, other=far, by=actor("amira"), at=now)
    SharedHome.objects.create(akte=one.akte, household=one, other=far, noted_at=now, noted_by_id=actor("amira").user_id)
    assert names(one, "amira", actor) == ["Bondar"]
    assert names(far, "carla", actor) == []
    assert not SharedHome.objects.visible_to(actor("carla")).exists()


def test_only_households_at_one_address_live_together(lives, actor, now):
    one, away = lives("Aydin"), lives("Weg", street="Beispielstraße 30")
    nowhere = lives("Ohne", street="")
    for other in (away, nowhere, one):
        with pytest.raises(BadInput) as refused:
            cases.note_shared_home(household=one, other=other, by=actor("amira"), at=now)
        assert refused.value.field == "other"
    assert not SharedHome.objects.for_system(reason="test").exists()


def test_tie_stands_once_whichever_way_round(together, actor, now):
    one, other, row = together
    with pytest.raises(WrongState):
        cases.note_shared_home(household=other, other=one, by=actor("amira"), at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedHome.objects.create(akte=one.akte, household=one, other=other, noted_at=now, noted_by_id=row.noted_by_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedHome.objects.create(akte=one.akte, household=one, other=one, noted_at=now, noted_by_id=row.noted_by_id)


def test_who_moves_out_lives_there_no_more_until_the_move_is_taken_back(together, actor, now):
    one, other, _row = together
    later = now + timedelta(days=1)
    moved = cases.set_accommodation(household=other, since=later.date(), by=actor("amira"), at=later,
                                    **PLACE | {"street": "Neuer Weg 1"})  # fmt: skip
    assert names(one, "amira", actor) == []
    cases.take_back_move(accommodation=moved, by=actor("amira"), at=later)
    assert names(one, "amira", actor) == ["Bondar"]


def test_page_offers_the_address_notes_removes_and_brings_back(browser, lives):
    one, other = lives("Aydin"), lives("Bondar")
    lives("Weg", street="Anderswo 1")
    amira, place = browser(), reverse("shared_home", args=[one.pk])
    assert list(amira.get(place).context["form"].others) == [str(other.pk)]
    shown = amira.post(place, {"other": str(other.pk), "einmal": "k"}, follow=True)
    assert [line.neighbour for line, _may in shown.context["together"]] == [other]
    back = next(filter(None, map(undo_address, shown.context["messages"])))
    gone = amira.post(back, follow=True)
    assert gone.context["together"] == []
    again = amira.post(next(filter(None, map(undo_address, gone.context["messages"]))), follow=True)
    assert [line.neighbour for line, _may in again.context["together"]] == [other]
    assert [browser(login).get(place).status_code for login in ("bernd", "carla", "goran", "jonas")] == [
        200,
        404,
        404,
        404,
    ]


def test_merged_household_brings_what_it_shares_along(together, lives, actor, now):
    one, other, row = together
    kept = lives("Aydin")
    merged(kept, one, actor("amira"), now)
    assert (names(kept, "amira", actor), names(other, "amira", actor)) == (["Bondar"], ["Aydin"])
    row.refresh_from_db(from_queryset=SharedHome.objects.for_system(reason="test"))
    assert (row.akte_id, row.household_id) == (kept.akte_id, kept.pk)
