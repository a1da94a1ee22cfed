"""Where an appointment is, as it may leave the house: a room or an office. Free words may name a shelter or a home."""

from collections.abc import Iterable
from uuid import UUID

from wurzelwerk.cases.models import Appointment
from wurzelwerk.network.models import Site

from .models import Booking


def places_to_tell(rows: Iterable[Appointment]) -> dict[UUID, str]:
    """Return appointment -> the room or office that messages, links and calendars may name (at most two queries).

    Empty where the place is in words of one's own, or there is none: then outside is said "as agreed".
    """
    listed = list(rows)
    bookings = Booking.objects.for_system(reason="in which room an appointment is").filter(place__isnull=False)
    booked = bookings.among(appointment_id=[row.pk for row in listed]).values_list(
        "appointment_id", "place__name", "place__site__name"
    )
    found = {pk: f"{room}, {site}" for pk, room, site in booked}
    words = {row.place for row in listed if row.pk not in found and row.place}
    offices = set(Site.objects.filter(name__in=words).values_list("name", flat=True)) if words else set()
    return {row.pk: found.get(row.pk) or (row.place if row.place in offices else "") for row in listed}


def place_to_tell(row: Appointment) -> str:
    """Return the same of one appointment."""
    return places_to_tell([row])[row.pk]
