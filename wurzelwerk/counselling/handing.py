"""Notes for whoever takes a case over: which there are, and what the Akte knows that a new one begins with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wurzelwerk.base.formats import day, moment
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment, Case, HandoverNote, Task
from wurzelwerk.cases.rules import note_waits_for
from wurzelwerk.network.colleagues import Colleagues, colleagues_of
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.scopes import Scope

from .deadlines import deadlines
from .forms.choosing import label_or_code
from .queries import may_read, may_write

KNOWN_AT_MOST = 8
"""So many tasks, appointments and deadlines a new note begins with, of each kind."""


@dataclass(frozen=True)
class NoteLine:
    """A note as its page shows it."""

    note: HandoverNote
    author: Any
    reader: Any
    waits: bool
    may_change: bool
    may_write: bool

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What it says: heading and text, the empty ones left out."""
        return parts_of(self.note)


def parts_of(note: HandoverNote) -> list[tuple[str, str]]:
    """Return what a note says: heading and text, the empty ones left out."""
    names = ("stands", "ahead", "mind")
    fields = [(str(HandoverNote._meta.get_field(name).verbose_name), getattr(note, name)) for name in names]
    return [(label, text) for label, text in fields if text]


def notes_of(case: Case, *, actor: Actor, colleagues: Colleagues) -> list[NoteLine]:
    """Return the notes of a case that stand, the latest first (one query, and one for the names)."""
    rows = HandoverNote.objects.visible_beside(case, actor).of(case_id=case.pk).filter(removed_at__isnull=True)
    writes = not case.closed_on and may_write(actor, case, Scope.HANDOVER)
    return [_line(row, case, actor, colleagues, writes=writes) for row in rows]


def _line(row: HandoverNote, case: Case, actor: Actor, colleagues: Colleagues, *, writes: bool) -> NoteLine:
    row.case = case
    return NoteLine(
        note=row,
        author=colleagues.name(row.written_by_id),
        reader=colleagues.name(row.read_by_id),
        waits=writes and note_waits_for(row, actor),
        may_change=writes and row.read_at is None,
        may_write=writes,
    )


def latest_notes(cases: Collection[Case], *, actor: Actor) -> dict[UUID, HandoverNote]:
    """Return case -> its latest note that stands (one query)."""
    rows = HandoverNote.objects.visible_to(actor).among(case_id=[case.pk for case in cases])
    found: dict[UUID, HandoverNote] = {}
    for row in rows.filter(removed_at__isnull=True):
        found.setdefault(row.case_id, row)
    return found


def known_lines(case: Case, *, actor: Actor, today: date, now: datetime) -> list[str]:
    """Return what the Akte knows of a case's next days, a line each: tasks, appointments, deadlines (three queries)."""
    return [*_tasks(case, actor), *_appointments(case, actor, now), *_deadlines(case, actor, today)]


def _tasks(case: Case, actor: Actor) -> Iterable[str]:
    rows = Task.objects.visible_to(actor).filter(case=case, done_at__isnull=True, cancelled_at__isnull=True)
    said = _("Aufgabe: %(title)s, fällig %(day)s")
    return [said % {"title": row.title, "day": day(row.due_on)} for row in rows[:KNOWN_AT_MOST]]


def _appointments(case: Case, actor: Actor, now: datetime) -> Iterable[str]:
    rows = Appointment.objects.visible_to(actor).filter(case=case, state=AppointmentState.PLANNED, starts_at__gte=now)
    said = _("Termin: %(kind)s, %(when)s")
    return [
        said % {"kind": label_or_code("appointment_kinds", row.kind), "when": moment(row.starts_at)}
        for row in rows[:KNOWN_AT_MOST]
    ]


def _deadlines(case: Case, actor: Actor, today: date) -> Iterable[str]:
    rows = deadlines(actor, Q(pk=case.pk), today=today, limit=KNOWN_AT_MOST)
    return [_("Frist: %(what)s %(day)s") % {"what": row.label, "day": day(row.due_on)} for row in rows]


def panel(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """The note that waits for whoever took the case over, until it is read (one query).

    Nobody else has it on the household's page; it stays on the page of the notes.
    """
    case = page.case
    if case is None or case.lead_id != page.actor.user_id or not may_read(page.actor, case, Scope.HANDOVER):
        return None
    lines = notes_of(case, actor=page.actor, colleagues=colleagues_of(page))[:1]
    return {"line": lines[0]} if lines and lines[0].waits else None
