"""Appointments as iCalendar (RFC 5545): one to download, an invitation, its cancellation, a whole calendar.

Nothing here names a household, a person of it or what the appointment is about, unless `summary` says so: a calendar
lies on telephones and servers of others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment

from .models import Booking

PRODUCT = "-//Wurzelwerk//Kalender//DE"
DOMAIN = "wurzelwerk"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True)
class Invited:
    """Somebody who takes part, by mail address and name."""

    email: str
    name: str


def neutral(kind_label: str = "") -> str:
    """What an appointment is called where no name may stand."""
    return kind_label or _("Termin")


def event(
    *, pk: UUID, starts_at: datetime, ends_at: datetime, summary: str, place: str, sequence: int, at: datetime,
    cancelled: bool = False,
) -> Event:  # fmt: skip
    """Return an event; times in UTC, so that no change of the clocks moves it."""
    found = Event()
    found.add("uid", f"{pk}@{DOMAIN}")
    found.add("dtstamp", at.astimezone(UTC))
    found.add("dtstart", starts_at.astimezone(UTC))
    found.add("dtend", ends_at.astimezone(UTC))
    found.add("summary", summary)
    found.add("sequence", sequence)
    found.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if place:
        found.add("location", place)
    return found


def calendar(events: Iterable[Event], *, method: str = PUBLISH, name: str = "") -> bytes:
    """Return a calendar as a file holds it."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", method)
    if name:
        found.add("x-wr-calname", name)
    for one in events:
        found.add_component(one)
    return found.to_ical()


def event_of(
    row: Appointment, booking: Booking | None, *, at: datetime, summary: str = "", sequence: int | None = None
) -> Event:
    """Return an appointment as an event; without a `summary` it is called "Termin"."""
    return event(
        pk=row.pk, starts_at=row.starts_at, ends_at=row.ends_at, summary=summary or neutral(), place=row.place,
        sequence=sequence if sequence is not None else (booking.sequence if booking else 0), at=at,
        cancelled=row.state == AppointmentState.CANCELLED,
    )  # fmt: skip


def calendar_file(row: Appointment, booking: Booking | None, *, at: datetime) -> bytes:
    """Return one appointment to take into one's own calendar."""
    return calendar([event_of(row, booking, at=at)])


def invitation(
    row: Appointment, booking: Booking | None, *, organiser: Invited, invited: Iterable[Invited], at: datetime
) -> bytes:
    """Return what a mail brings along so that the reader's calendar takes the appointment in, moves or strikes it.

    A cancelled appointment gives METHOD:CANCEL, any other METHOD:REQUEST; UID stays and SEQUENCE grows with each
    change, so that a calendar knows which of two mails is the newer.
    """
    found = event_of(row, booking, at=at)
    found.add("organizer", _address(organiser))
    for one in invited:
        address = _address(one)
        address.params["ROLE"] = vText("REQ-PARTICIPANT")
        address.params["RSVP"] = vText("FALSE")
        found.add("attendee", address, encode=0)
    method = CANCEL if row.state == AppointmentState.CANCELLED else REQUEST
    return calendar([found], method=method)


def _address(one: Invited) -> vCalAddress:
    found = vCalAddress(f"MAILTO:{one.email}")
    found.params["CN"] = vText(one.name)
    return found
