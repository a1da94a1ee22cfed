"""Change what stands in the plan: words, urgency, who and until, order; put aside and bring back."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .. import facts, lists
from ..enums import StepState
from ..ledger import about_case, case_frame
from ..models import Case, Goal, Need, Step
from ..rules import check_can_work, check_step_open

REASON = "the plan of a case that may be written"
LONGEST = 300
Part = Need | Goal | Step


def _case(part: Part) -> Case:
    if isinstance(part, Need):
        return part.case
    return part.need.case if isinstance(part, Goal) else part.goal.need.case


def _changed(part: Part, state: str, by: Actor, at: datetime) -> None:
    """Store a changed part with who changed it, and record it."""
    part.changed_at, part.changed_by_id = at, by.user_id
    part.save()
    case = _case(part)
    record(facts.PLAN_CHANGED, about=about_case(case), frame=case_frame(case), at=at, dimensions={"state": state})


def _said(text: str, *, sentence: str) -> str:
    if not (said := text.strip()):
        raise BadInput(sentence, field="text")
    if len(said) > LONGEST:
        raise BadInput(_("Zu lang: höchstens %(most)d Zeichen.") % {"most": LONGEST}, field="text")
    return said


@transaction.atomic
def change_need(
    *, need: Need, kind: str, urgency: int, by: Actor, at: datetime, text: str = "", own_words: str = ""
) -> None:
    """Change what is missing and how urgent it is. Raises NotAllowed, WrongState, BadInput."""
    check_can_work(by, need.case, need)
    if kind not in lists.table("need_kinds").keys:
        raise BadInput(_("Bitte wählen Sie ein Anliegen."), field="kind")
    need.kind, need.urgency, need.text, need.own_words = kind, urgency, text.strip(), own_words.strip()
    _changed(need, "changed", by, at)


@transaction.atomic
def change_goal(*, goal: Goal, text: str, by: Actor, at: datetime, own_words: str = "") -> None:
    """Change the words of a goal. Raises NotAllowed, WrongState, BadInput."""
    check_can_work(by, goal.need.case, goal)
    goal.text = _said(text, sentence=_("Bitte schreiben Sie das Ziel auf."))
    goal.own_words = own_words.strip()
    _changed(goal, "changed", by, at)


@transaction.atomic
def change_step(
    *,
    step: Step,
    text: str,
    by: Actor,
    at: datetime,
    assignee: User | None = None,
    by_client: bool = False,
    due_on: date | None = None,
    own_words: str = "",
) -> None:
    """Change an open step: what, who, until when. Raises NotAllowed, WrongState, BadInput."""
    check_can_work(by, step.goal.need.case, step)
    check_step_open(step)
    step.text = _said(text, sentence=_("Bitte schreiben Sie den Schritt auf."))
    step.by_client, step.due_on, step.own_words = by_client, due_on, own_words.strip()
    step.assignee = None if by_client else assignee
    _changed(step, "changed", by, at)


@transaction.atomic
def move_in_plan(*, part: Part, earlier: bool, by: Actor, at: datetime) -> None:
    """Move a need among those of its urgency, a goal among the need's, a step among the open ones of its goal.

    At the end nothing moves. Raises NotAllowed, WrongState.
    """
    check_can_work(by, _case(part), part)
    ordered = list(_beside(part))
    place = next((place for place, row in enumerate(ordered) if row.pk == part.pk), None)
    if place is None:
        raise WrongState(_("Das steht nicht mehr in der Reihe."))
    other = place - 1 if earlier else place + 1
    if 0 <= other < len(ordered):
        ordered[place], ordered[other] = ordered[other], ordered[place]
    for number, row in enumerate(ordered, 1):
        if row.position != number:
            type(row).objects.for_system(reason=REASON).filter(pk=row.pk).update(position=number)
    part.refresh_from_db(from_queryset=type(part).objects.for_system(reason=REASON))
    _changed(part, "moved", by, at)


def _beside(part: Part) -> QuerySet:
    """Return the parts among which this one stands, in their order."""
    if isinstance(part, Need):
        rows = Need.objects.for_system(reason=REASON).filter(
            case=part.case, urgency=part.urgency, met_on__isnull=True, archived_on__isnull=True
        )
        return rows.order_by("position", "noted_on", "pk")
    if isinstance(part, Goal):
        rows = Goal.objects.for_system(reason=REASON).filter(need=part.need, archived_on__isnull=True)
        return rows.order_by("position", "agreed_on", "pk")
    rows = Step.objects.for_system(reason=REASON).filter(goal=part.goal, state=StepState.OPEN)
    return rows.order_by("position", F("due_on").asc(nulls_last=True), "pk")


@transaction.atomic
def archive_in_plan(*, part: Need | Goal, by: Actor, at: datetime) -> None:
    """Put a need or goal aside that is neither met nor followed any more. Raises NotAllowed, WrongState."""
    check_can_work(by, _case(part), part)
    if part.archived_on:
        raise WrongState(_("Das ist schon abgelegt."))
    part.archived_on = local_day(at)
    _changed(part, "archived", by, at)


@transaction.atomic
def restore_in_plan(*, part: Need | Goal, by: Actor, at: datetime) -> None:
    """Bring back what was put aside. Raises NotAllowed, WrongState."""
    check_can_work(by, _case(part), part)
    if not part.archived_on:
        raise WrongState(_("Das ist nicht abgelegt."))
    part.archived_on = None
    _changed(part, "restored", by, at)
