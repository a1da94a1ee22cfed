"""A small city with history, made by the actions alone."""

from datetime import date, datetime

import pytest
from django.test import Client

from wurzelwerk.base import clock
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.network.models import Organisation, Programme
from wurzelwerk.pathways import actions as pathways
from wurzelwerk.trust.actions import open_akte

SINGLE = MemberData("Ida", "Geheimnis", date(1990, 5, 4), "self")
PAIR = [SINGLE, MemberData("Jan", "Geheimnis", date(1991, 5, 4), "partner")]


@pytest.fixture
def browser(user):
    """Return a client that is logged in as a person of the cast."""

    def log_in(login: str) -> Client:
        client = Client()
        client.force_login(user(login))
        return client

    return log_in


@pytest.fixture
def advise(actor):
    """Take a household of two in and advise it on a day (10 o'clock UTC); returns the case."""

    def it(login: str, day: str, *, programme: str = "", interpreter: bool = False):
        by, at = actor(login), datetime.fromisoformat(f"{day}T10:00:00+00:00")
        with clock.frozen(at):
            organisation = Organisation.objects.get(pk=by.home.organisation_id)
            site = organisation.sites.filter(pk=by.home.site_id).first()
            akte = open_akte(controller=organisation, site=site, subject="household", by=by, at=at)
            household = cases.form_household(akte=akte, members=PAIR, by=by, at=at)
            project = Programme.objects.get(code=programme) if programme else None
            case = cases.open_case(
                akte=akte, service="counselling", household=household, programme=project, by=by, at=at
            )
            cases.write_note(
                case=case, kind="talk", theme="housing", text="x", occurred_at=at, interpreter=interpreter, by=by, at=at
            )
        return case

    return it


@pytest.fixture
def walk(actor):
    """Bring a case along the housing pathway up to a stage, one stage a day from a day on; returns the journey."""

    def it(login: str, case, start: str, *stages: str):
        by, at = actor(login), datetime.fromisoformat(f"{start}T10:00:00+00:00")
        with clock.frozen(at):
            journey = pathways.start_journey(case=case, pathway="housing", by=by, at=at)
            for stage in stages:
                pathways.advance(journey=journey, to=stage, by=by, at=at)
        return journey

    return it
