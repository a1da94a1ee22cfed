"""Series: which days, holidays left out and said, wall time kept, changed and cancelled together, nothing overwritten."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.appointments.conftest import WEDNESDAY, at
from wurzelwerk.appointments import actions as calendar
from wurzelwerk.appointments.actions import SeriesChange
from wurzelwerk.appointments.enums import Every
from wurzelwerk.appointments.models import Booking, HeldTime, Series
from wurzelwerk.appointments.recurrence import days_of, holiday, without_holidays
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.base.formats import local
from wurzelwerk.cases.models import Appointment
from wurzelwerk.evidence.checks import check_facts


def rows() -> list[Appointment]:
    return list(Appointment.objects.for_system(reason="test").order_by("starts_at"))


@pytest.fixture
def weekly(case, meeting, actor, now, room):
    """Four Wednesdays at ten in the room; the clocks change between the third and the fourth."""
    return calendar.make_series(case=case, meeting=meeting(room=room), every="week", times=4, by=actor("amira"), at=now)


def test_weekly_series_keeps_its_wall_time_across_the_change_of_the_clocks(db, weekly):
    assert [
        (local(row.starts_at).hour, row.starts_at.utcoffset(), (row.ends_at - row.starts_at)) for row in rows()
    ] == [(10, timedelta(0), timedelta(minutes=45))] * 4
    assert [row.starts_at.hour for row in rows()] == [9, 9, 9, 8]
    assert HeldTime.objects.count() == 36


def test_appointment_in_the_hour_that_the_change_skips_moves_on(db, case, meeting, actor, now):
    first = at(date(2026, 3, 22), 2, 30)
    calendar.make_series(case=case, meeting=meeting(start=first, minutes=30), every="week", times=3, by=actor("amira"),
                         at=now)  # fmt: skip
    assert [f"{local(row.starts_at):%H:%M}–{local(row.ends_at):%H:%M}" for row in rows()] == [
        "02:30–03:00", "03:30–04:00", "02:30–03:00",
    ]  # fmt: skip


def test_holidays_are_left_out_and_named(db, case, meeting, actor, now):
    first = at(date(2026, 3, 27), 10)
    series = calendar.make_series(case=case, meeting=meeting(start=first), every="week", until=date(2026, 4, 17),
                                  by=actor("amira"), at=now)  # fmt: skip
    assert (series.skipped, holiday(date(2026, 4, 3))) == (["2026-04-03"], "Karfreitag")
    assert [row.starts_at.day for row in rows()] == [27, 10, 17]


def test_room_held_on_one_day_of_a_series_is_named_and_nothing_is_made(db, case, booked, meeting, actor, now, room):
    booked(host="bernd", room=room, start=at(date(2026, 3, 18), 10, 15))
    with pytest.raises(BadInput) as refused:
        calendar.make_series(case=case, meeting=meeting(room=room), every="week", times=4, by=actor("amira"), at=now)
    assert refused.value.message.endswith("schon belegt: 18.03.2026, 10:00\u00a0Uhr.")
    assert (len(rows()), Series.objects.for_system(reason="test").count()) == (1, 0)


@pytest.mark.parametrize("wrong", [{}, {"times": 1}, {"until": WEDNESDAY}, {"until": date(2040, 1, 1)}])
def test_series_without_a_sensible_end_is_refused(db, case, meeting, actor, now, wrong):
    with pytest.raises(BadInput):
        calendar.make_series(case=case, meeting=meeting(), every="week", by=actor("amira"), at=now, **wrong)
    assert rows() == []


def change(user, hour: int, **more) -> SeriesChange:
    return SeriesChange("counselling", time(hour), 30, user("amira"), **more)


def test_this_and_all_following_are_changed_and_what_was_changed_alone_stays(weekly, user, actor, now, room):
    second, third = rows()[1:3]
    by = actor("amira")
    calendar.move_appointment(appointment=third, starts_at=at(date(2026, 3, 25), 16), ends_at=at(date(2026, 3, 25), 17),
                              by=by, at=now)  # fmt: skip
    number = calendar.change_series(
        appointment=second, reach="following", change=change(user, 13, room=room), by=by, at=now
    )
    assert number == 2
    assert [f"{local(row.starts_at):%d. %H}" for row in rows()] == ["11. 10", "18. 13", "25. 16", "01. 13"]
    assert HeldTime.objects.count() == 9 + 6 + 12 + 6
    assert check_facts() == []


def test_series_is_cancelled_and_brought_back_in_one_act(weekly, actor, now):
    by = actor("amira")
    mark, number = calendar.cancel_series(appointment=rows()[1], reach="following", by=by, at=now)
    assert (number, [row.state for row in rows()]) == (3, ["planned", *["cancelled"] * 3])
    assert calendar.reopen_series(series=weekly, mark=mark, by=by, at=now) == 3
    assert ([row.state for row in rows()], HeldTime.objects.count()) == (["planned"] * 4, 36)
    with pytest.raises(WrongState):
        calendar.reopen_series(series=weekly, mark=mark, by=by, at=now)


def test_series_that_somebody_cancelled_meanwhile_is_told_and_not_overwritten(weekly, user, actor, now):
    stale = rows()[0]
    calendar.cancel_series(appointment=rows()[0], reach="all", by=actor("bernd"), at=now)
    with pytest.raises(WrongState, match="inzwischen abgesagt"):
        calendar.change_series(appointment=stale, reach="all", change=change(user, 8), by=actor("amira"), at=now)
    assert {row.state for row in rows()} == {"cancelled"}
    assert {local(row.starts_at).hour for row in rows()} == {10}


def test_past_appointments_of_a_series_stay(weekly, actor, now):
    later = now + timedelta(days=9)
    calendar.cancel_series(appointment=rows()[3], reach="all", by=actor("amira"), at=later)
    assert [row.state for row in rows()] == ["planned", "planned", "cancelled", "cancelled"]
    assert Booking.objects.for_system(reason="test").filter(ended_with__isnull=False).count() == 2


@settings(max_examples=60, deadline=None)
@given(first=st.dates(date(2024, 1, 1), date(2030, 12, 31)), every=st.sampled_from(Every.values),
       times=st.integers(1, 40))  # fmt: skip
def test_days_of_a_series_go_up_and_begin_with_the_first(first, every, times):
    found = days_of(first, every, times=times, most=60)
    assert (found[0], len(found), found) == (first, times, sorted(set(found)))
    if every != Every.DAY:
        assert {day.weekday() for day in found} == {first.weekday()}
    kept, skipped = without_holidays(found)
    assert len(kept) + len(skipped) == times


def test_monthly_series_keeps_the_week_of_the_month():
    assert days_of(date(2026, 1, 31), "month", times=4, most=60) == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 28), date(2026, 4, 25),
    ]  # fmt: skip
