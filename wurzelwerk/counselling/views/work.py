"""Pages of the daily work: tasks."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Task
from wurzelwerk.trust.scopes import Scope

from ..forms.plan import OutcomeForm, TaskForm
from ..queries import colleagues
from .answering import act, ask, found_or_404, household_address, opened_by_row, opened_case, posted

TASKS = "aufgaben"


def task_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Set a task."""
    subject = opened_case(request, household, write=Scope.PLAN)
    team = colleagues(subject.case.akte, on=subject.today)
    form = TaskForm(posted(request), team=team, initial={"assignee": request.actor.user_id})

    def set_it(at):
        data = form.cleaned_data
        return cases.set_task(
            case=subject.case, title=data["title"], due_on=data["due_on"], assignee=data["assignee"],
            by=request.actor, at=at,
        )  # fmt: skip

    return ask(
        request,
        subject,
        form,
        title=_("Aufgabe stellen"),
        do=set_it,
        done=_("Die Aufgabe ist gestellt."),
        to=household_address(subject, TASKS),
    )


def task_done(request: HttpRequest, task: UUID) -> HttpResponse:
    """Mark a task as done, with its outcome."""
    row = found_or_404(Task, request, task)
    subject = opened_by_row(request, row, write=Scope.PLAN)
    form = OutcomeForm(posted(request))
    return ask(
        request,
        subject,
        form,
        title=_("Aufgabe erledigt"),
        do=lambda at: (
            cases.complete_task(task=row, outcome=form.cleaned_data["outcome"], by=request.actor, at=at) or row
        ),
        done=_("Die Aufgabe ist erledigt."),
        undo=lambda _result: reverse("task_reopen", args=[row.pk]),
        to=household_address(subject, TASKS),
        lead=row.title,
        label=_("Erledigt"),
    )


@require_POST
def task_cancel(request: HttpRequest, task: UUID) -> HttpResponse:
    """Strike a task that is not needed any more."""
    row = found_or_404(Task, request, task)
    subject = opened_by_row(request, row)
    return act(
        request,
        do=lambda at: cases.cancel_task(task=row, by=request.actor, at=at),
        done=_("Die Aufgabe ist gestrichen."),
        undo=reverse("task_reopen", args=[row.pk]),
        to=household_address(subject, TASKS),
    )


@require_POST
def task_reopen(request: HttpRequest, task: UUID) -> HttpResponse:
    """Take back that a task is done or struck."""
    row = found_or_404(Task, request, task)
    subject = opened_by_row(request, row)
    return act(
        request,
        do=lambda at: cases.reopen_task(task=row, by=request.actor, at=at),
        done=_("Die Aufgabe ist wieder offen."),
        to=household_address(subject, TASKS),
    )
