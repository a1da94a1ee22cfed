"""Tasks change: one by its form, many in one act that is taken back as one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..covers import follow_lead
from ..ledger import about_case, case_frame
from ..models import Task, WorkChange
from ..rules import check_can_work, check_colleague, check_task_open
from ..work_moving import begin_change, case_of, leads_in, put_back, remember, rows_of

LONGEST_MOVE = 366


@transaction.atomic
def change_task(
    *, task: Task, title: str, due_on: date, assignee: User | None, snoozed_until: date | None, by: Actor, at: datetime
) -> None:
    """Change what is to be done, until when and by whom, and when it rings again.

    Raises NotAllowed, WrongState, BadInput.
    """
    _check(task, by)
    if not title.strip():
        raise BadInput(_("Bitte schreiben Sie die Aufgabe auf."), field="title")
    if assignee and assignee.pk != task.assignee_id:
        check_colleague(assignee, task.case, on=local_day(at))
    task.title, task.due_on, task.snoozed_until = title.strip(), due_on, snoozed_until
    task.assignee_id = assignee.pk if assignee else None
    task.save(update_fields=["title", "due_on", "assignee", "snoozed_until"])
    _record([task], at)


@transaction.atomic
def move_tasks(*, tasks: Sequence[Task], days: int, by: Actor, at: datetime) -> WorkChange:
    """Move the day on which tasks are due. Raises NotAllowed, WrongState, BadInput; then nothing is moved."""
    if not 1 <= days <= LONGEST_MOVE:
        raise BadInput(_("Bitte 1 bis %(most)d Tage angeben.") % {"most": LONGEST_MOVE}, field="days")
    change = _begun(tasks, by, at)
    for task in tasks:
        remember(change, task, "due_on", max(task.due_on, local_day(at)) + timedelta(days=days))
        task.save(update_fields=["due_on"])
    _record(tasks, at)
    return change


@transaction.atomic
def set_tasks_aside(*, tasks: Sequence[Task], until: date, by: Actor, at: datetime) -> WorkChange:
    """Let tasks rest until a day; when they are due stays as it is. Raises NotAllowed, WrongState, BadInput."""
    if not local_day(at) < until <= local_day(at) + timedelta(days=LONGEST_MOVE):
        raise BadInput(_("Bitte wählen Sie einen Tag in der Zukunft, höchstens ein Jahr voraus."), field="until")
    change = _begun(tasks, by, at)
    for task in tasks:
        remember(change, task, "snoozed_until", until)
        task.save(update_fields=["snoozed_until"])
    _record(tasks, at)
    return change


@transaction.atomic
def hand_tasks(*, tasks: Sequence[Task], to: User, by: Actor, at: datetime) -> WorkChange:
    """Give tasks to a colleague. Raises NotAllowed, WrongState, BadInput."""
    change = _begun(tasks, by, at)
    for task in tasks:
        check_colleague(to, task.case, on=local_day(at), field="to")
        remember(change, task, "assignee_id", to.pk)
        task.save(update_fields=["assignee"])
    _record(tasks, at)
    return change


@transaction.atomic
def take_back_work(*, change: WorkChange, by: Actor, at: datetime) -> int:
    """Take back an act of one's own on many rows; what somebody changed since stays. Returns how many rows stayed.

    Raises NotAllowed, WrongState.
    """
    if change.made_by_id != by.user_id:
        raise NotAllowed(_("Zurücknehmen kann das nur, wer es getan hat."))
    if change.undone_at:
        raise WrongState(_("Das ist schon zurückgenommen."))
    for row in rows_of(change):
        check_can_work(by, case_of(row), row)
    people = leads_in(change)
    rows, others = put_back(change)
    follow_lead(*people, by=by, at=at)
    change.undone_at = at
    change.save(update_fields=["undone_at"])
    for case in {case.pk: case for case in map(case_of, rows)}.values():
        record(facts.WORK_MOVED_BACK, about=about_case(case), frame=case_frame(case), at=at)
    return others


def _begun(tasks: Sequence[Task], by: Actor, at: datetime) -> WorkChange:
    if not tasks:
        raise BadInput(_("Bitte wählen Sie mindestens eine Aufgabe aus."))
    for task in tasks:
        _check(task, by)
    return begin_change(user_id=by.user_id, at=at)


def _check(task: Task, by: Actor) -> None:
    check_can_work(by, task.case, task)
    check_task_open(task)


def _record(tasks: Sequence[Task], at: datetime) -> None:
    for case in {task.case_id: task.case for task in tasks}.values():
        record(facts.TASK_CHANGED, about=about_case(case), frame=case_frame(case), at=at)
