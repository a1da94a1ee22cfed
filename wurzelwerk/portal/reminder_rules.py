"""When people are reminded, and which times a link offers, as dated data."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from wurzelwerk.base.dated import DatedTable, load_table

DATA = Path(__file__).parent / "data"
REMINDERS = ("days_before", "hours_before")


@cache
def _table() -> DatedTable[int]:
    return load_table(DATA / "reminder_rules.json", lambda row: int(row["value"]))


def hours(code: str, *, on: date) -> timedelta:
    """Return a rule's hours. Raises NotDated."""
    return timedelta(hours=_table().on(on, code).value)


def days(code: str, *, on: date) -> timedelta:
    """Return a rule's days. Raises NotDated."""
    return timedelta(days=_table().on(on, code).value)
