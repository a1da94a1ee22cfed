"""Acts that need a second person: what their pages show instead, and what waits on "Heute"."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base import clock
from wurzelwerk.base.rooms import once
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases import approvals
from wurzelwerk.cases.models import Approval, ApprovalState, ApprovedAct
from wurzelwerk.network.colleagues import colleagues_of

from .forms.approvals import AskingForm
from .queries import HouseholdNames, OpenHousehold
from .views.answering import ask, posted

SHOWN = 10


def ask_first(
    request: HttpRequest, subject: OpenHousehold, act: str, *, to: str, what: str = ""
) -> HttpResponse | None:
    """Return the page that asks for the approval of an act; None where none is needed, or it is there already."""
    case = subject.case
    if case is None or not approvals.is_needed(case, act):
        return None
    found = approvals.standing(case, act, what, at=clock.now())
    if found and found.state == ApprovalState.APPROVED:
        return None
    if found:
        messages.info(request, _("Die Freigabe ist angefragt und wartet auf die Teamleitung."))
        return redirect(to)
    return ask(
        request,
        subject,
        AskingForm(posted(request)),
        title=_("Freigabe anfragen: %(act)s") % {"act": ApprovedAct(act).label},
        do=lambda at: cases.ask_approval(
            case=case, act=act, what=what, why=request.POST.get("why", "")[:300], by=request.actor, at=at
        ),
        done=_("Die Freigabe ist angefragt. Die Teamleitung findet sie auf „Heute“."),
        undo=lambda made: reverse("approval_withdraw", args=[made.pk]),
        to=to,
        label=_("Freigabe anfragen"),
        lead=_("In Ihrer Stelle braucht das vier Augen: Eine zweite Person gibt es frei, danach können Sie es tun."),
    )


def waiting(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """What waits for the actor to approve, and what became of the actor's own requests (one query)."""
    actor = page.actor
    mine = Q(
        asked_by_id=actor.user_id, state__in=[ApprovalState.WAITS, ApprovalState.APPROVED, ApprovalState.SENT_BACK]
    )
    others = Q(state=ApprovalState.WAITS) & ~Q(asked_by_id=actor.user_id)
    wanted = mine | others if actor.may("case.assign") else mine
    rows = Approval.objects.visible_to(actor).filter(wanted, case__closed_on__isnull=True)
    rows = [one for one in rows.order_by("asked_at", "pk")[: SHOWN * 3] if _concerns(one, actor, page.now)]
    if not rows:
        return None
    found = once(page, "counselling.names", lambda: HouseholdNames(actor)).add(rows[:SHOWN])
    colleagues_of(page).add(found, "asked_by_id")
    return {
        "to_answer": [one for one in found if one.asked_by_id != actor.user_id],
        "mine": [one for one in found if one.asked_by_id == actor.user_id],
        "more": len(rows) > SHOWN,
    }


def _concerns(approval: Approval, actor: Any, now: Any) -> bool:
    if approval.asked_by_id != actor.user_id:
        return approvals.may_approve(actor, approval)
    return approval.state != ApprovalState.APPROVED or approvals.holds(approval, at=now)
