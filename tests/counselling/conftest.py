"""What the tests of counselling share: a browser of somebody of the cast, a form filled in, a household."""

from datetime import date

import pytest

from wurzelwerk.cases.models import Household
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.models import Consent


@pytest.fixture
def browser(user, now, client_class):
    """Return a logged-in client for a login of the cast."""

    def open_it(login: str = "amira"):
        client = client_class()
        client.force_login(user(login))
        return client

    return open_it


@pytest.fixture
def client_class():
    """Django's test client."""
    from django.test import Client

    return Client


@pytest.fixture
def case(open_household):
    """Amira's case of the family of five."""
    return open_household()


@pytest.fixture
def household(case, actor) -> Household:
    """The family of five."""
    return Household.objects.visible_to(actor("amira")).get()


@pytest.fixture
def members(household, actor):
    """The family's members in order, with person."""
    rows = household.members.visible_to(actor("amira")).select_related("person")
    return list(rows)


@pytest.fixture
def ankerplatz(city) -> Organisation:
    """The housing enterprise."""
    return Organisation.objects.get(code="ankerplatz")


@pytest.fixture
def release(case, members, ankerplatz, actor, now):
    """Prepare the release of all five: the adults for themselves, Samira for the children."""

    def prepare() -> list[Consent]:
        by = actor("amira")
        return [
            trust.prepare_release(
                akte=case.akte,
                subject=member.person_id,
                by_custodian=members[0].person_id if member.relation == "child" else None,
                receiver=ankerplatz,
                purpose="housing",
                stages=["search", "viewing"],
                language="ar",
                valid_until=date(2027, 3, 10),
                by=by,
                at=now,
            )
            for member in members
        ]

    return prepare


def intake(**changes) -> dict:
    """Return what the browser sends for two people in transitional accommodation; `changes` on top."""
    person = {"relation": "self", "basis": "not_asked"}
    sent = {
        "person-zeilen": "0,1",
        "anliegen-zeilen": "0",
        "person-0-given_name": "Samira",
        "person-0-family_name": "Al-Khatib",
        "person-0-birth_date": "04.05.1990",
        "person-0-relation": person["relation"],
        "person-0-benefit_unit": "1",
        "person-0-language_1": "ar",
        "person-0-needs_interpreter": "on",
        "person-0-r-basis": "as_printed",
        "person-0-r-as_printed": "Aufenthaltserlaubnis § 25 Abs. 2 AufenthG",
        "person-0-r-code": "AE25.2",
        "person-0-r-valid_until": "1.6.2027",
        "person-1-given_name": "Lina",
        "person-1-birth_date": "30.9.2014",
        "person-1-relation": "child",
        "person-1-benefit_unit": "1",
        "person-1-r-basis": "eu",
        "kind": "transitional",
        "street": "Beispielweg 3",
        "postcode": "44145",
        "city": "Dortmund",
        "must_leave_by": "30.06.2026",
        "income_kinds": ["sgb2", "child_benefit"],
        "monthly_net": "1.234,50",
        "yearly_chargeable": "",
        "anliegen-0-kind": "housing",
        "anliegen-0-urgency": "1",
        "einmal": "ein-schluessel",
    }
    sent.update(changes)
    return {name: value for name, value in sent.items() if value is not None}
