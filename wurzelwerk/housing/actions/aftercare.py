"""After-care: planned at the keys, noted by who advises the household, each note can be taken back."""

from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import WrongState
from wurzelwerk.cases import facts as case_facts
from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.cases.models import Case, Task
from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.rules import check_can_write, check_owns

from .. import facts
from ..enums import AfterCareMark, AfterCareResult
from ..journeys import journey_of, stand_at
from ..models import AfterCare, Placement
from ..telling import advising_case

MARKS = {
    AfterCareMark.FOUR_WEEKS: (relativedelta(weeks=4), "settled_4w"),
    AfterCareMark.SIX_MONTHS: (relativedelta(months=6), "kept_6m"),
    AfterCareMark.TWELVE_MONTHS: (relativedelta(months=12), "kept_12m"),
}
"""When after-care looks in, counted from the keys, and the stage it confirms."""
ORIGIN = "housing.aftercare"


@transaction.atomic
def plan_aftercare(*, placement: Placement, by: Actor, at: datetime) -> list[AfterCare]:
    """Plan the look-ins with a task each, in the case of who advises the household."""
    case = advising_case(placement.household_ref)
    if case is None:
        return []
    planned = []
    for mark, (distance, _stage) in MARKS.items():
        due = placement.keys_on + distance
        title = _("Nachbetreuung %(when)s: Wie geht es in der neuen Wohnung?") % {"when": mark.label}
        task = Task.objects.create(
            akte=case.akte, case=case, title=title, due_on=due, origin=ORIGIN, made_at=at, assignee_id=case.lead_id
        )
        planned.append(
            AfterCare.objects.create(
                akte=case.akte,
                placement_ref=placement.pk,
                household_ref=placement.household_ref,
                task=task,
                mark=mark,
                due_on=due,
            )
        )
        record(case_facts.TASK_SET, about=about_case(case), frame=case_frame(case), at=at)
    record(facts.AFTERCARE_PLANNED, about=about_case(case), frame=case_frame(case), at=at)
    return planned


@transaction.atomic
def cancel_aftercare(*, placement: Placement, by: Actor, at: datetime) -> None:
    """Strike the look-ins of keys that are taken back, and their tasks."""
    rows = AfterCare.objects.for_system(reason="the keys are taken back").filter(
        placement_ref=placement.pk, cancelled_at__isnull=True
    )
    for row in rows.select_related("task"):
        row.cancelled_at = at
        row.save(update_fields=["cancelled_at"])
        if row.task and not row.task.done_at:
            row.task.cancelled_at = at
            row.task.save(update_fields=["cancelled_at"])
            case = row.task.case
            record(case_facts.TASK_CANCELLED, about=about_case(case), frame=case_frame(case), at=at)


@transaction.atomic
def note_aftercare(*, aftercare: AfterCare, result: str, by: Actor, at: datetime, text: str = "") -> None:
    """Note what after-care found; the journey follows. Raises NotAllowed, WrongState."""
    check_owns(by, aftercare.akte)
    check_can_write(by, aftercare)
    if aftercare.cancelled_at or aftercare.noted_on:
        raise WrongState(_("Zu dieser Nachbetreuung ist schon etwas vermerkt."))
    aftercare.result, aftercare.noted_on = AfterCareResult(result), local_day(at)
    aftercare.save(update_fields=["result", "noted_on"])
    task = aftercare.task
    if task and not task.done_at and not task.cancelled_at:
        task.done_at, task.done_by_id = at, by.user_id
        task.outcome = " – ".join(filter(None, [str(aftercare.get_result_display()), text.strip()]))[:300]
        task.save(update_fields=["done_at", "done_by", "outcome"])
        record(case_facts.TASK_DONE, about=about_case(task.case), frame=case_frame(task.case), at=at)
    if stage := _stage_of(aftercare):
        stand_at(aftercare.household_ref, stage, by=by, at=at)
    _record(aftercare, aftercare.result, at)


def _stage_of(aftercare: AfterCare) -> str:
    if aftercare.result == AfterCareResult.LOST:
        return "lost"
    if aftercare.result == AfterCareResult.UNKNOWN:
        return ""
    return MARKS[AfterCareMark(aftercare.mark)][1]


@transaction.atomic
def take_back_aftercare(*, aftercare: AfterCare, reason: str, by: Actor, at: datetime) -> None:
    """Take back what was noted; the journey goes back with it. Raises NotAllowed, WrongState, BadInput."""
    from ..rules.placing import check_reason

    check_owns(by, aftercare.akte)
    check_can_write(by, aftercare)
    check_reason(reason)
    if not aftercare.noted_on:
        raise WrongState(_("Zu dieser Nachbetreuung ist noch nichts vermerkt."))
    later = AfterCare.objects.visible_to(by).filter(
        placement_ref=aftercare.placement_ref, due_on__gt=aftercare.due_on, noted_on__isnull=False
    )
    if later.exists():
        raise WrongState(_("Bitte nehmen Sie zuerst die spätere Nachbetreuung zurück."))
    _journey_back(aftercare, reason, by, at)
    aftercare.result, aftercare.noted_on = "", None
    aftercare.save(update_fields=["result", "noted_on"])
    task = aftercare.task
    if task and task.done_at:
        task.done_at = task.done_by = None
        task.save(update_fields=["done_at", "done_by"])
        record(case_facts.TASK_REOPENED, about=about_case(task.case), frame=case_frame(task.case), at=at)
    _record(aftercare, "open", at)


def _journey_back(aftercare: AfterCare, reason: str, by: Actor, at: datetime) -> None:
    """Back to the latest stage that an earlier note still confirms, else to moving in."""
    journey = journey_of(aftercare.household_ref, by=by)
    if journey is None or journey.stage != _stage_of(aftercare):
        return
    earlier = AfterCare.objects.visible_to(by).filter(
        placement_ref=aftercare.placement_ref, due_on__lt=aftercare.due_on, noted_on__isnull=False
    )
    confirmed = [_stage_of(row) for row in earlier.order_by("due_on") if _stage_of(row)]
    stand_at(aftercare.household_ref, confirmed[-1] if confirmed else "moved_in", by=by, at=at, reason=reason)


def _record(aftercare: AfterCare, result: str, at: datetime) -> None:
    case = aftercare.task.case if aftercare.task else advising_case(aftercare.household_ref)
    if not isinstance(case, Case):
        return
    record(
        facts.AFTERCARE_NOTED,
        about=about_case(case),
        frame=case_frame(case),
        at=at,
        dimensions={"mark": aftercare.mark, "result": result},
    )
