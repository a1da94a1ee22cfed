"""How a stretch of days is cut, and the usual stretches."""

from datetime import date
from itertools import pairwise

import pytest

from wurzelwerk.reports.periods import Grain, number_of_spans, presets, spans
from wurzelwerk.reports.small import is_small, threshold


def written(first: date, last: date, grain: Grain) -> list[tuple]:
    return [(one.label, one.first, one.last, one.cut) for one in spans(first, last, grain)]


def test_period_by_quarter_is_cut_at_its_ends():
    assert written(date(2025, 11, 15), date(2026, 4, 1), Grain.QUARTER) == [
        ("Q4 2025", date(2025, 11, 15), date(2025, 12, 31), True),
        ("Q1 2026", date(2026, 1, 1), date(2026, 3, 31), False),
        ("Q2 2026", date(2026, 4, 1), date(2026, 4, 1), True),
    ]


def test_leap_february_has_its_day():
    assert written(date(2028, 2, 1), date(2028, 2, 29), Grain.MONTH) == [
        ("02/2028", date(2028, 2, 1), date(2028, 2, 29), False)
    ]


def test_names_are_written_out():
    assert [one.name for one in spans(date(2026, 3, 1), date(2026, 3, 31), Grain.MONTH)] == ["März 2026"]
    assert [one.name for one in spans(date(2026, 3, 1), date(2026, 3, 31), Grain.QUARTER)] == ["1. Quartal 2026"]
    assert [one.name for one in spans(date(2026, 3, 1), date(2026, 3, 31), Grain.YEAR)] == ["2026"]


@pytest.mark.parametrize("grain", [Grain.MONTH, Grain.QUARTER, Grain.YEAR])
def test_spans_follow_one_another_and_are_as_many_as_said(grain):
    first, last = date(2024, 2, 29), date(2027, 1, 1)
    found = spans(first, last, grain)
    assert len(found) == number_of_spans(first, last, grain)
    assert (found[0].first, found[-1].last) == (first, last)
    assert all((after.first - before.last).days == 1 for before, after in pairwise(found))


def test_usual_periods_seen_from_a_day_in_march():
    assert [(one.label, one.first, one.last) for one in presets(date(2026, 3, 10))] == [
        ("Dieses Quartal", date(2026, 1, 1), date(2026, 3, 31)),
        ("Letztes Quartal", date(2025, 10, 1), date(2025, 12, 31)),
        ("Dieses Jahr", date(2026, 1, 1), date(2026, 12, 31)),
        ("Letztes Jahr", date(2025, 1, 1), date(2025, 12, 31)),
        ("18 Monate", date(2024, 10, 1), date(2026, 3, 31)),
    ]


def test_small_figures_are_one_to_four():
    below = threshold(on=date(2026, 3, 10))
    assert [value for value in (None, 0, 1, 4, 5, 6) if is_small(value, below=below)] == [1, 4]
