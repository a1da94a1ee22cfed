"""Check every row of a list: what its cells mean, what is there already, what stands in it twice."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.bulk import insert, unswept
from wurzelwerk.base.ids import new_ids
from wurzelwerk.trust.actor import Actor

from .enums import Choice, State, Verdict
from .heads import note_of, plain
from .importer import Alike, Importer, Progress, Remark, Row
from .models import Sheet, SheetLine
from .reading import Table

BATCH = 2_000
SHOWN_ALIKE = 3
ASKED_AT_ONCE = 500
BROKEN = (
    "#REF!",
    "#NAME?",
    "#VALUE!",
    "#DIV/0!",
    "#N/A",
    "#NUM!",
    "#NULL!",
    "#BEZUG!",
    "#WERT!",
    "#NV",
    "#ZAHL!",
    "#ERR",
)
REASON = "what the team took in before"


def body_of(sheet: Sheet, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield (line as the spreadsheet counts, cells) of every row below the head in which something stands."""
    start = 0 if sheet.head is None else sheet.head + 1
    note, _sign = note_of(sheet.heads)
    for number, cells in enumerate(table.rows[start:], start + 1):
        if any(text for place, text in enumerate(cells) if place != note):
            yield number, cells


def fields_of(sheet: Sheet, cells: Sequence[str]) -> dict[str, str]:
    """Return field -> text of a row; several columns of one field are joined by commas."""
    found: dict[str, str] = {}
    for key, text in zip(sheet.columns, cells, strict=False):
        if key and text:
            found[key] = f"{found[key]}, {text}" if key in found and text not in found[key] else found.get(key, text)
    return found


def read_rows(sheet: Sheet, lines: Sequence[tuple[int, Sequence[str]]], importer: Importer, *, on: date,
              beat: Callable[[int], None] = lambda _done: None) -> list[Row]:  # fmt: skip
    """Read rows by the importer, with what is wrong with any cell whatever it means."""
    rows = []
    for done, (number, cells) in enumerate(lines):
        row = Row(number, fields_of(sheet, cells))
        for key, text in row.cells.items():
            if text.startswith("#") and text.upper().startswith(BROKEN):
                said = _("In dieser Zelle steht der Fehler „%(text)s“ aus dem Tabellenprogramm.")
                row.remarks.append(Remark(key, said % {"text": text[:20]}, refuses=True))
        importer.read(row, on=on)
        rows.append(row)
        if done % BATCH == 0:
            beat(done)
    return rows


@unswept()
def check(sheet: Sheet, table: Table, importer: Importer, *, by: Actor, on: date, progress: Progress) -> None:
    """Write the rows of a list with what was found about each; former ones of the same list are replaced."""
    lines = list(body_of(sheet, table))
    total = len(lines) * 3
    rows = read_rows(sheet, lines, importer, on=on, beat=lambda done: progress(done, total))
    importer.gather(rows, option=sheet.option)
    digests = _digests(sheet, rows)
    before = _taken_before(sheet, digests)
    fresh = [row for row, digest in zip(rows, digests, strict=True) if not row.is_refused and digest not in before]
    importer.find_alike(fresh, actor=by, progress=lambda done, _all: progress(len(lines) + done, total))
    made = _lines(sheet, rows, digests, before, [cells for _number, cells in lines], importer.joining)
    with transaction.atomic():
        former = SheetLine.objects.for_system(reason="checked anew").filter(sheet=sheet).order_by()
        former._raw_delete(former.db)
    for start in range(0, len(made), BATCH):
        progress(len(lines) * 2 + start, total)
        with transaction.atomic():
            insert(SheetLine, made[start : start + BATCH])
    progress(total, total)


def _digests(sheet: Sheet, rows: Sequence[Row]) -> list[str]:
    """A digest of what each row says, under the house's key; equal rows of one list are told apart by their order."""
    key, seen, found = settings.SECRET_KEY.encode()[:64], {}, []
    for row in rows:
        said = sorted((name, plain(text)) for name, text in row.cells.items())
        text = json.dumps([sheet.kind, said], ensure_ascii=False)
        seen[text] = count = seen.get(text, 0) + 1
        found.append(hashlib.blake2b(f"{text}{count}".encode(), key=key, digest_size=16).hexdigest())
    return found


def _taken_before(sheet: Sheet, digests: Sequence[str]) -> dict[str, tuple]:
    """Digest -> (key, place, when) of what the team took in of lists that it still keeps."""
    found: dict[str, tuple] = {}
    lines = SheetLine.objects.for_system(reason=REASON).filter(circle_id=sheet.circle_id, is_taken=True)
    for start in range(0, len(digests), ASKED_AT_ONCE):
        rows = lines.filter(digest__in=digests[start : start + ASKED_AT_ONCE]).order_by()
        for digest, *rest in rows.values_list("digest", "key", "place", "sheet__taken_at"):
            found[digest] = tuple(rest)
    return found


def _corrected(sheet: Sheet) -> dict[str, UUID]:
    """Group -> place, of the list that this one corrects: who belongs to a household taken in then, joins it."""
    _place, sign = note_of(sheet.heads)
    if not sign:
        return {}
    former = Sheet.objects.for_system(reason=REASON).filter(
        circle_id=sheet.circle_id, author_id=sheet.author_id, kind=sheet.kind, state=State.DONE
    )
    ids = [one.pk for one in former.only("pk") if one.sign == sign]
    rows = SheetLine.objects.for_system(reason=REASON).filter(sheet_id__in=ids, is_taken=True, place__isnull=False)
    return dict(rows.exclude(group="").order_by().values_list("group", "place"))


def _lines(
    sheet: Sheet,
    rows: Sequence[Row],
    digests: Sequence[str],
    before: dict[str, tuple],
    cells: Sequence[Sequence[str]],
    joining: str,
) -> list[dict]:
    places, groups = iter(new_ids(len(rows))), {}
    standing = _corrected(sheet) | {
        _group(row.group): before[digest][1]
        for row, digest in zip(rows, digests, strict=True)
        if row.group and digest in before
    }
    columns = {key: place for place, key in reversed(list(enumerate(sheet.columns))) if key}
    found = []
    for row, digest, key, texts in zip(rows, digests, new_ids(len(rows)), cells, strict=True):
        group = _group(row.group)
        place = groups.setdefault(group or digest, next(places))
        said = {"group": group, "key": key, "place": place, "digest": digest, "cells": list(texts)}
        if digest in before:
            said |= {
                "verdict": Verdict.BEFORE,
                "choice": Choice.SKIP,
                "key": before[digest][0],
                "place": before[digest][1],
            }
        elif group and standing.get(group):
            row.remarks.append(Remark("", str(joining)))
            said |= {"place": standing[group], "joined": True}
        found.append(_judged(row, columns) | said | {
            "sheet_id": sheet.pk, "akte_id": sheet.akte_id, "circle_id": sheet.circle_id, "number": row.number,
        })  # fmt: skip
    return [{"joined": False} | line for line in found]


def _group(text: str) -> str:
    return (
        hashlib.blake2b(text.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
        if text
        else ""
    )


def _judged(row: Row, columns: dict[str, int]) -> dict:
    """The verdict about a row, what is to become of it unless somebody says otherwise, and why."""
    if row.is_refused:
        verdict, choice = Verdict.REFUSED, Choice.SKIP
    elif row.alike:
        verdict, choice = Verdict.ALIKE, Choice.SKIP
    elif row.same_as:
        verdict, choice = Verdict.TWICE, Choice.SKIP
    else:
        verdict, choice = Verdict.HINT if row.remarks else Verdict.FINE, Choice.TAKE
    return {
        "verdict": str(verdict), "choice": str(choice), "same_as": row.same_as,
        "remarks": [[columns.get(one.field), one.text, one.refuses] for one in row.remarks],
        "alike": [_alike(one) for one in sorted(row.alike, key=lambda one: -one.score)[:SHOWN_ALIKE]],
    }  # fmt: skip


def _alike(one: Alike) -> dict:
    return {
        "id": str(one.id), "label": one.label, "detail": one.detail, "url": one.url, "score": one.score,
        "place": str(one.place) if one.place else None, "fixed": one.fixed,
    }  # fmt: skip
