"""The demo city's time: a queue of things to happen, each done with the clock held at its moment."""

import heapq
from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from wurzelwerk.base import clock
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

CITY = ZoneInfo("Europe/Berlin")
MONTHS_OF_HISTORY = 18


class World:
    """What happens when, and who is there to do it.

    `rng` decides everything; `until` is the present: what lies behind it does not happen.
    """

    def __init__(self, *, seed: int, until: datetime) -> None:
        self.rng = Random(seed)
        self.until = until.astimezone(CITY)
        self.begin = self.until - timedelta(days=round(MONTHS_OF_HISTORY * 30.44))
        self.at = self.begin
        self.users = {user.username: user for user in User.objects.all()}
        self._actors: dict[str, Actor] = {}
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._number = count()

    def actor(self, login: str) -> Actor:
        """Return a person of the cast as they stand on the present day of the story."""
        if login not in self._actors:
            self._actors[login] = Actor.of(self.users[login], on=self.at.date())
        known = self._actors[login]  # memberships stay as they are; what was found for another day does not
        return Actor(
            user_id=known.user_id,
            name=known.name,
            on=self.at.date(),
            memberships=known.memberships,
            circles=known.circles,
            teams=known.teams,
        )

    def plan(self, when: datetime, happening: Callable[[], None]) -> None:
        """Let something happen at a moment, if it does not lie behind the present."""
        if self.begin <= when <= self.until:
            heapq.heappush(self._queue, (when, next(self._number), happening))

    def later(self, days: tuple[int, int], happening: Callable[[], None]) -> None:
        """Let something happen at an office hour, some working days from now (inclusive range)."""
        self.plan(self.office_hour(self.at + timedelta(days=self.rng.randint(*days))), happening)

    def office_hour(self, day: datetime) -> datetime:
        """Return a moment between 8 and 17 on that day or the next working day."""
        while day.weekday() >= 5:
            day += timedelta(days=1)
        moment = time(self.rng.randint(8, 16), self.rng.choice((0, 5, 10, 15, 20, 30, 40, 45, 50)))
        return datetime.combine(day.date(), moment, tzinfo=CITY)

    def run(self, *, progress: Callable[[float], None]) -> None:
        """Let everything happen in its order, a day a transaction; tells the share that is done."""
        span = (self.until - self.begin).total_seconds()
        while self._queue:
            day = self._queue[0][0].date()
            with transaction.atomic():
                while self._queue and self._queue[0][0].date() == day:
                    self.at, _, happening = heapq.heappop(self._queue)
                    with clock.frozen(self.at):
                        happening()
            progress((self.at - self.begin).total_seconds() / span)
