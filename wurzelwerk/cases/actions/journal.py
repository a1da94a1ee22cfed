"""The journal: write an entry, change it while it is young; nothing is deleted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.evidence.ledger import record, void
from wurzelwerk.trust.actor import Actor

from .. import facts, journal_rules
from ..ledger import about_case, case_frame, case_key
from ..models import Case, Note, NoteVersion, Person
from ..models.work import NoteContent
from ..rules import check_can_work, check_day_not_future

LONG_CONSULTATION_MINUTES = 30
REASON = "an entry that its author changes"


@dataclass(frozen=True)
class NoteMore:
    """What an entry may say besides: travel in minutes and kilometres, in which language was interpreted, who else."""

    travel_minutes: int | None = None
    travel_km: int | None = None
    interpreter_language: str = ""
    others: str = ""


@transaction.atomic
def write_note(
    *,
    case: Case,
    kind: str,
    theme: str,
    text: str,
    occurred_at: datetime,
    by: Actor,
    at: datetime,
    minutes: int | None = None,
    interpreter: bool = False,
    participants: Sequence[UUID] | None = None,
    more: NoteMore = NoteMore(),
    corrects: Note | None = None,
    note_id: UUID | None = None,
) -> Note:
    """Write a journal entry; it counts as a consultation of the persons who took part.

    `note_id`: an id that the sender made; the same entry sent twice is one. `corrects`: the entry it sets right.
    Raises NotAllowed, WrongState, BadInput (empty, in the future, a foreign person).
    """
    journal_rules.check_content(text, interpreter=interpreter, language=more.interpreter_language)
    check_day_not_future(local_day(occurred_at), at=at, field="occurred_at")
    note = Note(
        akte=case.akte, case=case, kind=kind, theme=theme, text=text, occurred_at=occurred_at, minutes=minutes,
        interpreter=interpreter, author_id=by.user_id, written_at=at, corrects=corrects, **asdict(more),
    )  # fmt: skip
    check_can_work(by, case, note)
    journal_rules.check_corrects(case, corrects)
    present = _checked_participants(case, participants)
    if note_id is not None and (there := _sent_before(note, note_id)) is not None:
        return there
    note.save()
    note.participants.add(*present)
    _remember_contact(case, local_day(occurred_at))
    _record_consultation(note, present, at)
    return note


def _sent_before(note: Note, note_id: UUID) -> Note | None:
    """Claim the sender's id for a new entry; return the entry that has it already, if it is the same one."""
    try:
        with transaction.atomic():
            note.pk = note_id
            note.save(force_insert=True)
    except IntegrityError:
        there = Note.objects.for_system(reason="an entry sent twice").filter(pk=note_id).first()
        same = there is not None and (there.case_id, there.author_id) == (note.case_id, note.author_id)
        if there is None or not same or there.text != note.text:
            raise WrongState(
                _("Dieser Eintrag ist schon anders gespeichert. Bitte laden Sie das Journal neu.")
            ) from None
        return there
    return None


def _record_consultation(note: Note, present: list[UUID], at: datetime) -> None:
    record(
        facts.CONSULTED,
        about=about_case(note.case, persons=present or None),
        frame=case_frame(note.case),
        at=at,
        occurred_on=local_day(note.occurred_at),
        dimensions=_counted(note),
    )


def _counted(note: NoteContent) -> dict[str, str]:
    return {"interpreter": "yes" if note.interpreter else "no", "length": _length(note.minutes)}


def _checked_participants(case: Case, participants: Sequence[UUID] | None) -> list[UUID]:
    if not (present := sorted(set(participants or []))):
        return []
    known = Person.objects.for_system(reason="participants belong to the Akte").filter(pk__in=present, akte=case.akte)
    if known.count() != len(present):
        raise BadInput(_("Eine der Personen gehört nicht zu diesem Haushalt."), field="participants")
    return present


def _length(minutes: int | None) -> str:
    if minutes is None:
        return "unknown"
    return "long" if minutes >= LONG_CONSULTATION_MINUTES else "short"


def _remember_contact(case: Case, day: date) -> None:
    if case.last_contact_on is None or case.last_contact_on < day:
        case.last_contact_on = day
        case.save(update_fields=["last_contact_on"])


@transaction.atomic
def change_note(
    *,
    note: Note,
    kind: str,
    theme: str,
    text: str,
    occurred_at: datetime,
    by: Actor,
    at: datetime,
    minutes: int | None = None,
    interpreter: bool = False,
    participants: Sequence[UUID] | None = None,
    more: NoteMore = NoteMore(),
) -> None:
    """Change an own entry of the last days; what it said before is kept and shown. Without a change nothing happens.

    Raises NotAllowed (another's), WrongState (too old, the case is closed), BadInput.
    """
    journal_rules.check_can_change(by, note, at=at)
    journal_rules.check_content(text, interpreter=interpreter, language=more.interpreter_language)
    check_day_not_future(local_day(occurred_at), at=at, field="occurred_at")
    former, counted = _former(note, at), _as_counted(note)
    present = _checked_participants(note.case, participants)
    said = {"kind": kind, "theme": theme, "text": text, "occurred_at": occurred_at, "minutes": minutes,
            "interpreter": interpreter, **asdict(more)}  # fmt: skip
    if said == {name: getattr(note, name) for name in said} and present == counted[0]:
        return
    recorded_at = note.changed_at or note.written_at
    for name, value in said.items():
        setattr(note, name, value)
    note.changed_at = at
    former.save()
    note.save()
    Note.participants.through.objects.filter(note=note).delete()
    note.participants.add(*present)
    _remember_contact(note.case, local_day(occurred_at))
    key = case_key(note.case)
    if counted != _as_counted(note) and void(facts.CONSULTED, case_key=key, recorded_at=recorded_at, at=at):
        _record_consultation(note, present, at)
    record(facts.NOTE_CHANGED, about=about_case(note.case), frame=case_frame(note.case), at=at)


def _former(note: Note, at: datetime) -> NoteVersion:
    """What the entry says now, as it will be kept."""
    copied = [field.name for field in NoteContent._meta.get_fields()]
    names = note.participants.for_system(reason=REASON).order_by("pk")
    return NoteVersion(
        akte=note.akte,
        note=note,
        present=", ".join(person.name for person in names),
        written_at=note.changed_at or note.written_at,
        replaced_at=at,
        **{name: getattr(note, name) for name in copied},
    )


def _as_counted(note: Note) -> tuple[list[UUID], date, dict[str, str]]:
    """What the consultation's fact says of an entry."""
    present = note.participants.for_system(reason=REASON).values_list("pk", flat=True)
    return sorted(present), local_day(note.occurred_at), _counted(note)
