"""Give refused rows back as a file: format and columns as sent, and a column "Hinweis" that says what is wrong."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

import xlsxwriter
from django.utils.translation import gettext as _

from wurzelwerk.base.exports import guarded

from .heads import NOTE_HEAD, note_of
from .importer import Importer
from .models import Sheet, SheetLine

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
}
_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="Liste">'
)
_ODS_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPES["ods"]}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def refused_file(sheet: Sheet, lines: Iterable[SheetLine], importer: Importer) -> bytes:
    """Return the file, in the format of the one that was sent."""
    note, _sign = note_of(sheet.heads)
    heads = [_head(sheet, place, importer) for place in range(len(sheet.heads)) if place != note]
    rows = [[*heads, f"{NOTE_HEAD} (Liste {sheet.sign})"]]
    for line in lines:
        cells = [text for place, text in enumerate(line.cells) if place != note]
        rows.append(
            [*cells, "; ".join(_said(sheet, importer, place, text) for place, text, refuses in line.remarks if refuses)]
        )
    write = {"xlsx": _xlsx, "ods": _ods}.get(sheet.form)
    return write(rows) if write else _csv(rows, sheet)


def _head(sheet: Sheet, place: int, importer: Importer) -> str:
    """The head as it was sent; a list without one gets the names of the fields, so that it is understood again."""
    if sheet.heads[place] or sheet.head is not None:
        return sheet.heads[place]
    labels = {one.key: str(one.label) for one in importer.fields}
    key = sheet.columns[place]
    repeated = key and sheet.columns.index(key) != place
    return labels.get(key, "") + (f" {place + 1}" if repeated else "")


def _said(sheet: Sheet, importer: Importer, place: int | None, text: str) -> str:
    if place is None:
        return text
    return _("%(column)s: %(text)s") % {"column": _head(sheet, place, importer) or _column_name(place), "text": text}


def _column_name(place: int) -> str:
    return _("Spalte %(letter)s") % {"letter": column_letter(place)}


def column_letter(place: int) -> str:
    """Return a column's letters as a spreadsheet names it: A, B, …, Z, AA."""
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _csv(rows: Sequence[Sequence[str]], sheet: Sheet) -> bytes:
    """As it was sent, delimiter and encoding; in UTF-8 where the encoding has not every sign."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=sheet.delimiter or ";", lineterminator="\r\n")
    writer.writerows([guarded(text) for text in row] for row in rows)
    text = buffer.getvalue()
    try:
        return text.encode("utf-8-sig" if sheet.encoding == "utf-8" else sheet.encoding)
    except (UnicodeEncodeError, LookupError):
        return text.encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    page, bold = book.add_worksheet(_("Liste")), book.add_format({"bold": True, "bottom": 1})
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            page.write_string(number, place, text, None if number else bold)
    page.freeze_panes(1, 0)
    page.set_column(0, len(rows[0]) - 2, 16)
    page.set_column(len(rows[0]) - 1, len(rows[0]) - 1, 60)
    book.close()
    return target.getvalue()


def _ods(rows: Sequence[Sequence[str]]) -> bytes:
    """A spreadsheet of texts: the format needs no more than its type, its contents and a list of its parts."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", TYPES["ods"], compress_type=zipfile.ZIP_STORED)
        archive.writestr("content.xml", _ODS_HEAD + body + _ODS_FOOT)
        archive.writestr("META-INF/manifest.xml", _ODS_MANIFEST)
    return target.getvalue()


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    kept = "".join(letter for letter in text if letter >= " " or letter in "\t\n")
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in kept.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
