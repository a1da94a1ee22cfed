"""Start a journey, advance it, and take a stage back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import WrongState
from wurzelwerk.cases.ledger import about_case, case_frame, case_key
from wurzelwerk.cases.models import Case
from wurzelwerk.evidence.ledger import record, void
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.rules import check_can_write

from . import facts, rules
from .models import Journey, Move
from .queries import way_so_far
from .stages import Stage, all_pathways


@transaction.atomic
def start_journey(*, case: Case, pathway: str, by: Actor, at: datetime) -> Journey:
    """Set a case on a pathway at its first stage. Raises NotAllowed, WrongState (one runs already)."""
    table = all_pathways()[pathway]
    day = local_day(at)
    journey = Journey(akte=case.akte, case=case, pathway=pathway, stage=table.first.code, since=day, started_on=day)
    check_can_write(by, journey)
    running = Journey.objects.for_system(reason="one open journey a case and pathway")
    if running.filter(case=case, pathway=pathway, ended_on__isnull=True).exists():
        raise WrongState(_("Dieser Weg ist schon begonnen."))
    journey.save()
    _keep_move(journey, "", by, at)
    record(facts.JOURNEY_STARTED, about=about_case(case), frame=case_frame(case), at=at)
    _record_stage(journey, table.first, at)
    return journey


@transaction.atomic
def advance(*, journey: Journey, to: str, by: Actor, at: datetime, occurred_on: date | None = None) -> None:
    """Bring a journey to a following stage, reached on a day (default: that of `at`). Raises NotAllowed, WrongState."""
    check_can_write(by, journey)
    rules.check_can_follow(journey, to)
    before, stage = journey.stage, journey.table.stage(to)
    _stand_at(journey, stage, at)
    _keep_move(journey, before, by, at)
    record(facts.STAGE_REACHED, about=about_case(journey.case), frame=case_frame(journey.case), at=at)
    _record_stage(journey, stage, at, occurred_on)


@transaction.atomic
def take_back(*, journey: Journey, reason: str, by: Actor, at: datetime) -> Stage:
    """Take the last move back; the stage's fact is voided, the way back is kept.

    Returns the stage where the journey stands now. Raises NotAllowed, WrongState, BadInput.
    """
    check_can_write(by, journey)
    rules.check_reason(reason)
    left = journey.at_stage
    target, reached_at = _stage_before(journey), _reached_at(journey)
    _stand_at(journey, target, at)
    _keep_move(journey, left.code, by, at, reason=reason.strip())
    if left.fact:
        void(left.fact, case_key=case_key(journey.case), recorded_at=reached_at, at=at)
    record(facts.STAGE_TAKEN_BACK, about=about_case(journey.case), frame=case_frame(journey.case), at=at)
    return target


def _stage_before(journey: Journey) -> Stage:
    stack = way_so_far(journey)
    if len(stack) < 2:
        raise WrongState(_("Der Weg steht an seinem Anfang."))
    return journey.table.stage(stack[-2])


def _reached_at(journey: Journey) -> datetime | None:
    """When the journey came to the stage where it stands: a case can have been there on another way."""
    forward = Move.objects.for_system(reason="the move that is taken back").filter(journey=journey, is_back=False)
    here = forward.filter(to_stage=journey.stage).order_by("moved_at", "pk")
    return here.values_list("moved_at", flat=True).last()


def _stand_at(journey: Journey, stage: Stage, at: datetime) -> None:
    journey.stage, journey.since = stage.code, local_day(at)
    journey.ended_on = local_day(at) if stage.final else None
    journey.save(update_fields=["stage", "since", "ended_on"])


def _keep_move(journey: Journey, before: str, by: Actor, at: datetime, *, reason: str = "") -> None:
    Move.objects.create(
        akte=journey.akte,
        journey=journey,
        from_stage=before,
        to_stage=journey.stage,
        moved_at=at,
        moved_by_id=by.user_id,
        is_back=bool(reason),
        reason=reason,
    )


def _record_stage(journey: Journey, stage: Stage, at: datetime, occurred_on: date | None = None) -> None:
    if stage.fact:
        about, frame = about_case(journey.case), case_frame(journey.case)
        record(stage.fact, about=about, frame=frame, at=at, occurred_on=occurred_on)
