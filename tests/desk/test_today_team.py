"""Heute of a lead: what waits, by colleague; in as many queries for twenty as for one."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Accommodation, Case, Household
from wurzelwerk.network.models import Membership, Site, User
from wurzelwerk.trust.actor import Actor

TODAY = date(2026, 3, 10)


@pytest.fixture
def busy(open_household, now):
    """Give somebody a household with a task overdue, an appointment today, a move that presses, and no contact."""

    def fill(login: str) -> None:
        by = Actor.of(User.objects.get(username=login))
        case = open_household(login)
        household = Household.objects.visible_to(by).get(akte=case.akte)
        cases.set_accommodation(
            household=household, kind="transitional", must_leave_by=date(2026, 3, 31), by=by, at=now
        )
        cases.set_task(case=case, title="anrufen", due_on=date(2026, 3, 9), by=by, at=now)
        cases.set_task(case=case, title="schreiben", due_on=date(2026, 3, 12), by=by, at=now)
        cases.make_appointment(case=case, kind="phone", starts_at=now, ends_at=now + timedelta(hours=1), by=by, at=now)
        Case.objects.for_system(reason="test").filter(pk=case.pk).update(last_contact_on=date(2026, 1, 1))

    return fill


def counts(line) -> tuple:
    """What a line counts."""
    return line.name, line.appointments, line.overdue, line.due, line.deadlines, line.unseen, line.referrals


def test_lead_sees_what_waits_by_colleague(browser, busy, user, actor, now):
    busy("amira")
    cases.record_absence(user=user("bernd"), kind="sick", starts_on=TODAY, ends_on=date(2026, 3, 13), covers=[],
                         by=actor("elif"), at=now)  # fmt: skip
    page = browser("elif").get(reverse("today_team"))
    lines = {line.user_id: line for line in page.context["lines"]}
    assert counts(lines[user("amira").pk]) == ("Amira Scholz", 1, 1, 1, 1, 1, 0)
    assert lines[user("bernd").pk].away_until == date(2026, 3, 13)
    assert [tab["label"] for tab in page.context["tabs"]] == ["Meins", "Team"]
    assert "krank" not in page.content.decode()


def test_counts_open_down_to_the_rows(browser, busy, user):
    busy("amira")
    page = browser("elif").get(reverse("today_of", args=[user("amira").pk]))
    panels = {panel.key: panel.context for panel in page.context["main"]}
    assert [task.title for task in panels["v-aufgaben"]["tasks"]] == ["anrufen", "schreiben"]
    assert (len(panels["v-termine"]["lines"]), len(panels["v-lange-nicht"]["cases"])) == (1, 1)
    assert [(str(row.label), row.due_on) for row in panels["v-fristen"]["rows"]] == [
        ("muss ausziehen bis", date(2026, 3, 31))
    ]
    assert Accommodation.objects.for_system(reason="test").count() == 1
    for login in ("amira", "bernd", "carla", "jonas"):
        assert browser(login).get(reverse("today_of", args=[user("elif").pk])).status_code == 404
    assert browser("elif").get(reverse("today_of", args=[user("carla").pk])).status_code == 404


def test_own_deadlines_ring_on_ones_own_day(browser, busy):
    busy("amira")
    panels = {panel.key: panel.context for panel in browser("amira").get("/heute/").context["main"]}
    assert [row.kind for row in panels["fristen"]["rows"]] == ["leave"]
    assert "fristen" not in {panel.key for panel in browser("bernd").get("/heute/").context["main"]}


def join(site: Site, number: int) -> None:
    """One more counsellor of a site."""
    person = User.objects.create(username=f"probe-{number}", first_name="Kim", last_name=f"Probe {number}")
    Membership.objects.create(user=person, organisation=site.organisation, site=site, role="counsellor",
                              valid_from=date(2020, 1, 1))  # fmt: skip


def test_twenty_colleagues_cost_as_many_queries_as_one(browser, busy, city):
    client, page = browser("elif"), reverse("today_team")
    busy("amira")
    site = Site.objects.get(name="Anlaufstelle Nordstadt")
    costs = []
    for _ in range(2):
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            lines = client.get(page).context["lines"]
        costs.append((len(lines) >= 20, len(captured)))
        if len(costs) == 1:
            for number in range(20):
                join(site, number)
            for number in range(3):
                busy(f"probe-{number}")
    assert [many for many, _cost in costs] == [False, True]
    assert costs[0][1] == costs[1][1] <= 18
