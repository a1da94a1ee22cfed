"""Begun drafts on "Heute": the own ones, with the way on and the way out."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house.sources import program_sources
from wurzelwerk.base import clock
from wurzelwerk.base.rooms import draft_names
from wurzelwerk.base.undo import undo_address
from wurzelwerk.drafts.models import ADDRESS_LENGTH, Draft
from wurzelwerk.network.models import Membership

HEADING = "Begonnen und nicht gespeichert"
SECRET = "Streit mit dem Bruder"


@pytest.fixture
def types(user):
    """Send what the page's script sends some seconds after typing stops."""

    def send(client, address: str, login: str = "amira", **fields):
        mark = f"{user(login).pk.hex}."
        answer = client.post(address, {**fields, "entwurf": "sichern", "entwurf-stand": mark})
        assert answer.status_code == 200, answer.content

    return send


def today(client) -> str:
    return client.get(reverse("today")).content.decode()


def test_without_a_draft_there_is_no_panel(browser, household):
    assert HEADING not in today(browser("amira"))


def test_draft_is_named_with_its_household_when_and_until_when(browser, household, types):
    client, place = browser("amira"), reverse("note_new", args=[household.pk])
    types(client, place, text=SECRET)
    text = today(client)
    assert HEADING in text
    assert "<strong>Journaleintrag</strong>" in text
    assert f'<a href="{reverse("household", args=[household.pk])}">{household.name}</a>' in text
    assert "zuletzt 10.03.2026, 10:00\u00a0Uhr, bleibt bis 24.03.2026" in text
    assert f'href="{place}"' in text
    assert SECRET not in text


def test_draft_of_nothing_yet_has_no_household(browser, household, types):
    client = browser("amira")
    types(client, reverse("household_new"), **{"person-zeilen": "0", "person-0-given_name": "Geheim"})
    text = today(client)
    assert "<strong>Haushalt aufnehmen</strong><br>" in text
    assert "Geheim" not in text


@pytest.mark.parametrize("login", ["bernd", "elif", "jonas", "lars"])
def test_nobody_else_sees_the_panel(browser, household, types, login):
    types(browser("amira"), reverse("note_new", args=[household.pk]), text=SECRET)
    assert HEADING not in today(browser(login))


def test_draft_is_discarded_here_and_comes_back_here(browser, household, types):
    client, place = browser("amira"), reverse("note_new", args=[household.pk])
    types(client, place, text=SECRET)
    assert f'action="{place}?entwurf=verwerfen"' in today(client)
    answer = client.post(f"{place}?entwurf=verwerfen", {"zurueck": reverse("today")})
    assert answer.headers["Location"] == reverse("today")
    page = client.get(reverse("today"))
    assert HEADING not in page.content.decode()
    back = [undo_address(message) for message in page.context["messages"]][-1]
    assert client.post(back).headers["Location"] == reverse("today")
    assert HEADING in today(client)
    assert SECRET in client.get(place).content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_button_leads_to_no_other_house(browser, household, types, elsewhere):
    client, place = browser("amira"), reverse("note_new", args=[household.pk])
    types(client, place, text=SECRET)
    assert client.post(f"{place}?entwurf=verwerfen", {"zurueck": elsewhere}).headers["Location"] == place
    assert client.post(f"{place}?entwurf=zurueckholen&zurueck={elsewhere}").headers["Location"] == place


def test_sent_ended_and_closed_drafts_are_not_listed(browser, household, types, user, now):
    client, place = browser("amira"), reverse("note_new", args=[household.pk])
    types(client, place, text=SECRET)
    with clock.frozen(now + timedelta(days=14)):
        assert HEADING not in today(client)
    Membership.objects.filter(user=user("amira")).update(role="flat_scout")
    assert HEADING not in today(browser("amira"))
    Membership.objects.filter(user=user("amira")).update(role="counsellor")
    assert HEADING in today(browser("amira"))
    sent = {"kind": "conversation", "theme": "housing", "day": "10.03.2026", "text": SECRET, "einmal": "k"}
    assert client.post(place, sent).status_code == 302
    assert HEADING not in today(client)


def test_draft_without_an_address_is_not_listed(browser, household, types):
    """Kept before addresses were; its form still offers it."""
    client = browser("amira")
    types(client, reverse("note_new", args=[household.pk]), text=SECRET)
    Draft.objects.for_system(reason="test").update(address="")
    assert HEADING not in today(client)


def test_address_of_a_form_keeps_what_it_was_asked_for_unless_it_is_too_long(browser, household, types):
    client, place = browser("amira"), reverse("note_new", args=[household.pk])
    for asked, kept in (("?an=x", f"{place}?an=x"), ("?an=" + "x" * ADDRESS_LENGTH, place)):
        types(client, place + asked, text=SECRET)
        assert Draft.objects.for_system(reason="test").get().address == kept


def test_panel_costs_two_queries(browser, household, types, actor, now):
    client = browser("amira")
    client.get(reverse("today"))
    with CaptureQueriesContext(connection) as without:
        today(client)
    types(client, reverse("note_new", args=[household.pk]), text=SECRET)
    types(client, reverse("economy_edit", args=[household.pk]), monthly_net="1")
    with CaptureQueriesContext(connection) as captured:
        today(client)
    assert len(captured) == len(without) + 1


def test_older_drafts_are_counted(browser, household, types, actor, now):
    client = browser("amira")
    members = household.members.visible_to(actor("amira"))
    names = [("member_edit", one.pk) for one in members] + [("residence_edit", one.pk) for one in members]
    for name, pk in [*names, ("note_new", household.pk)]:
        types(client, reverse(name, args=[pk]), text=SECRET)
    text = today(client)
    assert text.count("Weiterschreiben<span") == 10
    assert "Ein älterer steht noch in seinem Formular." in text


def test_every_form_that_keeps_a_draft_has_a_name():
    sources = [source for source in program_sources() if "/views/" in source.path]
    calls = "".join(source.text for source in sources)
    keys = set(re.findall(r"""\b_?[wW]riting\(f?"([a-z_]+)""", calls))
    assert len(keys) > 15
    assert keys - draft_names().keys() == set()
    assert [key for key in draft_names() if f'"{key}' not in calls] == []  # some are passed on by a name
