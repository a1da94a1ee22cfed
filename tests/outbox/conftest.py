"""A message to somebody of a household, and what went out."""

from datetime import timedelta

import pytest

from wurzelwerk.cases.models import Person
from wurzelwerk.outbox.actions import Letter, queue_message
from wurzelwerk.outbox.models import Message

from . import ways

TEXT = "Sie haben einen Termin am Donnerstag, 12. März 2026 um 10:00 Uhr in der Anlaufstelle Nordstadt."


@pytest.fixture
def went_out():
    """What the way out of the tests was given; empty at first."""
    ways.kept.clear()
    ways.answers.clear()
    yield ways.kept
    ways.answers.clear()


@pytest.fixture
def case(open_household):
    return open_household()


@pytest.fixture
def person(case) -> Person:
    """Samira of the family of five."""
    return Person.objects.for_system(reason="test").get(akte=case.akte, given_name="Samira")


@pytest.fixture
def queue(case, person, actor, now):
    """Queue a message to Samira."""

    def queue_it(channel: str = "mail", **options) -> Message:
        address = {"mail": "samira@example.org", "sms": "+4915112345678"}[channel]
        letter = Letter(channel, address, TEXT, title="Ihr Termin" if channel == "mail" else "", person=person.pk)
        values = {"cause": "probe", "until": now + timedelta(days=2), "by": actor("amira"), "at": now}
        return queue_message(akte=case.akte, letter=letter, **(values | options))

    return queue_it


@pytest.fixture
def again(now):
    """Read a message anew."""
    return lambda message: Message.objects.for_system(reason="test").get(pk=message.pk)
