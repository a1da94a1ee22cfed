"""Figures by reminder: counts by month, small ones marked, shares from five on, nothing of another team."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wurzelwerk.base.fields import joined
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Appointment
from wurzelwerk.outbox.actions import Letter, queue_message
from wurzelwerk.outbox.models import Message
from wurzelwerk.portal.models import Reminder

pytestmark = pytest.mark.django_db
NO_BREAK = "\u00a0"


@pytest.fixture
def past(open_household, actor, now):
    """Make an appointment that is over; `told`: "sent" or "failed" says what became of its reminder."""
    case = open_household()

    def make(starts: datetime, state: str, told: str = "") -> Appointment:
        by = actor("amira")
        row = cases.make_appointment(
            case=case, kind="phone", starts_at=starts, ends_at=starts + timedelta(minutes=30), by=by, at=now
        )
        if told:
            letter = Letter("mail", "samira@example.org", "Sie haben einen Termin.")
            message = queue_message(
                akte=case.akte, letter=letter, cause="probe", until=now + timedelta(days=1), by=by, at=now
            )
            ended = {"text": "", "ended_at": now} if told == "sent" else {"ended_at": now}
            Message.objects.for_system(reason="test").filter(pk=message.pk).update(state=told, **ended)
            Reminder.objects.create(
                akte=case.akte,
                appointment=row,
                starts_at=starts,
                rule="days",
                person=row.pk,
                message=message,
                made_at=now,
            )
        cases.close_appointment(appointment=row, state=state, by=by, at=now)
        return row

    return make


def day(now: datetime, month: int, on: int) -> datetime:
    return joined(now.date().replace(month=month, day=on), datetime(2026, 1, 1, 10).time())


def shown(client, user, login: str = "elif") -> tuple[list, str]:
    client.force_login(user(login))
    page = client.get(reverse("appointment_figures"))
    parts = [part for _template, part in page.context["panels"]]
    lines = [(one.label, one.reminded.shown, one.others.shown) for part in parts for one in part["months"]]
    return lines, page.content.decode()


def test_missed_with_and_without_reminder_by_month(past, client, user, now):
    for number in range(1, 6):
        past(day(now, 1, number + 10), "missed" if number == 1 else "kept", told="sent")
    past(day(now, 2, 3), "missed")
    past(day(now, 2, 4), "kept", told="failed")
    lines, text = shown(client, user)
    assert lines == [
        ("Januar 2026", ("4*", "1*", f"20{NO_BREAK}%"), ("0", "0", "–")),
        ("Februar 2026", ("0", "0", "–"), ("1*", "1*", "–")),
        ("zusammen", ("4*", "1*", f"20{NO_BREAK}%"), ("1*", "1*", "–")),
    ]
    assert ("Mit und ohne Erinnerung" in text, "nur für den internen Gebrauch" in text, "Khatib" in text) == (
        True, True, False,
    )  # fmt: skip


def test_reminder_of_a_former_time_does_not_count(past, client, user, now):
    row = past(day(now, 2, 3), "kept", told="sent")
    Appointment.objects.for_system(reason="test").filter(pk=row.pk).update(
        starts_at=row.starts_at + timedelta(hours=1), ends_at=row.ends_at + timedelta(hours=1)
    )
    assert shown(client, user)[0] == [("Februar 2026", ("0", "0", "–"), ("1*", "0", "–"))]


def test_reminder_whose_message_is_forgotten_counts_as_sent(past, client, user, now):
    past(day(now, 2, 3), "kept", told="sent")
    Message.objects.for_system(reason="test").delete()
    assert shown(client, user)[0] == [("Februar 2026", ("1*", "0", "–"), ("0", "0", "–"))]


def test_other_team_counts_nothing_and_costs_do_not_grow(past, client, user, now):
    past(day(now, 2, 3), "kept", told="sent")
    assert shown(client, user, "carla")[0] == []
    costs = []
    for number in (4, 5):
        client.force_login(user("elif"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("appointment_figures"))
        costs.append(len(asked))
        past(day(now, 2, number), "missed", told="sent")
    assert costs[0] == costs[1]
