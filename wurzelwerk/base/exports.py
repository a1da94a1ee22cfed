"""Lists as files: CSV and XLSX of the same columns, guarded against formulas that a spreadsheet would run.

CSV: UTF-8 with BOM, semicolons, decimal point, ISO dates. XLSX: real numbers and dates in German notation.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from django.dispatch import Signal
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.encoding import force_str

from wurzelwerk.base import clock, formats

ROWS_AT_MOST = 100_000
exported = Signal()
"""A list left the house as a file: `request`, `name`, `title`, `kind` (its ending), `rows`. The accounts note it."""
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_XLSX_FORMATS = {
    "number": "#,##0.##",
    "whole": "#,##0",
    "euro": '#,##0.00 "€"',
    "area": '#,##0.## "m²"',
    "percent": "0.0 %",
    "day": "dd.mm.yyyy",
    "moment": "dd.mm.yyyy hh:mm",
}


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_DANGEROUS) else text


def csv_value(value: object) -> str:
    """Write a value for a CSV file: decimal point, ISO date and time, `ja`/`nein`, guarded text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return formats.yes_no(value)
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return formats.local(value).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date | time):
        return value.isoformat()
    return guarded(force_str(value).replace("\x00", ""))


def write_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return the file's bytes; of the rows only one at a time is asked for."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(head) for head in heads])
    writer.writerows([csv_value(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")


def write_xlsx(
    target: io.BufferedIOBase, title: str, heads: Sequence[str], kinds: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write a workbook with one sheet, head row frozen, filter arrows, columns as wide as needed.

    `kinds` name a number format per column (`euro`, `area`, `day`, …; anything else is text).
    """
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Liste")
    bold = book.add_format({"bold": True, "bottom": 1})
    shapes = {kind: book.add_format({"num_format": form}) for kind, form in _XLSX_FORMATS.items()}
    for column, head in enumerate(heads):
        sheet.set_column(column, column, max(10, min(40, len(head) + 6)))
        sheet.write_string(0, column, head, bold)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write_cell(sheet, last, column, value, shapes.get(kinds[column]))
    sheet.autofilter(0, 0, last, max(0, len(heads) - 1))
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()


def _write_cell(sheet, row: int, column: int, value: object, shape) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, formats.yes_no(value))
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, float(value), shape)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, formats.local(value).replace(tzinfo=None), shape)
    elif isinstance(value, date | time):
        sheet.write_datetime(row, column, value, shape)
    else:
        sheet.write_string(row, column, force_str(value).replace("\x00", "")[:32_000])


def csv_answer(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Answer with a CSV file called `<name>-<day>.csv`."""
    answer = HttpResponse(write_csv(heads, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{dated_name(name)}.csv"'
    return answer


def xlsx_answer(
    name: str, title: str, heads: Sequence[str], kinds: Sequence[str], rows: Iterable[Sequence[object]]
) -> FileResponse:
    """Answer with an XLSX file called `<name>-<day>.xlsx`."""
    target = tempfile.SpooledTemporaryFile(max_size=5_000_000)  # noqa: SIM115 - the answer closes it
    write_xlsx(target, title, heads, kinds, rows)
    target.seek(0)
    return FileResponse(
        target,
        as_attachment=True,
        filename=f"{dated_name(name)}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


def tell(request: HttpRequest, *, name: str, title: str, kind: str, rows: int) -> None:
    """Say that a list left the house as a file; `name` and `title` name the list, never anybody in it."""
    exported.send(None, request=request, name=name, title=title, kind=kind, rows=rows)


def dated_name(name: str) -> str:
    """Return the name of a file made today, without its ending."""
    return f"{name}-{clock.today():%Y-%m-%d}"
