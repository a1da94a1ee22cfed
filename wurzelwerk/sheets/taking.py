"""Take the chosen rows of a list in, batch by batch, and take them back.

SQLite has one writer: a list of 50,000 rows in one transaction would stop everybody else's work for half a minute. So
every batch is a transaction of its own, and whatever fails takes back all batches before it. What is made has ids drawn
when the list was checked, and a row knows whether it was taken: a job that stopped goes on where it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.bulk import unswept
from wurzelwerk.base.errors import WrongState
from wurzelwerk.trust.actor import Actor

from .checking import ASKED_AT_ONCE, REASON, read_rows
from .enums import Choice, State, Verdict
from .importer import Against, Importer, Kept, Progress, Row
from .models import Sheet, SheetLine

Group = list[tuple[Row, SheetLine]]


@unswept()
def take_in(sheet: Sheet, importer: Importer, *, by: Actor, on: date, progress: Progress) -> None:
    """Take in what was chosen and is not taken in yet. Raises what the room's actions raise."""
    lines = list(
        SheetLine.objects.for_system(reason="the job does what was chosen")
        .filter(sheet=sheet)
        .defer("remarks", "before")
        .order_by("number")
    )
    chosen = [line for line in lines if line.choice != Choice.SKIP]
    waiting = [line for line in chosen if not line.is_taken]
    again = _taken_elsewhere(sheet, waiting)
    waiting = [line for line in waiting if line.digest not in again]
    _mark_before([line for line in chosen if line.digest in again and not line.is_taken])
    rows = read_rows(sheet, [(line.number, line.cells) for line in waiting], importer, on=on)
    importer.gather([row for row in rows if not row.is_refused], option=sheet.option)
    done, total = len(chosen) - len(waiting), len(chosen)
    for batch in _batches(list(zip(rows, waiting, strict=True)), _anchors(lines), importer.batch):
        _take_batch(sheet, batch, importer, by)
        done += sum(map(len, batch))
        progress(done, total)


def _taken_elsewhere(sheet: Sheet, lines: Sequence[SheetLine]) -> set[str]:
    """Which of the rows the team took in of another list since this one was checked."""
    rows = SheetLine.objects.for_system(reason=REASON).filter(circle_id=sheet.circle_id, is_taken=True)
    found: set[str] = set()
    digests = [line.digest for line in lines]
    for start in range(0, len(digests), ASKED_AT_ONCE):
        part = rows.filter(digest__in=digests[start : start + ASKED_AT_ONCE]).order_by()
        found.update(part.values_list("digest", flat=True))
    return found


def _mark_before(lines: Sequence[SheetLine]) -> None:
    for line in lines:
        line.verdict, line.choice = Verdict.BEFORE, Choice.SKIP
        line.save(update_fields=["verdict", "choice"])


def _anchors(lines: Sequence[SheetLine]) -> dict[str, UUID]:
    """Group -> place that is there already, by the rows of the group that are left out or only completed."""
    found: dict[str, UUID] = {}
    for line in lines:
        if line.group and line.verdict == Verdict.ALIKE and line.choice != Choice.TAKE and line.alike[0]["place"]:
            found.setdefault(line.group, UUID(line.alike[0]["place"]))
        elif line.group and line.joined and line.place:
            found.setdefault(line.group, line.place)
    return found


def _batches(pairs: Group, anchors: dict[str, UUID], most: int) -> Iterator[list[Group]]:
    """Groups of rows that belong together, in batches of about so many rows."""
    groups: dict[object, Group] = {}
    for row, line in pairs:
        row.key, row.place, row.joined = line.key, anchors.get(line.group, line.place), line.group in anchors
        alone = line.choice == Choice.COMPLETE or not line.group
        groups.setdefault(line.pk if alone else line.group, []).append((row, line))
    batch: list[Group] = []
    for group in groups.values():
        batch.append(group)
        if sum(map(len, batch)) >= most:
            yield batch
            batch = []
    if batch:
        yield batch


@transaction.atomic
def _take_batch(sheet: Sheet, batch: list[Group], importer: Importer, by: Actor) -> None:
    """Take a batch in and note it on its rows, as long as this job is still the one to do it."""
    locked = Sheet.objects.for_system(reason="one job a list").select_for_update().get(pk=sheet.pk)
    if (locked.state, locked.attempt) != (State.RUNNING, sheet.attempt):
        raise WrongState(_("Diese Arbeit wurde inzwischen neu begonnen."))
    at: datetime = sheet.taken_at
    taking = [group for group in batch if group[0][1].choice == Choice.TAKE]
    refused = next((row for group in batch for row, _line in group if row.is_refused), None)
    if refused:
        said = _("Zeile %(number)d: %(why)s")
        why = next(one.text for one in refused.remarks if one.refuses)
        raise WrongState(said % {"number": refused.number, "why": why})
    before: Mapping[int, object] = {}
    if taking:
        taken = importer.take_in([[row for row, _line in group] for group in taking], by=by, at=at)
        before = taken.before
        locked.events = [*locked.events, *(event.hex for event in taken.events)]
        locked.save(update_fields=["events"])
    rows = SheetLine.objects.for_system(reason="what was taken in")
    rows.filter(pk__in=[line.pk for group in taking for _row, line in group]).update(is_taken=True)
    for line in (line for group in taking for row, line in group if row.number in before):
        rows.filter(pk=line.pk).update(before=before[line.number])
    for group in taking:
        if came := [line.pk for row, line in group if row.joined and not line.joined]:
            rows.filter(pk__in=came).update(place=group[0][0].place, joined=True)
    for row, line in (pair for group in batch for pair in group if pair[1].choice == Choice.COMPLETE):
        added = importer.complete(row, UUID(line.alike[0]["id"]), by=by, at=at)
        rows.filter(pk=line.pk).update(is_taken=True, before=added, place=line.alike[0]["place"])


def kept_of(lines: Sequence[SheetLine]) -> list[Kept]:
    """Return what rows that are taken in left behind."""
    return [
        Kept(
            key=line.key, place=line.place, joined=line.joined, before=line.before,
            completed=UUID(line.alike[0]["id"]) if line.choice == Choice.COMPLETE else None,
        )
        for line in lines
    ]  # fmt: skip


def against(sheet: Sheet, importer: Importer, *, actor: Actor) -> list[Against]:
    """Return what was built on what a list brought."""
    if sheet.taken_at is None:
        return []
    rows = SheetLine.objects.for_system(reason="what a list brought").filter(sheet=sheet, is_taken=True)
    return importer.against(kept_of(list(rows.defer("cells", "remarks"))), actor=actor, since=sheet.taken_at)


@unswept()
def take_back(sheet: Sheet, importer: Importer, *, by: Actor, at: datetime, progress: Progress) -> None:
    """Take back all that a list brought, batch by batch, last rows first. Raises WrongState where it was built on."""
    rows = SheetLine.objects.for_system(reason="what a list brought").filter(sheet=sheet, is_taken=True)
    lines = list(rows.defer("cells", "remarks").order_by("number"))
    groups: dict[object, list[SheetLine]] = {}
    for line in lines:
        groups.setdefault(line.place if line.choice == Choice.TAKE and line.place else line.pk, []).append(line)
    done, batch = 0, []
    every = list(reversed(groups.values()))
    for number, group in enumerate(every, 1):
        batch += group
        if len(batch) >= importer.batch * 4 or number == len(every):
            _take_back_batch(sheet, batch, importer, by, at, is_last=number == len(every))
            done, batch = done + len(batch), []
            progress(done, len(lines))


@transaction.atomic
def _take_back_batch(
    sheet: Sheet, lines: list[SheetLine], importer: Importer, by: Actor, at: datetime, *, is_last: bool
) -> None:
    events = [UUID(event) for event in sheet.events] if is_last else []
    importer.take_back(kept_of(lines), events=events, by=by, since=sheet.taken_at, at=at)
    rows = SheetLine.objects.for_system(reason="what a list brought is gone")
    rows.filter(pk__in=[line.pk for line in lines]).update(is_taken=False, before=None)
