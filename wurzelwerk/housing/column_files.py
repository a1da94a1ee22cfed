"""Households and dwellings from CSV files, as people write them: euro, square metres, names, ISO dates.

An empty field is "not known", the word ``none`` is "there is none". `COLUMNS` documents every column.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import InvalidOperation
from pathlib import Path

import numpy as np

from wurzelwerk.housing.columns import (
    DWELLING_DEFAULTS,
    HOUSEHOLD_DEFAULTS,
    NONE,
    UNKNOWN,
    Dwellings,
    Households,
    Names,
    dwellings,
    households,
)
from wurzelwerk.matching import fields
from wurzelwerk.matching.csvfile import Sheet, read_sheet
from wurzelwerk.matching.errors import BadInput
from wurzelwerk.matching.files import listed, whole_column
from wurzelwerk.matching.words import translate as _

LARGEST = 10**9
YES_WORDS, NO_WORDS = ("1", "yes", "ja", "true"), ("0", "no", "nein", "false")


@dataclass(frozen=True)
class Column:
    """One column of a file.

    Attributes:
        form: how it is written.
        help: German, what it means.
        may_be_none: whether the word ``none`` is allowed.
    """

    form: str
    help: str
    may_be_none: bool = False


HOUSEHOLD_COLUMNS = {
    "priority": Column("whole", "Dringlichkeit, 1 = am dringlichsten; leer: 1"),
    "waiting_since": Column("day", "wartet seit (JJJJ-MM-TT); leer: 0 Tage"),
    "persons": Column("whole", "Personen, die für den WBS zählen; Pflicht"),
    "wbs": Column("wbs", "Art des WBS; none: keiner; leer: unbekannt", True),
    "wbs_rooms": Column("tenths", "Räume laut WBS; leer: nach Tabelle"),
    "wbs_area": Column("hundredths", "m² laut WBS; leer: nach Tabelle"),
    "gross_cold_limit": Column("hundredths", "Mietgrenze des Jobcenters, € bruttokalt; none: keine Leistungen", True),
    "affordable_rent": Column("hundredths", "tragbare Warmmiete bei eigenem Einkommen, €; none: entfällt", True),
    "step_free": Column("flag", "stufenloser Zugang nötig (yes/no)"),
    "quarters_excluded": Column("quarters", "ausgeschlossene Quartiere, mit | getrennt"),
    "quarters_only": Column("quarters", "nur diese Quartiere kommen infrage, mit | getrennt; leer: alle"),
    "quarters_wished": Column("quarters", "gewünschte Quartiere, mit | getrennt"),
    "move_by": Column("day", "Auszug nötig bis (JJJJ-MM-TT); leer: kein Termin"),
    "pets": Column("flag", "Tiere (yes/no)"),
    "circles": Column("circles", "Personenkreise, für die benannt wurde, mit | getrennt"),
}
DWELLING_COLUMNS = {
    "rooms": Column("tenths", "Räume ohne Küche"),
    "area": Column("hundredths", "Wohnfläche, m²"),
    "gross_cold": Column("hundredths", "Bruttokaltmiete (kalt und Betriebskosten), € im Monat"),
    "heating": Column("hundredths", "Heizkosten, € im Monat"),
    "wbs": Column("wbs", "nötige Art des WBS; none: keiner; leer: unbekannt", True),
    "wbs_holders_only": Column("flag", "Belegungsrecht nur für Haushalte mit WBS (yes/no)"),
    "circle": Column("circle", "Personenkreis, dem sie vorbehalten ist; leer oder none: keinem", True),
    "step_free": Column("flag", "stufenlos erreichbar (yes/no)"),
    "quarter": Column("quarter", "Quartier"),
    "available_from": Column("day", "frei ab (JJJJ-MM-TT); none: sofort", True),
    "pets": Column("flag", "Tierhaltung erlaubt (yes/no)"),
    "max_persons": Column("whole", "höchstens so viele Personen; leer oder none: keine Grenze", True),
}
# What an empty field means where it is not simply "not known".
EMPTY = {
    "priority": 1, "quarters_excluded": 0, "quarters_only": 0, "quarters_wished": 0, "circles": 0,
    "move_by": NONE, "circle": NONE,
    "max_persons": NONE, "wbs_holders_only": 0,
}  # fmt: skip


@dataclass(frozen=True)
class HousingFiles:
    """Both tables, sorted by id, and German remarks about what was passed over."""

    households: Households
    dwellings: Dwellings
    remarks: list[str]


class _Numbers:
    """Numbers names in alphabetical order, over both files."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def numbered(self) -> dict[str, int]:
        """Return name -> number."""
        return {name: number for number, name in enumerate(sorted(self.names))}


def read_files(
    household_file: Path, dwelling_file: Path, wbs_kinds: tuple[str, ...], *, encoding: str = "utf-8"
) -> HousingFiles:
    """Read both files.

    Raises:
        BadInput: file, line and column are named.
    """
    remarks: list[str] = []
    sheets = (
        _sheet(household_file, "household_id", HOUSEHOLD_COLUMNS, ["persons"], encoding, remarks),
        _sheet(dwelling_file, "dwelling_id", DWELLING_COLUMNS, [], encoding, remarks),
    )
    quarters, circles = _Numbers(), _Numbers()
    for sheet, columns in zip(sheets, (HOUSEHOLD_COLUMNS, DWELLING_COLUMNS), strict=True):
        for name, column in columns.items():
            if name in sheet.columns and column.form.rstrip("s") in ("quarter", "circle"):
                known = quarters if column.form.startswith("quarter") else circles
                _collect(sheet, name, known.names)
    names = Names(tuple(sorted(quarters.names)), wbs_kinds, tuple(sorted(circles.names)))
    kinds = {code: number for number, code in enumerate(wbs_kinds)}
    lists = {"quarter": quarters.numbered(), "circle": circles.numbered(), "wbs": kinds}
    one = listed(sheets[0], "household_id")
    other = listed(sheets[1], "dwelling_id")
    left = _columns(sheets[0], HOUSEHOLD_COLUMNS, HOUSEHOLD_DEFAULTS | {"quarters_only": 0}, lists, one.order)
    _exclude_others(left, len(names.quarters))
    right = _columns(sheets[1], DWELLING_COLUMNS, DWELLING_DEFAULTS, lists, other.order)
    return HousingFiles(households(one.names(), names, **left), dwellings(other.names(), names, **right), remarks)


def _sheet(path: Path, key: str, columns: dict, needed: list[str], encoding: str, remarks: list[str]) -> Sheet:
    optional = [name for name in columns if name not in needed]
    sheet = read_sheet(path, required=[key, *needed], optional=optional, encoding=encoding)
    if sheet.ignored:
        text = _("{file}: nicht verwendete Spalten: {names}.")
        remarks.append(text.format(file=sheet.name, names=", ".join(sheet.ignored)))
    return sheet


def _collect(sheet: Sheet, column: str, names: set[str]) -> None:
    for part in sheet.each(lambda block: set(block.texts(column))):
        for raw in part:
            names.update(_words(raw.decode("utf-8")))


def _words(text: str) -> list[str]:
    return [word for one in text.split("|") if (word := one.strip()) and word.lower() != "none"]


def _columns(sheet: Sheet, columns: dict, defaults: dict, lists: dict, order: np.ndarray) -> dict[str, np.ndarray]:
    found = {}
    for name, column in columns.items():
        if name in sheet.columns:
            empty = None if defaults[name] is None else EMPTY.get(name, UNKNOWN)
            read = reader(column, empty, lists)
            values = whole_column(sheet, lambda block, name=name, read=read: fields.one_by_one(block, name, read))
            found[name] = values[order]
    return found


def _exclude_others(columns: dict[str, np.ndarray], quarters: int) -> None:
    """Turn "only these quarters" into the exclusion of all others."""
    only = columns.pop("quarters_only", None)
    if only is None:
        return
    others = np.where(only == 0, 0, ((1 << quarters) - 1) & ~only)
    columns["quarters_excluded"] = columns.get("quarters_excluded", np.zeros_like(only)) | others


def reader(column: Column, empty: int | None, lists: dict[str, dict[str, int]]) -> Callable[[str], int]:
    """Return the function that reads one field of a column; it raises BadInput with a German sentence."""
    forms: dict[str, Callable[[str], int]] = {
        "whole": lambda text: _scaled(text, 1),
        "tenths": lambda text: _scaled(text, 10),
        "hundredths": lambda text: _scaled(text, 100),
        "day": fields.iso_day,
        "flag": _flag,
        "wbs": lambda text: _listed(text, lists["wbs"]),
        "quarter": lambda text: _listed(text, lists["quarter"]),
        "circle": lambda text: _listed(text, lists["circle"]),
        "quarters": lambda text: sum(1 << lists["quarter"][word] for word in set(_words(text))),
        "circles": lambda text: sum(1 << lists["circle"][word] for word in set(_words(text))),
    }
    form = forms[column.form]

    def read(text: str) -> int:
        if not text:
            if empty is None:
                raise BadInput(_("Die Angabe fehlt."))
            return empty
        if text.lower() == "none" and column.may_be_none:
            return NONE
        return form(text)

    return read


def _scaled(text: str, factor: int) -> int:
    try:
        exact = fields.exact_number(text)
    except InvalidOperation:
        raise BadInput(_("„{text}“ ist keine Zahl (mit Dezimalpunkt).").format(text=text[:40])) from None
    if not exact.is_finite() or exact < 0 or exact > LARGEST:
        raise BadInput(_("{text} liegt nicht zwischen 0 und {most}.").format(text=text[:40], most=LARGEST))
    whole = exact * factor
    if whole != whole.to_integral_value():
        raise BadInput(_("{text} ist feiner, als hier gerechnet wird.").format(text=text[:40]))
    if factor == 1 and whole < 1:
        raise BadInput(_("{text} ist kleiner als 1.").format(text=text[:40]))
    return int(whole)


def _flag(text: str) -> int:
    word = text.lower()
    if word in YES_WORDS:
        return 1
    if word in NO_WORDS:
        return 0
    raise BadInput(_("„{text}“ ist weder yes noch no.").format(text=text[:40]))


def _listed(text: str, numbers: dict[str, int]) -> int:
    if text not in numbers:
        known = ", ".join(numbers) or "–"
        raise BadInput(_("„{text}“ steht nicht in der Liste ({known}).").format(text=text[:40], known=known))
    return numbers[text]
