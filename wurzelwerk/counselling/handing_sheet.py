"""Hand-over notes on paper: one page a case. Neither title nor metadata of the PDF name a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wurzelwerk.base import formats
from wurzelwerk.base.documents import render_pdf

TEMPLATE = Path(__file__).parent / "documents" / "handing_sheet.typ"


@dataclass(frozen=True)
class HandingSheet:
    """A case on its page: whose it is, from whom to whom, and what is said, as heading and text."""

    household: str
    office: str
    lines: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]


def render_handing(sheets: Sequence[HandingSheet], *, at: datetime) -> bytes:
    """Return the sheets as one PDF/UA-1. Raises `TextNotPrintable` where a sign cannot be drawn."""
    data = {
        "made": formats.day(at),
        "sheets": [
            {
                "household": sheet.household,
                "office": sheet.office,
                "lines": [list(line) for line in sheet.lines],
                "parts": [{"label": label, "lines": text.splitlines()} for label, text in sheet.parts],
            }
            for sheet in sheets
        ],
    }
    return render_pdf(TEMPLATE, data, at=at)
