"""The note for whoever takes a case over: write, change, remove, read."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..ledger import about_case, case_frame
from ..models import Case, HandoverNote
from ..rules import check_can_work, note_waits_for

PARTS = ("stands", "ahead", "mind")


@dataclass(frozen=True)
class HandoverText:
    """What a note says; one of the three parts at least."""

    stands: str = ""
    ahead: str = ""
    mind: str = ""


@transaction.atomic
def write_handover_note(*, case: Case, text: HandoverText, by: Actor, at: datetime) -> HandoverNote:
    """Leave a note for whoever takes the case over. Raises NotAllowed, WrongState, BadInput (it says nothing)."""
    note = HandoverNote(akte=case.akte, case=case, written_by_id=by.user_id, written_at=at)
    check_can_work(by, case, note)
    _take(note, text)
    note.save()
    _record(case, "written", at)
    return note


@transaction.atomic
def change_handover_note(*, note: HandoverNote, text: HandoverText, by: Actor, at: datetime) -> None:
    """Change a note that nobody has read yet. Raises NotAllowed, WrongState, BadInput."""
    check_can_work(by, note.case, note)
    _check_stands(note)
    if note.read_at:
        raise WrongState(_("Die Übergabenotiz ist schon gelesen. Bitte schreiben Sie eine neue."))
    _take(note, text)
    note.changed_at = at
    note.save(update_fields=[*PARTS, "changed_at"])
    _record(note.case, "changed", at)


@transaction.atomic
def remove_handover_note(*, note: HandoverNote, by: Actor, at: datetime) -> None:
    """Put a note away. Raises NotAllowed, WrongState."""
    check_can_work(by, note.case, note)
    _check_stands(note)
    note.removed_at = at
    note.save(update_fields=["removed_at"])
    _record(note.case, "removed", at)


@transaction.atomic
def restore_handover_note(*, note: HandoverNote, by: Actor, at: datetime) -> None:
    """Bring a note back that was put away. Raises NotAllowed, WrongState."""
    check_can_work(by, note.case, note)
    if not note.removed_at:
        raise WrongState(_("Diese Übergabenotiz ist nicht entfernt."))
    note.removed_at = None
    note.save(update_fields=["removed_at"])
    _record(note.case, "restored", at)


@transaction.atomic
def read_handover_note(*, note: HandoverNote, by: Actor, at: datetime) -> None:
    """Say that one has read it, as the person in charge. Raises NotAllowed, WrongState."""
    check_can_work(by, note.case, note)
    _check_stands(note)
    if not note_waits_for(note, by):
        raise WrongState(_("Als gelesen vermerkt die Übergabenotiz, wer den Fall übernommen hat."))
    note.read_by_id, note.read_at = by.user_id, at
    note.save(update_fields=["read_by", "read_at"])
    _record(note.case, "read", at)


def _check_stands(note: HandoverNote) -> None:
    if note.removed_at:
        raise WrongState(_("Diese Übergabenotiz ist entfernt."))


def _take(note: HandoverNote, text: HandoverText) -> None:
    note.stands, note.ahead, note.mind = text.stands.strip(), text.ahead.strip(), text.mind.strip()
    if not (note.stands or note.ahead or note.mind):
        raise BadInput(_("Bitte schreiben Sie auf, was die Kollegin oder der Kollege wissen muss."), field="stands")


def _record(case: Case, what: str, at: datetime) -> None:
    record(facts.HANDOVER_NOTE, about=about_case(case), frame=case_frame(case), at=at, dimensions={"what": what})
