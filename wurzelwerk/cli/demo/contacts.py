"""Who comes without a name in the story: at the desk, by telephone, in the street, and to the open hours."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import ContactGroup
from wurzelwerk.cases.models import ShortContact

from .advising import Client
from .texts import CONTACT_LINES
from .world import CITY, World

DAYS, RETURNING, LATEST = 120, 0.08, 20
TOPICS = ("housing", "authorities", "livelihood", "education", "work", "family", "health", "arrival", "other")
TOPIC_WEIGHTS = (30, 22, 18, 9, 7, 6, 4, 3, 1)
LANGUAGES = ("bg", "ro", "ar", "tr", "de", "uk", "fa", "kmr", "fr", "")
LANGUAGE_WEIGHTS = (22, 20, 15, 9, 9, 8, 4, 3, 2, 8)
CHANNELS, CHANNEL_WEIGHTS = ("desk", "phone", "street", "chat"), (55, 25, 15, 5)
HOURS, HOUR_WEIGHTS = (8, 9, 10, 11, 13, 14, 15, 16), (2, 5, 7, 5, 3, 5, 4, 2)
COUNSELLORS, COUNSELLOR_WEIGHTS = ("amira", "bernd", "elif", "carla", "daniel", "goran"), (6, 5, 2, 3, 3, 3)
OPEN_HOUR_DAY, OPEN_HOUR_ENDS = 2, time(12)


class Contacts:
    """Plans and records them; chance of its own, so that the rest of the story stays as it is."""

    def __init__(self, world: World, clients: dict[Any, Client], *, seed: int) -> None:
        self.world, self.clients, self.rng = world, clients, Random(seed)

    def plan(self) -> None:
        """Plan the last months: two or three contacts a working day, an open hour every Wednesday."""
        for back in range(DAYS):
            day = (self.world.until - timedelta(days=back)).date()
            if day.weekday() >= 5:
                continue
            for _ in range(self.rng.choice((2, 2, 3))):
                moment = time(self.rng.choices(HOURS, HOUR_WEIGHTS)[0], self.rng.randrange(0, 60, 5))
                self.world.plan(datetime.combine(day, moment, tzinfo=CITY), self.come)
            if day.weekday() == OPEN_HOUR_DAY:
                self.world.plan(datetime.combine(day, OPEN_HOUR_ENDS, tzinfo=CITY), self.open_hour)

    def come(self) -> None:
        """Somebody asks without giving a name."""
        rng, at = self.rng, self.world.at
        login = rng.choices(COUNSELLORS, COUNSELLOR_WEIGHTS)[0]
        by = self.world.actor(login)
        contact = cases.record_contact(
            topic=self._topic(),
            language=self._language(),
            minutes=rng.choice((5, 5, 10, 10, 15, 20)),
            channel=rng.choices(CHANNELS, CHANNEL_WEIGHTS)[0],
            occurred_at=at,
            line=rng.choice(CONTACT_LINES) if rng.random() < 0.35 else "",
            by=by,
            at=at,
        )
        if rng.random() < RETURNING:
            self.world.plan(at + timedelta(days=rng.randint(1, 6)), lambda: self.come_back(contact, login))

    def come_back(self, contact: ShortContact, login: str) -> None:
        """One of them is a household of the team by now, and says so."""
        of_team = [client.case for client in self.clients.values() if client.case.circle_id == contact.circle_id]
        if not of_team:
            return
        case = self.rng.choice(of_team[-LATEST:])
        case.refresh_from_db()
        if not case.closed_on:
            cases.link_contact(contact=contact, case=case, by=self.world.actor(login), at=self.world.at)

    def open_hour(self) -> None:
        """Two hours with an open door in the Nordstadt."""
        at, rng = self.world.at, self.rng
        groups = [
            ContactGroup(topic=self._topic(), language=self._language(), number=rng.randint(1, 3), minutes=10)
            for _ in range(rng.randint(3, 5))
        ]
        by = self.world.actor(rng.choice(("amira", "bernd")))
        cases.record_open_hour(starts_at=at - timedelta(hours=2), ends_at=at, groups=groups, by=by, at=at)

    def _topic(self) -> str:
        return self.rng.choices(TOPICS, TOPIC_WEIGHTS)[0]

    def _language(self) -> str:
        return self.rng.choices(LANGUAGES, LANGUAGE_WEIGHTS)[0]
