"""Reports as PDF: tables with marked heads, charts with words, wide ones across."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from wurzelwerk.base.errors import BadInput
from wurzelwerk.reports.pdf import render_report_pdf

AT = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 40'><rect width='50' height='20' fill='#1f4e9c'/></svg>"
TABLE = {
    "caption": "Haushalte nach Monat",
    "columns": [{"label": "Monat"}, {"label": "beraten", "numeric": True}],
    "rows": [["Januar", "12"], ["Februar", "< 5"], {"cells": ["Zusammen", "1.132"], "total": True}],
}
REPORT = {
    "title": "Haushalte im Überblick",
    "period": "01.01.2026 bis 30.06.2026",
    "programme": "Wurzeln schlagen!",
    "sections": [
        {
            "heading": "Nach Monat",
            "chart": {"svg": SVG, "alt": "Säulen von Januar bis Juni"},
            "table": TABLE,
            "notes": ["Kleine Zahlen werden nicht gezeigt."],
        }
    ],
    "notes": ["#strong[kein Markup] *x*"],
    "source": "Ereignisse der Stelle",
}


def read(report):
    reader = PdfReader(io.BytesIO(render_report_pdf(report, at=AT)))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def structure(node):
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif hasattr(node, "get"):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from structure(node["/K"])


def tags(reader):
    return list(structure(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def test_report_holds_everything_given():
    reader, text = read(REPORT)
    for words in (
        "Haushalte im Überblick",
        "Zeitraum 01.01.2026 bis 30.06.2026",
        "Programm Wurzeln schlagen!",
        "Stand 01.07.2026, 10:00 Uhr",
        "Februar < 5",
        "Zusammen 1.132",
        "Kleine Zahlen werden nicht gezeigt.",
        "#strong[kein Markup] *x*",
        "Quelle: Ereignisse der Stelle",
        "Seite 1 von 1",
    ):
        assert words in text.replace("\u00a0", " ")
    assert (reader.metadata.title, len(reader.pages)) == ("Haushalte im Überblick", 1)


def test_report_is_tagged_with_marked_table_heads_and_alt_text():
    reader, _ = read(REPORT)
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("de-DE", True)
    assert [str(node["/S"]) for node in tags(reader)].count("/TH") == 2
    assert [str(node["/Alt"]) for node in tags(reader) if "/Alt" in node] == ["Säulen von Januar bis Juni"]


def test_wide_table_lies_across_and_repeats_its_head():
    columns = [{"label": "Stadtbezirk"}, *({"label": f"Q{n}", "numeric": True} for n in range(8))]
    rows = [["Innenstadt-Nord", *("3" for _ in range(8))] for _ in range(60)]
    reader, text = read({**REPORT, "sections": [{"table": {"columns": columns, "rows": rows}}]})
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height
    assert text.count("Stadtbezirk") == len(reader.pages) >= 3


def test_narrow_report_stands_upright():
    page = read(REPORT)[0].pages[0]
    assert page.mediabox.width < page.mediabox.height


def test_report_without_sections_is_a_page():
    reader, text = read({"title": "Leer", "source": "Ereignisse"})
    assert (len(reader.pages), "Quelle: Ereignisse" in text) == (1, True)


def test_table_without_rows_is_drawn():
    assert "beraten" in read({**REPORT, "sections": [{"table": {**TABLE, "rows": []}}]})[1]


def test_chart_without_words_is_refused():
    with pytest.raises(BadInput) as error:
        read({**REPORT, "sections": [{"chart": {"svg": SVG, "alt": " "}}]})
    assert error.value.field == "alt"


def test_row_with_a_cell_too_many_is_refused():
    with pytest.raises(BadInput) as error:
        read({**REPORT, "sections": [{"table": {**TABLE, "rows": [["a", "1", "2"]]}}]})
    assert error.value.field == "rows"


def test_same_report_gives_the_same_bytes():
    assert render_report_pdf(REPORT, at=AT) == render_report_pdf(dict(REPORT), at=AT)
