"""Who is invited to an appointment by mail: the colleague, and the interpreter who said yes; done every half minute."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.ical import Address
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment
from wurzelwerk.outbox.inviting import Occasion, When, settle_all, subjects_on

from .enums import InterpreterState
from .invitations import as_agreed
from .models import InterpreterRequest
from .whereabouts import places_to_tell

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
    places = places_to_tell(listed)
    return [_occasion(row, tuple(guests[row.pk]), places[row.pk] or as_agreed(row)) for row in listed]


def _occasion(row: Appointment, guests: tuple[Address, ...], place: str) -> Occasion:
    office = row.akte.site or row.akte.controller
    when = When(row.starts_at, row.ends_at, place, cancelled=row.state == AppointmentState.CANCELLED)
    return Occasion(row.pk, when, guests, summary=_("Termin"), office=office.name, phone=office.phone)
