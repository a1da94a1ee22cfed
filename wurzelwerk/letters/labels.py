"""Address labels for a mailing: 70 mm by 36 mm, three across and eight down on a sheet of A4.

A sheet that was begun goes on where it was left: the first label stands on any of the 24 places. Neither title nor
metadata of the file name a person.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from wurzelwerk.base.documents import render_pdf

TEMPLATE = Path(__file__).parent / "documents" / "labels.typ"
ACROSS, DOWN = 3, 8
A_SHEET = ACROSS * DOWN


def labels_pdf(addresses: Sequence[str], *, first: int, at: datetime) -> bytes:
    """Return labels as PDF/UA-1, row by row, the first on place `first` (1 to 24) of the first sheet.

    `addresses`: lines of text each; empty ones are left out. Raises ValueError for another place, `TextNotPrintable`.
    """
    if not 1 <= first <= A_SHEET:
        raise ValueError(f"A sheet has the places 1 to {A_SHEET}.")
    lines = [[line.strip() for line in address.splitlines() if line.strip()] for address in addresses]
    places: list[list[str] | None] = [*[None] * (first - 1), *(one for one in lines if one)]
    sheets = [places[begin : begin + A_SHEET] for begin in range(0, len(places), A_SHEET)]
    return render_pdf(TEMPLATE, {"sheets": sheets}, at=at)
