"""The next free times for an appointment, spread over the days, each with a room where the kind needs one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wurzelwerk.base import formats
from wurzelwerk.base.clock import local_day
from wurzelwerk.network.models import User

from .busy import places_taken
from .calendar_rules import rule
from .kinds import kind_of
from .models import Place
from .slots import Slot, free_slots
from .spans import Span

MOST, MOST_A_DAY = 9, 3
APART = timedelta(minutes=45)


@dataclass(frozen=True)
class Proposal:
    """A free time as a page offers it. `key`: what its button sends."""

    slot: Slot
    host: User
    room: Place | None

    @property
    def key(self) -> str:
        """Time, colleague and room, to be read by `chosen`."""
        return "|".join((self.slot.starts_at.isoformat(), str(self.host.pk), str(self.room.pk) if self.room else ""))

    @property
    def label(self) -> str:
        """The time in words."""
        at = formats.local(self.slot.starts_at)
        return f"{formats.WEEKDAYS[at.weekday()][:2]}., {at:%d.%m.}, {formats.clock(at)}"


def chosen(key: str) -> dict[str, str]:
    """Read a proposal's key into the fields of the form. Returns nothing for what is none."""
    try:
        moment, host, room = key.split("|")
        at = formats.local(datetime.fromisoformat(moment))
    except (ValueError, OverflowError):
        return {}
    return {"day": f"{at:%d.%m.%Y}", "time": f"{at:%H:%M}", "host": host, **({"room": room} if room else {})}


def propose(
    kind: str, hosts: Sequence[User], *, room: Place | None, rooms: Iterable[Place], at: datetime, minutes: int | None
) -> list[Proposal]:
    """Return the next free times, at most some a day and not close together; without a room where one is needed
    and none was chosen, with the first that is free."""
    until = at + timedelta(days=rule("ahead", on=local_day(at)))
    people = {user.pk: user for user in hosts}
    spread = _spread(free_slots(kind, hosts, room, at, until, minutes=minutes))
    listed = list(rooms) if kind_of(kind).needs_room and room is None else []
    if not listed:
        return [Proposal(slot, people[slot.host_id], room) for slot in spread][:MOST]
    taken = places_taken([one.pk for one in listed], Span(at, until))
    found = []
    for slot in spread:
        span = Span(slot.starts_at, slot.ends_at)
        free = next((one for one in listed if not any(span.meets(busy) for busy in taken[one.pk])), None)
        if free:
            found.append(Proposal(slot, people[slot.host_id], free))
    return found[:MOST]


def _spread(slots: Iterable[Slot]) -> list[Slot]:
    found: list[Slot] = []
    by_day: Counter = Counter()
    for slot in slots:
        day = local_day(slot.starts_at)
        if by_day[day] < MOST_A_DAY and (not found or slot.starts_at - found[-1].starts_at >= APART):
            found.append(slot)
            by_day[day] += 1
    return found
