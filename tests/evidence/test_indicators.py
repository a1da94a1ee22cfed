"""Figures: who counts in which period, once, without what was taken back, for whom it may be counted."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wurzelwerk.evidence.indicators import Indicator, Kind, Slice, Unit, all_indicators, count, keys_behind
from wurzelwerk.evidence.models import Fact
from wurzelwerk.evidence.types import FactType

from .conftest import BEGAN, ENDED, NORTH, SOUTH, TALKED, Someone

ALL = ~Q(pk__in=[])
JANUARY = Slice("jan", date(2026, 1, 1), date(2026, 1, 31))
FEBRUARY = Slice("feb", date(2026, 2, 1), date(2026, 2, 28))
QUARTER = Slice("q1", date(2026, 1, 1), date(2026, 3, 31))
THREE = (JANUARY, FEBRUARY, QUARTER)


def talks(unit: Unit, **dimensions) -> Indicator:
    return Indicator("talks", "Gespräche", "Gespräche.", unit, begin=(TALKED,), dimensions=dimensions)


def standing(unit: Unit = Unit.HOUSEHOLDS) -> Indicator:
    return Indicator("standing", "Läuft", "Läuft.", unit, begin=(BEGAN,), end=(ENDED,), kind=Kind.STANDING)


def counted(indicator, slices=THREE, readable=ALL) -> list[int]:
    found = count(indicator, slices, readable=readable)
    return [found[one.key] for one in slices]


def test_household_seen_in_two_months_counts_once_a_quarter(happened, someone):
    who = someone()
    for day in ("2026-01-05", "2026-01-20", "2026-02-03"):
        happened(TALKED, who, day, interpreter="no")
    assert counted(talks(Unit.HOUSEHOLDS)) == [1, 1, 1]
    assert counted(talks(Unit.PERSONS)) == [2, 2, 2]
    assert counted(talks(Unit.CASES)) == [1, 1, 1]
    assert counted(talks(Unit.EVENTS)) == [2, 1, 3]


def test_first_and_last_day_of_a_period_count(happened, someone):
    happened(TALKED, someone(), "2026-01-01", interpreter="no")
    happened(TALKED, someone(), "2026-01-31", interpreter="no")
    happened(TALKED, someone(), "2025-12-31", interpreter="no")
    happened(TALKED, someone(), "2026-04-01", interpreter="no")
    assert counted(talks(Unit.HOUSEHOLDS)) == [2, 0, 2]


def test_dimension_narrows_the_figure(happened, someone):
    happened(TALKED, someone(), "2026-01-05", interpreter="yes")
    happened(TALKED, someone(), "2026-01-05", interpreter="no")
    assert counted(talks(Unit.EVENTS, interpreter="yes")) == [1, 0, 1]


def test_what_was_taken_back_never_counts(happened, taken_back, someone):
    who = someone()
    happened(TALKED, who, "2026-01-05", interpreter="no")
    taken_back(TALKED, who)
    assert counted(talks(Unit.HOUSEHOLDS)) == [0, 0, 0]
    happened(TALKED, who, "2026-02-05", interpreter="no")
    assert counted(talks(Unit.HOUSEHOLDS)) == [0, 1, 1]


def test_two_events_of_the_same_instant_are_two_and_taken_back_one_by_one(happened, taken_back, someone):
    who = someone()
    happened(TALKED, who, "2026-01-05", interpreter="no")
    happened(TALKED, who, "2026-01-05", interpreter="no")
    assert counted(talks(Unit.EVENTS), [JANUARY]) == [2]
    taken_back(TALKED, who)
    assert counted(talks(Unit.EVENTS), [JANUARY]) == [1]


def test_household_in_two_programmes_counts_once_in_the_total(happened, someone):
    who, other_case = someone(), uuid4()
    happened(TALKED, who, "2026-01-05", interpreter="no", frame=NORTH)
    happened(TALKED, who, "2026-01-06", interpreter="no", frame=SOUTH, case=other_case)
    slices = [
        JANUARY,
        Slice("p1", JANUARY.first, JANUARY.last, "p1"),
        Slice("p2", JANUARY.first, JANUARY.last, "p2"),
        Slice("none", JANUARY.first, JANUARY.last, ""),
    ]
    assert counted(talks(Unit.HOUSEHOLDS), slices) == [1, 1, 1, 0]
    assert counted(talks(Unit.CASES), slices) == [2, 1, 1, 0]


def test_facts_that_the_reader_may_not_count_do_not(happened, someone):
    happened(TALKED, someone(), "2026-01-05", interpreter="no", frame=NORTH)
    happened(TALKED, someone(), "2026-01-05", interpreter="no", frame=SOUTH)
    assert counted(talks(Unit.HOUSEHOLDS), readable=Q(site="nord")) == [1, 0, 1]
    assert counted(talks(Unit.HOUSEHOLDS), readable=Q(pk__in=[])) == [0, 0, 0]


def test_standing_household_counts_from_its_beginning_to_its_end(happened, someone):
    who = someone()
    happened(BEGAN, who, "2025-11-05")
    assert counted(standing()) == [1, 1, 1]
    happened(ENDED, who, "2026-01-31")
    assert counted(standing()) == [1, 0, 1]


def test_standing_household_that_begins_again_counts_again(happened, someone):
    who = someone()
    happened(BEGAN, who, "2025-11-05")
    happened(ENDED, who, "2025-12-20")
    assert counted(standing()) == [0, 0, 0]
    happened(BEGAN, who, "2026-02-10")
    assert counted(standing()) == [0, 1, 1]


def test_end_that_was_taken_back_does_not_end(happened, taken_back, someone):
    who = someone()
    happened(BEGAN, who, "2025-11-05")
    happened(ENDED, who, "2025-12-20")
    taken_back(ENDED, who)
    assert counted(standing()) == [1, 1, 1]


def test_beginning_and_end_at_the_same_instant_is_ended(happened, someone):
    who = someone()
    happened(ENDED, who, "2026-01-10")
    happened(BEGAN, who, "2026-01-10")
    assert counted(standing()) == [1, 0, 1]


def test_end_recorded_by_another_team_ends_the_standing_too(happened, someone):
    who = someone()
    happened(BEGAN, who, "2025-11-05", frame=NORTH)
    happened(ENDED, who, "2026-01-10", frame=SOUTH)
    assert counted(standing(), readable=Q(site="nord")) == [1, 0, 1]
    assert counted(standing(), readable=Q(site="sued")) == [0, 0, 0]


def test_person_who_left_stands_no_longer_than_the_case(happened, someone):
    who = someone()
    happened(BEGAN, who, "2025-11-05")
    who.persons.pop()
    happened(ENDED, who, "2026-01-10")
    assert counted(standing(Unit.PERSONS)) == [2, 0, 2]


@pytest.mark.parametrize("indicator", [talks(Unit.HOUSEHOLDS), talks(Unit.EVENTS), standing(), standing(Unit.PERSONS)])
def test_all_slices_take_one_query_however_many_facts(indicator, happened, someone, django_assert_num_queries):
    for number in range(3):
        who = someone()
        happened(BEGAN, who, "2026-01-05")
        happened(TALKED, who, "2026-01-05", interpreter="no")
        if number:
            happened(ENDED, who, "2026-02-05")
        with django_assert_num_queries(1):
            counted(indicator)


def test_nothing_asked_is_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert count(standing(), [], readable=ALL) == {}


@pytest.mark.parametrize("unit", [Unit.HOUSEHOLDS, Unit.PERSONS, Unit.CASES])
def test_keys_behind_a_figure_are_as_many_as_it_says(unit, happened, someone):
    first, second = someone(), someone()
    for who, day in ((first, "2026-01-05"), (second, "2026-02-05")):
        happened(BEGAN, who, day)
        happened(TALKED, who, day, interpreter="no")
    for indicator in (talks(unit), standing(unit)):
        for one in THREE:
            keys = {row["counted"] for row in keys_behind(indicator, one, readable=ALL)}
            assert len(keys) == count(indicator, [one], readable=ALL)[one.key]
    expected = {first.household} if unit == Unit.HOUSEHOLDS else set(first.persons)
    if unit != Unit.CASES:
        assert {row["counted"] for row in keys_behind(talks(unit), JANUARY, readable=ALL)} == expected


def test_keys_behind_events_are_their_cases(happened, someone):
    who = someone()
    for day in ("2026-01-05", "2026-01-06"):
        happened(TALKED, who, day, interpreter="no")
    assert [row["counted"] for row in keys_behind(talks(Unit.EVENTS), JANUARY, readable=ALL)] == [who.case]


@pytest.mark.parametrize(
    "given_wrong",
    [
        {"kind": Kind.STANDING},
        {"end": (ENDED,)},
        {"dimensions": {"interpreter": "maybe"}},
        {"dimensions": {"colour": "yes"}},
    ],
)
def test_indicator_that_does_not_fit_together_is_refused(given_wrong):
    with pytest.raises(ValueError, match="odd"):
        Indicator("odd", "Seltsam", "Seltsam.", Unit.CASES, begin=(TALKED,), **given_wrong)


def test_indicators_of_the_house_are_declared_once_and_count_declared_facts():
    from wurzelwerk.base.rooms import installed_rooms

    found = all_indicators()
    known = {fact.code for room in installed_rooms() for fact in room.facts}
    assert len({one.code for one in found}) == len(found)
    assert {fact.code for one in found for fact in (*one.begin, *one.end)} <= known
    assert all(str(one.definition).endswith(".") for one in found)


DAYS = st.integers(0, 100).map(lambda number: date(2026, 1, 1) + timedelta(days=number))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    ways=st.lists(st.lists(st.tuples(DAYS, st.booleans()), max_size=6), max_size=5),
    period=st.tuples(DAYS, DAYS).map(sorted),
)
def test_standing_figure_equals_a_walk_through_every_case(db, ways, period):
    """Against a small model: walk each case's days in order, open and close it."""
    Fact.objects.all().delete()
    first, last = period
    expected = 0
    for way in ways:
        who, spans, opened = Someone(), [], None
        for day, begins in sorted(way, key=lambda one: (one[0], not one[1])):
            _plant(BEGAN if begins else ENDED, who, day)
            if begins:
                opened = opened or day
            elif opened:
                spans.append((opened, day))
                opened = None
        spans += [(opened, date.max)] if opened else []
        expected += any(begin <= last and end >= first for begin, end in spans)
    assert count(standing(), [Slice("x", first, last)], readable=ALL) == {"x": expected}


def _plant(fact: FactType, who: Someone, day: date) -> None:
    from datetime import UTC, datetime

    at = datetime(2026, 6, 1, tzinfo=UTC)
    Fact.objects.create(
        type=fact.code, occurred_on=day, recorded_at=at, household_key=who.household, case_key=who.case, controller="x"
    )
