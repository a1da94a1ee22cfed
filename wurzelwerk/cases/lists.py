"""The lists of this room as dated data: what a form offers on a day, and what an old code meant.

The files lie in `cases/data/`; their format is described in `wurzelwerk.base.dated`. A stored code is never removed
from its file, it gets a `valid_to`: forms offer `choices(on)`, pages show `label(code)` for ever.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from wurzelwerk.base.dated import DatedTable, load_table

DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> DatedTable[Mapping[str, Any]]:
    """The list `name` (file name without ending: "residence_kinds"). Raises `DatedDataError` where there is none."""
    return load_table(DATA / f"{name}.json")


def choices(name: str, *, on: date) -> list[tuple[str, str]]:
    """(code, German label) of every entry valid on the day, in the order of the file."""
    return table(name).choices(on)


def number(name: str, code: str, *, on: date) -> int:
    """The number that a rule of a list sets on a day (in the unit that its label names). Raises `NotDated`."""
    return int(table(name).on(on, code).value["value"])


def label(name: str, code: str) -> str:
    """The newest German label of a code, valid or not. Raises `NotDated` for a code the list never had."""
    return str(table(name).latest(code).value["label"])
