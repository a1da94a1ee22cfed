"""Frieda's part: figures, what is behind them, files."""

import io
import re

from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from . import pictures
from .counselling_steps import HOUSEHOLD
from .desk import Desk


def report_counts(frieda: Desk) -> None:
    """The report counts the households of the journey, as table and chart."""
    frieda.stands().menu("Berichte").stands("Bericht")
    line = frieda.page.get_by_role("row").filter(has=frieda.page.get_by_role("rowheader", name="Vermittelte Haushalte"))
    expect(line.get_by_role("link").last).to_contain_text("1")
    expect(frieda.page.locator("main svg.ww-chart__drawing, main figure svg").first).to_be_visible()
    frieda.lacks(HOUSEHOLD)
    pictures.take(frieda.page, "bericht")


def figure_opens(frieda: Desk) -> None:
    """Behind a figure stand the Akten that she may see, and how many she may not."""
    line = frieda.page.get_by_role("row").filter(has=frieda.page.get_by_role("rowheader", name="Beratene Haushalte"))
    line.get_by_role("link").last.click()
    frieda.stands("Beratene Haushalte").reads("die Sie nicht sehen dürfen").lacks(HOUSEHOLD)
    frieda.back().stands("Bericht")


def report_is_given_out(frieda: Desk) -> None:
    """The same figures as spreadsheet and as tagged PDF."""
    book = load_workbook(io.BytesIO(_file(frieda, "Excel (XLSX)")))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "Vermittelte Haushalte" in cells
    paper = PdfReader(io.BytesIO(_file(frieda, "Druckfassung (PDF)")))
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in paper.pages))
    assert "Vermittelte Haushalte" in text
    assert HOUSEHOLD not in text


def _file(frieda: Desk, link: str) -> bytes:
    frieda.page.get_by_role("main").get_by_text("Ausgeben").click()
    with frieda.page.expect_download() as waiting:
        frieda.page.get_by_role("link", name=link).click()
    frieda.page.keyboard.press("Escape")
    return waiting.value.path().read_bytes()
