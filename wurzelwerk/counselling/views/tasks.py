"""Pages of tasks: the list with what is done to many at once, the form of one, the way back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.undo import say_done
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Task, WorkChange
from wurzelwerk.network.models import User
from wurzelwerk.trust.scopes import Scope

from ..forms.tasks import MOVE, REST, TaskBulkForm, TaskEditForm
from ..queries import at_work_beside, colleagues
from ..task_tables import CHOSEN, FORM, TaskTable, chosen_tasks
from .answering import WRONG, act, ask, found_or_404, household_address, opened_by_row, posted
from .work import TASKS


def task_list(request: HttpRequest) -> HttpResponse:
    """Show tasks, one's own first; move, set aside or hand on those that are chosen."""
    if not request.actor.reads(Scope.PLAN):
        raise Http404
    form = TaskBulkForm(
        posted(request), team=at_work_beside(request.actor), today=clock.today(), initial={"act": MOVE, "days": 7}
    )
    table = TaskTable(actor=request.actor, request=request, chosen=request.POST.getlist(CHOSEN))
    if form.is_bound and form.is_valid() and _done(request, form, table):
        return redirect(request.get_full_path())
    page = {"table": table, "bulk": form, "form_id": FORM, "may_change": bool(request.actor.home_circles(Scope.PLAN))}
    return table.export() or render(
        request, "counselling/tasks/list.html", page, status=WRONG if form.is_bound else 200
    )


def _done(request: HttpRequest, form: TaskBulkForm, table: TaskTable) -> bool:
    everything = [str(task.pk) for task in table.objects] if form.cleaned_data["everything"] else []
    tasks = chosen_tasks([*request.POST.getlist(CHOSEN), *everything], actor=request.actor)
    try:
        with transaction.atomic():
            if not idempotency.once(request):
                return True
            change = _act(request, form, tasks, clock.now())
    except HouseError as error:
        add_action_error(form, error)
        return False
    said = ngettext("%(number)d Aufgabe geändert.", "%(number)d Aufgaben geändert.", len(tasks))
    say_done(request, said % {"number": len(tasks)}, undo=reverse("work_take_back", args=[change.pk]))
    return True


def _act(request: HttpRequest, form: TaskBulkForm, tasks: list[Task], at: datetime) -> WorkChange:
    data = form.cleaned_data
    if data["act"] == MOVE:
        return cases.move_tasks(tasks=tasks, days=data["days"], by=request.actor, at=at)
    if data["act"] == REST:
        return cases.set_tasks_aside(tasks=tasks, until=data["until"], by=request.actor, at=at)
    return cases.hand_tasks(tasks=tasks, to=form.people[data["to"]], by=request.actor, at=at)


def task_edit(request: HttpRequest, task: UUID) -> HttpResponse:
    """Change a task."""
    row = found_or_404(Task, request, task)
    subject = opened_by_row(request, row, write=Scope.PLAN)
    names = ("title", "due_on", "assignee", "snoozed_until")
    editing = Editing(row, lambda: {name: getattr(row, f"{name}_id" if name == "assignee" else name) for name in names})
    team = User.objects.filter(
        Q(pk__in=colleagues(row.akte, on=subject.today).values("pk")) | Q(pk=row.assignee_id)
    ).order_by("last_name", "first_name", "pk")
    form = TaskEditForm(posted(request), team=team, initial=editing.initial)
    return ask(
        request,
        subject,
        form,
        title=_("Aufgabe ändern"),
        do=lambda at: cases.change_task(
            task=row, by=request.actor, at=at, **{name: form.cleaned_data[name] for name in names}
        ),
        done=_("Die Aufgabe ist geändert."),
        to=household_address(subject, TASKS),
        editing=editing,
        links=[(_("Erledigt"), reverse("task_done", args=[row.pk]), "check")],
    )


@require_POST
def work_take_back(request: HttpRequest, change: UUID) -> HttpResponse:
    """Take back one's own act on many rows; what somebody changed since stays as it is."""
    row = WorkChange.objects.filter(pk=change, made_by_id=request.actor.user_id).first()
    if row is None:
        raise Http404
    return act(
        request,
        do=lambda at: cases.take_back_work(change=row, by=request.actor, at=at),
        done=_("Zurückgenommen; was inzwischen jemand geändert hat, bleibt."),
        to=reverse("task_list"),
    )
