"""Free times for an appointment: within the hours of a colleague, where neither they nor the room are taken.

    free_slots("counselling", hosts=[amira], place=room, from_=now, until=now + timedelta(days=14))

Proposals keep to hours, holidays, absences, open consultation hours and the time that a kind keeps free behind it. What
somebody enters by hand need not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.fields import joined
from wurzelwerk.network.models import Membership, User

from .busy import hosts_taken, places_taken
from .calendar_rules import rule
from .kinds import kind_of
from .models import Booking, Hours, Place
from .recurrence import holiday
from .spans import Span, steps, without

WEEKEND = 5


@dataclass(frozen=True, order=True)
class Slot:
    """A time at which a colleague, and the room if one was asked for, are free."""

    starts_at: datetime
    ends_at: datetime
    host_id: UUID
    place_id: UUID | None = None


def free_slots(
    kind: str,
    hosts: Iterable[User],
    place: Place | None,
    from_: datetime,
    until: datetime,
    *,
    minutes: int | None = None,
    leave: Iterable[UUID] = (),
) -> list[Slot]:
    """Return the free times of one kind from a moment to another, in order of time (six queries, whatever is asked).

    `hosts`: whom the appointment may be with; each free time names one of them. `minutes`: instead of the kind's own
    length. `leave`: an appointment that is to be moved; its own time counts as free.
    """
    chosen, whole = kind_of(kind), Span(from_, until)
    people = {user.pk for user in hosts}
    if not people or from_ >= until:
        return []
    left = list(leave)
    taken = hosts_taken(people, whole, buffers=True, leave=left)
    held = _held(place, whole, left)
    length = timedelta(minutes=minutes or chosen.minutes)
    behind = timedelta(minutes=chosen.buffer)
    step = timedelta(minutes=rule("step", on=local_day(from_)))
    hours = _Hours.read(people, whole)
    found = []
    for host in people:
        for window in hours.windows(host, whole):
            for free in without([window], taken[host]):
                rooms = without([free], held)
                found += [
                    Slot(one.starts_at, one.ends_at, host, place.pk if place else None)
                    for part in rooms
                    for one in steps(part, step=step, length=length)
                    if one.ends_at + behind <= free.ends_at or free.ends_at == window.ends_at
                ]
    return sorted(found, key=lambda slot: (slot.starts_at, str(slot.host_id)))


def _held(place: Place | None, whole: Span, leave: list[UUID]) -> list[Span]:
    if place is None:
        return []
    own = Booking.objects.for_system(reason="the room that the moved appointment holds itself")
    booking = own.filter(appointment_id__in=leave).values_list("pk", flat=True).first() if leave else None
    return places_taken([place.pk], whole, booking=booking)[place.pk]


@dataclass
class _Hours:
    """When colleagues can be met: their own hours, without the open hours of their sites."""

    own: dict[UUID, list[Hours]]
    open: dict[UUID, list[Hours]]

    @classmethod
    def read(cls, people: set[UUID], whole: Span) -> "_Hours":
        first = local_day(whole.starts_at)
        valid = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
        sites: dict[UUID, set[UUID]] = {}
        members = Membership.objects.filter(valid, user_id__in=people, site__isnull=False)
        for user, site in members.order_by().values_list("user_id", "site_id"):
            sites.setdefault(site, set()).add(user)
        own: dict[UUID, list[Hours]] = {}
        opened: dict[UUID, list[Hours]] = {}
        for row in Hours.objects.filter(Q(user_id__in=people) | Q(site_id__in=list(sites))):
            if row.user_id:
                own.setdefault(row.user_id, []).append(row)
            for user in sites.get(row.site_id, ()):
                opened.setdefault(user, []).append(row)
        return cls(own, opened)

    def windows(self, host: UUID, whole: Span) -> list[Span]:
        """Return when a colleague can be met, in order."""
        found: list[Span] = []
        for day in _days(whole):
            if holiday(day):
                continue
            opened = [
                _span(day, row.starts, row.ends) for row in self.open.get(host, []) if row.weekday == day.weekday()
            ]
            found += without(self._of_day(host, day), opened)
        return [
            Span(max(span.starts_at, whole.starts_at), min(span.ends_at, whole.ends_at))
            for span in found
            if span.meets(whole)
        ]

    def _of_day(self, host: UUID, day: date) -> list[Span]:
        if host in self.own:
            return [_span(day, row.starts, row.ends) for row in self.own[host] if row.weekday == day.weekday()]
        if day.weekday() >= WEEKEND:
            return []
        return [_span(day, time(rule("day_begins", on=day)), time(rule("day_ends", on=day)))]


def _span(day: date, starts: time, ends: time) -> Span:
    return Span(joined(day, starts), joined(day, ends))


def _days(whole: Span) -> Iterator[date]:
    day, last = local_day(whole.starts_at), local_day(whole.ends_at)
    while day <= last:
        yield day
        day += timedelta(days=1)
