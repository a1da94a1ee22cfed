"""Dated data: law, amounts and lists as JSON files with a source, read by the day they apply to.

File format (UTF-8)::

    {
      "title": "what the file holds, in German",
      "key": "code",                          # optional: many series in one file, told apart by this field
      "defaults": {"source": "…", …},         # optional: filled into every row that lacks the field
      "rows": [
        {"valid_from": "2025-01-01",          # first day, ISO 8601
         "valid_to": null,                    # last day, included; null = until further notice
         "source": "where it was read",
         "certainty": "verified",             # verified | secondary | uncertain
         "review_by": "2026-01-01",           # optional: on and after this day somebody should look again
         …}                                   # every other field is data
      ]
    }

Decimal numbers are read as `Decimal`, never as binary fractions. Within one series the ranges must follow one another
day by day: an overlap, a gap, a missing source or an unknown certainty is a `DatedDataError` that names file and row.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar

T = TypeVar("T")

ONE_SERIES = ""
_FRAME = frozenset({"valid_from", "valid_to", "source", "certainty", "review_by"})


class DatedDataError(ValueError):
    """A data file that does not keep the format; the message names file and row, in German."""


class NotDated(LookupError):
    """No row is valid on the day asked for; the message is a German sentence a person can read."""


class Certainty(StrEnum):
    """How far a row may be relied upon."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNCERTAIN = "uncertain"

    @property
    def german(self) -> str:
        """The word shown beside the row."""
        return {"verified": "geprüft", "secondary": "aus zweiter Hand", "uncertain": "ungeprüft"}[self.value]


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """One row: `value` with the days it holds for, its source and how certain it is."""

    valid_from: date
    valid_to: date | None
    source: str
    certainty: Certainty
    value: T
    key: str = ONE_SERIES
    review_by: date | None = None

    def holds_on(self, on: date) -> bool:
        """True where `on` lies between the first and the last day, both included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def is_due_for_review(self, on: date) -> bool:
        """True where somebody should have looked at the source again by `on`."""
        return self.review_by is not None and on >= self.review_by


class DatedTable(Generic[T]):
    """All rows of one file, read by day. Rows keep the order of the file."""

    def __init__(self, *, title: str, rows: tuple[Dated[T], ...], name: str) -> None:
        self.title = title
        self.rows = rows
        self.name = name

    def __iter__(self) -> Iterator[Dated[T]]:
        return iter(self.rows)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Every key the file has ever had, in order of first appearance; `("",)` for a file of one series."""
        return tuple(dict.fromkeys(row.key for row in self.rows))

    def all_on(self, on: date) -> tuple[Dated[T], ...]:
        """The rows valid on the day, in the order of the file; may be empty."""
        return tuple(row for row in self.rows if row.holds_on(on))

    def on(self, on: date, key: str = ONE_SERIES) -> Dated[T]:
        """The one row valid on the day (of the series `key`). Raises `NotDated`."""
        for row in self.rows:
            if row.key == key and row.holds_on(on):
                return row
        raise NotDated(self._nothing_on(on, key))

    def get(self, on: date, key: str = ONE_SERIES) -> Dated[T] | None:
        """Like `on`, with None where no row is valid."""
        return next((row for row in self.rows if row.key == key and row.holds_on(on)), None)

    def latest(self, key: str = ONE_SERIES) -> Dated[T]:
        """The newest row of a series, valid or not, such as an entry that was withdrawn. Raises `NotDated`."""
        try:
            return self._latest[key]
        except KeyError:
            raise NotDated(f"„{self.title}“ kennt keinen Eintrag „{key}“.") from None

    @cached_property
    def _latest(self) -> dict[str, Dated[T]]:
        return {row.key: row for row in sorted(self.rows, key=lambda row: row.valid_from)}

    def choices(self, on: date, field: str = "label") -> list[tuple[str, str]]:
        """(key, text) pairs valid on the day, for a form; needs rows that are mappings with `field`."""
        return [(row.key, str(row.value[field])) for row in self.all_on(on)]  # type: ignore[index]

    def _nothing_on(self, on: date, key: str) -> str:
        series = [row for row in self.rows if row.key == key]
        day = f"{on:%d.%m.%Y}"
        if not series:
            return f"„{self.title}“ kennt keinen Eintrag „{key}“."
        first = min(row.valid_from for row in series)
        if on < first:
            return f"„{self.title}“: Für den {day} liegen keine Angaben vor, die Angaben beginnen am {first:%d.%m.%Y}."
        last = max(row.valid_to or date.max for row in series)
        return f"„{self.title}“: Für den {day} liegen keine Angaben vor, die Angaben enden am {last:%d.%m.%Y}."


def as_mapping(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The default reading of a row: its data fields as a read-only mapping."""
    return MappingProxyType(dict(values))


def load_table(path: Path, parse: Callable[[Mapping[str, Any]], T] = as_mapping) -> DatedTable[T]:  # type: ignore[assignment]
    """Read a data file. `parse` turns a row's data fields into the typed value. Raises `DatedDataError`."""
    content = _read(path)
    key_field = content.get("key")
    defaults = content.get("defaults", {})
    rows = []
    for number, raw in enumerate(content["rows"], start=1):
        place = f"{path.name}, Zeile {number}"
        rows.append(_row({**defaults, **raw}, key_field=key_field, parse=parse, place=place))
    _check_ranges(rows, path.name)
    return DatedTable(title=str(content["title"]), rows=tuple(rows), name=path.stem)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError as error:
        raise DatedDataError(f"{path.name}: Die Datei fehlt.") from error
    except UnicodeDecodeError as error:
        raise DatedDataError(f"{path.name}: Die Datei ist nicht in UTF-8 geschrieben.") from error
    except json.JSONDecodeError as error:
        raise DatedDataError(
            f"{path.name}, Zeile {error.lineno}, Spalte {error.colno}: Das ist kein gültiges JSON."
        ) from error
    if not isinstance(content, dict) or not content.get("title") or not content.get("rows"):
        raise DatedDataError(f"{path.name}: „title“ und mindestens eine Zeile in „rows“ werden gebraucht.")
    return content


def _row(
    raw: Mapping[str, Any], *, key_field: str | None, parse: Callable[[Mapping[str, Any]], T], place: str
) -> Dated[T]:
    key = ONE_SERIES if key_field is None else str(raw.get(key_field) or "")
    if key_field is not None and not key:
        raise DatedDataError(f"{place}: Das Feld „{key_field}“ fehlt.")
    if not str(raw.get("source") or "").strip():
        raise DatedDataError(f"{place}: Die Quelle („source“) fehlt.")
    try:
        certainty = Certainty(str(raw.get("certainty")))
    except ValueError as error:
        raise DatedDataError(f"{place}: „certainty“ muss verified, secondary oder uncertain sein.") from error
    valid_from = _day(raw, "valid_from", place)
    if valid_from is None:
        raise DatedDataError(f"{place}: „valid_from“ fehlt.")
    valid_to = _day(raw, "valid_to", place)
    if valid_to is not None and valid_to < valid_from:
        raise DatedDataError(f"{place}: „valid_to“ liegt vor „valid_from“.")
    try:
        value = parse({name: field for name, field in raw.items() if name not in _FRAME})
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise DatedDataError(f"{place}: Die Angaben sind nicht lesbar ({type(error).__name__}: {error}).") from error
    return Dated(valid_from, valid_to, str(raw["source"]), certainty, value, key, _day(raw, "review_by", place))


def _day(raw: Mapping[str, Any], field: str, place: str) -> date | None:
    text = raw.get(field)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise DatedDataError(f"{place}: „{field}“ ist kein Datum in der Form JJJJ-MM-TT.") from error


def _check_ranges(rows: list[Dated[T]], name: str) -> None:
    """Within a series the next row begins on the day after the one before ends."""
    by_key: dict[str, list[Dated[T]]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    for key, series in by_key.items():
        ordered = sorted(series, key=lambda row: row.valid_from)
        where = f"{name}, „{key}“" if key else name
        for earlier, later in pairwise(ordered):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                raise DatedDataError(f"{where}: Zwei Zeilen gelten zugleich am {later.valid_from:%d.%m.%Y}.")
            following = earlier.valid_to + timedelta(days=1)
            if following != later.valid_from:
                last = later.valid_from - timedelta(days=1)
                raise DatedDataError(
                    f"{where}: Zwischen dem {following:%d.%m.%Y} und dem {last:%d.%m.%Y} gilt keine Zeile."
                )
