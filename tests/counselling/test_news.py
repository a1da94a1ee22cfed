"""What is new since one last looked: marks on the pages, the list over one's own cases, and nothing about others' reading."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wurzelwerk.base import clock
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases import visits
from wurzelwerk.cases.models import Household, Visit
from wurzelwerk.counselling.news import news_of

REASON = "test"


@pytest.fixture
def case(open_household):
    return open_household()


@pytest.fixture
def household(case) -> Household:
    return Household.objects.for_system(reason=REASON).get(akte=case.akte)


@pytest.fixture
def amira(client, user):
    client.force_login(user("amira"))
    return client


def write(case, actor, at, login: str = "bernd", text: str = "Neues"):
    return cases.write_note(case=case, kind="phone", theme="work", text=text, occurred_at=at, by=actor(login), at=at)


def marked(client, household) -> list[str]:
    lines = client.get(reverse("journal", args=[household.pk])).context["lines"]
    return [line.note.text for line in lines if line.is_new]


def test_entry_of_a_colleague_is_new_until_the_next_visit_is_over(amira, household, case, actor, now):
    place = reverse("household_seen", args=[household.pk])
    with clock.frozen(now + timedelta(seconds=1)):
        assert marked(amira, household) == []
        assert amira.post(place, headers={"HX-Request": "true"}).status_code == 204
    hour, later = now + timedelta(hours=1), now + timedelta(hours=2)
    write(case, actor, hour)
    write(case, actor, hour, "amira", "Eigenes")
    with clock.frozen(later):
        assert marked(amira, household) == ["Neues"]
        assert "neu" in amira.get(reverse("household", args=[household.pk])).content.decode()
        amira.post(place, headers={"HX-Request": "true"})
        assert marked(amira, household) == ["Neues"]
    with clock.frozen(later + timedelta(minutes=20)):
        assert marked(amira, household) == ["Neues"]
    with clock.frozen(later + timedelta(minutes=31)):
        assert marked(amira, household) == []


def test_reading_alone_notes_nothing_and_nobody_learns_of_others_visits(amira, household, user, client):
    amira.get(reverse("household", args=[household.pk]))
    assert Visit.objects.count() == 0
    amira.post(reverse("household_seen", args=[household.pk]))
    [row] = Visit.objects.values("user__username", "akte_id")
    assert row == {"user__username": "amira", "akte_id": household.akte_id}
    client.force_login(user("carla"))
    assert client.post(reverse("household_seen", args=[household.pk])).status_code == 404
    assert Visit.objects.count() == 1


def test_list_names_what_others_did_in_the_own_cases_alone(amira, household, case, actor, open_household, now):
    visits.note_visit(household.akte_id, by=actor("amira"), at=now)
    at, by = now + timedelta(hours=1), actor("bernd")
    write(case, actor, at)
    need = cases.note_need(case=case, kind="debts", by=by, at=at)
    cases.agree_goal(need=need, text="Ruhe", by=by, at=at)
    cases.complete_task(task=cases.set_task(case=case, title="Amt", due_on=now.date(), by=by, at=at), by=by, at=at)
    write(open_household("bernd"), actor, at, "elif", "nicht meiner")
    write(case, actor, at, "amira", "Eigenes")
    with clock.frozen(at + timedelta(minutes=1)):
        found = sorted((one.what, one.detail) for one in news_of(actor("amira"), at=at + timedelta(minutes=1)))
        assert found == [
            ("Aufgabe erledigt", "Amt"), ("Bedarf im Plan", "Schulden"), ("Neuer Journaleintrag", "Telefonat · Arbeit"),
            ("Ziel im Plan", "Ruhe"),
        ]  # fmt: skip
        page = amira.get(reverse("news")).content.decode()
        assert ("Al-Khatib" in page, "nicht meiner" in page) == (True, False)
        amira.post(reverse("news_seen"))
        assert news_of(actor("amira"), at=at + timedelta(minutes=1)) == []


def test_never_visited_case_shows_the_last_days_alone(case, actor, now):
    write(case, actor, now, text="alt")
    late = now + timedelta(days=15)
    assert [len(news_of(actor("amira"), at=at)) for at in (now, late)] == [1, 0]


def test_visits_are_forgotten_after_their_days(household, actor, now):
    visits.note_visit(household.akte_id, by=actor("amira"), at=now)
    assert [visits.forget(at=now + timedelta(days=days)) for days in (180, 181)] == [0, 1]
