"""Whoever takes part in an appointment is invited by mail, or not; `appointments.inviting` says who that is."""

from datetime import datetime

from django.db import transaction

from wurzelwerk.cases.models import Appointment
from wurzelwerk.outbox import actions as outbox
from wurzelwerk.trust.actor import Actor

from ..rules import check_changeable


@transaction.atomic
def set_inviting(*, appointment: Appointment, on: bool, by: Actor, at: datetime) -> None:
    """Invite by mail from now on, and tell of every change; or no more. Raises NotAllowed, WrongState."""
    check_changeable(by, appointment)
    outbox.set_inviting(akte=appointment.akte, subject=appointment.pk, on=on, by=by, at=at)
