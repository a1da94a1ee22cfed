"""Four eyes: ask, approve, send back, take back; and which acts of a controller need it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Frame
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.rules import check_permission

from .. import approvals, facts
from ..ledger import about_case, case_frame
from ..models import Approval, ApprovalRule, ApprovalState, ApprovedAct, Case
from ..notices import tell
from ..rules import check_can_work


@transaction.atomic
def ask_approval(*, case: Case, act: str, by: Actor, at: datetime, what: str = "", why: str = "") -> Approval:
    """Ask for the approval of an act; an older one that nobody used any more is put aside.

    Raises NotAllowed, WrongState (asked already, or none is needed).
    """
    approval = Approval(
        akte=case.akte, case=case, act=ApprovedAct(act), what=what, why=why.strip(), asked_by_id=by.user_id, asked_at=at
    )
    check_can_work(by, case, approval)
    if not approvals.is_needed(case, act):
        raise WrongState(_("Dafür braucht es in Ihrer Stelle keine Freigabe."))
    if approvals.standing(case, act, what, at=at):
        raise WrongState(_("Dafür ist die Freigabe schon angefragt."))
    old = Approval.objects.for_system(reason="an approval that ran out").filter(case=case, act=act, what=what)
    old.filter(state=ApprovalState.APPROVED).update(state=ApprovalState.USED)
    try:
        with transaction.atomic():
            approval.save()
    except IntegrityError:
        raise WrongState(_("Dafür ist die Freigabe schon angefragt.")) from None
    _record(approval, at)
    return approval


@transaction.atomic
def grant_approval(*, approval: Approval, by: Actor, at: datetime, answer: str = "") -> None:
    """Approve what somebody else asked for; that person can do it now. Raises NotAllowed, WrongState."""
    approvals.check_may_approve(by, approval)
    approvals.check_state(approval, ApprovalState.WAITS)
    _answer(approval, ApprovalState.APPROVED, answer, by, at)
    tell(
        case=approval.case, text=_("Eine Freigabe, um die Sie gebeten haben, ist erteilt."), to=approval.asked_by, at=at
    )


@transaction.atomic
def refuse_approval(*, approval: Approval, answer: str, by: Actor, at: datetime) -> None:
    """Send a request back with a sentence. Raises NotAllowed, WrongState, BadInput."""
    approvals.check_may_approve(by, approval)
    approvals.check_state(approval, ApprovalState.WAITS)
    if not answer.strip():
        raise BadInput(_("Bitte schreiben Sie einen Satz dazu, was noch fehlt."), field="answer")
    _answer(approval, ApprovalState.SENT_BACK, answer, by, at)
    tell(
        case=approval.case, text=_("Eine Freigabe, um die Sie gebeten haben, kam zurück."), to=approval.asked_by, at=at
    )


@transaction.atomic
def withdraw_approval(*, approval: Approval, by: Actor, at: datetime) -> None:
    """Withdraw one's own request. Raises NotAllowed, WrongState."""
    if approval.asked_by_id != by.user_id:
        raise NotAllowed(_("Zurückziehen kann eine Anfrage nur, wer sie gestellt hat."))
    approvals.check_state(approval, ApprovalState.WAITS)
    approval.state = ApprovalState.WITHDRAWN
    approval.save(update_fields=["state"])
    _record(approval, at)


@transaction.atomic
def reopen_approval(*, approval: Approval, by: Actor, at: datetime) -> None:
    """Take back one's own answer, or one's own withdrawal: the request waits again. Raises NotAllowed, WrongState."""
    approvals.check_state(approval, ApprovalState.APPROVED, ApprovalState.SENT_BACK, ApprovalState.WITHDRAWN)
    author = approval.asked_by_id if approval.state == ApprovalState.WITHDRAWN else approval.answered_by_id
    if author != by.user_id:
        raise NotAllowed(_("Zurücknehmen kann das nur, wer es getan hat."))
    if approval.state != ApprovalState.APPROVED and approvals.standing(
        approval.case, approval.act, approval.what, at=at
    ):
        raise WrongState(_("Inzwischen ist die Freigabe neu angefragt."))
    approval.state, approval.answered_by_id, approval.answered_at, approval.answer = ApprovalState.WAITS, None, None, ""
    approval.save(update_fields=["state", "answered_by", "answered_at", "answer"])
    _record(approval, at)


@transaction.atomic
def set_approval_rules(*, organisation: Organisation, acts: set[str], by: Actor, at: datetime) -> None:
    """Say which acts of a controller need four eyes from now on. Raises NotAllowed, BadInput."""
    check_permission(by, "accounts.manage")
    if not by.works_for([organisation.pk]):
        raise NotAllowed(_("Das gilt nur für die eigene Stelle."))
    if acts - set(ApprovedAct.values):
        raise BadInput(_("Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."), field="acts")
    rules = ApprovalRule.objects.filter(organisation=organisation)
    rules.exclude(act__in=acts).delete()
    for act in sorted(acts - set(rules.values_list("act", flat=True))):
        ApprovalRule.objects.create(organisation=organisation, act=act, set_by_id=by.user_id, set_at=at)
    record(facts.APPROVAL_RULES, about=[], frame=Frame(controller=organisation.code), at=at)


def _answer(approval: Approval, state: str, answer: str, by: Actor, at: datetime) -> None:
    approval.state, approval.answer = state, answer.strip()
    approval.answered_by_id, approval.answered_at = by.user_id, at
    approval.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    _record(approval, at)


def _record(approval: Approval, at: datetime) -> None:
    case = approval.case
    record(facts.APPROVAL, about=about_case(case), frame=case_frame(case), at=at, dimensions={"state": approval.state})
