"""How long a list is kept, as dated data."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from wurzelwerk.base.dated import DatedTable, load_table

DATA = Path(__file__).parent / "data"


@cache
def _table() -> DatedTable[int]:
    return load_table(DATA / "sheet_rules.json", lambda row: int(row["value"]))


def kept_for(*, on: date) -> timedelta:
    """Return how long a list that was sent on this day is kept. Raises NotDated."""
    return timedelta(days=_table().on(on, "kept_days").value)
