"""What stands against opening a conference's minutes to another body; what of them is opened."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.network.models import Membership
from wurzelwerk.trust.actor import Actor

from .covers import covered_by
from .enums import ConferenceState, ReferralState
from .models import Case, Conference, Decision, Participant, Referral
from .queries import present_members
from .rules import check_can_work
from .sending import released

STAGE = "minutes"
"""The stage of a release that covers minutes of conferences (`release_stages`)."""


def is_in_charge(actor: Actor, case: Case, *, at: datetime) -> bool:
    """Say whether somebody is in charge of a case, or stands in for who is."""
    if actor.user_id is None or case.lead_id is None:
        return False
    if actor.user_id == case.lead_id:
        return True
    today = local_day(at)
    return any(
        one.user_id == case.lead_id and one.on(today) and case.pk not in one.elsewhere
        and (one.cases is None or case.pk in one.cases)
        for one in covered_by(actor.user_id, on=today)
    )  # fmt: skip


def took_part(conference: Conference, organisation: UUID, *, at: datetime) -> bool:
    """Say whether somebody of a body was at a conference."""
    there = Participant.objects.for_system(reason="which bodies were at a conference")
    users = there.filter(conference=conference, present=True, user__isnull=False).values_list("user_id", flat=True)
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=local_day(conference.starts_at))
    return Membership.objects.filter(valid, user_id__in=list(users), organisation_id=organisation).exists()


def check_can_open(actor: Actor, conference: Conference, referral: Referral, *, at: datetime) -> None:
    """Raise where the actor is not in charge, or the body has no claim to these minutes."""
    case = conference.case
    check_can_work(actor, case, conference)
    if not is_in_charge(actor, case, at=at):
        raise NotAllowed(_("Ein Protokoll gibt nur frei, wer für den Fall zuständig ist oder dabei vertritt."))
    if conference.state != ConferenceState.HELD:
        raise WrongState(_("Zu dieser Besprechung gibt es noch kein Protokoll."))
    if referral.case_id != case.pk or referral.state != ReferralState.ACCEPTED or referral.receiver_akte_id is None:
        raise WrongState(_("Diese Stelle arbeitet nicht (mehr) mit dem Haushalt."))
    if not took_part(conference, referral.receiver_id, at=at):
        raise WrongState(_("Von dieser Stelle war niemand bei der Besprechung dabei."))
    consents = released(case, present_members(referral.household), referral.receiver, referral.purpose, at)
    if any(STAGE not in one.stages for one in consents):
        raise WrongState(_("Die Freigaben der Mitglieder umfassen keine Protokolle gemeinsamer Besprechungen."))


def decisions_of(conference: Conference) -> list[list[str]]:
    """Return what was decided, as it is opened: what, who, until (ISO day)."""
    rows = Decision.objects.for_system(reason="what belongs to minutes that are opened").filter(conference=conference)
    return [[row.text, row.who, row.due_on.isoformat()] for row in rows]
