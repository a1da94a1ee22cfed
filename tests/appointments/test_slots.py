"""Free times keep to hours, holidays, what is taken, and to the time that a kind keeps free behind it."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.appointments.conftest import WEDNESDAY, at
from wurzelwerk.appointments import actions as calendar
from wurzelwerk.appointments.actions import HoursData
from wurzelwerk.appointments.slots import free_slots
from wurzelwerk.appointments.spans import Span
from wurzelwerk.network.models import Absence, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def hours(actor, now):
    """Amira can be met on Wednesdays from nine to twelve."""
    calendar.keep_hours(rows=[HoursData(2, time(9), time(12))], by=actor("amira"), at=now)


def starts(slots) -> list[str]:
    from wurzelwerk.base.formats import local

    return [f"{local(slot.starts_at):%d.%m. %H:%M}" for slot in slots]


def day(on: date) -> tuple:
    return at(on, 0), at(on + timedelta(days=1), 0)


def test_free_times_lie_in_the_hours_and_beside_what_is_taken(hours, booked, user, now):
    booked(minutes=30)  # from ten; ten minutes are kept free behind it
    found = free_slots("counselling", [user("amira")], None, *day(WEDNESDAY))
    assert starts(found) == ["11.03. 09:00", "11.03. 10:45", "11.03. 11:00", "11.03. 11:15"]
    assert {slot.host_id for slot in found} == {user("amira").pk}


def test_room_that_is_held_is_not_proposed(hours, booked, room, user):
    booked(host="bernd", room=room, start=at(WEDNESDAY, 9), minutes=120)
    found = free_slots("counselling", [user("amira")], room, *day(WEDNESDAY))
    assert (starts(found), {slot.place_id for slot in found}) == (["11.03. 11:00", "11.03. 11:15"], {room.pk})


def test_nothing_is_proposed_while_the_site_is_open_for_everybody(hours, user, actor, now):
    site = Site.objects.get(code="stadt-nord")
    calendar.keep_hours(site=site, rows=[HoursData(2, time(9), time(11))], by=actor("elif"), at=now)
    assert starts(free_slots("first_talk", [user("amira")], None, *day(WEDNESDAY))) == ["11.03. 11:00"]


def test_nothing_is_proposed_on_a_holiday_or_while_something_else_is_entered(hours, user, actor, now):
    assert free_slots("phone", [user("bernd")], None, *day(date(2026, 4, 3))) == []  # Good Friday
    calendar.keep_own_time(
        kind="private", title="Arzt", span=Span(at(WEDNESDAY, 9), at(WEDNESDAY, 11, 30)), people=[user("amira")],
        by=actor("amira"), at=now,
    )  # fmt: skip
    assert starts(free_slots("phone", [user("amira")], None, *day(WEDNESDAY))) == ["11.03. 11:30", "11.03. 11:45"]


def test_who_has_no_hours_is_proposed_on_working_days(user):
    found = free_slots("accompaniment", [user("bernd")], None, at(date(2026, 3, 13), 12), at(date(2026, 3, 16), 12))
    assert starts(found)[:2] == ["13.03. 12:00", "13.03. 12:15"]
    assert starts(found)[-1] == "16.03. 10:00"
    assert {text[:6] for text in starts(found)} == {"13.03.", "16.03."}


@pytest.mark.parametrize("on", [date(2026, 3, 29), date(2026, 10, 25)])
def test_hours_keep_their_wall_time_when_the_clocks_change(user, actor, now, on):
    calendar.keep_hours(rows=[HoursData(6, time(1), time(4))], by=actor("amira"), at=now)
    found = free_slots("accompaniment", [user("amira")], None, *day(on))
    lengths = {(slot.ends_at - slot.starts_at) for slot in found}
    span = at(on, 4) - at(on, 1)
    assert (lengths, starts(found)[0]) == ({timedelta(hours=2)}, f"{on:%d.%m.} 01:00")
    assert len(found) == int((at(on, 4).timestamp() - at(on, 1).timestamp() - 7200) // 900) + 1
    assert span >= timedelta(hours=2)


def test_free_times_cost_the_same_for_one_and_for_three(hours, user, booked, room):
    costs = []
    for people in ([user("amira")], [user("amira"), user("bernd"), user("elif")]):
        with CaptureQueriesContext(connection) as captured:
            free_slots("counselling", people, room, *day(WEDNESDAY))
        costs.append(len(captured))
    assert costs == [8, 8]


def test_nobody_is_proposed_while_away(hours, user, actor, now):
    amira = user("amira")
    Absence.objects.create(user=amira, kind="holiday", starts_on=WEDNESDAY, ends_on=WEDNESDAY, entered_by=amira,
                           entered_at=now)  # fmt: skip
    assert free_slots("phone", [amira], None, *day(WEDNESDAY)) == []
    assert len(free_slots("phone", [amira], None, *day(WEDNESDAY + timedelta(weeks=1)))) == 12
