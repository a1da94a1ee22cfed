"""Invitations to appointments by mail: a real mail server takes them, and a reader of calendars understands them."""

from dataclasses import dataclass
from datetime import timedelta
from email import message_from_string, policy

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests.appointments.conftest import WEDNESDAY, at
from tests.forms import as_shown
from tests.outbox.post import serving
from wurzelwerk.appointments import actions as calendar
from wurzelwerk.cases import actions as cases
from wurzelwerk.outbox.models import Invited, Inviting, Message
from wurzelwerk.outbox.sending import forget, tick

pytestmark = pytest.mark.django_db
AMIRA = "amira@stadt.demo.invalid"


@pytest.fixture
def mail_server(settings):
    settings.OUTBOX_WAYS = {"mail": "smtp", "sms": ""}
    with serving(settings) as post:
        yield post


@pytest.fixture
def host(user):
    """Amira has a mail address."""
    amira = user("amira")
    amira.email = AMIRA
    amira.save(update_fields=["email"])
    return amira


@dataclass(frozen=True)
class Came:
    """What a mail said, read as its reader's calendar does."""

    to: str
    method: str
    sequence: int
    status: str
    starts: object
    text: str


def read(kept: list) -> list[Came]:
    """Read what the server took, and empty it."""
    found = []
    for to, content in kept:
        mail = message_from_string(content, policy=policy.default)
        part = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
        whole = Calendar.from_ical(part.get_content())
        [event] = whole.walk("VEVENT")
        assert part["Content-Type"].params["method"] == str(whole["method"])
        assert str(event["attendee"]) == f"MAILTO:{to[0]}"
        assert str(event["organizer"]) == "MAILTO:post@stadt.demo.invalid"
        plain = mail.get_body(("plain",)).get_content()
        found.append(Came(to[0], str(whole["method"]), int(event["sequence"]), str(event["status"]),
                          event["dtstart"].dt, plain + part.get_content() + mail["Subject"]))  # fmt: skip
    kept.clear()
    return sorted(found, key=lambda one: one.to)


def brief(came: list[Came]) -> list[tuple]:
    return [(one.to, one.method, one.sequence, one.status, one.starts) for one in came]


def test_invitation_goes_out_follows_each_change_and_its_undoing(mail_server, host, booked, actor, now):
    row, by = booked(invites=True), actor("amira")
    tick(at=now)
    assert brief(read(mail_server.kept)) == [(AMIRA, "REQUEST", 0, "CONFIRMED", at(WEDNESDAY, 10))]
    assert tick(at=now) == 0
    move = calendar.move_appointment(
        appointment=row, starts_at=at(WEDNESDAY, 12), ends_at=at(WEDNESDAY, 13), by=by, at=now
    )
    tick(at=now)
    assert brief(read(mail_server.kept)) == [(AMIRA, "REQUEST", 1, "CONFIRMED", at(WEDNESDAY, 12))]
    calendar.take_back_moving(move=move, by=by, at=now)
    tick(at=now)
    assert brief(read(mail_server.kept)) == [(AMIRA, "REQUEST", 2, "CONFIRMED", at(WEDNESDAY, 10))]
    calendar.cancel_appointment(appointment=row, by=by, at=now)
    tick(at=now)
    assert brief(read(mail_server.kept)) == [(AMIRA, "CANCEL", 3, "CANCELLED", at(WEDNESDAY, 10))]
    calendar.reopen_appointment(appointment=row, by=by, at=now)
    tick(at=now)
    assert brief(read(mail_server.kept)) == [(AMIRA, "REQUEST", 4, "CONFIRMED", at(WEDNESDAY, 10))]
    assert tick(at=now) == 0


def test_uid_stays_and_nobody_of_the_household_is_named(mail_server, host, booked, actor, now):
    row = booked(invites=True, place="Café bei Al-Khatib")
    tick(at=now)
    [came] = read(mail_server.kept)
    assert f"UID:{row.pk}@wurzelwerk" in came.text
    assert [word for word in ("Khatib", "Samira", "Beratung", "Café") if word in came.text] == []
    assert "Mittwoch, 11." in came.text


def test_place_in_free_words_is_said_to_be_agreed(mail_server, host, booked, now):
    booked(invites=True, place="Hausbesuch, Frauenhaus Geheimweg 9")
    tick(at=now)
    [came] = read(mail_server.kept)
    assert ("Geheimweg" in came.text, "Frauenhaus" in came.text, "LOCATION:Ort wie vereinbart" in came.text) == (
        False,
        False,
        True,
    )


def test_place_that_names_nobody_goes_along(mail_server, host, booked, room, now):
    booked(invites=True, room=room)
    tick(at=now)
    [came] = read(mail_server.kept)
    assert "LOCATION:Raum 1\\, " in came.text


def test_interpreter_is_invited_when_coming_and_told_when_not_needed_any_more(mail_server, host, booked, actor, now):
    row, by = booked(invites=True), actor("amira")
    asked = calendar.ask_interpreter(appointment=row, language="ar", by=by, at=now)
    tick(at=now)
    assert [one.to for one in read(mail_server.kept)] == [AMIRA]
    calendar.answer_request(request=asked, state="confirmed", who="Dienst", email="dienst@example.org", by=by, at=now)
    tick(at=now)
    assert [(one.to, one.method) for one in read(mail_server.kept)] == [("dienst@example.org", "REQUEST")]
    calendar.cancel_request(request=asked, by=by, at=now)
    tick(at=now)
    assert [(one.to, one.method, one.sequence) for one in read(mail_server.kept)] == [
        ("dienst@example.org", "CANCEL", 1)
    ]


def test_server_that_is_away_gets_only_what_stands_when_it_is_back(mail_server, settings, host, booked, actor, now):
    row, by = booked(invites=True), actor("amira")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    tick(at=now)
    calendar.move_appointment(appointment=row, starts_at=at(WEDNESDAY, 12), ends_at=at(WEDNESDAY, 13), by=by, at=now)
    tick(at=now)
    settings.EMAIL_PORT = port
    tick(at=now + timedelta(minutes=10))
    assert [(one.method, one.starts) for one in read(mail_server.kept)] == [("REQUEST", at(WEDNESDAY, 12))]


def test_cancelled_before_anybody_was_reached_nobody_is_told(mail_server, settings, host, booked, actor, now):
    row = booked(invites=True)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    tick(at=now)
    calendar.cancel_appointment(appointment=row, by=actor("amira"), at=now)
    settings.EMAIL_PORT = port
    tick(at=now + timedelta(minutes=10))
    assert read(mail_server.kept) == []


def test_switch_stops_what_waits_and_sends_it_when_it_is_on_again(mail_server, settings, host, booked, browser, now):
    row, client = booked(), browser()
    assert tick(at=now) == 0
    client.post(reverse("appointment_inviting", args=[row.pk, "an"]))
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    tick(at=now)
    assert Message.objects.for_system(reason="test").get().state == "waiting"
    assert "wartet" in client.get(reverse("appointment", args=[row.pk])).content.decode()
    client.post(reverse("appointment_inviting", args=[row.pk, "aus"]))
    settings.EMAIL_PORT = port
    assert (tick(at=now), Message.objects.for_system(reason="test").get().state) == (0, "cancelled")
    client.post(reverse("appointment_inviting", args=[row.pk, "an"]))
    tick(at=now)
    assert [one.method for one in read(mail_server.kept)] == ["REQUEST"]
    page = client.get(reverse("appointment", args=[row.pk])).content.decode()
    assert [word for word in ("verschickt", AMIRA) if word not in page] == []
    left = Message.objects.for_system(reason="test").exclude(text="", calendar="")
    assert not left.exists()


def test_page_says_where_no_mail_goes_out_at_all(settings, host, booked, browser, now):
    settings.OUTBOX_WAYS = {"mail": "", "sms": ""}
    row = booked()
    assert tick(at=now) == 0
    page = browser().get(reverse("appointment", args=[row.pk])).content.decode()
    assert ("E-Mail ist hier nicht eingerichtet" in page, "Einladung verschicken" in page) == (True, False)


def test_who_was_invited_is_forgotten_with_the_messages(mail_server, host, booked, now):
    row = booked(invites=True)
    tick(at=now)
    forget(at=row.ends_at + timedelta(days=80))
    assert Invited.objects.for_system(reason="test").count() == 1
    forget(at=row.ends_at + timedelta(days=91))
    left = (Invited, Inviting, Message)
    assert [model.objects.for_system(reason="test").count() for model in left] == [0, 0, 0]


def test_each_appointment_of_a_series_is_an_invitation_of_its_own(mail_server, host, household, browser, now):
    client, address = browser(), reverse("series_new", args=[household.pk])
    typed = {
        "kind": "counselling",
        "day": "11.03.2026",
        "time": "10:00",
        "every": "week",
        "times": "3",
        "invites": "on",
    }
    assert client.post(address, as_shown(client.get(address)) | typed).status_code == 302
    tick(at=now)
    came = read(mail_server.kept)
    assert [one.method for one in came] == ["REQUEST"] * 3
    assert len({one.starts for one in came}) == 3


def test_other_colleague_is_invited_and_the_former_told(mail_server, host, user, booked, actor, now):
    row, bernd = booked(invites=True), user("bernd")
    bernd.email = "bernd@stadt.demo.invalid"
    bernd.save(update_fields=["email"])
    tick(at=now)
    read(mail_server.kept)
    calendar.move_appointment(
        appointment=row, starts_at=row.starts_at, ends_at=row.ends_at, host=bernd, by=actor("amira"), at=now
    )
    tick(at=now)
    assert [(one.to, one.method) for one in read(mail_server.kept)] == [
        (AMIRA, "CANCEL"), ("bernd@stadt.demo.invalid", "REQUEST"),
    ]  # fmt: skip


def test_form_offers_the_switch_and_others_may_not_press_it(host, household, browser, booked, now):
    assert "Einladung verschicken" in browser().get(reverse("appointment_new", args=[household.pk])).content.decode()
    row = booked()
    assert browser("carla").post(reverse("appointment_inviting", args=[row.pk, "an"])).status_code == 404
    assert browser().post(reverse("appointment_inviting", args=[row.pk, "vielleicht"])).status_code == 404


def test_conference_invites_colleagues_and_helpers(mail_server, host, case, household, actor, user, now):
    by = actor("amira")
    data = cases.HelperData(name="Frau Still", role="therapist", since=now.date(), email="praxis@example.org")
    helper = cases.add_helper(household=household, helper=data, by=by, at=now)
    set_for = cases.Invitation(
        kind="case_conference", starts_at=at(WEDNESDAY, 14), ends_at=at(WEDNESDAY, 15), agenda="Schulden",
        users=(user("amira"), user("bernd")), helpers=(helper,),
    )  # fmt: skip
    row = cases.call_conference(case=case, invitation=set_for, by=by, at=now)
    from wurzelwerk.outbox.actions import set_inviting

    set_inviting(akte=row.akte, subject=row.pk, on=True, by=by, at=now)
    tick(at=now)
    came = read(mail_server.kept)
    assert brief(came) == [
        (AMIRA, "REQUEST", 0, "CONFIRMED", at(WEDNESDAY, 14)),
        ("praxis@example.org", "REQUEST", 0, "CONFIRMED", at(WEDNESDAY, 14)),
    ]
    assert [word for word in ("Khatib", "Schulden", "Fallkonferenz", "Still") if word in came[0].text] == []
    cases.cancel_conference(conference=row, by=by, at=now)
    tick(at=now)
    assert [(one.to, one.method) for one in read(mail_server.kept)] == [
        (AMIRA, "CANCEL"), ("praxis@example.org", "CANCEL"),
    ]  # fmt: skip
    assert Invited.objects.for_system(reason="test").filter(is_off=True).count() == 2
