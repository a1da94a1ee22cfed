"""Pages of four eyes: answer a request, take an answer back, and which acts of the own body need it."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.editing import Editing, begun, settled, with_others
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.undo import say_done
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases import approvals
from wurzelwerk.cases.models import Approval, ApprovalRule, ApprovalState
from wurzelwerk.network.models import Organisation

from ..forms.approvals import APPROVE, AnswerForm, RulesForm
from .answering import WRONG, act, ask, found_or_404, opened_by_row, posted


def approval(request: HttpRequest, approval: UUID) -> HttpResponse:
    """Answer a request for approval; whoever may not answer it does not find it."""
    row = found_or_404(Approval, request, approval)
    if not approvals.may_approve(request.actor, row) or row.state != ApprovalState.WAITS:
        raise Http404
    subject = opened_by_row(request, row)
    form = AnswerForm(posted(request))

    def answer(at):
        data = form.cleaned_data
        do = cases.grant_approval if data["what"] == APPROVE else cases.refuse_approval
        do(approval=row, answer=data["answer"], by=request.actor, at=at)
        return row

    return ask(
        request,
        subject,
        form,
        title=_("Freigabe: %(act)s") % {"act": row.get_act_display()},
        do=answer,
        done=_("Ihre Antwort ist vermerkt."),
        undo=lambda _row: reverse("approval_reopen", args=[row.pk]),
        to=reverse("today"),
        label=_("Antworten"),
        lead=_("%(who)s bittet darum.") % {"who": row.asked_by},
        points=[row.why] if row.why else [],
    )


@require_POST
def approval_reopen(request: HttpRequest, approval: UUID) -> HttpResponse:
    """Take back one's own answer or withdrawal: the request waits again."""
    row = found_or_404(Approval, request, approval)
    if request.actor.user_id not in {row.asked_by_id, row.answered_by_id}:
        raise Http404
    return act(
        request,
        do=lambda at: cases.reopen_approval(approval=row, by=request.actor, at=at),
        done=_("Die Anfrage wartet wieder."),
        to=reverse("today"),
    )


@require_POST
def approval_withdraw(request: HttpRequest, approval: UUID) -> HttpResponse:
    """Withdraw one's own request."""
    row = found_or_404(Approval, request, approval)
    if row.asked_by_id != request.actor.user_id:
        raise Http404
    return act(
        request,
        do=lambda at: cases.withdraw_approval(approval=row, by=request.actor, at=at),
        done=_("Die Anfrage ist zurückgezogen."),
        undo=reverse("approval_reopen", args=[row.pk]),
        to=reverse("today"),
    )


def approval_rules(request: HttpRequest) -> HttpResponse:
    """Say which acts of the own body need four eyes; for those who keep its accounts."""
    if not request.actor.may("accounts.manage") or request.actor.home is None:
        raise Http404
    body = Organisation.objects.get(pk=request.actor.home.organisation_id)
    editing = Editing(body, lambda: {"acts": _acts(body)})
    form = begun(request, RulesForm(posted(request), initial=editing.initial), editing)
    if form.is_bound:
        try:
            with transaction.atomic():
                saved = settled(request, form, editing)
                if saved and idempotency.once(request):
                    acts = set(form.cleaned_data["acts"])
                    cases.set_approval_rules(organisation=body, acts=acts, by=request.actor, at=clock.now())
        except HouseError as error:
            add_action_error(form, error)
        else:
            if saved:
                say_done(request, with_others(form, _("Das gilt ab jetzt.")))
                return redirect("approval_rules")
    page = {"form": form, "body": body}
    return render(request, "counselling/approval_rules.html", page, status=WRONG if form.is_bound else 200)


def _acts(body: Organisation) -> list[str]:
    return sorted(ApprovalRule.objects.filter(organisation=body).values_list("act", flat=True))
