"""Pages of the plan: need, goal, step; what is closed can be taken back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.enums import StepState
from wurzelwerk.cases.models import Goal, Need, Step
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from ..forms.choosing import label_or_code
from ..forms.plan import GoalForm, NeedForm, StepForm
from ..queries import colleagues
from .answering import act, ask, found_or_404, household_address, opened_by_row, opened_case, posted

PLAN = "plan"


def need_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Write down what is missing."""
    subject = opened_case(request, household, write=Scope.PLAN)
    form = NeedForm(posted(request), today=subject.today)
    return ask(
        request,
        subject,
        form,
        title=_("Bedarf festhalten"),
        do=lambda at: cases.note_need(case=subject.case, by=request.actor, at=at, **_cleaned(form)),
        done=_("Der Bedarf steht im Plan."),
        to=household_address(subject, PLAN),
        writing=Writing("need", Scope.PLAN, subject.case, subject.case.pk),
    )


def _cleaned(form: NeedForm) -> dict:
    return {name: form.cleaned_data[name] for name in ("kind", "urgency", "text", "own_words")}


def goal_new(request: HttpRequest, need: UUID) -> HttpResponse:
    """Agree on a goal for a need."""
    row = found_or_404(Need, request, need)
    subject = opened_by_row(request, row, write=Scope.PLAN)
    form = GoalForm(posted(request))
    return ask(
        request,
        subject,
        form,
        title=_("Ziel vereinbaren"),
        do=lambda at: cases.agree_goal(
            need=row, text=form.cleaned_data["text"], own_words=form.cleaned_data["own_words"], by=request.actor, at=at
        ),
        done=_("Das Ziel ist vereinbart."),
        to=household_address(subject, PLAN),
        writing=Writing("goal", Scope.PLAN, row, row.pk),
        lead=_("Zum Bedarf: %(need)s") % {"need": label_or_code("need_kinds", row.kind)},
    )


def step_new(request: HttpRequest, goal: UUID) -> HttpResponse:
    """Plan the next step towards a goal."""
    row = found_or_404(Goal, request, goal)
    subject = opened_by_row(request, row, write=Scope.PLAN)
    if subject.case is None:
        raise Http404
    team = colleagues(subject.case.akte, on=subject.today)
    own = str(request.actor.user_id)
    form = StepForm(posted(request), team=team, initial={"who": own})
    return ask(
        request,
        subject,
        form,
        title=_("Schritt planen"),
        do=lambda at: cases.plan_step(goal=row, by=request.actor, at=at, **form.to_step()),
        done=_("Der Schritt steht im Plan."),
        to=household_address(subject, PLAN),
        lead=_("Zum Ziel: %(goal)s") % {"goal": row.text},
    )


@require_POST
def need_meet(request: HttpRequest, need: UUID) -> HttpResponse:
    """Mark a need as met."""
    row = found_or_404(Need, request, need)
    subject = opened_by_row(request, row)
    return act(
        request,
        do=lambda at: cases.meet_need(need=row, by=request.actor, at=at),
        done=_("Der Bedarf ist gedeckt."),
        undo=reverse("need_reopen", args=[row.pk]),
        to=household_address(subject, PLAN),
    )


@require_POST
def need_reopen(request: HttpRequest, need: UUID) -> HttpResponse:
    """Take back that a need is met."""
    row = found_or_404(Need, request, need)
    subject = opened_by_row(request, row)
    return act(
        request,
        do=lambda at: cases.reopen_need(need=row, by=request.actor, at=at),
        done=_("Der Bedarf ist wieder offen."),
        to=household_address(subject, PLAN),
    )


@require_POST
def goal_reach(request: HttpRequest, goal: UUID) -> HttpResponse:
    """Mark a goal as reached."""
    row = found_or_404(Goal, request, goal)
    subject = opened_by_row(request, row)
    return act(
        request,
        do=lambda at: cases.reach_goal(goal=row, by=request.actor, at=at),
        done=_("Das Ziel ist erreicht."),
        undo=reverse("goal_reopen", args=[row.pk]),
        to=household_address(subject, PLAN),
    )


@require_POST
def goal_reopen(request: HttpRequest, goal: UUID) -> HttpResponse:
    """Take back that a goal is reached."""
    row = found_or_404(Goal, request, goal)
    subject = opened_by_row(request, row)
    return act(
        request,
        do=lambda at: cases.reopen_goal(goal=row, by=request.actor, at=at),
        done=_("Das Ziel ist wieder offen."),
        to=household_address(subject, PLAN),
    )


@require_POST
def step_done(request: HttpRequest, step: UUID) -> HttpResponse:
    """Mark a step as done."""
    return _close_step(request, step, StepState.DONE, _("Der Schritt ist erledigt."))


@require_POST
def step_drop(request: HttpRequest, step: UUID) -> HttpResponse:
    """Drop a step that is not needed any more."""
    return _close_step(request, step, StepState.DROPPED, _("Der Schritt entfällt."))


def _close_step(request: HttpRequest, pk: UUID, state: str, done: str) -> HttpResponse:
    row = found_or_404(Step, request, pk)
    subject = opened_by_row(request, row)
    return act(
        request,
        do=lambda at: cases.close_step(step=row, state=state, by=request.actor, at=at),
        done=done,
        undo=reverse("step_reopen", args=[row.pk]),
        to=household_address(subject, PLAN),
    )


@require_POST
def step_reopen(request: HttpRequest, step: UUID) -> HttpResponse:
    """Take back the closing of a step."""
    row = found_or_404(Step, request, step)
    subject = opened_by_row(request, row)
    return act(
        request,
        do=lambda at: cases.reopen_step(step=row, by=request.actor, at=at),
        done=_("Der Schritt ist wieder offen."),
        to=household_address(subject, PLAN),
    )
