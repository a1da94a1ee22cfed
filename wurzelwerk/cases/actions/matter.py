"""Open and close a case; plan from need over goal to step."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.evidence.ledger import record, void
from wurzelwerk.network.models import Programme, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte, Pseudonym
from wurzelwerk.trust.pseudonyms import pseudonym_for
from wurzelwerk.trust.rules import check_can_write

from .. import facts, lists
from ..approvals import spend
from ..covers import follow_lead
from ..enums import PartyRole, StepState, Urgency
from ..ledger import about_case, case_frame, case_key
from ..models import ApprovedAct, Case, CaseParty, Goal, Household, Need, Step
from ..outside_rules import check_closes
from ..rules import check_can_work, check_step_open

PLACE = "the place of a new part of the plan"


@transaction.atomic
def open_case(
    *,
    akte: Akte,
    service: str,
    household: Household | None,
    by: Actor,
    at: datetime,
    programme: Programme | None = None,
    lead: User | None = None,
) -> Case:
    """Open a matter of a service in an Akte, with a household as client where there is one.

    Raises NotAllowed, BadInput (the programme does not run on that day).
    """
    day = local_day(at)
    case = Case(akte=akte, service=service, programme=programme, opened_on=day, last_contact_on=day)
    case.lead_id = lead.pk if lead else by.user_id
    check_can_write(by, case)
    if programme and not programme.starts_on <= day <= programme.ends_on:
        raise BadInput(_("Dieses Programm läuft an diesem Tag nicht."), field="programme")
    case.save()
    pseudonym_for(kind=Pseudonym.Kind.CASE, subject=case.pk, akte=akte)
    if household is not None:
        CaseParty.objects.create(akte=akte, case=case, role=PartyRole.CLIENT, household=household)
    record(facts.CASE_OPENED, about=about_case(case), frame=case_frame(case), at=at)
    return case


@transaction.atomic
def assign_case(*, case: Case, lead: User, by: Actor, at: datetime) -> None:
    """Give a case to a colleague of the same controller. Raises NotAllowed, WrongState."""
    check_can_work(by, case, case)
    if not lead.memberships.filter(organisation_id=case.akte.controller_id).exists():
        raise WrongState(_("Zuständig kann nur jemand aus der eigenen Stelle sein."))
    former, case.lead = case.lead_id, lead
    case.save(update_fields=["lead"])
    follow_lead(former, lead.pk, by=by, at=at)
    record(facts.CASE_ASSIGNED, about=about_case(case), frame=case_frame(case), at=at)


@transaction.atomic
def set_case_weight(*, case: Case, weight: str, by: Actor, at: datetime) -> None:
    """Say how much work a case is, by a code of the list of weights; "" leaves it to the proposal.

    Raises NotAllowed, WrongState, BadInput.
    """
    check_can_work(by, case, case)
    if weight and weight not in dict(lists.choices("case_weights", on=local_day(at))):
        raise BadInput(_("Diesen Aufwand gibt es nicht (mehr). Bitte neu auswählen."), field="weight")
    case.weight = weight
    case.save(update_fields=["weight"])
    record(facts.CASE_WEIGHED, about=about_case(case), frame=case_frame(case), at=at)


@transaction.atomic
def close_case(*, case: Case, by: Actor, at: datetime) -> None:
    """Close a case.

    Raises NotAllowed, WrongState (closed already, a body outside is still asked, or a second person has to approve it).
    """
    check_can_work(by, case, case)
    check_closes(case)
    spend(case, ApprovedAct.CLOSE_CASE, by=by, at=at)
    case.closed_on = local_day(at)
    case.save(update_fields=["closed_on"])
    follow_lead(case.lead_id, by=by, at=at)
    record(facts.CASE_CLOSED, about=about_case(case), frame=case_frame(case), at=at)


@transaction.atomic
def reopen_case(*, case: Case, by: Actor, at: datetime) -> None:
    """Take back the closing of a case. Raises NotAllowed, WrongState."""
    check_can_write(by, case)
    if not case.closed_on:
        raise WrongState(_("Der Fall ist offen."))
    case.closed_on = None
    case.save(update_fields=["closed_on"])
    follow_lead(case.lead_id, by=by, at=at)
    if not void(facts.CASE_CLOSED, case_key=case_key(case), at=at):
        record(facts.CASE_OPENED, about=about_case(case), frame=case_frame(case), at=at)


def _touch(part: Need | Goal | Step, by: Actor, at: datetime) -> tuple[str, str]:
    """Remember who changed a part of the plan last, and when; return the columns."""
    part.changed_at, part.changed_by_id = at, by.user_id
    return "changed_at", "changed_by"


def _last(beside: QuerySet) -> int:
    """Return the place behind all others; 0 while nobody has put them in an order."""
    last = beside.aggregate(last=Max("position"))["last"]
    return last + 1 if last else 0


@transaction.atomic
def note_need(
    *,
    case: Case,
    kind: str,
    by: Actor,
    at: datetime,
    text: str = "",
    urgency: int = Urgency.SOON,
    own_words: str = "",
) -> Need:
    """Write down what is missing. Raises NotAllowed, WrongState."""
    need = Need(akte=case.akte, case=case, kind=kind, text=text, urgency=urgency, noted_on=local_day(at))
    need.own_words = own_words.strip()
    check_can_work(by, case, need)
    _touch(need, by, at)
    need.save()
    record(facts.NEED_NOTED, about=about_case(case), frame=case_frame(case), at=at)
    return need


@transaction.atomic
def meet_need(*, need: Need, by: Actor, at: datetime) -> None:
    """Record that a need is met. Raises NotAllowed, WrongState."""
    check_can_work(by, need.case, need)
    if need.met_on:
        raise WrongState(_("Dieser Bedarf ist schon gedeckt."))
    need.met_on = local_day(at)
    need.save(update_fields=["met_on", *_touch(need, by, at)])
    record(facts.NEED_MET, about=about_case(need.case), frame=case_frame(need.case), at=at)


@transaction.atomic
def reopen_need(*, need: Need, by: Actor, at: datetime) -> None:
    """Take back that a need is met. Raises NotAllowed, WrongState."""
    check_can_work(by, need.case, need)
    if not need.met_on:
        raise WrongState(_("Dieser Bedarf ist noch offen."))
    need.met_on = None
    need.save(update_fields=["met_on", *_touch(need, by, at)])
    if not void(facts.NEED_MET, case_key=case_key(need.case), at=at):
        record(facts.NEED_NOTED, about=about_case(need.case), frame=case_frame(need.case), at=at)


@transaction.atomic
def agree_goal(*, need: Need, text: str, by: Actor, at: datetime, own_words: str = "") -> Goal:
    """Write down a goal in the person's words. Raises NotAllowed, WrongState, BadInput."""
    if not text.strip():
        raise BadInput(_("Bitte schreiben Sie das Ziel auf."), field="text")
    goal = Goal(akte=need.akte, need=need, text=text.strip(), own_words=own_words.strip(), agreed_on=local_day(at))
    check_can_work(by, need.case, goal)
    goal.position = _last(Goal.objects.for_system(reason=PLACE).filter(need=need))
    _touch(goal, by, at)
    goal.save()
    record(facts.GOAL_AGREED, about=about_case(need.case), frame=case_frame(need.case), at=at)
    return goal


@transaction.atomic
def reach_goal(*, goal: Goal, by: Actor, at: datetime) -> None:
    """Record that a goal is reached. Raises NotAllowed, WrongState."""
    check_can_work(by, goal.need.case, goal)
    if goal.reached_on:
        raise WrongState(_("Dieses Ziel ist schon erreicht."))
    goal.reached_on = local_day(at)
    goal.save(update_fields=["reached_on", *_touch(goal, by, at)])
    _record_goal(goal, "reached", at)


@transaction.atomic
def reopen_goal(*, goal: Goal, by: Actor, at: datetime) -> None:
    """Take back that a goal is reached. Raises NotAllowed, WrongState."""
    check_can_work(by, goal.need.case, goal)
    if not goal.reached_on:
        raise WrongState(_("Dieses Ziel ist noch offen."))
    goal.reached_on = None
    goal.save(update_fields=["reached_on", *_touch(goal, by, at)])
    _record_goal(goal, "open", at)


def _record_goal(goal: Goal, state: str, at: datetime) -> None:
    case = goal.need.case
    record(facts.GOAL_REACHED, about=about_case(case), frame=case_frame(case), at=at, dimensions={"state": state})


@transaction.atomic
def plan_step(
    *,
    goal: Goal,
    text: str,
    by: Actor,
    at: datetime,
    assignee: User | None = None,
    by_client: bool = False,
    due_on: date | None = None,
    own_words: str = "",
) -> Step:
    """Plan who does what until when. Raises NotAllowed, WrongState, BadInput."""
    if not text.strip():
        raise BadInput(_("Bitte schreiben Sie den Schritt auf."), field="text")
    case = goal.need.case
    step = Step(akte=goal.akte, goal=goal, text=text.strip(), by_client=by_client, due_on=due_on)
    step.assignee, step.own_words = None if by_client else assignee, own_words.strip()
    check_can_work(by, case, step)
    step.position = _last(Step.objects.for_system(reason=PLACE).filter(goal=goal))
    _touch(step, by, at)
    step.save()
    record(facts.STEP_PLANNED, about=about_case(case), frame=case_frame(case), at=at)
    return step


@transaction.atomic
def close_step(*, step: Step, state: str, by: Actor, at: datetime) -> None:
    """Mark a step as done or dropped. Raises NotAllowed, WrongState."""
    case = step.goal.need.case
    check_can_work(by, case, step)
    check_step_open(step)
    step.state, step.closed_on = StepState(state), local_day(at)
    step.save(update_fields=["state", "closed_on", *_touch(step, by, at)])
    record(facts.STEP_CLOSED, about=about_case(case), frame=case_frame(case), at=at, dimensions={"state": step.state})


@transaction.atomic
def reopen_step(*, step: Step, by: Actor, at: datetime) -> None:
    """Take back the closing of a step. Raises NotAllowed, WrongState."""
    case = step.goal.need.case
    check_can_work(by, case, step)
    if step.state == StepState.OPEN:
        raise WrongState(_("Dieser Schritt ist offen."))
    step.state, step.closed_on = StepState.OPEN, None
    step.save(update_fields=["state", "closed_on", *_touch(step, by, at)])
    record(
        facts.STEP_CLOSED,
        about=about_case(case),
        frame=case_frame(case),
        at=at,
        dimensions={"state": StepState.OPEN},
    )
