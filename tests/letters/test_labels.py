"""Address labels, measured: 70 mm by 36 mm, three across and eight down on A4, each address on its own label."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from wurzelwerk.letters.labels import A_SHEET, labels_pdf

from .test_sheet import placed

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
WIDE, HIGH, TOP = 70, 36, 4.5
LONGEST = "\n".join(["Samira Al-Khatib-Mustermann von und zu Beispielhausen", "c/o Familie Osterholz-Scharmbeck",
                     "Hinterhaus, 3. Stock links", "Theodor-Heuss-Allee 128 b", "Ortsteil Kirchhörde", "44229 Dortmund"])  # fmt: skip


def sheets(addresses, first=1):
    """The pages of a PDF of labels."""
    return PdfReader(io.BytesIO(labels_pdf(addresses, first=first, at=AT))).pages


def place_of(x: float, y: float) -> int:
    """On which label of a sheet a point lies, 1 to 24."""
    return int(x // WIDE) + 1 + 3 * int((y - TOP) // HIGH)


def places(page, word: str) -> list[int]:
    """On which labels of a page a word stands."""
    return [place_of(x, y) for text, x, y in placed(page) if text.startswith(word)]


def test_page_is_a4_and_every_label_stands_on_its_place():
    pages = sheets([f"Name{number:02d} Beispiel\nBeispielweg 3\n44145 Dortmund" for number in range(1, A_SHEET + 1)])
    assert len(pages) == 1
    assert [round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:]] == [210, 297]
    assert [places(pages[0], f"Name{number:02d}") for number in range(1, 25)] == [[number] for number in range(1, 25)]
    edges = [(x % WIDE, (y - TOP) % HIGH) for _text, x, y in placed(pages[0])]
    assert [(x, y) for x, y in edges if not (4.9 < x < 5.1 and 5 < y < 31)] == []


def test_longest_address_stays_on_its_label_between_its_neighbours():
    runs = placed(sheets([LONGEST] * A_SHEET)[0])
    assert {place_of(x, y) for _text, x, y in runs} == set(range(1, 25))
    assert [(x, y) for _text, x, y in runs if not (5 <= (y - TOP) % HIGH <= 31.5)] == []
    assert sum(text.startswith("44229 Dortmund") for text, _x, _y in runs) == A_SHEET


@pytest.mark.parametrize("first", [1, 2, 23, 24])
def test_sheet_that_was_begun_goes_on_where_it_was_left(first):
    pages = sheets(["Ada Beispiel\n44145 Dortmund", "Ben Beispiel\n44145 Dortmund"], first)
    found = [(number, place) for number, page in enumerate(pages) for place in places(page, "Ada")]
    after = [(number, place) for number, page in enumerate(pages) for place in places(page, "Ben")]
    assert (found, after) == ([(0, first)], [(0, first + 1) if first < 24 else (1, 1)])


def test_many_labels_take_as_many_sheets_as_they_need_and_empty_ones_none():
    pages = sheets(["Ada Beispiel\n44145 Dortmund", "", " \n "] * 30)
    assert [len(places(page, "Ada")) for page in pages] == [24, 6]


def test_place_beside_the_sheet_is_refused():
    for first in (0, 25):
        with pytest.raises(ValueError, match="1 to 24"):
            labels_pdf(["Ada"], first=first, at=AT)


def test_metadata_name_nobody():
    reader = PdfReader(io.BytesIO(labels_pdf(["Ada Beispiel"], first=1, at=AT)))
    assert (reader.metadata.title, reader.metadata.author) == ("Etiketten", None)
