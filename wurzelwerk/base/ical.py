"""iCalendar (RFC 5545): an event, a calendar as a file, an invitation (RFC 5546).

Nothing here names anybody by itself: a calendar lies on telephones and servers of others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//Wurzelwerk//Kalender//DE"
DOMAIN = "wurzelwerk"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True)
class Address:
    """Somebody who invites or is invited, by mail address and name."""

    email: str
    name: str


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


def invitation(found: Event, *, organiser: Address, guest: Address, cancelled: bool) -> str:
    """Return what a mail brings along so that the reader's calendar takes an event in, moves or strikes it.

    UID stays and SEQUENCE grows with each change, so that a calendar knows which of two mails is the newer. Only the
    reader stands in it: who else comes is nobody's business but the inviter's.
    """
    found.add("organizer", _written(organiser))
    invited = _written(guest)
    invited.params["ROLE"] = vText("REQ-PARTICIPANT")
    invited.params["RSVP"] = vText("FALSE")
    found.add("attendee", invited, encode=0)
    return calendar([found], method=CANCEL if cancelled else REQUEST).decode()


def _written(one: Address) -> vCalAddress:
    found = vCalAddress(f"MAILTO:{one.email}")
    found.params["CN"] = vText(one.name)
    return found
