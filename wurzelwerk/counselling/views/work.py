"""Pages of the daily work: journal, tasks."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import paging
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Note, Task
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.trust.scopes import Scope

from ..contacts import contact_lines, linked_to
from ..forms.plan import JournalFilter, OutcomeForm, TaskForm
from ..forms.work import NoteForm
from ..journal import journal_lines
from ..queries import colleagues
from .answering import act, ask, found_or_404, household_address, opened, opened_by_row, opened_case, posted, trail

NOTES_A_PAGE = 25
TASKS = "aufgaben"


def journal(request: HttpRequest, household: UUID) -> HttpResponse:
    """Show the whole journal of a household, newest first."""
    subject = opened(request, household)
    if subject.case is None or not _reads_journal(request):
        raise Http404
    notes = Note.objects.visible_to(request.actor).filter(case=subject.case)
    sieve = JournalFilter(request.GET or None)
    if sieve.is_bound and sieve.is_valid():
        if theme := sieve.cleaned_data["theme"]:
            notes = notes.filter(theme=theme)
        if since := sieve.cleaned_data["since"]:
            notes = notes.filter(occurred_at__date__gte=since)
    total = paging.count(notes)
    found, page = paging.take(notes, params=request.GET, size=NOTES_A_PAGE, total=total)
    names = Colleagues()
    linked = names.add(linked_to(subject.case, actor=request.actor), "taken_by_id")
    context = {
        "subject": subject,
        "lines": journal_lines(found, subject.members, names),
        "linked": contact_lines(linked),
        "page": page,
        "total": total.text(_("Eintrag"), _("Einträge")),
        "filter": sieve,
        "trail": trail(subject),
        "may_write": subject.may_write(Scope.JOURNAL) and not subject.case.closed_on,
    }
    return render(request, "counselling/journal.html", context)


def _reads_journal(request: HttpRequest) -> bool:
    return request.actor.reads_somewhere(Scope.JOURNAL)


def note_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Write a journal entry."""
    subject = opened_case(request, household, write=Scope.JOURNAL)
    form = NoteForm(posted(request), members=subject.members, today=subject.today, initial={"day": subject.today})

    def write(at):
        data = form.cleaned_data
        return cases.write_note(
            case=subject.case,
            kind=data["kind"],
            theme=data["theme"],
            text=data["text"],
            occurred_at=form.occurred_at(at=at),
            minutes=data["minutes"],
            interpreter=data["interpreter"],
            participants=[UUID(pk) for pk in data["participants"]],
            by=request.actor,
            at=at,
        )

    return ask(
        request,
        subject,
        form,
        title=_("Journaleintrag schreiben"),
        do=write,
        done=_("Der Eintrag steht im Journal."),
        to=household_address(subject, "journal"),
        guard="yes",
        writing=Writing("note", Scope.JOURNAL, subject.case, subject.case.pk),
    )


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
