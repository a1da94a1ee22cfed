"""What every test may use: the cast of the demo city, a pinned clock, a household of five."""

from datetime import UTC, date, datetime

import pytest

from wurzelwerk.base import clock
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cli.demo.cast import raise_network
from wurzelwerk.network.models import Organisation, Programme, User
from wurzelwerk.trust.actions import open_akte
from wurzelwerk.trust.actor import Actor

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """Tuesday, 10 March 2026, ten o'clock in Dortmund."""
    with clock.frozen(NOW):
        yield NOW


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The invented network stands in every test database from the start."""
    with django_db_blocker.unblock():
        raise_network()


@pytest.fixture
def city(db, now) -> None:
    """The invented network: four controllers, three sites, twelve people."""
    if not Organisation.objects.exists():  # a test with real transactions emptied the database
        raise_network()


@pytest.fixture
def user(city):
    """Return a person of the cast by login."""
    return lambda login: User.objects.get(username=login)


@pytest.fixture
def actor(user):
    """Return the actor for a login of the cast."""
    return lambda login: Actor.of(user(login))


def family_of_five() -> list[MemberData]:
    """Two adults and three children, one Bedarfsgemeinschaft."""
    return [
        MemberData("Samira", "Al-Khatib", date(1990, 5, 4), "self", phone="0231 000111", benefit_unit=1,
                   languages=("ar", "de"), needs_interpreter=True),
        MemberData("Yusuf", "Al-Khatib", date(1988, 1, 1), "partner", benefit_unit=1, languages=("ar",)),
        MemberData("Lina", "Al-Khatib", date(2014, 9, 30), "child", benefit_unit=1),
        MemberData("Omar", "Al-Khatib", date(2017, 2, 28), "child", benefit_unit=1),
        MemberData("Nour", "Al-Khatib", date(2023, 12, 24), "child", benefit_unit=1),
    ]  # fmt: skip


@pytest.fixture
def open_household(actor, now):
    """Open an Akte, a household and a counselling case; returns the case."""

    def open_it(login: str = "amira", members: list[MemberData] | None = None, **options):
        by = actor(login)
        organisation = Organisation.objects.get(pk=by.home.organisation_id)
        site = organisation.sites.filter(pk=by.home.site_id).first()
        akte = open_akte(controller=organisation, site=site, subject="household", by=by, at=now)
        household = cases.form_household(akte=akte, members=members or family_of_five(), by=by, at=now)
        return cases.open_case(akte=akte, service="counselling", household=household, by=by, at=now, **options)

    return open_it


@pytest.fixture
def programme(city) -> Programme:
    """The funded project of the housing work."""
    return Programme.objects.get(code="wurzeln-schlagen")
