"""The plan as it is shown: needs, under each its goals, under each its steps."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
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
    own_words: str
    reached_on: date | None
    archived_on: date | None
    is_new: bool
    order: tuple
    steps: list[Any] = field(default_factory=list)


@dataclass
class PlannedNeed:
    """A need with its goals; `kind` is its name, `badge` the kind of badge for its urgency."""

    pk: UUID
    code: str
    kind: str
    text: str
    own_words: str
    level: int
    urgency: str
    badge: str
    noted_on: date
    met_on: date | None
    archived_on: date | None
    is_new: bool
    order: tuple
    goals: list[PlannedGoal] = field(default_factory=list)
    aside: list[PlannedGoal] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it is followed: neither met nor put aside."""
        return self.met_on is None and self.archived_on is None


_NEED = (
    "pk", "kind", "text", "own_words", "urgency", "noted_on", "met_on", "archived_on", "position", "changed_at",
    "changed_by_id",
)  # fmt: skip
_GOAL = tuple(
    f"goals__{name}"
    for name in (
        "pk", "text", "own_words", "reached_on", "archived_on", "position", "changed_at", "changed_by_id", "agreed_on",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """For whom something may be new: changed by somebody else after `since` (None: nothing is)."""

    user: UUID | None = None
    since: datetime | None = None

    def finds_new(self, changed_at: datetime | None, changed_by: UUID | None) -> bool:
        """Say whether a change is new to the reader."""
        return self.since is not None and changed_at is not None and changed_by != self.user and changed_at > self.since


NOBODY = Reader()


def plan_of(case: Case, *, actor: Actor, colleagues: Colleagues, reader: Reader = NOBODY) -> list[PlannedNeed]:
    """Return the needs of a case with goals and steps, open and urgent ones first (two queries).

    Goals put aside lie in `aside` of their need.
    """
    rows = Need.objects.visible_beside(case, actor).of(case_id=case.pk).order_by().values_list(*_NEED, *_GOAL)
    needs, goals = _needs_and_goals(rows, reader)
    steps = Step.objects.visible_beside(case, actor).among(goal_id=goals).order_by() if goals else ()
    steps = colleagues.add(steps, "assignee_id")
    for step in sorted(steps, key=_step_order):
        if step.goal_id in goals:
            step.is_new = reader.finds_new(step.changed_at, step.changed_by_id)
            goals[step.goal_id].steps.append(step)
    for need in needs.values():
        found = sorted(need.goals, key=lambda goal: goal.order)
        need.goals = [goal for goal in found if goal.archived_on is None]
        need.aside = [goal for goal in found if goal.archived_on is not None]
    return sorted(needs.values(), key=lambda need: need.order)


def _needs_and_goals(rows: Iterable[tuple], reader: Reader) -> tuple[dict[UUID, PlannedNeed], dict[UUID, PlannedGoal]]:
    needs: dict[UUID, PlannedNeed] = {}
    goals: dict[UUID, PlannedGoal] = {}
    for row in rows:
        of_need, of_goal = row[: len(_NEED)], row[len(_NEED) :]
        if of_need[0] not in needs:
            needs[of_need[0]] = _need(of_need, reader)
        if of_goal[0] and of_goal[0] not in goals:
            goals[of_goal[0]] = _goal(of_goal, reader)
            needs[of_need[0]].goals.append(goals[of_goal[0]])
    return needs, goals


def _need(row: tuple, reader: Reader) -> PlannedNeed:
    pk, code, text, own_words, urgency, noted_on, met_on, archived_on, position, changed_at, changed_by = row
    level = Urgency(urgency)
    return PlannedNeed(
        pk=pk,
        code=code,
        kind=lists.label("need_kinds", code) if code in lists.table("need_kinds").keys else code,
        text=text,
        own_words=own_words,
        level=urgency,
        urgency=str(level.label),
        badge=URGENCY_KIND[level],
        noted_on=noted_on,
        met_on=met_on,
        archived_on=archived_on,
        is_new=reader.finds_new(changed_at, changed_by),
        order=(met_on is not None, urgency, position, noted_on, pk.int),
    )


def _goal(row: tuple, reader: Reader) -> PlannedGoal:
    pk, text, own_words, reached_on, archived_on, position, changed_at, changed_by, agreed_on = row
    return PlannedGoal(
        pk=pk,
        text=text,
        own_words=own_words,
        reached_on=reached_on,
        archived_on=archived_on,
        is_new=reader.finds_new(changed_at, changed_by),
        order=(position, agreed_on, pk.int),
    )


def _step_order(step: Step) -> tuple:
    return step.state != StepState.OPEN, step.position, step.due_on or date.max, str(step.pk)
