"""A report as tagged PDF: the tables in parts that fit a page, then each figure's bars with its definition."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wurzelwerk.base import formats

from .figures import Cell, Line, ProgrammeGoals, Report, Section
from .pdf import render_report_pdf
from .periods import Grain
from .workbook import file_name

COLUMNS_A_TABLE = 9
CHART_HEIGHT = 56
STYLE = (
    "<style>text{font-family:'Noto Sans';font-size:14px;fill:#171a2b}.ww-chart__tick{fill:#3b4256}"
    ".ww-chart__axis{stroke:#3b4256;stroke-width:1}.ww-chart__grid{stroke:#c3c8d4;stroke-width:1}"
    ".ww-chart__bar{fill:#1b4f9c;stroke:#1b4f9c;stroke-width:1.5}</style>"
)
"""What the page's style sheet gives the charts there."""


def pdf_answer(report: Report, *, organisation: str, at: datetime) -> HttpResponse:
    """Answer with the PDF; its name holds the period and that it is internal."""
    answer = HttpResponse(
        render_report_pdf(as_paper(report, organisation=organisation), at=at), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'attachment; filename="{file_name(report)}.pdf"'
    return answer


def as_paper(report: Report, *, organisation: str) -> dict[str, Any]:
    """Return the report in the shape of `render_report_pdf`."""
    sections = [part for section in report.sections for part in _tables(report, section)]
    sections += [_goals(one) for one in report.goals]
    sections += [_drawn(line) for line in report.lines if line.total.value]
    wide = {"landscape": True} if report.choice.grain == Grain.PROGRAMME else {}
    return wide | {
        "title": _("Bericht (intern)"),
        "period": report.period,
        "programme": report.reader.programme_name(report.choice.programme),
        "organisation": organisation,
        "intro": [_("Gezählt sind: %(scope)s.") % {"scope": "; ".join(report.reader.scope)}],
        "sections": sections,
        "notes": list(report.notes),
        "source": _("Ereignisse in Wurzelwerk, gezählt unter Pseudonymen"),
    }


def _tables(report: Report, section: Section) -> Iterator[dict[str, Any]]:
    """A room's figures, at most nine columns a table, the totals with the last."""
    places = range(len(report.columns))
    parts = [places[start : start + COLUMNS_A_TABLE] for start in range(0, len(places), COLUMNS_A_TABLE)]
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        heads = [report.columns[place].label for place in part] + [_("Insgesamt")] * last
        rows = [_row(line, part, with_total=last) for line in section.lines]
        names = f"{report.columns[part[0]].name} – {report.columns[part[-1]].name}" if len(parts) > 1 else ""
        yield {
            "heading": section.label if number == 0 else "",
            "table": {
                "caption": ": ".join(filter(None, [section.label, names])),
                "columns": [{"label": _("Kennzahl"), "numeric": False}]
                + [{"label": head, "numeric": True} for head in heads],
                "rows": rows,
            },
        }


def _row(line: Line, part: Sequence[int], *, with_total: bool) -> list[str]:
    cells = [line.cells[place] for place in part] + [line.total] * with_total
    return [str(line.indicator.label), *map(written, cells)]


def written(cell: Cell) -> str:
    """Write a figure for paper: a dash where it lies in the future, a star where it must stay inside."""
    if cell.value is None:
        return "–"
    return formats.number(cell.value) + ("*" if cell.small else "")


def _goals(one: ProgrammeGoals) -> dict[str, Any]:
    until = _("%(first)s bis %(last)s, %(elapsed)s der Laufzeit vergangen") % {
        "first": formats.day(one.programme.starts_on),
        "last": formats.day(one.programme.ends_on),
        "elapsed": formats.percent(one.elapsed),
    }
    heads = [(_("Kennzahl"), False), (_("Ziel"), True), (_("Erreicht"), True), (_("Anteil"), True)]
    return {
        "heading": _("Ziele: %(name)s") % {"name": one.programme.name},
        "text": [until],
        "table": {
            "caption": _("Ziele für die ganze Laufzeit des Programms"),
            "columns": [{"label": label, "numeric": numeric} for label, numeric in heads],
            "rows": [
                [goal.label, formats.number(goal.target), written(goal.reached), formats.percent(goal.share)]
                for goal in one.goals
            ],
        },
    }


def _drawn(line: Line) -> dict[str, Any]:
    said = ", ".join(f"{column.name}: {written(cell)}" for column, cell in zip(line.columns, line.cells, strict=True))
    svg = str(line.chart.svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    head, mark, rest = svg.partition(">")
    return {
        "heading": str(line.indicator.label),
        "text": [str(line.indicator.definition)],
        "chart": {"svg": head + mark + STYLE + rest, "alt": f"{line.indicator.label}. {said}", "height": CHART_HEIGHT},
    }
