"""An appointment holds its room and its host: nobody books a room twice, a colleague only when it is confirmed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.appointments.conftest import WEDNESDAY, at
from wurzelwerk.appointments import actions as calendar
from wurzelwerk.appointments.actions import PlaceData
from wurzelwerk.appointments.models import Booking, HeldTime, Move
from wurzelwerk.appointments.spans import Span, grid
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Appointment
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.trust.actor import Actor

pytestmark = pytest.mark.django_db


def held(room) -> int:
    return HeldTime.objects.filter(place=room).count()


def test_room_is_booked_once(booked, room):
    booked(room=room)
    with pytest.raises(BadInput) as refused:
        booked(room=room, host="bernd", start=at(WEDNESDAY, 10, 40))
    assert (refused.value.field, refused.value.message) == ("room", "Der Raum „Raum 1“ ist dann schon belegt.")
    assert Appointment.objects.for_system(reason="test").count() == 1
    booked(room=room, host="bernd", start=at(WEDNESDAY, 10, 45))


def test_database_itself_refuses_a_room_twice(booked, room):
    booked(room=room)
    other = booked(host="bernd")
    booking = Booking.objects.for_system(reason="test").get(appointment=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldTime.objects.create(place=room, booking=booking, begins_at=at(WEDNESDAY, 10, 30))


def test_times_beside_the_grid_are_held_whole():
    span = Span(at(WEDNESDAY, 10, 2), at(WEDNESDAY, 10, 11))
    assert [one.minute for one in grid(span)] == [0, 5, 10]


def test_colleague_is_booked_twice_only_when_confirmed(booked):
    booked()
    with pytest.raises(BadInput) as refused:
        booked(start=at(WEDNESDAY, 10, 30))
    assert refused.value.field == "double"
    again = booked(start=at(WEDNESDAY, 10, 30), double=True)
    flags = Booking.objects.for_system(reason="test").order_by("pk").values_list("double", flat=True)
    assert (list(flags), again.state) == ([False, True], "planned")


def test_move_holds_the_new_time_and_gives_back_the_old(booked, room, actor, now):
    appointment = booked(room=room)
    later = at(WEDNESDAY, 14)
    move = calendar.move_appointment(
        appointment=appointment, starts_at=later, ends_at=later + timedelta(minutes=30), reason="Bus verpasst",
        by=actor("amira"), at=now,
    )  # fmt: skip
    assert (move.starts_at, move.reason, held(room)) == (at(WEDNESDAY, 10), "Bus verpasst", 6)
    booked(room=room)
    with pytest.raises(BadInput):
        calendar.take_back_moving(move=move, by=actor("amira"), at=now)
    assert Appointment.objects.for_system(reason="test").get(pk=appointment.pk).starts_at == later
    assert check_facts() == []


def test_move_is_taken_back_once_and_only_the_latest(booked, actor, now):
    appointment, by = booked(), actor("amira")
    moves = [
        calendar.move_appointment(appointment=appointment, starts_at=start, ends_at=start + timedelta(minutes=45),
                                  by=by, at=now + timedelta(minutes=number))
        for number, start in enumerate([at(WEDNESDAY, 12), at(WEDNESDAY, 15)])
    ]  # fmt: skip
    with pytest.raises(WrongState):
        calendar.take_back_moving(move=moves[0], by=by, at=now)
    calendar.take_back_moving(move=moves[1], by=by, at=now)
    row = Appointment.objects.for_system(reason="test").get()
    assert (row.starts_at, standing_facts().filter(type="appointments.moved").values("event").distinct().count()) == (
        at(WEDNESDAY, 12),
        1,
    )
    with pytest.raises(WrongState):
        calendar.take_back_moving(move=moves[1], by=by, at=now)
    assert check_facts() == []


def test_cancelled_appointment_gives_back_its_room_and_takes_it_again(booked, room, actor, now):
    appointment, by = booked(room=room), actor("amira")
    calendar.cancel_appointment(appointment=appointment, by=by, at=now)
    assert held(room) == 0
    calendar.reopen_appointment(appointment=appointment, by=by, at=now)
    assert held(room) == 9
    calendar.cancel_appointment(appointment=appointment, by=by, at=now)
    booked(room=room)
    with pytest.raises(BadInput):
        calendar.reopen_appointment(appointment=appointment, by=by, at=now)
    assert Appointment.objects.for_system(reason="test").get(pk=appointment.pk).state == "cancelled"


def test_cancelled_appointment_is_not_overwritten(booked, meeting, actor, now):
    appointment = booked()
    stale = Appointment.objects.for_system(reason="test").get()
    calendar.cancel_appointment(appointment=appointment, by=actor("amira"), at=now)
    with pytest.raises(WrongState, match="inzwischen abgesagt"):
        calendar.change_appointment(
            appointment=stale, meeting=meeting(start=at(WEDNESDAY, 15)), by=actor("bernd"), at=now
        )
    assert Move.objects.for_system(reason="test").count() == 0


def test_appointment_of_the_trunk_gets_its_booking_when_it_is_touched(case, actor, now):
    start = at(WEDNESDAY, 9)
    row = cases.make_appointment(
        case=case, kind="phone", starts_at=start, ends_at=start + timedelta(minutes=15), place="Café", by=actor("amira"),
        at=now,
    )  # fmt: skip
    calendar.move_appointment(appointment=row, starts_at=at(WEDNESDAY, 11), ends_at=at(WEDNESDAY, 12), by=actor("amira"),
                              at=now)  # fmt: skip
    row.refresh_from_db(from_queryset=Appointment.objects.for_system(reason="test"))
    assert (row.place, row.starts_at) == ("Café", at(WEDNESDAY, 11))


def test_foreign_colleague_changes_nothing_and_the_house_may(booked, meeting, actor, now):
    appointment = booked()
    with pytest.raises(NotAllowed):
        calendar.cancel_appointment(appointment=appointment, by=actor("carla"), at=now)
    calendar.cancel_appointment(appointment=appointment, by=Actor.system("link"), at=now)
    assert Appointment.objects.for_system(reason="test").get().state == "cancelled"


def test_room_is_kept_by_who_leads_there(room, actor, now):
    for login in ("amira", "carla", "jonas"):
        with pytest.raises(NotAllowed):
            calendar.change_place(place=room, data=PlaceData("Anders"), by=actor(login), at=now)
    calendar.change_place(place=room, data=PlaceData("Anders"), by=actor("elif"), at=now)
    with pytest.raises(BadInput, match="schon ein Raum"):
        calendar.add_place(site=room.site, data=PlaceData("Anders"), by=actor("elif"), at=now)


def test_room_that_is_booked_is_not_given_up(booked, room, actor, now):
    appointment = booked(room=room)
    with pytest.raises(WrongState, match=r"zuerst am 11\.03\.2026"):
        calendar.remove_place(place=room, by=actor("elif"), at=now)
    calendar.cancel_appointment(appointment=appointment, by=actor("amira"), at=now)
    calendar.remove_place(place=room, by=actor("elif"), at=now)
