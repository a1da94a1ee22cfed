"""The house's own working rules as dated data: after how long "Heute" reminds, how long a release is proposed for."""

from datetime import date
from functools import cache
from pathlib import Path

from wurzelwerk.base.dated import DatedTable, load_table

DATA = Path(__file__).parent / "data"


@cache
def _table() -> DatedTable[int]:
    return load_table(DATA / "working_rules.json", lambda row: int(row["value"]))


def working_rule(code: str, *, on: date) -> int:
    """Return the number that a rule sets on a day (days or months, as its label says). Raises NotDated."""
    return _table().on(on, code).value
