"""My own month: counted is what I wrote down, by week, and by day, theme and programme; nobody else's."""

import csv
import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wurzelwerk.cases import actions as cases
from wurzelwerk.counselling.my_month import Month, hours_lines, my_month, my_work, remarks

HERE = ZoneInfo("Europe/Berlin")
MARCH = Month(date(2026, 3, 1))


def at(day: int, hour: int = 9, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=HERE)


@pytest.fixture
def work(case, open_household, programme, actor, now):
    """Amira's work of a week in two programmes, a day that was too long, and what others did."""
    by, other = actor("amira"), open_household(programme=programme)

    def note(matter, day, theme, minutes, who="amira"):
        cases.write_note(case=matter, kind="conversation", theme=theme, text="x", occurred_at=at(day), minutes=minutes,
                         by=actor(who), at=now)  # fmt: skip

    note(case, 2, "housing", 45)
    note(case, 2, "housing", 30)
    note(other, 2, "housing", 60)
    note(case, 3, "work", None)
    note(case, 4, "work", 300)
    note(case, 4, "housing", 301)
    note(case, 2, "housing", 500, who="bernd")
    cases.record_contact(topic="work", minutes=15, channel="desk", occurred_at=at(9), by=by, at=now)
    group = cases.ContactGroup(topic="housing", language="", number=2, minutes=20)
    cases.record_open_hour(starts_at=at(9, 12), ends_at=at(9, 14), groups=[group], by=by, at=now)
    start = at(9, 15)
    meeting = cases.make_appointment(case=case, kind="office", starts_at=start, ends_at=start + timedelta(hours=1), by=by,
                                     at=at(9, 8))  # fmt: skip
    cases.close_appointment(appointment=meeting, state="kept", by=by, at=now)


def test_hours_are_told_by_day_theme_and_programme(work, actor, programme):
    lines = hours_lines(my_work(actor("amira"), MARCH))
    waiting = "Offene Sprechstunde ohne Kontakt"
    assert [(line.day.day, line.theme, line.programme, line.entries, line.written) for line in lines] == [
        (2, "Wohnen", "", 2, "1:15"), (2, "Wohnen", programme.name, 1, "1:00"), (3, "Arbeit", "", 1, "0:00"),
        (4, "Arbeit", "", 1, "5:00"), (4, "Wohnen", "", 1, "5:01"), (9, "Arbeit", "", 1, "0:15"),
        (9, waiting, "", 1, "1:20"), (9, "Wohnen", "", 2, "0:40"),
    ]  # fmt: skip


def test_long_days_gaps_and_missing_minutes_are_remarked(work, actor, now):
    found = remarks(my_work(actor("amira"), MARCH), MARCH, today=now.date())
    assert found == [
        "04.03.2026: 10:01 Stunden, mehr als 10 an einem Tag.",
        "Ohne Eintrag: 5.3., 6.3., 10.3. (Feiertage und Urlaub kennt diese Seite nicht).",
        "1 Journaleinträge haben keine Minuten und fehlen in der Summe.",
    ]


def test_month_is_counted_by_week_and_of_nobody_else(work, actor):
    figures = my_month(actor("amira"), MARCH)
    assert (figures.talks, figures.contacts, figures.appointments, figures.time_spent) == (6, 3, 1, "14:31")
    weeks = [(first.day, last.day) for first, last in MARCH.weeks]
    assert weeks == [(1, 1), (2, 8), (9, 15), (16, 22), (23, 29), (30, 31)]
    others = my_month(actor("bernd"), MARCH)
    assert (others.talks, others.contacts, others.time_spent) == (1, 0, "8:20")
    assert my_month(actor("carla"), MARCH).is_empty


def test_sheet_is_a_page_and_two_files_with_the_same_lines(work, browser):
    client, place = browser(), reverse("timesheet")
    page = client.get(place)
    assert page.context["table"].count_text == "8 Zeilen"
    assert "14:31" in page.content.decode()
    text = client.get(place, {"ausgabe": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Tag", "Thema", "Programm", "Einträge", "Minuten", "Stunden"]
    assert rows[1] == ["2026-03-02", "Wohnen", "", "2", "75", "1.25"]
    answer = client.get(place, {"ausgabe": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert [cell.value for cell in list(book.active.rows)[5]] == [datetime(2026, 3, 4), "Wohnen", None, 1, 301, 5.02]
    assert 'filename="stunden-2026-03-' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(("asked", "shown"), [
    ("", "März 2026"), ("2026-02", "Februar 2026"), ("2026-04", "März 2026"), ("2026-13", "März 2026"),
    ("1999-12", "März 2026"), ("gestern", "März 2026"), ("٢٠٢٦-02", "März 2026"),
])  # fmt: skip
def test_month_that_is_asked_for_is_shown_and_never_one_to_come(browser, now, asked, shown):
    for name in ("my_month", "timesheet"):
        page = browser().get(reverse(name), {"monat": asked})
        assert (page.status_code, page.context["month"].name) == (200, shown)


def test_pages_cost_the_same_for_one_entry_and_for_many(work, case, browser, actor, now):
    client = browser()
    client.get(reverse("timesheet"))
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("timesheet"))
            client.get(reverse("my_month"))
        costs.append(len(captured))
        for day in (5, 6):
            cases.write_note(case=case, kind="phone", theme="work", text="x", occurred_at=at(day), minutes=5,
                             by=actor("amira"), at=now)  # fmt: skip
    assert costs[0] == costs[1]


@pytest.mark.parametrize("login", ["jonas", "frieda", "lars"])
def test_who_advises_nobody_has_no_such_page(browser, now, login):
    assert [browser(login).get(reverse(name)).status_code for name in ("my_month", "timesheet")] == [404, 404]
