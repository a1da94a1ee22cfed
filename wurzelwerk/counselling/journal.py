"""The journal as it is shown: each entry with the names of its kind, theme and of who took part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.cases import lists
from wurzelwerk.cases.models import HouseholdMember, Note
from wurzelwerk.network.colleagues import Colleagues

ICONS = {"phone": "phone", "message": "mail", "home_visit": "home", "accompaniment": "path", "video": "people"}


@dataclass(frozen=True)
class JournalLine:
    """One entry; `participants` are names, present members first."""

    note: Note
    kind: str
    theme: str
    icon: str
    participants: tuple[str, ...]


def journal_lines(
    notes: Sequence[Note], members: Iterable[HouseholdMember], colleagues: Colleagues
) -> list[JournalLine]:
    """Return entries for showing, each note with `author_name` (one query for who took part)."""
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
        )
        for note in colleagues.add(notes, "author_id")
    ]


def _label(name: str, code: str) -> str:
    return lists.label(name, code) if code in lists.table(name).keys else code


def _names(persons: list[UUID], names: dict[UUID, str]) -> tuple[str, ...]:
    known = [name for pk, name in names.items() if pk in set(persons)]
    others = sum(pk not in names for pk in persons)
    return (*known, *([_("frühere Mitglieder")] if others else []))
