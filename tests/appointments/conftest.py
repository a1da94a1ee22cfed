"""What the tests of the calendar share: a room, a household's case, an appointment in the making, a browser."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client

from wurzelwerk.appointments import actions as calendar
from wurzelwerk.appointments.actions import Meeting, PlaceData
from wurzelwerk.base.fields import joined
from wurzelwerk.cases.models import Household
from wurzelwerk.network.models import Site

WEDNESDAY = date(2026, 3, 11)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in the city."""
    return joined(day, time(hour, minute))


@pytest.fixture
def case(open_household):
    """Amira's case of the family of five."""
    return open_household()


@pytest.fixture
def household(case, actor) -> Household:
    """The family of five."""
    return Household.objects.visible_to(actor("amira")).get(akte=case.akte)


@pytest.fixture
def room(actor, now):
    """A room of the Nordstadt site."""
    site = Site.objects.get(code="stadt-nord")
    return calendar.add_place(site=site, data=PlaceData("Raum 1", seats=6, step_free="yes"), by=actor("elif"), at=now)


@pytest.fixture
def meeting(user):
    """Return what is agreed about an appointment: Wednesday at ten with Amira, if nothing else is said."""

    def make(start: datetime | None = None, minutes: int = 45, host: str = "amira", **more) -> Meeting:
        starts = start or at(WEDNESDAY, 10)
        return Meeting("counselling", starts, starts + timedelta(minutes=minutes), user(host), **more)

    return make


@pytest.fixture
def booked(case, meeting, actor, now):
    """Book an appointment for the family; by default in no room."""

    def book(double: bool = False, invites: bool = False, **more):
        agreed = meeting(**more)
        return calendar.book(case=case, meeting=agreed, by=actor("amira"), at=now, double=double, invites=invites)

    return book


@pytest.fixture
def browser(user, now):
    """Return a logged-in client for a login of the cast."""

    def open_it(login: str = "amira") -> Client:
        client = Client()
        client.force_login(user(login))
        return client

    return open_it
