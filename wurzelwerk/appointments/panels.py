"""The parts that the calendar gives to the household page and to "Heute"; at most two queries each."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from wurzelwerk.base import clock
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.rooms import once
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment
from wurzelwerk.network.colleagues import colleagues_of
from wurzelwerk.trust.scopes import Scope

from .calendar_rules import rule
from .enums import InterpreterState
from .kinds import kind_label
from .models import InterpreterRequest
from .queries import HouseholdNames, may_write

LINES_SHOWN = 10
LINES_READ, OPEN_SHOWN, PAST_SHOWN = 24, 6, 3
RECENT = timedelta(days=60)

Context = Mapping[str, Any] | None


def dates(request: HttpRequest, page: Any) -> Context:
    """Appointments to come, and what was marked of late (one query)."""
    case = page.case
    if case is None or not (page.actor.keeps(case.circle_id, Scope.CALENDAR) or page.actor.holds_grant(
        case.akte_id, Scope.CALENDAR
    )):  # fmt: skip
        return None
    now = clock.now()
    rows = Appointment.objects.visible_beside(case, page.actor).of(case_id=case.pk)
    near = rows.filter(Q(state=AppointmentState.PLANNED) | Q(starts_at__gte=now - RECENT)).order_by("starts_at", "pk")
    named = [(row, kind_label(row.kind)) for row in colleagues_of(page).add(near[:LINES_READ], "host_id")]
    open_ = [one for one in named if one[0].state == AppointmentState.PLANNED]
    return {
        "open_meetings": open_[:OPEN_SHOWN],
        "more": len(open_) > OPEN_SHOWN,
        "past_meetings": [one for one in reversed(named) if one[0].state != AppointmentState.PLANNED][:PAST_SHOWN],
        "now_at": now,
        "writes": not case.closed_on and may_write(page.actor, case, Scope.CALENDAR),
    }


def _names(page: Any) -> HouseholdNames:
    """The page's households, looked up together for the panels of this room."""
    return once(page, "appointments.names", lambda: HouseholdNames(page.actor))


def my_appointments(request: HttpRequest, page: Any) -> Context:
    """My appointments today and in the next days, and those of late that nobody marked (one query)."""
    if not page.actor.home_circles(Scope.CALENDAR):
        return None
    ahead = rule("days_shown", on=page.today)
    rows = Appointment.objects.visible_to(page.actor).filter(
        host_id=page.actor.user_id,
        state=AppointmentState.PLANNED,
        starts_at__gte=page.now - timedelta(days=ahead),
        starts_at__lt=page.now + timedelta(days=ahead + 1),
    )
    found = [(row, kind_label(row.kind), local_day(row.starts_at)) for row in _names(page).add(rows)]
    return {
        "unmarked": [one for one in found if one[2] < page.today],
        "of_today": [one for one in found if one[2] == page.today],
        "to_come": [one for one in found if one[2] > page.today],
        "now": page.now,
        "ahead": ahead,
    }


def open_interpreters(request: HttpRequest, page: Any) -> Context:
    """Requests for interpreters without an answer, for appointments of mine that are near (at most two queries)."""
    if not page.actor.home_circles(Scope.CALENDAR):
        return None
    until = page.now + timedelta(days=rule("interpreter_near", on=page.today))
    meetings = Appointment.objects.visible_to(page.actor).filter(
        host_id=page.actor.user_id, state=AppointmentState.PLANNED, starts_at__gte=page.now, starts_at__lt=until
    )
    waiting = InterpreterRequest.objects.visible_to(page.actor).filter(
        state=InterpreterState.REQUESTED, appointment__in=meetings.order_by().values("pk")
    )
    rows = list(waiting.select_related("appointment").order_by("appointment__starts_at", "pk")[:LINES_SHOWN])
    if not rows:
        return None
    _names(page).add([row.appointment for row in rows])
    return {"interpreters": [(row, row.appointment) for row in rows]}
