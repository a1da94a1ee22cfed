"""How often it is tried again and how long messages are kept, as dated data."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from wurzelwerk.base.dated import DatedTable, load_table

DATA = Path(__file__).parent / "data"


@cache
def _table() -> DatedTable[tuple[int, ...]]:
    return load_table(DATA / "sending_rules.json", lambda row: tuple(map(int, row["value"])))


def pause(tries: int, *, on: date) -> timedelta:
    """Return how long to wait after so many tries. Raises NotDated."""
    pauses = _table().on(on, "pauses").value
    return timedelta(minutes=pauses[min(tries, len(pauses)) - 1])


def minutes(code: str, *, on: date) -> timedelta:
    """Return the minutes that a rule sets. Raises NotDated."""
    return timedelta(minutes=_table().on(on, code).value[0])


def kept_for(*, on: date) -> timedelta:
    """Return how long a message that is done with stays in the list. Raises NotDated."""
    return timedelta(days=_table().on(on, "kept_days").value[0])
