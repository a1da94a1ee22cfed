"""What goes out: real numbers, a frozen head, definitions, marks on small figures, no formulas, no names."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from wurzelwerk.network.models import ExportEntry, Programme
from wurzelwerk.reports.figures import Choice, build_report
from wurzelwerk.reports.paper import as_paper
from wurzelwerk.reports.periods import Grain
from wurzelwerk.reports.queries import reader_of

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
QUARTER = {"von": "01.01.2026", "bis": "31.03.2026", "nach": "monat"}


@pytest.fixture
def six_advised(advise):
    """Five households in January, one in February."""
    for day in range(5, 10):
        advise("amira", f"2026-01-0{day}")
    advise("amira", "2026-02-05", programme="wurzeln-schlagen")


@pytest.fixture
def workbook(browser, now, six_advised):
    """Return the workbook that frieda gets."""

    def get(**asked):
        answer = browser("frieda").get(reverse("report"), QUARTER | asked | {"ausgabe": "xlsx"})
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        return answer, book

    return get


def test_who_takes_a_report_out_is_written_down(browser, now, six_advised):
    for kind in ("xlsx", "pdf"):
        browser("frieda").get(reverse("report"), QUARTER | {"ausgabe": kind})
    noted = ExportEntry.objects.order_by("kind").values_list("user__username", "list_name", "kind")
    assert list(noted) == [("frieda", "bericht", "pdf"), ("frieda", "bericht", "xlsx")]


def line(sheet, label: str) -> list:
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == label)


def test_workbook_has_real_numbers_under_a_frozen_head(workbook):
    answer, book = workbook()
    sheet = book["Zahlen"]
    assert answer["Content-Disposition"] == 'attachment; filename="bericht-intern-2026-01-01-bis-2026-03-31.xlsx"'
    assert [cell.value for cell in sheet[1]] == [
        "Kennzahl", "Gezählt werden", "01/2026", "02/2026", "03/2026", "Insgesamt",
    ]  # fmt: skip
    assert line(sheet, "Beratene Haushalte") == ["Beratene Haushalte", "Haushalte", 5, 1, 0, 6]
    assert sheet.freeze_panes == "B2"


def test_workbook_marks_small_figures_and_leaves_them_numbers(workbook):
    sheet = workbook()[1]["Zahlen"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "Beratene Haushalte")
    assert [cell.number_format.endswith('"*"') for cell in row[2:]] == [False, True, False, False]
    assert row[3].data_type == "n"


def test_second_sheet_explains_what_was_counted(workbook):
    sheet = workbook()[1]["Erläuterung"]
    assert line(sheet, "Suchende Haushalte")[3].startswith("Wohnungssuche begonnen")
    assert line(sheet, "Zeitraum")[1] == "01.01.2026 bis 31.03.2026"
    counted = [row[1].value for row in sheet.iter_rows() if row[0].value == "Gezählt sind"]
    assert counted[0] == "Stadt Dortmund: alle Standorte"
    hints = [row[1].value for row in sheet.iter_rows() if row[0].value == "Hinweis"]
    assert any("Ein Quartal ist deshalb nicht die Summe seiner Monate" in hint for hint in hints)


def test_goals_have_their_own_sheet(workbook):
    sheet = workbook()[1]["Ziele"]
    row = next(
        row for row in sheet.iter_rows(values_only=True) if row[1] == "Beratene Haushalte" and "Wurzeln" in row[0]
    )
    target = Programme.objects.get(code="wurzeln-schlagen").targets.get(indicator="households_advised").value
    assert row[2:4] == (target, 1)
    assert row[4] == pytest.approx(1 / target)


def test_text_that_looks_like_a_formula_stays_text(workbook):
    Programme.objects.filter(code="wurzeln-schlagen").update(name="=HYPERLINK(1)")
    sheet = workbook(nach="programm")[1]["Zahlen"]
    heads = {cell.value: cell.data_type for cell in sheet[1]}
    assert heads["=HYPERLINK(1)"] == "s"


def test_pdf_is_internal_and_says_everything(browser, now, six_advised):
    answer = browser("frieda").get(reverse("report"), QUARTER | {"ausgabe": "pdf"})
    reader = PdfReader(io.BytesIO(answer.content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert answer["Content-Disposition"] == 'attachment; filename="bericht-intern-2026-01-01-bis-2026-03-31.pdf"'
    for said in ("Bericht (intern)", "Beratene Haushalte", "1*", "Stadt Dortmund: alle Standorte", "Interner Bericht"):
        assert said in text
    assert "Geheimnis" not in text


def test_many_columns_are_spread_over_tables(actor, now, six_advised):
    choice = Choice(date(2024, 10, 1), date(2026, 3, 31), Grain.MONTH)
    report = build_report(choice, reader=reader_of(actor("frieda")), today=date(2026, 3, 10))
    tables = [part["table"] for part in as_paper(report, organisation="Stadt")["sections"] if part.get("table")]
    assert [len(table["columns"]) for table in tables[:2]] == [10, 11]
    assert tables[1]["columns"][-1]["label"] == "Insgesamt"


def test_chart_on_paper_says_its_figures(actor, now, six_advised):
    choice = Choice(date(2026, 1, 1), date(2026, 3, 31), Grain.MONTH)
    report = build_report(choice, reader=reader_of(actor("frieda")), today=date(2026, 3, 10))
    drawn = next(part for part in as_paper(report, organisation="")["sections"] if part.get("chart"))
    assert drawn["chart"]["alt"] == "Beratene Haushalte. Januar 2026: 5, Februar 2026: 1*, März 2026: 0"
    assert drawn["chart"]["svg"].startswith("<svg xmlns=")
