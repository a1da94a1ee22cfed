"""What stands against a write on the helpers of a household and on its conferences."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.rules import check_can_write

from . import lists
from .enums import ConferenceState, HelperBasis
from .models import Conference, Helper, HouseholdMember, Participant
from .rules import check_can_work, check_day_not_future

INVITED_AT_MOST = 40
DECISIONS_AT_MOST = 30


def check_helper(helper: Helper, *, at: datetime) -> None:
    """Raise BadInput where a helper has no name or known role, rests on nothing said, or is of a foreign household."""
    if not helper.name:
        raise BadInput(_("Bitte geben Sie einen Namen an."), field="name")
    if helper.role not in lists.table("helper_roles").keys:
        raise BadInput(_("Diese Rolle gibt es nicht (mehr). Bitte neu auswählen."), field="role")
    check_day_not_future(helper.since, at=at, field="since")
    if helper.basis != HelperBasis.NONE and not helper.basis_text:
        raise BadInput(
            _("Bitte nennen Sie die Grundlage, zum Beispiel „Schweigepflichtentbindung vom 03.03.2026“."),
            field="basis_text",
        )
    belonging = HouseholdMember.objects.for_system(reason="for whom a helper is").filter(household=helper.household_id)
    if helper.person_id and not belonging.filter(person=helper.person_id).exists():
        raise BadInput(_("Eine der Personen gehört nicht zu diesem Haushalt."), field="person")


def check_helper_stands(helper: Helper) -> None:
    """Raise WrongState where a helper has ended already."""
    if helper.until:
        raise WrongState(_("Dieser Eintrag im Helferkreis ist schon beendet."))


def check_conference_times(starts_at: datetime, ends_at: datetime) -> None:
    """Raise BadInput where a conference would end before it begins."""
    if ends_at <= starts_at:
        raise BadInput(_("Das Ende liegt nicht nach dem Beginn."), field="minutes")


def check_conference_planned(actor: Actor, conference: Conference) -> None:
    """Raise where the actor may not write here, or the conference is held or cancelled."""
    check_can_work(actor, conference.case, conference)
    if conference.state != ConferenceState.PLANNED:
        raise WrongState(
            _("Diese Besprechung ist abgesagt.")
            if conference.state == ConferenceState.CANCELLED
            else _("Zu dieser Besprechung gibt es schon ein Protokoll.")
        )


def check_invited(household: Collection[UUID], users: Sequence[UUID], helpers: Sequence[Helper]) -> None:
    """Raise BadInput where nobody or too many are invited, or a helper of somebody else. `household`: its id."""
    if not users and not helpers:
        raise BadInput(_("Bitte laden Sie mindestens eine Person ein."), field="invited")
    if len(users) + len(helpers) > INVITED_AT_MOST:
        raise BadInput(_("Höchstens %(most)d Eingeladene.") % {"most": INVITED_AT_MOST}, field="invited")
    if any(helper.household_id not in household for helper in helpers):
        raise BadInput(_("Eine der Personen gehört nicht zum Helferkreis dieses Haushalts."), field="invited")


def check_can_write_minutes(actor: Actor, conference: Conference, *, text: str, at: datetime) -> None:
    """Raise where the minutes are empty, or the conference is cancelled or still to come."""
    check_can_work(actor, conference.case, conference)
    if conference.state == ConferenceState.CANCELLED:
        raise WrongState(_("Diese Besprechung ist abgesagt."))
    if conference.starts_at > at:
        raise WrongState(_("Die Besprechung hat noch nicht begonnen; ein Protokoll gibt es ab dem Beginn."))
    if not text.strip():
        raise BadInput(_("Bitte schreiben Sie auf, was besprochen wurde."), field="text")


def check_decision(text: str, due_on: date, *, number: int, at: datetime) -> None:
    """Raise BadInput where a decision says nothing, or should have been done before it was made."""
    if not text.strip():
        raise BadInput(_("Bitte schreiben Sie den Beschluss auf."), field=f"decision_{number}_text")
    if due_on < local_day(at):
        raise BadInput(_("Dieser Tag ist schon vorbei."), field=f"decision_{number}_due")


def check_next_day(next_on: date | None, conference: Conference) -> None:
    """Raise BadInput where the next conference would not be after this one."""
    if next_on and next_on <= local_day(conference.starts_at):
        raise BadInput(_("Die nächste Besprechung liegt nach dieser."), field="next_on")


def check_can_answer(actor: Actor, participant: Participant, *, about_minutes: bool) -> None:
    """Raise where the actor may not record this person's answer, or there is nothing to answer.

    Who has an account confirms the minutes in person; for somebody without one a colleague records it.
    """
    conference = participant.conference
    check_can_write(actor, conference)
    if conference.state == ConferenceState.CANCELLED:
        raise WrongState(_("Diese Besprechung ist abgesagt."))
    held = conference.state == ConferenceState.HELD
    if about_minutes and not held:
        raise WrongState(_("Es gibt noch kein Protokoll, das sich bestätigen ließe."))
    if not about_minutes and held:
        raise WrongState(_("Die Besprechung hat schon stattgefunden."))
    if about_minutes and participant.user_id not in {None, actor.user_id}:
        raise NotAllowed(_("Das Protokoll bestätigt jede Person für sich."))
