"""Which table, head and columns a list probably has, and what is remembered of lists like it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from .heads import head_row, note_of, plain, proposed
from .importer import Importer
from .models import Sheet, SheetShape

OUTLINED, CUT = 40, 80


@dataclass(frozen=True)
class Layout:
    """How a list is read. `heads`: empty texts where there is no head; `remembered`: one like it was read before."""

    table: int
    head: int | None
    heads: list[str]
    columns: list[str]
    option: str
    remembered: bool = False


def outline_of(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The first rows of a table, their cells cut short: what a person needs to tell which column is which."""
    return [[text[:CUT] for text in row] for row in rows[:OUTLINED]]


def propose(
    outline: Sequence[dict], importer: Importer, *, controller: UUID, table: int | None = None, head: int | None = -1
) -> Layout:
    """Return how a list is probably to be read. `table`, `head`: where somebody chose them; -1 is not chosen."""
    if table is None:
        table = max(range(len(outline)), key=lambda place: (_heads_known(outline[place]["rows"], importer), -place))
    rows = outline[table]["rows"]
    head = head_row(rows, importer.fields) if head == -1 else head
    wide = len(rows[0]) if rows else 0
    heads = [*rows[head]] if head is not None and head < len(rows) else [""] * wide
    body = rows[head + 1 :] if head is not None else rows
    if known := _remembered(controller, importer.key, heads):
        columns = [*known.columns, *[""] * wide][:wide]
        return Layout(table, head, heads, columns, known.option, remembered=True)
    columns = importer.settled(proposed(heads, body, importer.fields))
    return Layout(table, head, heads, columns, importer.proposed_option(set(columns)))


def _heads_known(rows: Sequence[Sequence[str]], importer: Importer) -> int:
    place = head_row(rows, importer.fields)
    heads = rows[place] if place is not None else []
    return sum(bool(key) for key in proposed(heads, (), importer.fields)) * 100 + min(len(rows), OUTLINED)


def shape_of(heads: Sequence[str]) -> str:
    """Return the digest of a head; empty where there is none to remember. What this house added does not count."""
    note, _sign = note_of(heads)
    words = [plain(head) for place, head in enumerate(heads) if place != note]
    return hashlib.sha256("|".join(words).encode()).hexdigest() if any(words) else ""


def _remembered(controller: UUID, kind: str, heads: Sequence[str]) -> SheetShape | None:
    if not (shape := shape_of(heads)):
        return None
    return SheetShape.objects.filter(controller_id=controller, kind=kind, shape=shape).first()


def samples(sheet: Sheet, layout: Layout, *, most: int = 3) -> list[list[str]]:
    """Return for each column some of its different cells."""
    rows = sheet.outline[layout.table]["rows"]
    body = rows[layout.head + 1 :] if layout.head is not None else rows
    found = []
    for place in range(len(layout.heads)):
        cells = dict.fromkeys(row[place] for row in body if place < len(row) and row[place])
        found.append(list(cells)[:most])
    return found
