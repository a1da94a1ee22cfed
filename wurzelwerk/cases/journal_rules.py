"""Person first, then state: what stands against writing and changing a journal entry."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.trust.actor import Actor

from . import lists
from .models import Case, Note
from .rules import check_can_work


def check_content(text: str, *, interpreter: bool, language: str) -> None:
    """Raise BadInput where an entry is empty, or names a language of interpreting that nobody knows or used."""
    if not text.strip():
        raise BadInput(_("Bitte schreiben Sie etwas auf."), field="text")
    if language and language not in lists.table("languages").keys:
        raise BadInput(_("Diese Sprache gibt es nicht (mehr). Bitte neu auswählen."), field="interpreter_language")
    if language and not interpreter:
        raise BadInput(_("Bitte kreuzen Sie auch „mit Sprachmittlung“ an."), field="interpreter_language")


def check_corrects(case: Case, corrected: Note | None) -> None:
    """Raise BadInput where a correction belongs to another case than what it sets right."""
    if corrected is not None and corrected.case_id != case.pk:
        raise BadInput(_("Der berichtigte Eintrag gehört zu einem anderen Fall."))


def last_day_to_change(note: Note) -> date:
    """Return until when its author changes an entry."""
    day = local_day(note.written_at)
    return day + timedelta(days=lists.number("journal_rules", "change_days", on=day))


def check_can_change(actor: Actor, note: Note, *, at: datetime) -> None:
    """Raise unless the entry is the actor's own and young enough."""
    check_can_work(actor, note.case, note)
    if note.author_id != actor.user_id:
        raise NotAllowed(_("Einen Eintrag ändert nur, wer ihn geschrieben hat. Schreiben Sie eine Berichtigung."))
    if local_day(at) > last_day_to_change(note):
        raise WrongState(_("Dieser Eintrag ist zu alt, um ihn zu ändern. Schreiben Sie eine Berichtigung."))
