"""The interface answers with what the account may see, and says what it is."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wurzelwerk.housing.models import Building, Dwelling, Letting, Owner
from wurzelwerk.network.models import Organisation
from wurzelwerk.offers.actions import open_offer
from wurzelwerk.trust.actions import open_akte


@pytest.fixture
def letting(actor, now):
    """Make an open letting of Ankerplatz, seen by the audience given."""

    def make(audience="network", state="open"):
        by = actor("jonas")
        controller = Organisation.objects.get(code="ankerplatz")
        akte = open_akte(controller=controller, site=None, subject="owner", by=by, at=now)
        owner = Owner.objects.create(akte=akte, name="Geheime Eigentümerin", won_on=date(2026, 1, 1))
        building = Building.objects.create(akte=akte, owner=owner, street="Verborgener Weg", number="7")
        dwelling = Dwelling.objects.create(
            akte=akte, building=building, rooms=Decimal(3), area=Decimal(72), added_at=now
        )
        offer = open_offer(
            akte=akte, service="housing", title="3 Zimmer im Hafen", audience=audience, state=state,
            district_id="hafen", by=by, at=now,
        )  # fmt: skip
        return Letting.objects.create(
            akte=akte, offer=offer, dwelling=dwelling, net_cold=Decimal(500), operating_costs=Decimal(150)
        )

    return make


def test_health_answers_without_account(client, db):
    assert client.get("/healthz").status_code == 200


def test_lettings_without_account_are_refused_and_not_redirected(client, db):
    assert client.get("/api/lettings").status_code == 401


def test_lettings_name_no_address_and_no_owner(client, user, letting):
    letting()
    client.force_login(user("amira"))
    answer = client.get("/api/lettings")
    [row] = answer.json()["items"]
    assert (row["title"], row["gross_cold"], row["district"]) == ("3 Zimmer im Hafen", "650.00", "Hafen")
    assert "Verborgener" not in answer.text
    assert "Geheime" not in answer.text


def test_lettings_of_a_team_stay_in_the_team(client, user, letting):
    letting(audience="team")
    client.force_login(user("amira"))
    assert client.get("/api/lettings").json()["items"] == []
    client.force_login(user("jonas"))
    assert len(client.get("/api/lettings").json()["items"]) == 1


def test_lettings_page_by_page_with_the_same_number_of_queries(client, user, letting):
    client.force_login(user("jonas"))
    letting()
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/api/lettings")
    letting()
    letting()
    with CaptureQueriesContext(connection) as three:
        page = client.get("/api/lettings?limit=2").json()
    assert (len(page["items"]), page["more"]) == (2, True)
    assert len(one) == len(three)


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "offset=-1", "limit=101"])
def test_lettings_refuse_impossible_pages(client, user, query):
    client.force_login(user("jonas"))
    assert client.get(f"/api/lettings?{query}").status_code == 422


def test_interface_describes_itself(client, user):
    client.force_login(user("amira"))
    assert "/api/lettings" in client.get("/api/openapi.json").json()["paths"]
