"""What the tests of letters share: a browser of somebody of the cast, a household with a place and an appointment."""

from datetime import timedelta

import pytest
from django.test import Client

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Household
from wurzelwerk.letters.actions import LetterChoice, begin_letter
from wurzelwerk.letters.queries import correspondence


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """Filed letters lie in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def browser(user, now):
    """Return a logged-in client for a login of the cast."""

    def open_it(login: str = "amira") -> Client:
        client = Client()
        client.force_login(user(login))
        return client

    return open_it


@pytest.fixture
def case(open_household):
    """Amira's case of the family of five."""
    return open_household()


@pytest.fixture
def household(case, actor, now) -> Household:
    """The family of five, with a place to live and an appointment on Thursday at half past ten."""
    by = actor("amira")
    row = Household.objects.visible_to(by).get()
    cases.set_accommodation(
        household=row, kind="own_flat", street="Beispielweg 3", postcode="44145", city="Dortmund", by=by, at=now
    )
    start = now + timedelta(days=2, minutes=30)
    cases.make_appointment(
        case=case,
        kind="office",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        place="Anlaufstelle",
        by=by,
        at=now,
    )
    return row


@pytest.fixture
def begin(household, actor, now):
    """Begin a letter about one of the members (0: Samira)."""

    def begin_it(
        template: str = "invitation", target: str = "person", language: str = "ar", member: int = 0, body=None
    ):
        by = actor("amira")
        frame = correspondence(household.pk, actor=by, today=now.date())
        person = household.members.visible_to(by).select_related("person")[member].person
        choice = LetterChoice(template, target, language, body)
        return begin_letter(subject=frame.subject(person), choice=choice, by=by, at=now)

    return begin_it
