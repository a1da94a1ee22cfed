"""A report as a workbook: real numbers under a frozen head, then definitions and what was counted, then targets.

Text is written as text, so nothing that somebody typed is run as a formula. Names of persons are nowhere in it.
"""

import tempfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.evidence.indicators import Kind

from .figures import UNIT_NAMES, Cell, Report

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_answer(report: Report, *, organisation: str, at: datetime) -> FileResponse:
    """Answer with the workbook; its name holds the period and that it is internal."""
    target = tempfile.SpooledTemporaryFile(max_size=5_000_000)  # noqa: SIM115 - the answer closes it
    write_workbook(target, report, organisation=organisation, at=at)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{file_name(report)}.xlsx", content_type=XLSX)


def file_name(report: Report) -> str:
    """Return the file's name without its ending."""
    return f"bericht-intern-{report.choice.first:%Y-%m-%d}-bis-{report.choice.last:%Y-%m-%d}"


def write_workbook(target: Any, report: Report, *, organisation: str, at: datetime) -> None:
    """Write the report to a binary file: sheets „Zahlen“, „Erläuterung“ and, where there are any, „Ziele“."""
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    made = formats.local(at).replace(tzinfo=None)
    book.set_properties({"title": _("Bericht"), "comments": _("intern"), "created": made})
    looks = _Looks(book)
    _figures(book.add_worksheet(_("Zahlen")), looks, report)
    _explained(book.add_worksheet(_("Erläuterung")), looks, report, organisation, at)
    if report.goals:
        _goals(book.add_worksheet(_("Ziele")), looks, report)
    book.close()


class _Looks:
    """The cell formats of the workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        whole = {"num_format": "#,##0", "valign": "top"}
        small = {"italic": True, "font_color": "#8a3b00", "bg_color": "#fdf0e3", "num_format": '#,##0"*"'}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.head_number = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "align": "right"})
        self.group = book.add_format({"bold": True, "bg_color": "#eef1f6"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.whole = book.add_format(whole)
        self.total = book.add_format(whole | {"bold": True, "left": 1})
        self.small = book.add_format(whole | small)
        self.small_total = book.add_format(whole | small | {"bold": True, "left": 1})
        self.percent = book.add_format({"num_format": "0 %"})


def _setup(sheet: Any, widths: Iterable[tuple[int, int, float]]) -> None:
    for first, last, width in widths:
        sheet.set_column(first, last, width)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(_("&LIntern&RSeite &P von &N"))


def _figures(sheet: Any, looks: _Looks, report: Report) -> None:
    heads = [_("Kennzahl"), _("Gezählt werden"), *(column.label for column in report.columns), _("Insgesamt")]
    for place, head in enumerate(heads):
        sheet.write_string(0, place, str(head), looks.head if place < 2 else looks.head_number)
    row = 0
    for section in report.sections:
        row += 1
        for place in range(len(heads)):
            sheet.write_string(row, place, section.label if place == 0 else "", looks.group)
        for line in section.lines:
            row += 1
            sheet.write_string(row, 0, str(line.indicator.label), looks.text)
            sheet.write_string(row, 1, UNIT_NAMES[line.indicator.unit](), looks.text)
            for place, cell in enumerate(line.cells, 2):
                _number(sheet, row, place, cell, looks.small if cell.small else looks.whole)
            look = looks.small_total if line.total.small else looks.total
            _number(sheet, row, len(heads) - 1, line.total, look)
    sheet.freeze_panes(1, 1)
    _setup(sheet, [(0, 0, 48), (1, 1, 16), (2, len(heads) - 1, 13)])


def _number(sheet: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if cell.value is None:
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_number(row, column, cell.value, look)


def _explained(sheet: Any, looks: _Looks, report: Report, organisation: str, at: datetime) -> None:
    heads = [_("Kennzahl"), _("Gezählt werden"), _("Definition"), _("Gezählte Ereignisse"), _("Art")]
    for place, head in enumerate(heads):
        sheet.write_string(0, place, head, looks.head)
    row = 0
    for line in report.lines:
        row += 1
        one = line.indicator
        kind = _("Bestand im Zeitraum") if one.kind == Kind.STANDING else _("Ereignis im Zeitraum")
        events = ", ".join(fact.label for fact in one.begin)
        if one.end:
            events += _("; bis: ") + ", ".join(fact.label for fact in one.end)
        for place, text in enumerate([one.label, UNIT_NAMES[one.unit](), one.definition, events, kind]):
            sheet.write_string(row, place, str(text), looks.text)
    row += 1
    for label, text in _about(report, organisation, at):
        row += 1
        sheet.write_string(row, 0, label, looks.group)
        sheet.merge_range(row, 1, row, 4, "", looks.text)
        sheet.write_string(row, 1, text, looks.text)
        sheet.set_row(row, 15 * (1 + len(text) // 120))
    sheet.freeze_panes(1, 1)
    _setup(sheet, [(0, 0, 48), (1, 1, 16), (2, 2, 70), (3, 3, 36), (4, 4, 22)])


def _about(report: Report, organisation: str, at: datetime) -> list[tuple[str, str]]:
    """What was counted, for whom and when."""
    return [
        (_("Zeitraum"), report.period),
        (_("Programm"), report.reader.programme_name(report.choice.programme)),
        (_("Gezählt für"), organisation),
        *((_("Gezählt sind"), line) for line in report.reader.scope),
        (_("Stand"), formats.moment(at)),
        *((_("Hinweis"), note) for note in report.notes),
    ]


def _goals(sheet: Any, looks: _Looks, report: Report) -> None:
    heads = [_("Programm"), _("Kennzahl"), _("Ziel"), _("Erreicht"), _("Anteil"), _("Laufzeit vergangen")]
    for place, head in enumerate(heads):
        sheet.write_string(0, place, head, looks.head if place < 2 else looks.head_number)
    row = 0
    for one in report.goals:
        for goal in one.goals:
            row += 1
            sheet.write_string(row, 0, one.programme.name, looks.text)
            sheet.write_string(row, 1, goal.label, looks.text)
            sheet.write_number(row, 2, goal.target, looks.whole)
            _number(sheet, row, 3, goal.reached, looks.small if goal.reached.small else looks.whole)
            if goal.share is not None:
                sheet.write_number(row, 4, goal.share, looks.percent)
            sheet.write_number(row, 5, one.elapsed, looks.percent)
    sheet.freeze_panes(1, 0)
    _setup(sheet, [(0, 0, 36), (1, 1, 48), (2, 5, 14)])
