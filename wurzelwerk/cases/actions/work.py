"""The daily work: tasks, appointments."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..enums import AppointmentState
from ..ledger import about_case, case_frame
from ..models import Appointment, Case, Notice, Task
from ..rules import (
    check_appointment_planned,
    check_appointment_times,
    check_can_work,
    check_task_open,
)


@transaction.atomic
def set_task(
    *, case: Case, title: str, due_on: date, by: Actor, at: datetime, assignee: User | None = None, origin: str = ""
) -> Task:
    """Set a task; without an assignee it is the actor's own. Raises NotAllowed, WrongState, BadInput."""
    if not title.strip():
        raise BadInput(_("Bitte schreiben Sie die Aufgabe auf."), field="title")
    task = Task(akte=case.akte, case=case, title=title.strip(), due_on=due_on, origin=origin, made_at=at)
    task.assignee_id = assignee.pk if assignee else by.user_id
    check_can_work(by, case, task)
    task.save()
    record(facts.TASK_SET, about=about_case(case), frame=case_frame(case), at=at)
    return task


@transaction.atomic
def complete_task(*, task: Task, by: Actor, at: datetime, outcome: str = "") -> None:
    """Mark a task as done. Raises NotAllowed, WrongState."""
    check_can_work(by, task.case, task)
    check_task_open(task)
    task.done_at, task.done_by_id, task.outcome = at, by.user_id, outcome
    task.save(update_fields=["done_at", "done_by", "outcome"])
    record(facts.TASK_DONE, about=about_case(task.case), frame=case_frame(task.case), at=at)


@transaction.atomic
def reopen_task(*, task: Task, by: Actor, at: datetime) -> None:
    """Take back that a task is done or cancelled. Raises NotAllowed, WrongState."""
    check_can_work(by, task.case, task)
    if not (task.done_at or task.cancelled_at):
        raise WrongState(_("Diese Aufgabe ist offen."))
    task.done_at = task.done_by = task.cancelled_at = None
    task.save(update_fields=["done_at", "done_by", "cancelled_at"])
    record(facts.TASK_REOPENED, about=about_case(task.case), frame=case_frame(task.case), at=at)


@transaction.atomic
def cancel_task(*, task: Task, by: Actor, at: datetime) -> None:
    """Strike a task that is not needed any more. Raises NotAllowed, WrongState."""
    check_can_work(by, task.case, task)
    check_task_open(task)
    task.cancelled_at = at
    task.save(update_fields=["cancelled_at"])
    record(facts.TASK_CANCELLED, about=about_case(task.case), frame=case_frame(task.case), at=at)


@transaction.atomic
def make_appointment(
    *,
    case: Case,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    at: datetime,
    place: str = "",
    host: User | None = None,
) -> Appointment:
    """Make an appointment. Raises NotAllowed, WrongState, BadInput."""
    check_appointment_times(starts_at, ends_at)
    appointment = Appointment(akte=case.akte, case=case, kind=kind, starts_at=starts_at, ends_at=ends_at, place=place)
    appointment.host_id = host.pk if host else by.user_id
    check_can_work(by, case, appointment)
    appointment.save()
    record(facts.APPOINTMENT_MADE, about=about_case(case), frame=case_frame(case), at=at)
    return appointment


@transaction.atomic
def close_appointment(*, appointment: Appointment, state: str, by: Actor, at: datetime) -> None:
    """Record what became of an appointment. Raises NotAllowed, WrongState."""
    check_can_work(by, appointment.case, appointment)
    check_appointment_planned(appointment, state=state, at=at)
    appointment.state = AppointmentState(state)
    appointment.save(update_fields=["state"])
    _record_appointment(appointment, at)


@transaction.atomic
def reopen_appointment(*, appointment: Appointment, by: Actor, at: datetime) -> None:
    """Take back what was recorded of an appointment. Raises NotAllowed, WrongState."""
    check_can_work(by, appointment.case, appointment)
    if appointment.state == AppointmentState.PLANNED:
        raise WrongState(_("Zu diesem Termin ist noch nichts vermerkt."))
    appointment.state = AppointmentState.PLANNED
    appointment.save(update_fields=["state"])
    _record_appointment(appointment, at)


@transaction.atomic
def read_notice(*, notice: Notice, by: Actor, at: datetime) -> None:
    """Mark a notice as read. Raises WrongState where it is somebody else's or read already."""
    if notice.recipient_id != by.user_id or notice.read_at:
        raise WrongState(_("Dieser Hinweis ist schon gelesen."))
    notice.read_at = at
    notice.save(update_fields=["read_at"])
    record(facts.NOTICE_READ, about=[], frame=case_frame(notice.case), at=at)


def _record_appointment(appointment: Appointment, at: datetime) -> None:
    record(
        facts.APPOINTMENT_CLOSED,
        about=about_case(appointment.case),
        frame=case_frame(appointment.case),
        at=at,
        dimensions={"state": appointment.state},
    )
