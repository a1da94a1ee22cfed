"""Person first, then state: what stands against a reminder, an invitation, a time chosen by a link."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.appointments.kinds import kind_of
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment, Person
from wurzelwerk.outbox.rules import address_for, why_not

from .models import Invitation
from .reminded import agreed_of


def why_no_reminders(person: Person, channel: str) -> str:
    """Return why somebody cannot be reminded by a way, in a German sentence; empty where they can (one query)."""
    if not address_for(channel, email=person.email, phones=person.phones):
        return _("Dafür fehlt eine Mobilnummer.") if channel == "sms" else _("Dafür fehlt eine E-Mail-Adresse.")
    return why_not(person.pk, channel)


def check_can_be_reminded(person: Person, channel: str) -> None:
    """Raise NotAllowed where somebody asked for no messages, or cannot be reached by this way."""
    if reason := why_no_reminders(person, channel):
        raise NotAllowed(reason)


def check_invitation(invitation: Invitation, *, at: datetime) -> None:
    """Raise BadInput where nobody may book this themselves, or the last day is past."""
    if not kind_of(invitation.kind).outside:
        raise BadInput(_("Termine dieser Art lassen sich nicht von außen buchen."), field="kind")
    if invitation.until < local_day(at):
        raise BadInput(_("Dieser Tag ist schon vorbei."), field="until")


def check_can_be_chosen(appointment: Appointment, persons: Collection[UUID]) -> None:
    """Raise BadInput where somebody did not agree to be reminded, or belongs to the household no more."""
    agreed = {row.person_id for row in agreed_of(appointment.akte_id)}
    if not set(persons) <= agreed:
        raise BadInput(_("Eine der Personen wird nicht (mehr) erinnert. Bitte wählen Sie neu."), field="who")


def check_to_come(appointment: Appointment, *, at: datetime) -> None:
    """Raise WrongState where an appointment is over, cancelled or marked."""
    if appointment.state != AppointmentState.PLANNED or appointment.starts_at <= at:
        raise WrongState(_("An diesem Termin lässt sich nichts mehr ändern."))
