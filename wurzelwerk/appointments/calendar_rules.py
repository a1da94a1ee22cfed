"""The calendar's own rules as dated data (`data/calendar_rules.json`)."""

from datetime import date
from functools import cache
from pathlib import Path

from wurzelwerk.base.dated import DatedTable, load_table

FILE = Path(__file__).parent / "data" / "calendar_rules.json"


@cache
def table() -> DatedTable:
    """The rules."""
    return load_table(FILE)


def rule(code: str, *, on: date) -> int:
    """Return the number that a rule sets on a day."""
    return int(table().on(on, code).value["value"])
