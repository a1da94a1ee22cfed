"""What the tests of drafts share: a browser of somebody of the cast, a household with a case, the script's request."""

import pytest
from django.test import Client
from django.urls import reverse

from wurzelwerk.cases.models import Household
from wurzelwerk.drafts.models import Draft


@pytest.fixture
def browser(user, now):
    """Return a logged-in client for a login of the cast."""

    def open_it(login: str = "amira", **options) -> Client:
        client = Client(**options)
        client.force_login(user(login))
        return client

    return open_it


@pytest.fixture
def case(open_household):
    """Amira's case of the family of five."""
    return open_household()


@pytest.fixture
def household(case, actor) -> Household:
    """The family of five."""
    return Household.objects.visible_to(actor("amira")).get()


@pytest.fixture
def note_page(household) -> str:
    """The address of the form of a journal entry."""
    return reverse("note_new", args=[household.pk])


@pytest.fixture
def types(user):
    """Send what the page's script sends some seconds after typing stops."""

    def send(client: Client, address: str, login: str = "amira", state: str = "", **fields):
        mark = f"{user(login).pk.hex}.{state}"
        return client.post(address, {**fields, "entwurf": "sichern", "entwurf-stand": mark})

    return send


@pytest.fixture
def drafts(db):
    """Return all drafts of the house, whoever wrote them."""
    return lambda: list(Draft.objects.for_system(reason="test").order_by("form"))
