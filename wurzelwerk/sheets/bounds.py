"""How large a list may be, and whether an archive is larger than it looks: told before anything is unfolded.

That is a kind word early on, not the wall: who means ill finds a way to write a cell that is not counted here. The wall
is in `unfolding`.
"""

import io
import re
import zipfile
from typing import IO

from django.utils.translation import gettext as _
from lxml import etree

from wurzelwerk.base.errors import BadInput

MOST_BYTES = 20_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELLS = 6_000_000
MOST_UNFOLDED = 400_000_000
MOST_PARTS = 2_000
CHUNK = 1 << 20
_ADDRESS = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_RANGE = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref=["'][A-Z]+\d+:([A-Z]{1,3})(\d{1,7})["']""")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def check_archive(content: bytes) -> str:
    """Return "xlsx" or "ods". Raises BadInput for what is neither, or would be too large unfolded."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNFOLDED:
                raise too_large()
            return _checked(archive, {part.filename for part in parts})
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        etree.XMLSyntaxError,
    ):
        raise BadInput(
            _("Diese Datei ist beschädigt oder geschützt. Bitte speichern Sie sie neu als XLSX, ODS oder CSV."),
            field="file",
        ) from None


def _checked(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        for name in sorted(name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")):
            with archive.open(name) as part:
                _check_xlsx(part)
        return "xlsx"
    if "content.xml" in names:
        with archive.open("content.xml") as part:
            _check_ods(part)
        return "ods"
    raise BadInput(_("Das ist keine Tabelle. Möglich sind XLSX, ODS und CSV."), field="file")


def too_large() -> BadInput:
    """The sentence for a list that is larger than one may be."""
    return BadInput(_("Diese Tabelle ist zu groß. Bitte teilen Sie die Liste."), field="file")


def _check_xlsx(part: IO[bytes]) -> None:
    """A reader makes room for every cell up to the last: what counts is how far away that one is."""
    low, high, far, deep, kept = 1 << 20, 0, 0, 0, b""
    unfolded = 0
    while chunk := part.read(CHUNK):
        unfolded += len(chunk)
        if unfolded > MOST_UNFOLDED:
            raise too_large()
        text = kept + chunk
        for column, row in _ADDRESS.findall(text):
            low, high, far = min(low, int(row)), max(high, int(row)), max(far, _number(column))
        deep = max([deep, *(int(row) for _column, row in _RANGE.findall(text))])
        kept = text[-200:]
    if max(high, 0) * far > MOST_CELLS or deep > 1_048_576:
        raise too_large()


def _number(letters: bytes) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found


def _check_ods(part: IO[bytes]) -> None:
    """Cells and rows that stand for thousands are written once with a number beside them."""
    row_at = column_at = filled = far = deep = 0
    for event, node in etree.iterparse(
        part, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False
    ):
        if event == "start":
            if node.tag == f"{_TABLE}table":
                row_at = 0
            if node.tag == f"{_TABLE}table-row":
                column_at = 0
            continue
        if node.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            column_at += _repeated(node, "columns")
            if node.get(f"{_OFFICE}value-type"):
                far, filled = max(far, column_at), column_at
        elif node.tag == f"{_TABLE}table-row":
            row_at += _repeated(node, "rows")
            if filled:
                deep, filled = max(deep, row_at), 0
            node.clear()
            if deep * far > MOST_CELLS:
                raise too_large()


def _repeated(node: etree._Element, what: str) -> int:
    text = node.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
