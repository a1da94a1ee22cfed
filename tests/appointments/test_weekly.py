"""Times that come back every week, and conferences: both take their people's time."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.appointments.conftest import WEDNESDAY, at
from tests.forms import as_shown
from wurzelwerk.appointments import actions as calendar
from wurzelwerk.appointments.actions import WeeklyData
from wurzelwerk.appointments.busy import hosts_taken
from wurzelwerk.appointments.entries import entries_of, whole_days
from wurzelwerk.appointments.models import WeeklyTime
from wurzelwerk.appointments.slots import free_slots
from wurzelwerk.appointments.spans import Span
from wurzelwerk.appointments.weekly import times_of
from wurzelwerk.base.errors import BadInput, NotAllowed
from wurzelwerk.cases import actions as cases

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 3, 13)
NOON = WeeklyData("private", 4, time(12), time(14), date(2026, 3, 1), title="Sport mit Yusuf")


@pytest.fixture
def friday(actor, now) -> WeeklyTime:
    """Amira keeps Fridays from twelve to two."""
    return calendar.keep_weekly(data=NOON, by=actor("amira"), at=now)


@pytest.fixture
def conference(case, user, actor, now):
    """Amira and Bernd meet about the family on Wednesday at two."""
    called = cases.Invitation(
        kind="case_conference", starts_at=at(WEDNESDAY, 14), ends_at=at(WEDNESDAY, 15), place="Zimmer 3",
        users=(user("amira"), user("bernd")),
    )  # fmt: skip
    return cases.call_conference(case=case, invitation=called, by=actor("amira"), at=now)


def taken(user, first: date, last: date) -> list[Span]:
    amira = user("amira").pk
    return hosts_taken([amira], whole_days(first, last))[amira]


def titles(login: str, of: str, day: date, actor, user) -> list[tuple[str, bool]]:
    pk = user(of).pk
    return [(one.title, bool(one.url)) for one in entries_of([pk], whole_days(day, day), actor=actor(login))[pk]]


def test_weekly_time_keeps_its_wall_time_across_the_change_of_clocks(friday):
    spans = list(times_of(friday, whole_days(date(2026, 3, 20), date(2026, 4, 5))))
    assert spans == [Span(at(day, 12), at(day, 14)) for day in (date(2026, 3, 20), date(2026, 3, 27), date(2026, 4, 3))]


def test_weekly_time_is_taken_until_its_last_day(friday, user, actor, now):
    last = FRIDAY + timedelta(days=7)
    data = WeeklyData("private", 4, time(12), time(14), FRIDAY, last)
    calendar.change_weekly(weekly=friday, data=data, by=actor("amira"), at=now)
    assert [one.starts_at for one in taken(user, date(2026, 3, 1), date(2026, 4, 30))] == [
        at(FRIDAY, 12), at(last, 12),
    ]  # fmt: skip


def test_ended_weekly_time_is_free_again_stays_where_it_was_and_comes_back(friday, user, actor, now):
    by, ended = actor("amira"), at(FRIDAY, 18)
    calendar.end_weekly(weekly=friday, by=by, at=ended)
    assert [one.starts_at for one in taken(user, date(2026, 3, 9), date(2026, 3, 31))] == [at(FRIDAY, 12)]
    calendar.resume_weekly(weekly=friday, by=by, at=ended)
    assert len(taken(user, date(2026, 3, 9), date(2026, 3, 31))) == 3


def test_no_appointment_is_proposed_or_made_unasked_in_a_weekly_time(friday, meeting, case, user, actor, now):
    slots = free_slots("counselling", [user("amira")], None, at(FRIDAY, 0), at(FRIDAY, 23), minutes=45)
    assert slots
    assert [one for one in slots if Span(one.starts_at, one.ends_at).meets(Span(at(FRIDAY, 12), at(FRIDAY, 14)))] == []
    agreed = meeting(start=at(FRIDAY, 13))
    with pytest.raises(BadInput) as refused:
        calendar.book(case=case, meeting=agreed, by=actor("amira"), at=now)
    assert refused.value.field == "double"
    assert calendar.book(case=case, meeting=agreed, by=actor("amira"), at=now, double=True)


def test_weekly_time_is_read_by_its_owner_alone(friday, user, actor, browser):
    assert titles("amira", "amira", FRIDAY, actor, user) == [("Sport mit Yusuf", True)]
    assert titles("bernd", "amira", FRIDAY, actor, user) == [("belegt", False)]
    bernd = browser("bernd")
    assert "Yusuf" not in bernd.get(reverse("weekly_times")).content.decode()
    answers = [
        bernd.post(reverse(name, args=[friday.pk])).status_code for name in ("weekly_time_end", "weekly_time_edit")
    ]
    assert answers == [404, 404]


def test_weekly_time_is_nobodys_elses_to_change(friday, actor, now):
    for act in (calendar.end_weekly, calendar.resume_weekly):
        with pytest.raises(NotAllowed):
            act(weekly=friday, by=actor("bernd"), at=now)


@pytest.mark.parametrize(("starts", "ends", "last", "field"), [
    (time(14), time(12), None, "ends"), (time(12), time(14), date(2026, 2, 1), "last_on"),
])  # fmt: skip
def test_impossible_weekly_time_is_refused(starts, ends, last, field, actor, now):
    with pytest.raises(BadInput) as refused:
        calendar.keep_weekly(
            data=WeeklyData("private", 4, starts, ends, date(2026, 3, 1), last), by=actor("amira"), at=now
        )
    assert refused.value.field == field


def test_weekly_time_by_the_browser_with_its_way_back(browser):
    client: Client = browser()
    page = client.get(reverse("weekly_time_new"))
    typed = {"kind": "focus", "weekday": "4", "starts": "12:00", "ends": "14:00", "first_on": "01.03.2026"}
    assert client.post(reverse("weekly_time_new"), as_shown(page) | typed).status_code == 302
    row = WeeklyTime.objects.get()
    assert "Freitag, 12:00" in client.get(reverse("weekly_times")).content.decode()
    said = client.post(reverse("weekly_time_end", args=[row.pk]), follow=True).content.decode()
    assert (said.count(reverse("weekly_time_resume", args=[row.pk])) > 1, "Beendet" in said) == (True, True)
    client.post(reverse("weekly_time_resume", args=[row.pk]))
    assert not WeeklyTime.objects.get().ended_at


def test_conference_takes_its_peoples_time(conference, user, actor, now):
    span = Span(at(WEDNESDAY, 14), at(WEDNESDAY, 15))
    assert taken(user, WEDNESDAY, WEDNESDAY) == [span]
    mine = conference.participants.for_system(reason="test").get(user=user("amira"))
    cases.answer_invitation(participant=mine, answer="no", by=actor("amira"), at=now)
    assert taken(user, WEDNESDAY, WEDNESDAY) == []
    bernd = user("bernd").pk
    assert hosts_taken([bernd], whole_days(WEDNESDAY, WEDNESDAY))[bernd] == [span]
    cases.cancel_conference(conference=conference, by=actor("amira"), at=now)
    assert hosts_taken([bernd], whole_days(WEDNESDAY, WEDNESDAY))[bernd] == []


def test_conference_stands_in_the_calendar_by_name_for_its_team_and_without_a_word_for_others(
    conference, case, user, actor
):
    assert titles("amira", "amira", WEDNESDAY, actor, user) == [("Fallkonferenz: Al-Khatib", True)]
    assert titles("carla", "amira", WEDNESDAY, actor, user) == [("belegt", False)]


def test_whom_another_body_invited_reads_that_there_is_a_conference_and_no_more(conference, user, actor):
    row = conference.participants.for_system(reason="test").get(user=user("bernd"))
    row.user = user("jonas")
    row.save(update_fields=["user"])
    assert titles("jonas", "jonas", WEDNESDAY, actor, user) == [("Fallkonferenz (eingeladen)", False)]


def test_feed_carries_both_without_a_name(conference, friday, browser, client):
    address = browser().post(reverse("feed"), {}).context["address"]
    content = client.get(address).content
    events = Calendar.from_ical(content).walk("VEVENT")
    assert {str(one["summary"]) for one in events} == {"Besprechung", "privat"}
    assert len({str(one["uid"]) for one in events}) == len(events) > 40
    assert [word for word in (b"Khatib", b"Yusuf", b"Zimmer") if word in content] == []
