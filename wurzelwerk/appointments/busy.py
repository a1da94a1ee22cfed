"""When colleagues and rooms are taken: times without a word of what for."""

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.fields import joined
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment

from .absences import away
from .kinds import kind_of
from .models import HeldTime, OwnTime, Place
from .spans import GRID, Span
from .weekly import conferences_within, weekly_within

REASON = "when somebody is taken, without a word of what for"
Taken = dict[UUID, list[Span]]


def hosts_taken(
    user_ids: Collection[UUID], span: Span, *, buffers: bool = False, leave: Collection[UUID] = ()
) -> Taken:
    """Return colleague -> stretches in which they are taken (five queries).

    `buffers`: with the time that a kind keeps free behind it. `leave`: appointments and own times that do not count.
    """
    found: Taken = {pk: [] for pk in user_ids}
    reach = timedelta(days=1)
    rows = Appointment.objects.for_system(reason=REASON).filter(
        host_id__in=list(found), state=AppointmentState.PLANNED, starts_at__lt=span.ends_at,
        starts_at__gt=span.starts_at - reach, ends_at__gt=span.starts_at - (reach if buffers else timedelta()),
    )  # fmt: skip
    for host, kind, starts, ends in (
        rows.exclude(pk__in=list(leave)).order_by().values_list("host_id", "kind", "starts_at", "ends_at")
    ):
        behind = timedelta(minutes=kind_of(kind).buffer) if buffers else timedelta()
        found[host].append(Span(starts, ends + behind))
    own = OwnTime.objects.filter(
        people__in=list(found), cancelled_at__isnull=True, starts_at__lt=span.ends_at, ends_at__gt=span.starts_at
    ).exclude(pk__in=list(leave))
    for user, starts, ends in own.order_by().values_list("people", "starts_at", "ends_at"):
        found[user].append(Span(starts, ends))
    conferences = conferences_within(found, span, reason=REASON).exclude(conference_id__in=list(leave))
    for user, starts, ends in conferences.values_list("user_id", "conference__starts_at", "conference__ends_at"):
        found[user].append(Span(starts, ends))
    for row, one in weekly_within(found, span):
        found[row.user_id].append(one)
    for user, days in away(list(found), first=local_day(span.starts_at), last=local_day(span.ends_at)).items():
        found[user] += [Span(joined(first, time(0)), joined(last + timedelta(days=1), time(0))) for first, last in days]
    return {pk: sorted(one for one in taken if one.meets(span)) for pk, taken in found.items()}


def places_taken(
    place_ids: Collection[UUID], span: Span, *, booking: UUID | None = None, own_time: UUID | None = None
) -> Taken:
    """Return room -> stretches in which it is held (one query); what `booking` or `own_time` hold does not count."""
    rows = HeldTime.objects.filter(
        place_id__in=list(place_ids), begins_at__lt=span.ends_at, begins_at__gt=span.starts_at - GRID
    )
    if booking:
        rows = rows.exclude(booking_id=booking)
    if own_time:
        rows = rows.exclude(own_time_id=own_time)
    moments: dict[UUID, list[datetime]] = {pk: [] for pk in place_ids}
    for place, begins in rows.order_by("begins_at").values_list("place_id", "begins_at"):
        moments[place].append(begins)
    return {pk: _together(begins) for pk, begins in moments.items()}


def _together(begins: Iterable[datetime]) -> list[Span]:
    found: list[Span] = []
    for at in begins:
        if found and found[-1].ends_at == at:
            found[-1] = Span(found[-1].starts_at, at + GRID)
        else:
            found.append(Span(at, at + GRID))
    return found


def free_places(places: Iterable[Place], span: Span) -> list[Place]:
    """Return the rooms of which nobody holds any part of a stretch, in their order (one query)."""
    listed = list(places)
    taken = places_taken([place.pk for place in listed], span)
    return [place for place in listed if not taken[place.pk]]
