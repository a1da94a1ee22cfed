"""Changes of an absence and of who covers for single cases: what they open, until when, and their way back."""

from datetime import date, timedelta

import pytest

from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.absence_states import state_of
from wurzelwerk.cases.covers import covered_by
from wurzelwerk.cases.models import AbsenceChange, Case, Cover
from wurzelwerk.network.models import AbsenceDay
from wurzelwerk.trust.actor import Actor

TODAY, MIDDLE, END = date(2026, 3, 10), date(2026, 3, 13), date(2026, 3, 20)


@pytest.fixture
def absence(user, actor, now):
    """Amira is away until the 20th; Bernd of her team covers."""
    return cases.record_absence(user=user("amira"), kind="holiday", starts_on=TODAY, ends_on=END, covers=[user("bernd")],
                                by=actor("amira"), at=now)  # fmt: skip


@pytest.fixture
def single(absence, open_household, user, actor, now):
    """One of her cases is covered by Carla of another site; the other is Bernd's like everything."""
    one, _other = open_household(), open_household()
    cases.assign_covers(absence=absence, cases={one: user("carla")}, by=actor("amira"), at=now)
    return absence.covers.get(case__isnull=False)


@pytest.fixture
def change(absence, user, actor, now):
    """Change the absence in every way."""

    def do(ends_on=MIDDLE, covers=("elif",)):
        people = [user(login) for login in covers]
        return cases.change_absence(absence=absence, kind="sick", starts_on=TODAY, ends_on=ends_on, covers=people,
                                    by=actor("amira"), at=now)  # fmt: skip

    return do


def sees(login: str, user, day: date) -> int:
    """How many cases somebody sees on a day."""
    return Case.objects.visible_to(Actor.of(user(login), on=day)).count()


def test_change_is_taken_back_whole_and_who_knew_still_knows(absence, change, user, actor, now):
    cases.read_cover(covers=absence.covers.all(), by=actor("bernd"), at=now)
    before = state_of(absence)
    cases.take_back_absence_change(change=change(), by=actor("elif"), at=now)
    assert state_of(absence.__class__.objects.get(pk=absence.pk)) == before
    assert AbsenceDay.objects.filter(user=user("amira")).count() == 11
    assert absence.covers.get().seen_at == now


def test_change_that_changes_nothing_leaves_nothing_to_take_back(absence, user, actor, now):
    assert cases.change_absence(absence=absence, kind="holiday", starts_on=TODAY, ends_on=END, covers=[user("bernd")],
                                by=actor("amira"), at=now) is None  # fmt: skip
    assert not AbsenceChange.objects.exists()


def test_change_is_taken_back_once_by_whom_it_concerns_and_not_over_a_later_one(change, actor, now):
    first = change()
    with pytest.raises(NotAllowed):
        cases.take_back_absence_change(change=first, by=actor("bernd"), at=now)
    second = change(ends_on=END)
    with pytest.raises(WrongState):
        cases.take_back_absence_change(change=first, by=actor("amira"), at=now)
    cases.take_back_absence_change(change=second, by=actor("amira"), at=now)
    with pytest.raises(WrongState):
        cases.take_back_absence_change(change=second, by=actor("amira"), at=now)
    first.absence.refresh_from_db()
    assert (first.absence.kind, first.absence.ends_on) == ("sick", MIDDLE)


def test_days_that_were_taken_meanwhile_stop_the_way_back(change, user, actor, now):
    shorter = change()
    later = END - timedelta(days=1)
    cases.record_absence(
        user=user("amira"), kind="other", starts_on=later, ends_on=later, covers=[], by=actor("amira"), at=now
    )
    with pytest.raises(WrongState):
        cases.take_back_absence_change(change=shorter, by=actor("amira"), at=now)
    shorter.refresh_from_db()
    assert (shorter.undone_at, shorter.absence.ends_on, AbsenceDay.objects.count()) == (None, MIDDLE, 5)


def test_single_cover_ends_with_its_day_and_the_others_have_the_case_again(single, user, actor, now):
    cases.change_case_cover(cover=single, user=user("carla"), until=MIDDLE, by=actor("amira"), at=now)
    days = (TODAY, MIDDLE, MIDDLE + timedelta(days=1))
    assert [sees("carla", user, day) for day in days] == [1, 1, 0]
    elsewhere = [covered_by(user("bernd").pk, on=day)[0].elsewhere for day in days]
    assert elsewhere == [frozenset({single.case_id}), frozenset({single.case_id}), frozenset()]
    assert [[one.until for one in covered_by(user("carla").pk, on=day)] for day in days] == [[MIDDLE], [MIDDLE], []]


def test_cover_for_everything_of_another_site_has_the_case_from_the_day_after(single, absence, user, actor, now):
    cases.change_absence(absence=absence, kind="holiday", starts_on=TODAY, ends_on=END, covers=[user("carla")],
                         by=actor("amira"), at=now)  # fmt: skip
    cases.change_case_cover(cover=single, user=user("bernd"), until=MIDDLE, by=actor("amira"), at=now)
    assert [sees("carla", user, day) for day in (TODAY, MIDDLE, MIDDLE + timedelta(days=1), END)] == [1, 1, 2, 2]
    cases.change_case_cover(cover=single, user=user("carla"), until=MIDDLE, by=actor("amira"), at=now)
    assert [sees("carla", user, day) for day in (TODAY, MIDDLE, MIDDLE + timedelta(days=1), END)] == [2, 2, 2, 2]


def test_single_cover_goes_to_another_and_comes_back(single, user, actor, now):
    cases.read_cover(covers=[single], by=actor("carla"), at=now)
    made = cases.change_case_cover(cover=single, user=user("elif"), until=None, by=actor("elif"), at=now)
    assert (sees("carla", user, TODAY), single.seen_at) == (0, None)
    cases.take_back_absence_change(change=made, by=actor("amira"), at=now)
    assert (sees("carla", user, TODAY), Cover.objects.get(case__isnull=False).seen_at) == (1, now)


def test_removed_single_cover_is_the_others_and_comes_back(single, user, actor, now):
    removed = cases.remove_case_cover(cover=single, by=actor("amira"), at=now)
    assert (sees("carla", user, TODAY), covered_by(user("bernd").pk, on=TODAY)[0].elsewhere) == (0, frozenset())
    cases.take_back_absence_change(change=removed, by=actor("amira"), at=now)
    assert sees("carla", user, TODAY) == 1


def test_impossible_single_covers_are_said_at_their_field(single, user, actor, now):
    for who, until, field in (
        ("amira", None, "user"), ("goran", None, "user"), ("carla", END + timedelta(days=1), "until"),
        ("carla", TODAY - timedelta(days=1), "until"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            cases.change_case_cover(cover=single, user=user(who), until=until, by=actor("amira"), at=now)
        assert refused.value.field == field
    for login in ("bernd", "carla", "goran"):
        with pytest.raises(NotAllowed):
            cases.change_case_cover(cover=single, user=user("bernd"), until=None, by=actor(login), at=now)
        with pytest.raises(NotAllowed):
            cases.remove_case_cover(cover=single, by=actor(login), at=now)
    assert clock.today() == TODAY
