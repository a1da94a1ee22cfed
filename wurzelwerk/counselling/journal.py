"""The journal as it is shown: each entry with the names of its kind, theme and of who took part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.cases import lists
from wurzelwerk.cases.journal_rules import last_day_to_change
from wurzelwerk.cases.models import Document, HouseholdMember, Note, NoteVersion
from wurzelwerk.network.colleagues import Colleagues

from .queries import OpenHousehold

ICONS = {"phone": "phone", "message": "mail", "home_visit": "home", "accompaniment": "path", "video": "people"}


@dataclass(frozen=True)
class Former:
    """What an entry said before: the names of its kind and theme stand beside it."""

    version: NoteVersion
    kind: str
    theme: str


@dataclass(frozen=True)
class More:
    """What the journal's own page shows of an entry besides: documents, former wordings, corrections, what one may."""

    attachments: tuple[Document, ...] = ()
    formers: tuple[Former, ...] = ()
    corrections: tuple[Note, ...] = ()
    may_change: bool = False
    may_correct: bool = False


NOTHING_MORE = More()


@dataclass(frozen=True)
class JournalLine:
    """One entry; `participants` are names, present members first. `is_new`: to the reader since the last visit."""

    note: Note
    kind: str
    theme: str
    icon: str
    participants: tuple[str, ...]
    interpreted: str = ""
    is_new: bool = False
    more: More = NOTHING_MORE


def more_of(notes: Sequence[Note], subject: OpenHousehold, *, writes: bool) -> dict[UUID, More]:
    """Return note id -> what else belongs to it (three queries)."""
    ids = [note.pk for note in notes]
    actor = subject.actor
    papers = Document.objects.visible_to(actor).filter(attached_to__in=ids, removed_at__isnull=True)
    attached = _by(papers.order_by("filed_at", "pk"), "attached_to_id")
    formers = _by(NoteVersion.objects.visible_to(actor).filter(note__in=ids), "note_id")
    corrections = _by(
        Note.objects.visible_to(actor).filter(corrects__in=ids).order_by("written_at", "pk"), "corrects_id"
    )
    return {
        note.pk: More(
            attachments=tuple(attached.get(note.pk, ())),
            formers=tuple(
                Former(one, _label("journal_kinds", one.kind), _label("journal_themes", one.theme))
                for one in formers.get(note.pk, ())
            ),
            corrections=tuple(corrections.get(note.pk, ())),
            may_change=writes and note.author_id == actor.user_id and subject.today <= last_day_to_change(note),
            may_correct=writes,
        )
        for note in notes
    }


def _by(rows: Iterable[Any], column: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


def is_new(note: Note, *, reader: UUID | None, since: datetime | None) -> bool:
    """Say whether somebody else wrote or changed an entry after the reader's last visit."""
    return since is not None and note.author_id != reader and (note.changed_at or note.written_at) > since


def journal_lines(
    notes: Sequence[Note],
    members: Iterable[HouseholdMember],
    colleagues: Colleagues,
    *,
    more: Mapping[UUID, More] | None = None,
    reader: UUID | None = None,
    since: datetime | None = None,
) -> list[JournalLine]:
    """Return entries for showing, each note with `author_name` (one query for who took part).

    `since`: the end of the reader's last visit; None: nothing is marked as new.
    """
    names = {member.person_id: member.person.name for member in members}
    present: dict[UUID, list[UUID]] = {}
    through = Note.participants.through
    if notes:
        rows = through.objects.filter(note_id__in=[note.pk for note in notes]).values_list("note_id", "person_id")
        for note_id, person_id in rows:
            present.setdefault(note_id, []).append(person_id)
    return [
        JournalLine(
            note=note,
            kind=_label("journal_kinds", note.kind),
            theme=_label("journal_themes", note.theme),
            icon=ICONS.get(note.kind, "note"),
            participants=_names(present.get(note.pk, []), names),
            interpreted=_label("languages", note.interpreter_language) if note.interpreter_language else "",
            is_new=is_new(note, reader=reader, since=since),
            more=(more or {}).get(note.pk, NOTHING_MORE),
        )
        for note in colleagues.add(notes, "author_id")
    ]


def _label(name: str, code: str) -> str:
    return lists.label(name, code) if code in lists.table(name).keys else code


def _names(persons: list[UUID], names: dict[UUID, str]) -> tuple[str, ...]:
    known = [name for pk, name in names.items() if pk in set(persons)]
    others = sum(pk not in names for pk in persons)
    return (*known, *([_("frühere Mitglieder")] if others else []))
