"""Which figures are too small to leave the house unsuppressed, by dated rule."""

from datetime import date
from functools import cache
from pathlib import Path

from wurzelwerk.base.dated import DatedTable, load_table

DATA = Path(__file__).parent / "data"


@cache
def _table() -> DatedTable[int]:
    return load_table(DATA / "small_figures.json", lambda row: int(row["below"]))


def threshold(*, on: date) -> int:
    """Return the smallest figure above zero that may leave the house on a day. Raises NotDated."""
    return _table().on(on).value


def is_small(value: int | None, *, below: int) -> bool:
    """Say whether a figure could single somebody out: above zero and below the threshold."""
    return value is not None and 0 < value < below
