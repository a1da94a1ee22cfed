"""On which days a series takes place: a pure function of its first day, its rhythm, its end, and the holidays."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from .enums import Every

WEEKS = {Every.WEEK: 1, Every.TWO_WEEKS: 2, Every.THREE_WEEKS: 3, Every.FOUR_WEEKS: 4}
SATURDAY = 5


@dataclass(frozen=True)
class Skipped:
    """A day that is left out, and which holiday it is."""

    on: date
    name: str


@cache
def _of_year(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("DE", subdiv="NW", years=year, language="de"))


def holiday(on: date) -> str:
    """Return the name of the public holiday of North Rhine-Westphalia on a day; empty for any other."""
    return _of_year(on.year).get(on, "")


def days_of(first: date, every: str, *, until: date | None = None, times: int | None = None, most: int) -> list[date]:
    """Return the days of a series in order, holidays included, at most `most` + 1; the first day always counts.

    `until` is included. A monthly series keeps weekday and week of the month (the second Tuesday); a fifth one that a
    month does not have is its last.
    """
    limit = min(times or most + 1, most + 1)
    found: list[date] = []
    for day in _endless(first, Every(every)):
        if len(found) >= limit or (until and day > until):
            break
        found.append(day)
    return found


def without_holidays(days: list[date]) -> tuple[list[date], list[Skipped]]:
    """Part the days into those on which people work and the holidays."""
    named = [(day, holiday(day)) for day in days]
    return [day for day, name in named if not name], [Skipped(day, name) for day, name in named if name]


def _endless(first: date, every: Every) -> Iterator[date]:
    if every == Every.DAY:
        return _weekdays(first)
    if every == Every.MONTH:
        return _months(first)
    return _weeks(first, WEEKS[every])


def _weekdays(first: date) -> Iterator[date]:
    day = first
    while True:
        if day.weekday() < SATURDAY or day == first:
            yield day
        day += timedelta(days=1)


def _weeks(first: date, step: int) -> Iterator[date]:
    day = first
    while True:
        yield day
        day += timedelta(weeks=step)


def _months(first: date) -> Iterator[date]:
    nth = (first.day - 1) // 7
    year, month = first.year, first.month
    while True:
        begin, length = monthrange(year, month)
        day = 1 + (first.weekday() - begin) % 7 + 7 * nth
        yield date(year, month, day if day <= length else day - 7)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
