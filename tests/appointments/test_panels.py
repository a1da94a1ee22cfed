"""The panels of the calendar: few queries, the same with one thing and with three; nothing for whom it does not concern."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wurzelwerk.appointments import actions as calendar
from wurzelwerk.appointments.room import ROOM
from wurzelwerk.cases import actions as cases

COSTS = {"termine": 1, "meine-termine": 1, "sprachmittlung": 1}


def subject(actor, case, now, login="amira"):
    by = actor(login)
    by.granted_akten("calendar")
    return SimpleNamespace(actor=by, today=now.date(), now=now, case=case)


@pytest.mark.parametrize("times", [1, 3])
def test_panels_take_the_same_few_queries(case, actor, now, times):
    by = actor("amira")
    for number in range(times):
        start = now + timedelta(hours=number + 1)
        row = cases.make_appointment(case=case, kind="phone", starts_at=start, ends_at=start + timedelta(minutes=30),
                                     by=by, at=now)  # fmt: skip
        calendar.ask_interpreter(appointment=row, language="ar", by=by, at=now)
    found = {}
    page = subject(actor, case, now)
    for panel in ROOM.panels:
        with CaptureQueriesContext(connection) as captured:
            panel.context(None, page)
        found[panel.key] = len(captured)
    assert found == COSTS


def test_day_shows_what_is_mine(case, actor, now):
    start = now + timedelta(hours=1)
    cases.make_appointment(case=case, kind="phone", starts_at=start, ends_at=start + timedelta(minutes=30),
                           by=actor("amira"), at=now)  # fmt: skip
    mine, others = (
        {panel.key: panel.context(None, subject(actor, case, now, login)) for panel in ROOM.panels}
        for login in ("amira", "carla")
    )
    assert [row.about.name for row, _kind, _day in mine["meine-termine"]["of_today"]] == ["Al-Khatib"]
    assert (others["termine"], others["meine-termine"]["of_today"], others["sprachmittlung"]) == (None, [], None)
