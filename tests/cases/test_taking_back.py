"""What was closed is taken back, and the ledger says so."""

from datetime import date

import pytest

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Accommodation, Household, HouseholdMember
from wurzelwerk.cases.queries import case_of
from wurzelwerk.evidence.ledger import standing_facts


def standing(code: str) -> int:
    """How many facts of a type count, one for each of the five persons."""
    return standing_facts().filter(type=code).count()


@pytest.fixture
def case(open_household):
    return open_household()


@pytest.fixture
def need(case, actor, now):
    return cases.note_need(case=case, kind="housing", by=actor("amira"), at=now)


def test_need_met_and_reopened_leaves_no_standing_fact(need, actor, now):
    by = actor("amira")
    cases.meet_need(need=need, by=by, at=now)
    assert standing("cases.need_met") == 5
    cases.reopen_need(need=need, by=by, at=now)
    assert (need.met_on, standing("cases.need_met")) == (None, 0)
    with pytest.raises(WrongState):
        cases.reopen_need(need=need, by=by, at=now)


def test_goal_is_reached_once_and_reopened(need, actor, now):
    by = actor("amira")
    goal = cases.agree_goal(need=need, text="ein Zimmer", by=by, at=now)
    cases.reach_goal(goal=goal, by=by, at=now)
    with pytest.raises(WrongState):
        cases.reach_goal(goal=goal, by=by, at=now)
    cases.reopen_goal(goal=goal, by=by, at=now)
    states = standing_facts().filter(type="cases.goal_reached").values_list("dimensions", flat=True)
    assert sorted(row["state"] for row in states) == ["open"] * 5 + ["reached"] * 5
    with pytest.raises(NotAllowed):
        cases.reach_goal(goal=goal, by=actor("carla"), at=now)


def test_member_who_never_left_cannot_come_back(case, actor, now):
    by = actor("amira")
    member = HouseholdMember.objects.visible_to(by).last()
    with pytest.raises(WrongState):
        cases.return_member(belonging=member, by=by, at=now)
    cases.remove_member(belonging=member, left_on=now.date(), by=by, at=now)
    with pytest.raises(NotAllowed):
        cases.return_member(belonging=member, by=actor("carla"), at=now)
    cases.return_member(belonging=member, by=by, at=now)
    assert HouseholdMember.objects.visible_to(by).filter(left_on__isnull=True).count() == 5


def test_accommodation_is_corrected_in_place(case, actor, now):
    by = actor("amira")
    household = Household.objects.visible_to(by).get()
    home = cases.set_accommodation(household=household, kind="transitional", by=by, at=now)
    cases.correct_accommodation(accommodation=home, by=by, at=now, street="Beispielweg 3")
    assert [row.street for row in Accommodation.objects.visible_to(by)] == ["Beispielweg 3"]
    cases.set_accommodation(household=household, kind="own_flat", since=date(2026, 3, 1), by=by, at=now)
    home.refresh_from_db()
    with pytest.raises(BadInput):
        cases.correct_accommodation(accommodation=home, by=by, at=now, since=date(2026, 3, 2))


def test_open_case_comes_before_the_closed_one(case, actor, now):
    by = actor("amira")
    household = Household.objects.visible_to(by).get()
    cases.close_case(case=case, by=by, at=now)
    newer = cases.open_case(akte=case.akte, service="counselling", household=household, by=by, at=now)
    assert case_of(household, actor=by) == newer
