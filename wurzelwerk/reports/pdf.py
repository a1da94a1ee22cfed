"""A report as tagged PDF: what stands on the page, for the funder's file.

Shape of `report` (plain German text; figures already formatted, small cells already suppressed)::

    {"title": str,                       # no personal data
     "period": str,                      # "01.01.2026 bis 30.06.2026"
     "programme": str,                   # may be empty
     "organisation": str,                # may be empty
     "intro": [str, …],                  # optional
     "sections": [{"heading": str,
                   "text": [str, …],     # optional, above
                   "chart": {"svg": str, "alt": str, "height": 70},        # optional; height in mm
                   "table": {"caption": str,
                             "columns": [{"label": str, "numeric": bool}, …],
                             "rows": [[str, …] | {"cells": [str, …], "total": bool}, …]},   # optional
                   "notes": [str, …]}],  # optional, below
     "notes": [str, …],                  # optional
     "source": str,
     "landscape": bool}                  # optional; otherwise chosen by the widest table
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from wurzelwerk.base import formats
from wurzelwerk.base.documents import render_pdf
from wurzelwerk.base.errors import BadInput

TEMPLATE = Path(__file__).parent / "documents" / "report.typ"
COLUMNS_UPRIGHT = 6
SIGNS_UPRIGHT = 78
CHART_HEIGHT = 75


def render_report_pdf(report: Mapping[str, Any], *, at: datetime) -> bytes:
    """The report as PDF/UA-1, made `at` (aware).

    Raises `BadInput` for a table whose rows do not fit, or a chart without alt text.
    """
    sections = [_section(section) for section in report.get("sections", ())]
    title = str(report["title"])
    period = str(report.get("period", ""))
    facts = [
        ("Zeitraum", period),
        ("Programm", report.get("programme", "")),
        ("Stelle", report.get("organisation", "")),
        ("Stand", formats.moment(at)),
    ]
    data = {
        "title": title,
        "facts": [[label, str(value)] for label, value in facts if value],
        "footer": f"{title}, {period}" if period else title,
        "intro": _texts(report.get("intro")),
        "sections": sections,
        "notes": _texts(report.get("notes")),
        "source": str(report["source"]),
        "landscape": bool(report.get("landscape", any(_is_wide(section["table"]) for section in sections))),
    }
    return render_pdf(TEMPLATE, {"report": data}, at=at)


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "heading": str(section.get("heading", "")),
        "text": _texts(section.get("text")),
        "chart": _chart(section.get("chart")),
        "table": _table(section.get("table")),
        "notes": _texts(section.get("notes")),
    }


def _chart(chart: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not chart:
        return None
    alt = str(chart.get("alt", "")).strip()
    if not alt:
        raise BadInput("Dem Diagramm fehlt die Beschreibung für Menschen, die es nicht sehen.", field="alt")
    return {"svg": str(chart["svg"]), "alt": alt, "height": chart.get("height", CHART_HEIGHT)}


def _table(table: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not table:
        return None
    columns = [{"label": str(column["label"]), "numeric": bool(column.get("numeric"))} for column in table["columns"]]
    rows = [_row(row) for row in table["rows"]]
    if not columns or any(len(row["cells"]) != len(columns) for row in rows):
        raise BadInput("In der Tabelle passen Spalten und Zeilen nicht zusammen.", field="rows")
    return {"caption": str(table.get("caption", "")), "columns": columns, "rows": rows}


def _row(row: Mapping[str, Any] | list[Any]) -> dict[str, Any]:
    cells, total = (row["cells"], row.get("total")) if isinstance(row, Mapping) else (row, False)
    return {"cells": ["" if cell is None else str(cell) for cell in cells], "total": bool(total)}


def _is_wide(table: Mapping[str, Any] | None) -> bool:
    """Wider than an upright page: many columns, or the longest words of each add up beyond a line."""
    if table is None:
        return False
    texts = [
        [column["label"], *(row["cells"][place] for row in table["rows"])]
        for place, column in enumerate(table["columns"])
    ]
    longest = sum(max((len(word) for text in column for word in text.split()), default=0) + 3 for column in texts)
    return len(table["columns"]) > COLUMNS_UPRIGHT or longest > SIGNS_UPRIGHT


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(text) for text in value or ()]
