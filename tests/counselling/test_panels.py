"""The panels: few queries, the same with one thing and with three; nothing for whom it does not concern."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wurzelwerk.cases import actions as cases
from wurzelwerk.counselling.queries import akte_labels, open_household
from wurzelwerk.counselling.room import ROOM

HOUSEHOLD = [panel for panel in ROOM.panels if panel.place == "household"]
TODAY = [panel for panel in ROOM.panels if panel.place == "today"]
EXPECTED = {
    "personen": 2, "lage": 2, "plan": 2, "journal": 2, "aufgaben": 1, "freigaben": 2, "fall": 0, "papiere": 0,
    "uebergabe": 1, "abschied": 0, "wohngemeinschaft": 0, "meine-konferenzen": 1, "meine-aufgaben": 2, "gesendet": 1, "lange-nicht": 1, "vier-augen": 1, "fristen": 1,
}  # fmt: skip


@pytest.fixture
def fill(case, actor, now):
    """Put needs, goals, steps, notes, appointments and tasks into a case."""

    def put(times: int, on=None):
        by, matter = actor("amira"), on or case
        for number in range(times):
            need = cases.note_need(case=matter, kind="housing", by=by, at=now)
            goal = cases.agree_goal(need=need, text=f"Ziel {number}", by=by, at=now)
            cases.plan_step(goal=goal, text="x", by=by, at=now, assignee=matter.lead, due_on=now.date())
            cases.write_note(case=matter, kind="phone", theme="work", text="x", occurred_at=now, by=by, at=now)
            cases.make_appointment(
                case=matter, kind="phone", starts_at=now, ends_at=now + timedelta(hours=1), by=by, at=now
            )
            cases.set_task(case=matter, title="x", due_on=now.date(), by=by, at=now)

    return put


def queries(panels, subject) -> dict[str, int]:
    found = {}
    for panel in panels:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            panel.context(None, subject)
        found[panel.key] = len(captured)
    return found


def of_place(panels) -> dict[str, int]:
    return {panel.key: EXPECTED[panel.key] for panel in panels}


@pytest.mark.parametrize("times", [1, 3])
def test_household_panels_take_the_same_few_queries(household, fill, release, actor, now, times):
    fill(times)
    release()
    by = actor("amira")
    by.granted_akten("plan")
    subject = open_household(household.pk, actor=by, today=now.date())
    assert queries(HOUSEHOLD, subject) == of_place(HOUSEHOLD)


@pytest.mark.parametrize("households", [1, 3])
def test_panels_of_today_take_the_same_few_queries(case, fill, open_household, actor, now, households):
    fill(1)
    for _number in range(households - 1):
        fill(1, on=open_household())
    by = actor("amira")
    by.granted_akten("plan")
    subject = SimpleNamespace(actor=by, today=now.date(), now=now)
    assert queries(TODAY, subject) == of_place(TODAY)


@pytest.mark.parametrize("times", [1, 3])
def test_pages_take_the_same_number_of_queries(browser, household, fill, release, times):
    fill(times)
    release()
    client = browser()
    found = {}
    for part in ("journal", "freigaben"):
        client.get(f"/haushalte/{household.pk}/{part}/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/haushalte/{household.pk}/{part}/")
        found[part] = len(captured)
    assert found == {"journal": 17, "freigaben": 17}


def contents(panels, subject) -> dict:
    return {panel.key: panel.context(None, subject) for panel in panels}


def test_day_shows_what_is_mine(case, household, fill, actor, now):
    fill(1)
    shown = contents(TODAY, SimpleNamespace(actor=actor("amira"), today=now.date(), now=now))
    assert [row.about.pk for row in shown["meine-aufgaben"]["tasks"]] == [household.pk]
    assert [row.about.pk for row in shown["meine-aufgaben"]["steps"]] == [household.pk]
    assert (shown["gesendet"], shown["lange-nicht"]) == (None, None)
    others = contents(TODAY, SimpleNamespace(actor=actor("carla"), today=now.date(), now=now))
    assert others["meine-aufgaben"]["tasks"] == []


def test_closed_case_leaves_no_tasks_behind(case, fill, actor, now):
    fill(1)
    cases.close_case(case=case, by=actor("amira"), at=now)
    page = SimpleNamespace(actor=actor("amira"), today=now.date(), now=now)
    [panel] = [panel for panel in TODAY if panel.key == "meine-aufgaben"]
    context = panel.context(None, page) or {"tasks": [], "steps": []}
    assert (context["tasks"], context["steps"]) == ([], [])


def test_household_unseen_for_long_is_shown_after_the_rule(case, actor, now):
    by = actor("amira")
    on = {days: SimpleNamespace(actor=by, today=(now + timedelta(days=days)).date(), now=now) for days in (42, 43)}
    panel = next(panel for panel in TODAY if panel.key == "lange-nicht")
    assert panel.context(None, on[42]) is None
    assert [row.about.name for row in panel.context(None, on[43])["cases"]] == ["Al-Khatib"]


def test_page_of_the_household_shows_the_panels_and_their_actions(browser, household, fill):
    fill(1)
    page = browser().get(f"/haushalte/{household.pk}/").content.decode()
    for word in (
        "Samira Al-Khatib",
        "Sprachmittlung nötig",
        "Ziel 0",
        "Telefontermin",
        "Nichts freigegeben",
        "Bearbeiten",
    ):
        assert word in page


def test_empty_household_page_says_what_to_do_first(browser, household):
    page = browser().get(f"/haushalte/{household.pk}/").content.decode()
    for word in ("Noch kein Plan", "Noch kein Eintrag", "Nichts vereinbart", "Nichts freigegeben"):
        assert word in page


def test_akte_has_the_name_of_its_household_for_whom_it_is_open(case, household, actor):
    assert dict(akte_labels(actor("amira"), [case.akte_id])) == {
        case.akte_id: ("Al-Khatib", f"/haushalte/{household.pk}/")
    }
    assert dict(akte_labels(actor("carla"), [case.akte_id])) == {}
