"""Who leaves the house, and what still stands in their name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, QuerySet, Value
from django.http import HttpRequest

from wurzelwerk.base.clock import local_day
from wurzelwerk.cases.enums import AppointmentState, StepState
from wurzelwerk.cases.leaving_rules import people_that_leave
from wurzelwerk.cases.models import Appointment, Case, Step, Task
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .handover import KINDS


@dataclass
class Leaver:
    """Somebody who leaves or has left; `open`: kind of work -> how much of it stands in their name yet."""

    user: User
    leaves_on: date
    gone: bool
    open: dict[str, int] = field(default_factory=dict)

    @property
    def in_words(self) -> str:
        """What is not handed over yet; empty where nothing is left."""
        return ", ".join(f"{label}: {self.open[kind]}" for kind, label in KINDS.items() if self.open.get(kind))


def leavers(actor: Actor, *, now: Any) -> list[Leaver]:
    """Return who leaves of those whose day the actor may set, with what of their work the actor sees (two queries)."""
    found = [Leaver(user, day, gone=day <= actor.on) for user, day in people_that_leave(actor)]
    number = open_numbers([one.user.pk for one in found], actor=actor, today=local_day(now), now=now) if found else {}
    for one in found:
        one.open = number.get(one.user.pk, {})
    return found


def open_numbers(users: Iterable[UUID], *, actor: Actor, today: date, now: Any) -> dict[UUID, dict[str, int]]:
    """Return user -> kind -> how many open rows stand in their name, as far as the actor sees them (one query)."""
    people = list(users)
    cases = Case.objects.visible_to(actor).filter(lead_id__in=people, closed_on__isnull=True)
    tasks = Task.objects.visible_to(actor).filter(
        assignee_id__in=people, done_at__isnull=True, cancelled_at__isnull=True, case__closed_on__isnull=True
    )
    steps = Step.objects.visible_to(actor).filter(
        assignee_id__in=people, state=StepState.OPEN, goal__need__case__closed_on__isnull=True
    )
    meetings = Appointment.objects.visible_to(actor).filter(
        host_id__in=people, state=AppointmentState.PLANNED, starts_at__gte=now, case__closed_on__isnull=True
    )
    rows = _number(cases, "case", "lead_id").union(
        _number(tasks, "task", "assignee_id"),
        _number(steps, "step", "assignee_id"),
        _number(meetings, "appointment", "host_id"),
    )
    found: dict[UUID, dict[str, int]] = {}
    for whose, kind, number in rows:
        found.setdefault(whose, {})[kind] = number
    return found


def _number(rows: QuerySet, kind: str, column: str) -> QuerySet:
    counted = (
        rows.order_by().annotate(whose=F(column), sort=Value(kind, output_field=CharField())).values("whose", "sort")
    )
    return counted.annotate(number=Count("pk")).values_list("whose", "sort", "number")


def panel(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """Who leaves the team, and what is not handed over yet; who has left only while something is (two queries)."""
    if not page.actor.may("case.assign"):
        return None
    found = [one for one in leavers(page.actor, now=page.now) if one.open or not one.gone]
    return {"lines": found} if found else None
