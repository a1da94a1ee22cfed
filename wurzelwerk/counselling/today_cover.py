"""What waits for those for whom somebody stands in today, on the page "Heute"; at most two queries a panel."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.rooms import Panel, once
from wurzelwerk.cases.covers import Covered, covered_by
from wurzelwerk.cases.enums import AppointmentState, ReferralState, StepState
from wurzelwerk.cases.models import Appointment, Case, Referral, Step, Task
from wurzelwerk.trust.scopes import Scope

from .deadlines import deadlines
from .forms.choosing import label_or_code
from .queries import HouseholdNames
from .working_rules import working_rule

LINES_SHOWN = 25

Context = Mapping[str, Any] | None


def covered_today(page: Any) -> list[Covered]:
    """For whom the actor stands in today, read once a page."""
    found = once(page, "cases.covered", lambda: covered_by(page.actor.user_id, on=page.today))
    return [one for one in found if one.on(page.today)]


def work_of(covered: Iterable[Covered], whose: str, case: str = "case_id") -> Q:
    """Return the condition on rows that are the work of any of these people."""
    found = Q(pk__in=[])
    for one in covered:
        found |= one.work(whose, case)
    return found


def rings(today: date) -> Q:
    """Return the condition on tasks that are not set aside on a day."""
    return Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=today)


def _named(page: Any, rows: Iterable[Any], whose: Callable[[Any], UUID]) -> list[Any]:
    """The rows, each with its household and the name of the colleague whose it is."""
    people = {one.user_id: one.name for one in covered_today(page)}
    found = once(page, "counselling.names", lambda: HouseholdNames(page.actor)).add(rows)
    for row in found:
        row.whose = people.get(whose(row), "")
    return found


def appointments(request: HttpRequest, page: Any) -> Context:
    """Their appointments today and in the next days, and those of late that nobody marked (one query)."""
    if not (covered := covered_today(page)):
        return None
    ahead = working_rule("days_ahead", on=page.today)
    rows = Appointment.objects.visible_to(page.actor).filter(
        work_of(covered, "host_id"),
        state=AppointmentState.PLANNED,
        starts_at__gte=page.now - timedelta(days=ahead),
        starts_at__lt=page.now + timedelta(days=ahead + 1),
    )
    found = _named(page, rows.order_by("starts_at", "pk")[:LINES_SHOWN], lambda row: row.host_id)
    lines = [(row, label_or_code("appointment_kinds", row.kind), local_day(row.starts_at)) for row in found]
    return {"lines": lines, "today": page.today, "now": page.now}


def tasks(request: HttpRequest, page: Any) -> Context:
    """Their tasks and steps that are due or overdue (two queries)."""
    if not (covered := covered_today(page)):
        return None
    until = page.today + timedelta(days=working_rule("days_ahead", on=page.today))
    due = Task.objects.visible_to(page.actor).filter(
        work_of(covered, "assignee_id"),
        done_at__isnull=True, cancelled_at__isnull=True, case__closed_on__isnull=True, due_on__lte=until,
    ).filter(rings(page.today))  # fmt: skip
    steps = Step.objects.visible_to(page.actor).filter(
        work_of(covered, "assignee_id", "goal__need__case_id"),
        state=StepState.OPEN, goal__need__case__closed_on__isnull=True, due_on__lte=until,
    )  # fmt: skip
    return {
        "tasks": _named(page, due[:LINES_SHOWN], lambda row: row.assignee_id),
        "steps": _named(page, steps[:LINES_SHOWN], lambda row: row.assignee_id),
        "today": page.today,
    }


def referrals(request: HttpRequest, page: Any) -> Context:
    """Referrals that they sent and that wait for an answer (one query)."""
    if not (covered := covered_today(page)):
        return None
    rows = Referral.objects.visible_to(page.actor).filter(work_of(covered, "sent_by_id"), state=ReferralState.SENT)
    rows = rows.select_related("receiver").order_by("sent_at", "pk")
    found = _named(page, rows[:LINES_SHOWN], lambda row: row.sent_by_id)
    return {"referrals": found} if found else None


def unseen(request: HttpRequest, page: Any) -> Context:
    """Households of theirs that nobody has spoken to for long (one query)."""
    if not (covered := covered_today(page)):
        return None
    before = page.today - timedelta(days=working_rule("unseen_after_days", on=page.today))
    rows = Case.objects.visible_to(page.actor).filter(work_of(covered, "lead_id", "pk"), closed_on__isnull=True)
    rows = rows.filter(Q(last_contact_on__lt=before) | Q(last_contact_on__isnull=True))
    found = _named(page, rows.order_by("last_contact_on", "pk")[: LINES_SHOWN + 1], lambda row: row.lead_id)
    return {"cases": found[:LINES_SHOWN], "more": len(found) > LINES_SHOWN} if found else None


def due_soon(request: HttpRequest, page: Any) -> Context:
    """What runs out soon in their cases (one query)."""
    if not (covered := covered_today(page)):
        return None
    return shown_deadlines(page, work_of(covered, "lead_id", "pk"))


def my_deadlines(request: HttpRequest, page: Any) -> Context:
    """What runs out soon in the actor's own cases (one query)."""
    if not page.actor.home_circles(Scope.PLAN):
        return None
    return shown_deadlines(page, Q(lead_id=page.actor.user_id))


def shown_deadlines(page: Any, cases: Q) -> Context:
    """Return the panel's content for some cases; nothing where nothing runs out."""
    found = deadlines(page.actor, cases, today=page.today, limit=LINES_SHOWN + 1)
    rows = once(page, "counselling.names", lambda: HouseholdNames(page.actor)).add(found[:LINES_SHOWN])
    return {"rows": rows, "more": len(found) > LINES_SHOWN, "today": page.today} if rows else None


PART = "counselling/panels/{}.html".format
PANELS = (
    Panel("v-termine", "today_cover", 10, PART("cover_dates"), appointments, label=lazy("Termine")),
    Panel("v-aufgaben", "today_cover", 20, PART("cover_tasks"), tasks, label=lazy("Aufgaben und Schritte")),
    Panel("fristen", "today", 25, PART("deadlines"), my_deadlines, label=lazy("Fristen")),
    Panel("v-fristen", "today_cover", 30, PART("deadlines"), due_soon, label=lazy("Fristen")),
    Panel("v-gesendet", "today_cover", 40, PART("cover_referrals"), referrals, label=lazy("Überweisungen")),
    Panel("v-lange-nicht", "today_cover", 60, PART("unseen"), unseen, label=lazy("Lange nicht gesehen")),
)
