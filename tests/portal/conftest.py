"""A room that has one page opened by links: it says when an appointment is, and calls it off."""

from datetime import timedelta

import pytest
from django.http import HttpResponse

from wurzelwerk.base import clock, rooms
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Appointment
from wurzelwerk.trust.link_actions import issue_link, use_link


def call_off(request, visit):
    """Show the appointment's state; a POST calls it off."""
    appointment = visit.subject(Appointment)
    if request.method == "POST":
        use_link(link=visit.link, by=visit.actor, at=clock.now())
        cases.close_appointment(appointment=appointment, state="cancelled", by=visit.actor, at=clock.now())
    return HttpResponse(f"{visit.language} {appointment.state} {request.actor}")


@pytest.fixture
def probe_room(monkeypatch) -> str:
    """Put the room beside the others; return the purpose."""
    room = rooms.Room("probe", "Probe", link_pages=(rooms.LinkPage("probe.call_off", "Absagen", call_off),))
    real = rooms.installed_rooms()
    monkeypatch.setattr(rooms, "installed_rooms", lambda: (*real, room))
    return "probe.call_off"


@pytest.fixture
def appointment(open_household, actor, now) -> Appointment:
    """An appointment of Amira's, in two days."""
    starts = now + timedelta(days=2)
    return cases.make_appointment(case=open_household(), kind="counselling", starts_at=starts,
                                  ends_at=starts + timedelta(hours=1), by=actor("amira"), at=now)  # fmt: skip


@pytest.fixture
def issue(probe_room, appointment, actor, now):
    """Make a link to the appointment, good for three days."""

    def issue_it(**options):
        values = {"thing": appointment, "valid_until": now + timedelta(days=3), "by": actor("amira"), "at": now}
        return issue_link(purpose=probe_room, **(values | options))

    return issue_it
