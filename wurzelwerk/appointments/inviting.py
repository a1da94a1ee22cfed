"""Who is invited to an appointment by mail: the colleague, and the interpreter who said yes; done every half minute."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.ical import Address
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment
from wurzelwerk.cases.queries import without_names
from wurzelwerk.outbox.inviting import Occasion, When, settle_all, subjects_on

from .enums import InterpreterState
from .models import Booking, InterpreterRequest

REASON = "who is invited to what, when and where"


def queue_invitations(at: datetime) -> int:
    """Queue what those who take part in appointments to come have to be told; return how many messages."""
    rows = Appointment.objects.for_system(reason=REASON).filter(pk__in=subjects_on(), ends_at__gt=at)
    return settle_all(occasions(rows.select_related("host", "akte__site", "akte__controller")), at=at)


def occasions(rows: Iterable[Appointment]) -> list[Occasion]:
    """Return appointments as what is told of them (at most four queries)."""
    listed = list(rows)
    guests: dict[UUID, list[Address]] = {row.pk: [Address(row.host.email, row.host.display_name)] for row in listed}
    coming = InterpreterRequest.objects.for_system(reason=REASON).among(appointment_id=list(guests))
    coming = coming.filter(state=InterpreterState.CONFIRMED).exclude(email="")
    for appointment, email, who in coming.values_list("appointment_id", "email", "who"):
        guests[appointment].append(Address(email, who))
    rooms = Booking.objects.for_system(reason=REASON).among(appointment_id=list(guests)).filter(place__isnull=False)
    in_rooms = set(rooms.values_list("appointment_id", flat=True))
    words = {row.pk: row.place for row in listed if row.pk not in in_rooms}
    places = without_names(words, {row.pk: row.akte_id for row in listed})
    return [_occasion(row, tuple(guests[row.pk]), places.get(row.pk, row.place)) for row in listed]


def _occasion(row: Appointment, guests: tuple[Address, ...], place: str) -> Occasion:
    office = row.akte.site or row.akte.controller
    when = When(row.starts_at, row.ends_at, place, cancelled=row.state == AppointmentState.CANCELLED)
    return Occasion(row.pk, when, guests, summary=_("Termin"), office=office.name, phone=office.phone)
