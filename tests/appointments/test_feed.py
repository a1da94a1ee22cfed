"""The calendar as a file and as a subscription: a secret address, without names unless chosen, dead when it is ended."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.appointments.conftest import WEDNESDAY, at
from wurzelwerk.appointments.feeds import READS_AN_HOUR
from wurzelwerk.appointments.models import Feed
from wurzelwerk.base.logs import without_secrets

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_count():
    """Nobody has asked yet."""
    cache.clear()


def address_of(client: Client, **sent) -> str:
    """Make an address and return it, as the page shows it."""
    return client.post(reverse("feed"), sent).context["address"]


def events(client: Client, address: str) -> list:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_feed_names_nobody_unless_chosen(browser, booked, client):
    booked()
    address = address_of(browser())
    [event] = events(client, address)
    assert (str(event["summary"]), event["dtstart"].dt, str(event.get("location", ""))) == (
        "Beratung",
        at(WEDNESDAY, 10),
        "",
    )
    assert b"Khatib" not in client.get(address).content
    named = address_of(browser(), names="on")
    assert [str(one["summary"]) for one in events(client, named)] == ["Beratung: Al-Khatib"]
    assert client.get(address).status_code == 404


def test_place_in_free_words_leaves_the_house_in_no_calendar(browser, booked, room, client):
    place, secret = "Hausbesuch, Frauenhaus Geheimweg 9", "Geheimweg"
    row = booked(place=place)
    address = address_of(browser())
    assert secret not in client.get(address).content.decode()
    assert [str(one["location"]) for one in events(client, address)] == ["Ort wie vereinbart"]
    file = browser().get(reverse("appointment_file", args=[row.pk])).content.decode()
    assert ("BEGIN:VEVENT" in file, secret in file, "Ort wie vereinbart" in file) == (True, False, True)
    booked(start=at(WEDNESDAY, 12), room=room)
    places = {str(one["location"]) for one in events(client, address)}
    assert places == {"Ort wie vereinbart", "Raum 1, Anlaufstelle Nordstadt"}
    assert place in [str(one["location"]) for one in events(client, address_of(browser(), names="on"))]


def test_secret_is_shown_once_and_kept_nowhere(browser):
    client = browser()
    address = address_of(client)
    secret = address.rpartition("/")[2].removesuffix(".ics")
    again = client.get(reverse("feed")).content.decode()
    stored = Feed.objects.get()
    assert (secret in again, secret in stored.digest, len(secret) > 40) == (False, False, True)


def test_ended_address_is_not_found_and_stands_in_no_log(browser, client, caplog):
    amira = browser()
    address = address_of(amira)
    amira.post(reverse("feed_revoke"))
    with caplog.at_level(logging.DEBUG):
        assert client.get(address).status_code == 404
    secret = address.rpartition("/")[2].removesuffix(".ics")
    said = [without_secrets(record.getMessage()) for record in caplog.records]
    assert ([line for line in said if secret in line], "Not Found: /l/…" in said) == ([], True)
    assert client.get("/l/erraten.ics").status_code == 404


def test_feed_of_somebody_who_left_shows_nothing(browser, client, user):
    address = address_of(browser())
    user("amira").memberships.all().delete()
    assert events(client, address) == []
    amira = user("amira")
    amira.is_active = False
    amira.save()
    assert client.get(address).status_code == 404


def test_feed_that_is_read_all_the_time_waits(browser, client):
    address = address_of(browser())
    answers = [client.get(address).status_code for _ in range(READS_AN_HOUR + 1)]
    assert (set(answers[:-1]), answers[-1]) == ({200}, 429)


def test_one_appointment_as_a_file_names_nobody(browser, booked):
    row = booked()
    answer = browser().get(reverse("appointment_file", args=[row.pk]))
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["summary"]), answer["Content-Disposition"]) == ("Termin", 'attachment; filename="termin.ics"')
    assert b"Khatib" not in answer.content
