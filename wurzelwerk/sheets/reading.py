"""Read a spreadsheet or a text file into tables of plain text: XLSX, ODS, CSV of any delimiter and usual encoding.

Everything becomes text as a person would have typed it: days in German notation, whole numbers without decimals, yes
and no. What an attacker could make large is counted before it is unfolded.
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import mode
from typing import Any

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput
from wurzelwerk.base.formats import day

from .bounds import MOST_BYTES, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, check_archive, too_large
from .unfolding import TooLarge, Unreadable, unfold

LONGEST_CELL = 5_000
DELIMITERS = ";,\t|"
ENCODINGS = ["cp1252", "cp1250", "iso8859_15", "cp850", "mac_roman", "cp1251", "cp1254"]
LOOKED_AT = 200
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")  # the database can keep neither


@dataclass(frozen=True)
class Table:
    """One sheet of a file. `rows`: every cell as text, all rows of one length, empty ones included."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True)
class Contents:
    """A file that was read. `form`: xlsx, ods or csv; `encoding` and `delimiter` say how a text file was written."""

    form: str
    tables: list[Table]
    encoding: str = ""
    delimiter: str = ""


def read(content: bytes) -> Contents:
    """Read a file by what it holds, whatever it is called. Raises BadInput with what is wrong."""
    if not content.strip():
        raise BadInput(_("Die Datei ist leer."), field="file")
    if len(content) > MOST_BYTES:
        raise BadInput(_("Die Datei ist größer als 20 MB. Bitte teilen Sie die Liste."), field="file")
    if content[:4] == b"PK\x03\x04":
        contents = _spreadsheet(content)
    elif content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadInput(
            _("Diese Datei ist mit einem Kennwort geschützt oder hat das alte Format XLS. Bitte speichern Sie sie "
              "ohne Kennwort als XLSX."),
            field="file",
        )  # fmt: skip
    else:
        contents = _text(content)
    tables = [table for table in contents.tables if any(any(row) for row in table.rows)]
    if not tables:
        raise BadInput(_("In dieser Datei steht nichts."), field="file")
    return Contents(contents.form, tables, contents.encoding, contents.delimiter)


# -- spreadsheets ----------------------------------------------------------------------------------------------------


def _spreadsheet(content: bytes) -> Contents:
    form = check_archive(content)
    try:
        sheets = unfold(content)
    except TooLarge:
        raise too_large() from None
    except Unreadable as error:
        if not error.locked:
            raise _unreadable() from None
        raise BadInput(
            _("Diese Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern."), field="file"
        ) from None
    return Contents(form, [_table(sheet) for sheet in sheets])


def _unreadable() -> BadInput:
    return BadInput(
        _("Diese Datei lässt sich nicht lesen. Bitte öffnen Sie sie in Ihrem Programm und speichern Sie sie neu als "
          "XLSX, ODS oder CSV."),
        field="file",
    )  # fmt: skip


def _table(sheet: dict[str, Any]) -> Table:
    rows = [[_cell(value) for value in row] for row in sheet["rows"]]
    for (top, left), (bottom, _right) in sheet["merged"]:
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:  # one value beside several rows belongs to each of them
                row[left] = row[left] or rows[top][left]
    return Table(sheet["name"][:80], _trimmed(rows))


def _cell(value: Any) -> str:
    """A cell as it would be typed."""
    match value:
        case str():
            return _clean(value)
        case bool():
            return _("ja") if value else _("nein")
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case int() | float():
            return str(value).replace(".", ",")
        case datetime():
            return day(value.date()) if value.time() == time() else f"{day(value.date())} {value:%H:%M}"
        case date():
            return day(value)
        case time():
            return f"{value:%H:%M}"
    return ""


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", text).strip()


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """All rows of one length; empty rows and columns at the end are left away."""
    while rows and not any(rows[-1]):
        rows.pop()
    wide = max((place for row in rows for place, text in enumerate(row, 1) if text), default=0)
    if wide > MOST_COLUMNS:
        raise BadInput(_("Die Liste hat mehr als %(most)d Spalten.") % {"most": MOST_COLUMNS}, field="file")
    if len(rows) > MOST_ROWS:
        raise BadInput(
            _("Die Liste hat mehr als %(most)s Zeilen. Bitte teilen Sie sie.")
            % {"most": f"{MOST_ROWS:,}".replace(",", ".")},
            field="file",
        )
    if any(len(text) > LONGEST_CELL for row in rows for text in row):
        raise BadInput(_("Eine Zelle hat mehr als 5.000 Zeichen. Bitte kürzen Sie sie."), field="file")
    return [[*row[:wide], *[""] * (wide - len(row))] for row in rows]


# -- text ------------------------------------------------------------------------------------------------------------


def _text(content: bytes) -> Contents:
    encoding = _encoding(content)
    text = content.decode(encoding).removeprefix("\ufeff")
    if _is_no_text(text):
        raise _unreadable()
    said = re.match(r'"?sep=([;,|\t])"?\r?\n', text)  # how Excel names the delimiter
    if said:
        text = text[said.end() :]
    delimiter = said[1] if said else _delimiter(text)
    rows = [[_unguarded(_clean(cell)) for cell in row] for row in _parsed(text, delimiter)]
    if sum(map(len, rows)) > MOST_CELLS:
        raise BadInput(_("Die Liste ist zu groß. Bitte teilen Sie sie."), field="file")
    return Contents("csv", [Table("", _trimmed(rows))], encoding, delimiter)


def _encoding(content: bytes) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        return _decodable(content, "utf-8-sig")
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _decodable(content, "utf-16")
    for encoding in ("utf-8", None):
        try:
            if encoding:
                content.decode(encoding)
                return encoding
        except UnicodeDecodeError:
            continue
    best = from_bytes(content[:200_000], cp_isolation=ENCODINGS).best()
    guessed = best.encoding if best else "cp1252"
    likely = "cp1252" if _is_western(content, guessed) else guessed
    return _decodable(content, likely)


def _is_western(content: bytes, guessed: str) -> bool:
    """German text in Windows' encoding is by far the most frequent: its letters read as letters decide for it."""
    sample = {byte for byte in content[:200_000] if byte >= 0x80}
    letters = set("äöüßÄÖÜéèêçñáíóúàâëïîôœ€–„“”’‚‘·§°´«»".encode("cp1252"))
    return guessed in {"cp1252", "iso8859_15", "cp1250", "cp1254", "latin_1"} or sample <= letters


def _decodable(content: bytes, encoding: str) -> str:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        raise _unreadable() from None
    return encoding


def _is_no_text(text: str) -> bool:
    start = text[:4_000]
    odd = sum(letter < " " and letter not in "\t\r\n\x00" for letter in start)
    return start.count("\x00") > len(start) // 10 or odd > len(start) // 20


def _delimiter(text: str) -> str:
    """The sign that parts the most rows into equally many cells, more than one."""

    def fit(sign: str) -> tuple[float, int]:
        rows = [row for row in _parsed(text[:60_000], sign, most=LOOKED_AT) if any(row)]
        wide = mode([len(row) for row in rows]) if rows else 1
        alike = sum(len(row) == wide for row in rows) / max(1, len(rows))
        return (alike if wide > 1 else 0, wide)

    return max(DELIMITERS, key=fit)


def _parsed(text: str, delimiter: str, *, most: int | None = None) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [row for row, _place in zip(reader, range(most), strict=False)] if most else list(reader)
    except csv.Error:
        if most:
            return []
        raise _unreadable() from None


def _unguarded(text: str) -> str:
    """Take away the apostrophe that guards text against being run as a formula (`base.exports.guarded`)."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@＝＋－＠" else text
