"""Appointments as iCalendar: one to download, one of a subscribed calendar.

Nothing here names a household, a person of it or what the appointment is about, unless `summary` says so.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from icalendar import Event

from wurzelwerk.base.ical import calendar, event
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment

from .models import Booking
from .whereabouts import place_to_tell


def event_of(
    row: Appointment,
    booking: Booking | None,
    *,
    at: datetime,
    place: str,
    summary: str = "",
    sequence: int | None = None,
) -> Event:
    """Return an appointment as an event; without a `summary` it is called "Termin"."""
    return event(
        pk=row.pk, starts_at=row.starts_at, ends_at=row.ends_at, summary=summary or _("Termin"), place=place,
        sequence=sequence if sequence is not None else (booking.sequence if booking else 0), at=at,
        cancelled=row.state == AppointmentState.CANCELLED,
    )  # fmt: skip


def calendar_file(row: Appointment, booking: Booking | None, *, at: datetime) -> bytes:
    """Return one appointment to take into one's own calendar."""
    return calendar([event_of(row, booking, at=at, place=place_to_tell(row) or as_agreed(row))])


def as_agreed(row: Appointment) -> str:
    """What is said outside of a place that is in words of one's own; empty where there is none."""
    return _("Ort wie vereinbart") if row.place else ""
