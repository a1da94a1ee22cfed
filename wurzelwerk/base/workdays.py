"""Days on which people work: no weekend, no public holiday of North Rhine-Westphalia."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DE", subdiv="NW", years=year))


def is_workday(day: date) -> bool:
    """Say whether people work on a day."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def workdays_after(day: date, number: int) -> date:
    """Return the day by which so many working days have passed; the day itself does not count."""
    left = number
    while left > 0:
        day += timedelta(days=1)
        left -= is_workday(day)
    return day


def workdays_between(first: date, last: date) -> int:
    """Count the working days after the first day, up to and with the last; 0 where the last is not later."""
    return sum(is_workday(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
