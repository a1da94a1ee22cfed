"""The plan's own page: all of it, change it, put it in order, put aside, print it in two languages."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.editing import Editing
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Goal, Need, Step
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.trust.scopes import Scope

from .. import plan_sheet
from ..forms.choosing import label_or_code
from ..forms.plan import CLIENT, GoalForm, NeedForm, PlanPrintForm, StepForm
from ..planning import Reader, plan_of
from ..queries import OpenHousehold, colleagues, languages_of, may_read, may_write
from .answering import act, ask, found_or_404, opened, opened_by_row, posted, trail

WAYS = {"frueher": "spaeter", "spaeter": "frueher"}
PARTS: dict[str, type[Need] | type[Goal] | type[Step]] = {"bedarfe": Need, "ziele": Goal, "schritte": Step}


def _plan_address(subject: OpenHousehold) -> str:
    return reverse("plan", args=[subject.household.pk])


def _read(request: HttpRequest, pk: UUID) -> OpenHousehold:
    subject = opened(request, pk)
    if subject.case is None or not may_read(request.actor, subject.case, Scope.PLAN):
        raise Http404
    return subject


def plan(request: HttpRequest, household: UUID) -> HttpResponse:
    """Show the whole plan, what was put aside too."""
    subject = _read(request, household)
    reader = Reader(request.actor.user_id, subject.new_since)
    needs = plan_of(subject.case, actor=request.actor, colleagues=Colleagues(), reader=reader)
    writes = not subject.case.closed_on and may_write(request.actor, subject.case, Scope.PLAN)
    spoken = languages_of(subject.members, actor=request.actor)
    first = next((row.code for rows in spoken.values() for row in rows if row.code in plan_sheet.languages()), "")
    context = {
        "subject": subject,
        "trail": trail(subject),
        "open_needs": [need for need in needs if need.is_open],
        "met_needs": [need for need in needs if need.met_on],
        "archived_needs": [need for need in needs if need.archived_on and not need.met_on],
        "aside": [(need, goal) for need in needs for goal in need.aside],
        "writes": writes,
        "prints": PlanPrintForm(languages=_choices(), initial={"language": first}, auto_id="plan_%s"),
        "here": _plan_address(subject),
    }
    return render(request, "counselling/plan/plan.html", context)


def _choices() -> list[tuple[str, str]]:
    return [(code, label_or_code("languages", code)) for code in plan_sheet.languages() if code != plan_sheet.BINDING]


def plan_pdf(request: HttpRequest, household: UUID) -> HttpResponse:
    """The plan as PDF, German and another language on one sheet; its name and title name nobody."""
    subject = _read(request, household)
    form = PlanPrintForm(request.GET, languages=_choices())
    if not form.is_valid():
        raise Http404
    needs = plan_of(subject.case, actor=request.actor, colleagues=Colleagues())
    sheet = plan_sheet.PlanSheet(
        office=_office(subject),
        household=", ".join(member.person.name for member in subject.members) or subject.household.name,
        counsellor=subject.case.lead.display_name if subject.case.lead else "",
        needs=tuple(need for need in needs if need.is_open),
        made_at=clock.now(),
    )
    content = plan_sheet.render_plan_sheet(sheet, language=form.cleaned_data["language"] or plan_sheet.BINDING)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="plan-{subject.today:%Y-%m-%d}.pdf"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _office(subject: OpenHousehold) -> str:
    akte = subject.case.akte if subject.case else subject.household.akte
    return f"{akte.controller.name}, {akte.site.name}" if akte.site else akte.controller.name


def _opened(request: HttpRequest, model: Any, pk: UUID) -> tuple[Any, OpenHousehold]:
    row = found_or_404(model, request, pk)
    return row, opened_by_row(request, row, write=Scope.PLAN)


def need_edit(request: HttpRequest, need: UUID) -> HttpResponse:
    """Change a need."""
    row, subject = _opened(request, Need, need)
    names = ("kind", "urgency", "text", "own_words")
    editing = Editing(row, lambda: {name: getattr(row, name) for name in names})
    form = NeedForm(posted(request), today=subject.today, initial=editing.initial)
    return _changed(
        request, subject, row, form, editing, title=_("Bedarf ändern"), key="need_change",
        do=lambda at: cases.change_need(
            need=row, by=request.actor, at=at, **{name: form.cleaned_data[name] for name in names}
        ),
    )  # fmt: skip


def goal_edit(request: HttpRequest, goal: UUID) -> HttpResponse:
    """Change the words of a goal."""
    row, subject = _opened(request, Goal, goal)
    names = ("text", "own_words")
    editing = Editing(row, lambda: {name: getattr(row, name) for name in names})
    form = GoalForm(posted(request), initial=editing.initial)
    return _changed(
        request, subject, row, form, editing, title=_("Ziel ändern"), key="goal_change",
        do=lambda at: cases.change_goal(
            goal=row, by=request.actor, at=at, **{name: form.cleaned_data[name] for name in names}
        ),
    )  # fmt: skip


def step_edit(request: HttpRequest, step: UUID) -> HttpResponse:
    """Change an open step: what, who, until when."""
    row, subject = _opened(request, Step, step)
    if subject.case is None:
        raise Http404
    editing = Editing(row, lambda: _step_values(row))
    form = StepForm(posted(request), team=colleagues(subject.case.akte, on=subject.today), initial=editing.initial)
    if row.assignee and str(row.assignee_id) not in form.team:
        form.add_person(row.assignee)
    return _changed(
        request, subject, row, form, editing, title=_("Schritt ändern"), key="step_change",
        do=lambda at: cases.change_step(step=row, by=request.actor, at=at, **form.to_step()),
    )  # fmt: skip


def _step_values(row: Step) -> dict[str, Any]:
    who = CLIENT if row.by_client else str(row.assignee_id or CLIENT)
    return {"text": row.text, "who": who, "due_on": row.due_on, "own_words": row.own_words}


def _changed(
    request: HttpRequest,
    subject: OpenHousehold,
    row: Any,
    form: Any,
    editing: Editing,
    *,
    title: str,
    key: str,
    do: Any,
) -> HttpResponse:
    to = _plan_address(subject)
    return ask(
        request,
        subject,
        form,
        title=title,
        do=do,
        done=_("Die Änderung steht im Plan."),
        to=to,
        cancel=to,
        editing=editing,
        writing=Writing(key, Scope.PLAN, row, row.pk, stored=editing.stored or {}),
        trail=[*trail(subject), (_("Plan"), to)],
    )


@require_POST
def plan_move(request: HttpRequest, part: str, row: UUID, way: str) -> HttpResponse:
    """Move a part of the plan one place; `way` is "frueher" or "spaeter"."""
    if part not in PARTS or way not in WAYS:
        raise Http404
    found, subject = _opened(request, PARTS[part], row)
    return act(
        request,
        do=lambda at: cases.move_in_plan(part=found, earlier=way == "frueher", by=request.actor, at=at),
        done=_("Die Reihenfolge ist geändert."),
        undo=reverse("plan_move", args=[part, row, WAYS[way]]),
        to=_plan_address(subject),
    )


def _aside(request: HttpRequest, model: Any, pk: UUID, *, undo: str) -> HttpResponse:
    row, subject = _opened(request, model, pk)
    return act(
        request,
        do=lambda at: cases.archive_in_plan(part=row, by=request.actor, at=at),
        done=_("Das ist abgelegt und steht unten auf der Seite des Plans."),
        undo=reverse(undo, args=[pk]),
        to=_plan_address(subject),
    )


def _back(request: HttpRequest, model: Any, pk: UUID) -> HttpResponse:
    row, subject = _opened(request, model, pk)
    return act(
        request,
        do=lambda at: cases.restore_in_plan(part=row, by=request.actor, at=at),
        done=_("Das steht wieder im Plan."),
        to=_plan_address(subject),
    )


@require_POST
def need_archive(request: HttpRequest, need: UUID) -> HttpResponse:
    """Put a need aside."""
    return _aside(request, Need, need, undo="need_restore")


@require_POST
def need_restore(request: HttpRequest, need: UUID) -> HttpResponse:
    """Bring a need back."""
    return _back(request, Need, need)


@require_POST
def goal_archive(request: HttpRequest, goal: UUID) -> HttpResponse:
    """Put a goal aside."""
    return _aside(request, Goal, goal, undo="goal_restore")


@require_POST
def goal_restore(request: HttpRequest, goal: UUID) -> HttpResponse:
    """Bring a goal back."""
    return _back(request, Goal, goal)
