"""Person first, then state: what stands against a write on a case."""

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.rules import check_can_write, check_permission

from .enums import AppointmentState, ReferralState, StepState
from .models import Appointment, Case, Household, Person, Referral, Step, Task


def check_can_open_case(actor: Actor) -> None:
    """Raise NotAllowed for somebody who opens no cases."""
    check_permission(actor, "case.open")


def check_can_work(actor: Actor, case: Case, thing: GuardedModel) -> None:
    """Raise where the actor may not write this, or the case is closed."""
    check_can_write(actor, thing)
    if case.closed_on:
        raise WrongState(_("Der Fall ist abgeschlossen. Öffnen Sie ihn wieder, um etwas einzutragen."))


def check_day_not_future(day: date, *, at: datetime, field: str) -> None:
    """Raise BadInput where something that happened would lie in the future."""
    if day > local_day(at):
        raise BadInput(_("Dieser Tag liegt in der Zukunft."), field=field)


def check_step_open(step: Step) -> None:
    """Raise WrongState where a step is closed already."""
    if step.state != StepState.OPEN:
        raise WrongState(_("Dieser Schritt ist schon abgeschlossen."))


def check_task_open(task: Task) -> None:
    """Raise WrongState where a task is done or cancelled already."""
    if task.done_at or task.cancelled_at:
        raise WrongState(_("Diese Aufgabe ist schon abgeschlossen."))


def check_appointment_times(starts_at: datetime, ends_at: datetime) -> None:
    """Raise BadInput where an appointment would end before it begins."""
    if ends_at <= starts_at:
        raise BadInput(_("Das Ende liegt nicht nach dem Beginn."), field="ends_at")


def check_appointment_planned(appointment: Appointment, *, state: str, at: datetime) -> None:
    """Raise where an appointment is closed already, or would be kept before it takes place."""
    if appointment.state != AppointmentState.PLANNED:
        raise WrongState(_("Zu diesem Termin ist schon etwas vermerkt."))
    if state in {AppointmentState.KEPT, AppointmentState.MISSED} and appointment.starts_at > at:
        raise WrongState(_("Der Termin hat noch nicht stattgefunden."))


def check_referral_waits(referral: Referral) -> None:
    """Raise WrongState where a referral has been answered or withdrawn."""
    if referral.state != ReferralState.SENT:
        raise WrongState(_("Diese Überweisung wartet nicht mehr auf eine Antwort."))


def check_names_nobody(message: str, household: Household) -> None:
    """Raise BadInput where a message that is read before the answer calls a member of the household by name."""
    said = set(re.findall(r"\w{3,}", message.casefold()))
    members = Person.objects.for_system(reason="whose names a message must not call").filter(
        memberships__household=household
    )
    names = {part for person in members for part in re.findall(r"\w{3,}", person.name.casefold())}
    if said & names:
        raise BadInput(
            _("Die Nachricht nennt einen Namen. Bis zur Annahme darf sie niemanden nennen."), field="message"
        )


def check_can_answer(actor: Actor, referral: Referral) -> None:
    """Raise NotAllowed unless the actor answers referrals at the receiving organisation."""
    check_permission(actor, "referral.answer")
    if not actor.works_for([referral.receiver_id]):
        raise NotAllowed(_("Diese Überweisung richtet sich an eine andere Stelle."))


def check_referral_stands(referral: Referral) -> None:
    """Raise WrongState where there is nothing left to end."""
    if referral.state not in {ReferralState.SENT, ReferralState.ACCEPTED}:
        raise WrongState(_("Diese Überweisung ist schon beendet."))
