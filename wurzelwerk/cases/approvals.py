"""Whether an act needs a second person and has one: asked in the act itself, so that no page goes round it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.rules import check_can_write

from . import lists
from .models import Approval, ApprovalRule, ApprovalState, Case

REASON = "whether a second person approved"


def is_needed(case: Case, act: str) -> bool:
    """Say whether the controller of the case's Akte wants this act approved (one query)."""
    return ApprovalRule.objects.filter(organisation_id=case.akte.controller_id, act=act).exists()


def standing(case: Case, act: str, what: str = "", *, at: datetime) -> Approval | None:
    """Return the request that waits or was approved and still holds, else None (one query)."""
    rows = Approval.objects.for_system(reason=REASON).filter(case=case, act=act, what=what)
    found = rows.filter(state__in=[ApprovalState.WAITS, ApprovalState.APPROVED]).first()
    if found and found.state == ApprovalState.APPROVED and not holds(found, at=at):
        return None
    return found


def holds(approval: Approval, *, at: datetime) -> bool:
    """Say whether an approval is not too old to be used."""
    days = lists.number("absence_rules", "approval_days", on=local_day(at))
    return approval.answered_at is not None and approval.answered_at >= at - timedelta(days=days)


def spend(case: Case, act: str, what: str = "", *, by: Actor, at: datetime) -> None:
    """Use up the approval of an act that is done now. Raises WrongState where one is needed and there is none."""
    if by.is_house or not is_needed(case, act):
        return
    found = standing(case, act, what, at=at)
    if found is None or found.state != ApprovalState.APPROVED:
        raise WrongState(_("Das braucht in Ihrer Stelle die Freigabe einer zweiten Person. Bitte fragen Sie sie an."))
    found.state = ApprovalState.USED
    found.save(update_fields=["state"])


def may_approve(actor: Actor, approval: Approval) -> bool:
    """Say whether the actor answers this request: who assigns cases in its team, never who asked."""
    return actor.may("case.assign") and approval.asked_by_id != actor.user_id and approval.circle_id in actor.teams


def check_may_approve(actor: Actor, approval: Approval) -> None:
    """Raise NotAllowed for the person who asked, and for everybody who does not lead the team."""
    check_can_write(actor, approval)
    if approval.asked_by_id == actor.user_id:
        raise NotAllowed(_("Die eigene Anfrage gibt jemand anderes frei."))
    if not may_approve(actor, approval):
        raise NotAllowed(_("Freigeben kann das nur eine Teamleitung dieses Teams."))


def check_state(approval: Approval, *states: str) -> None:
    """Raise WrongState where a request stands elsewhere."""
    if approval.state not in states:
        raise WrongState(_("Diese Anfrage steht inzwischen auf „%(state)s“.") % {"state": approval.get_state_display()})
