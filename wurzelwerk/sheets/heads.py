"""Guess which row is the head, and which column holds what: by the words of the head, then by the look of the cells."""

import re
import unicodedata
from collections.abc import Sequence

from .importer import Field

LOOKED_AT = 30
SAMPLE = 40
ENOUGH = 0.7
NOTE_HEAD = "Hinweis"
_NOTE = re.compile(r"^hinweis(?:\s*\(liste ([0-9a-f]{8})\))?$", re.IGNORECASE)
_NUMBERED = re.compile(r"\d")


def plain(head: str) -> str:
    """Return a head as it is compared: small letters, ß as ss, words parted by single blanks."""
    text = unicodedata.normalize("NFKC", head).casefold()
    return " ".join(re.sub(r"[^\w]+|_", " ", text).split())


def note_of(heads: Sequence[str]) -> tuple[int | None, str]:
    """Return where the remarks stand that this house wrote into a file, and the sign of the list they belong to."""
    for place, head in enumerate(heads):
        if found := _NOTE.match(head.strip()):
            return place, (found[1] or "").lower()
    return None, ""


def head_row(rows: Sequence[Sequence[str]], fields: Sequence[Field]) -> int | None:
    """Return the row that names the columns, or None where the list begins at once.

    A title above it fills one cell; a head has words for several columns, and no numbers or days.
    """
    known = {word for one in fields for word in _words(one)}
    best, score = None, 1.9
    for place, row in enumerate(rows[:LOOKED_AT]):
        filled = [text for text in row if text]
        if len(filled) < (2 if len(row) > 1 else 1):
            continue
        named = sum(2.0 for text in filled if plain(text) in known)
        wordy = sum(not _NUMBERED.search(text) and len(text) < 60 for text in filled) / len(filled)
        found = (named if wordy > 0.6 else 0) + (1.0 if named and wordy == 1 else 0)
        if found > score:
            best, score = place, found
    return best if best is not None else _unlike_the_rest(rows)


def _unlike_the_rest(rows: Sequence[Sequence[str]]) -> int | None:
    """The first full row, where it holds words alone and the rows below hold numbers or days in the same places."""
    for place, row in enumerate(rows[:LOOKED_AT]):
        filled = [text for text in row if text]
        if len(filled) < max(2, len(row) * 0.6):
            continue
        below = rows[place + 1 : place + 1 + SAMPLE]
        if any(_NUMBERED.search(text) for text in filled) or not below or len(set(filled)) < len(filled):
            return None
        numbers = [
            column
            for column in range(len(row))
            if sum(bool(_NUMBERED.search(line[column])) for line in below if column < len(line)) > len(below) * 0.7
        ]
        return place if numbers else None
    return None


def proposed(heads: Sequence[str], rows: Sequence[Sequence[str]], fields: Sequence[Field]) -> list[str]:
    """Return for each column the key of the field that it probably holds, or nothing.

    `heads`: empty texts where the list has no head. `rows`: some of what stands below.
    """
    chosen = [""] * len(heads)
    taken: set[str] = set()
    for exact in (True, False):
        for place, head in enumerate(heads):
            if head and not chosen[place]:
                _choose(chosen, taken, place, _by_head(plain(head), fields, exact=exact))
    for place in range(len(heads)):
        if not chosen[place] and note_of([heads[place]])[0] is None:
            cells = [row[place] for row in rows[:SAMPLE] if place < len(row) and row[place]]
            _choose(chosen, taken, place, _by_look(cells, [one for one in fields if one.key not in taken]))
    return chosen


def _choose(chosen: list[str], taken: set[str], place: int, found: Field | None) -> None:
    if found is not None and (found.many or found.key not in taken):
        chosen[place] = found.key
        taken.add(found.key)


def _words(one: Field) -> set[str]:
    return {plain(str(one.label)), *map(plain, one.words)}


def _by_head(head: str, fields: Sequence[Field], *, exact: bool) -> Field | None:
    if exact:
        return next((one for one in fields if head in _words(one)), None)
    tokens = set(head.split())
    fits = [(len(word), -place, one) for place, one in enumerate(fields) for word in _words(one)
            if set(word.split()) <= tokens or (len(word) > 5 and word in head)]  # fmt: skip
    return max(fits, key=lambda fit: fit[:2])[2] if fits else None


def _by_look(cells: Sequence[str], fields: Sequence[Field]) -> Field | None:
    for one in fields:
        if one.looks and cells and sum(map(one.looks, cells)) >= ENOUGH * len(cells):
            return one
    return None
