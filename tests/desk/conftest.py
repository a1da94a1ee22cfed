"""A browser without a screen, logged in as somebody of the cast."""

import pytest
from django.test import Client

from wurzelwerk.cases.models import Household


@pytest.fixture
def browser(user):
    """Return a client that is logged in as a person of the cast."""

    def log_in(login: str) -> Client:
        client = Client()
        client.force_login(user(login))
        return client

    return log_in


@pytest.fixture
def household(open_household):
    """The household of five in Amira's team."""
    case = open_household()
    return Household.objects.for_system(reason="test").get(akte=case.akte)
