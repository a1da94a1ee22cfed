"""What a link's page reads: the times to choose from, and what the person is told of an appointment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from babel.dates import format_date, format_time
from django.utils import timezone

from wurzelwerk.appointments.models import Booking, Place
from wurzelwerk.appointments.slots import Slot, free_slots
from wurzelwerk.base.clock import local_day
from wurzelwerk.cases.models import Appointment, HouseholdMember, PersonLanguage
from wurzelwerk.network.models import User

from . import reminder_rules
from .models import Invitation
from .texts_of import FRAME

DAYS_SHOWN = 8
TIMES_A_DAY = 8
GERMAN = "de"


@dataclass(frozen=True)
class DayOfTimes:
    """A day with the times to choose from: `day` written out; each time as (value of the form, how it is written)."""

    day: str
    times: list[tuple[str, str]]


def places_of(appointment: Appointment) -> Place | None:
    """Return the room in which an appointment is."""
    rows = Booking.objects.for_system(reason="where an appointment is that was opened by its link")
    booking = rows.filter(appointment=appointment).select_related("place__site").first()
    return booking.place if booking else None


def times_to_move(appointment: Appointment, *, at: datetime) -> list[Slot]:
    """Return the times to which an appointment can be put by a link."""
    today = local_day(at)
    from_, until = at + reminder_rules.hours("notice", on=today), at + reminder_rules.days("ahead", on=today)
    minutes = int((appointment.ends_at - appointment.starts_at).total_seconds() // 60)
    found = free_slots(appointment.kind, [appointment.host], places_of(appointment), from_, until, minutes=minutes,
                       leave=[appointment.pk])  # fmt: skip
    return [slot for slot in found if slot.starts_at != appointment.starts_at]


def times_to_book(invitation: Invitation, *, at: datetime) -> list[Slot]:
    """Return the times that an invitation offers."""
    today = local_day(at)
    from_, until = at + reminder_rules.hours("notice", on=today), at + reminder_rules.days("ahead", on=today)
    found = free_slots(invitation.kind, [invitation.host], invitation.room, from_, until)
    return [slot for slot in found if local_day(slot.starts_at) <= invitation.until]


def spread(slots: Iterable[Slot], language: str) -> list[DayOfTimes]:
    """Return the first days with free times, of each some over the whole day."""
    days = [(day, list(found)) for day, found in groupby(slots, key=lambda slot: local_day(slot.starts_at))]
    return [
        DayOfTimes(day_in_words(found[0].starts_at, language), [_time(slot, language) for slot in _some(found)])
        for _day, found in days[:DAYS_SHOWN]
    ]


def _some(found: list[Slot]) -> list[Slot]:
    step = max(1, -(-len(found) // TIMES_A_DAY))
    return found[::step]


def _time(slot: Slot, language: str) -> tuple[str, str]:
    return slot.starts_at.isoformat(), clock_in_words(slot.starts_at, language)


def chosen(text: str, slots: Iterable[Slot]) -> Slot | None:
    """Return the free time that a form names; None where it is free no more, or never was."""
    return next((slot for slot in slots if slot.starts_at.isoformat() == text), None)


def day_in_words(when: datetime, language: str) -> str:
    """Write a day out in a language: `Donnerstag, 12. März 2026`."""
    return format_date(timezone.localtime(when).date(), format="full", locale=language)


def clock_in_words(when: datetime, language: str) -> str:
    """Write a time of day in 24 hours: `14:30`."""
    return format_time(timezone.localtime(when).time(), format="HH:mm", locale=language)


def language_of(person_id: UUID) -> str:
    """Return the language in which somebody is written to: the one that needs an interpreter first, German last."""
    rows = PersonLanguage.objects.for_system(reason="in which language somebody is written to")
    spoken = sorted(
        rows.filter(person_id=person_id).order_by(),
        key=lambda row: (not row.needs_interpreter, row.code == GERMAN, str(row.pk)),
    )
    codes = [{"prs": "fa"}.get(row.code, row.code) for row in spoken]
    return next((code for code in codes if code in FRAME.languages), GERMAN)


def lives_there(person_id: UUID, akte_id: UUID) -> bool:
    """Say whether somebody still belongs to the household of an Akte: who left is told nothing of it any more."""
    rows = HouseholdMember.objects.for_system(reason="whether somebody is still to be told")
    return rows.filter(person_id=person_id, akte_id=akte_id, left_on__isnull=True).exists()


def host_name(user: User) -> str:
    """Return how a colleague is named to people outside."""
    return user.display_name
