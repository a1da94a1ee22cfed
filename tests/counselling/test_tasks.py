"""The list of tasks, what is done to many at once, and the form of one."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Task

TODAY = date(2026, 3, 10)
LIST = reverse("task_list")


@pytest.fixture
def task(case, actor, user, now):
    """Set a task in Amira's case: its title, due in so many days, for whom."""

    def set_it(title="anrufen", days=0, login="amira"):
        return cases.set_task(case=case, title=title, due_on=TODAY + timedelta(days=days), assignee=user(login),
                              by=actor("amira"), at=now)  # fmt: skip

    return set_it


def shown(page) -> list[str]:
    """The titles on the page."""
    return [task.title for task in page.context["table"].objects]


def test_list_shows_whose_and_which_in_the_order_asked_for(browser, task, user, actor, now):
    late, _soon = task("spät", -3), task("bald", 5)
    task("Bernds", 1, "bernd")
    cases.complete_task(task=task("fertig", 2), by=actor("amira"), at=now)
    amira, elif_ = browser("amira"), browser("elif")
    assert shown(amira.get(LIST)) == ["spät", "bald"]
    assert shown(amira.get(LIST + "?sortierung=-faellig")) == ["bald", "spät"]
    assert shown(amira.get(LIST + "?stand=ueberfaellig")) == [late.title]
    assert shown(amira.get(LIST + "?stand=erledigt")) == ["fertig"]
    assert shown(amira.get(LIST + "?wer=team")) == ["spät", "Bernds", "bald"]
    assert shown(amira.get(LIST + "?woher=regel")) == []
    assert shown(elif_.get(f"{LIST}?wer={user('bernd').pk}")) == ["Bernds"]
    assert shown(browser("carla").get(LIST + "?wer=team")) == []
    cases.record_absence(user=user("bernd"), kind="sick", starts_on=TODAY, ends_on=TODAY, covers=[user("amira")],
                         by=actor("elif"), at=now)  # fmt: skip
    assert shown(amira.get(LIST + "?wer=vertretung")) == ["Bernds"]
    assert "Al-Khatib" in amira.get(LIST + "?ausgabe=csv").content.decode()


def test_list_costs_the_same_for_one_and_for_many(browser, task):
    client = browser("amira")
    task()
    costs = []
    for _ in range(2):
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        costs.append(len(captured))
        for number in range(5):
            task(f"Nummer {number}")
    assert costs[0] == costs[1] <= 12


@pytest.mark.parametrize(
    ("sent", "column", "after"),
    [
        ({"act": "verschieben", "days": "7"}, "due_on", [date(2026, 3, 17), date(2026, 3, 18)]),
        ({"act": "zurueckstellen", "until": "20.03.2026"}, "snoozed_until", [date(2026, 3, 20)] * 2),
        ({"act": "geben", "to": "bernd"}, "assignee", ["bernd"] * 2),
    ],
)
def test_many_are_changed_in_one_act_and_taken_back_in_one(browser, task, user, sent, column, after):
    chosen = [task("eins", -3), task("zwei", 1)]
    task("drei")
    client = browser("amira")
    before = [getattr(one, column) for one in chosen]
    people = {name: str(user(value).pk) for name, value in sent.items() if name == "to"}
    page = client.post(LIST, sent | people | {"aufgabe": [str(one.pk) for one in chosen]}, follow=True)

    def now_stands():
        for one in chosen:
            one.refresh_from_db()
        return [getattr(one, column) for one in chosen]

    assert [getattr(value, "username", value) for value in now_stands()] == after
    message = next(iter(page.context["messages"]))
    assert str(message) == "2 Aufgaben geändert."
    undo = message.extra_tags.removeprefix("undo:")
    assert browser("bernd").post(undo).status_code == 404
    client.post(undo)
    assert now_stands() == before


def test_what_somebody_changed_since_stays_when_the_act_is_taken_back(task, actor, now):
    one, two = task("eins"), task("zwei")
    change = cases.move_tasks(tasks=[one, two], days=7, by=actor("amira"), at=now)
    cases.move_tasks(tasks=[two], days=1, by=actor("bernd"), at=now)
    assert cases.take_back_work(change=change, by=actor("amira"), at=now) == 1
    assert [Task.objects.visible_to(actor("amira")).get(pk=row.pk).due_on for row in (one, two)] == [
        TODAY,
        date(2026, 3, 18),
    ]


def test_refusals_keep_what_was_chosen(browser, task, user):
    one = task()
    client = browser("amira")
    for sent in ({"act": "verschieben", "days": ""}, {"act": "geben", "to": str(user("goran").pk)}, {}):
        page = client.post(LIST, sent | {"aufgabe": str(one.pk)})
        assert page.status_code == 422
        assert [row.checked for row in page.context["table"].objects] == [" checked"]
    assert client.post(LIST, {"act": "verschieben", "days": "3"}).status_code == 422
    assert browser("carla").post(LIST, {"act": "verschieben", "days": "3", "aufgabe": str(one.pk)}).status_code == 422
    one.refresh_from_db()
    assert one.due_on == TODAY


def test_task_set_aside_does_not_ring_until_its_day(browser, task, actor, now):
    one = task()
    cases.set_tasks_aside(tasks=[one], until=TODAY + timedelta(days=3), by=actor("amira"), at=now)
    panels = {panel.key: panel.context for panel in browser("amira").get("/heute/").context["main"]}
    assert panels["meine-aufgaben"]["tasks"] == []
    assert shown(browser("amira").get(LIST + "?stand=ruhend")) == ["anrufen"]
