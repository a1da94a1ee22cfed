"""The plan as it is shown: needs, under each its goals, under each its steps."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import StepState, Urgency
from wurzelwerk.cases.models import Case, Need, Step
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.trust.actor import Actor

URGENCY_KIND = {Urgency.NOW: "danger", Urgency.SOON: "warning", Urgency.LATER: ""}


@dataclass
class PlannedGoal:
    """A goal with its steps, open ones first."""

    pk: UUID
    text: str
    reached_on: date | None
    steps: list[Step] = field(default_factory=list)


@dataclass
class PlannedNeed:
    """A need with its goals; `kind` is its name, `badge` the kind of badge for its urgency."""

    pk: UUID
    kind: str
    text: str
    urgency: str
    badge: str
    noted_on: date
    met_on: date | None
    goals: list[PlannedGoal] = field(default_factory=list)


_COLUMNS = (
    "pk", "kind", "text", "urgency", "noted_on", "met_on", "goals__pk", "goals__text", "goals__reached_on",
)  # fmt: skip


def _order(row: tuple) -> tuple:
    """Urgent needs first, then the older; under each its goals as they were agreed."""
    agreed_on, pk, _kind, _text, urgency, noted_on, _met_on, goal_pk, *_ = row
    return urgency, noted_on, pk.int, agreed_on or date.min, goal_pk.int if goal_pk else 0


def plan_of(case: Case, *, actor: Actor, colleagues: Colleagues) -> list[PlannedNeed]:
    """Return the needs of a case with goals and steps, open and urgent ones first (two queries)."""
    needs: dict[UUID, PlannedNeed] = {}
    goals: dict[UUID, PlannedGoal] = {}
    rows = (
        Need.objects.visible_beside(case, actor)
        .of(case_id=case.pk)
        .order_by()
        .values_list("goals__agreed_on", *_COLUMNS)
    )
    for _agreed_on, pk, kind, text, urgency, noted_on, met_on, goal_pk, goal_text, reached_on in sorted(
        rows, key=_order
    ):
        need = needs.get(pk)
        if need is None:
            label = lists.label("need_kinds", kind) if kind in lists.table("need_kinds").keys else kind
            level = Urgency(urgency)
            need = PlannedNeed(pk, label, text, str(level.label), URGENCY_KIND[level], noted_on, met_on)
            needs[pk] = need
        if goal_pk:
            goals[goal_pk] = PlannedGoal(goal_pk, goal_text, reached_on)
            need.goals.append(goals[goal_pk])
    steps = Step.objects.visible_beside(case, actor).among(goal_id=goals).order_by() if goals else ()
    steps = colleagues.add(steps, "assignee_id")
    for step in sorted(steps, key=lambda one: (one.state != StepState.OPEN, one.due_on or date.max, str(one.pk))):
        if step.goal_id in goals:
            goals[step.goal_id].steps.append(step)
    return sorted(needs.values(), key=lambda need: need.met_on is not None)
