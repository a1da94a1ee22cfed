"""Handing over somebody's open work: each, all of a kind, by language; preview, one act, its way back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from wurzelwerk.base.errors import HouseError
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.models import Appointment, Case, Notice, Step, Task
from wurzelwerk.drafts.models import Draft

TODAY = date(2026, 3, 10)


@pytest.fixture
def busy(open_household, actor, now):
    """Amira's two households, one speaking Tigrinya; with a task, a step and an appointment in the first."""
    by = actor("amira")
    one = open_household(members=[MemberData("Selam", "Tesfay", languages=("ti",))])
    other = open_household(members=[MemberData("Olena", "Boyko", languages=("uk",))])
    need = cases.note_need(case=one, kind="housing", by=by, at=now)
    goal = cases.agree_goal(need=need, text="Eine Wohnung", by=by, at=now)
    cases.plan_step(goal=goal, text="WBS beantragen", assignee=None, due_on=TODAY, by=by, at=now)
    Step.objects.for_system(reason="test").update(assignee_id=by.user_id)
    cases.set_task(case=one, title="anrufen", due_on=TODAY, by=by, at=now)
    start = now + timedelta(days=1)
    cases.make_appointment(case=one, kind="phone", starts_at=start, ends_at=start + timedelta(hours=1), by=by, at=now)
    return one, other


@pytest.fixture
def page(user):
    """The page of Amira's work."""
    return reverse("handover", args=[user("amira").pk])


def stands() -> list[list[str]]:
    """Whose are the cases, tasks, steps and appointments, in the order they were made."""
    columns = ((Case, "lead"), (Task, "assignee"), (Step, "assignee"), (Appointment, "host"))
    return [
        list(model.objects.for_system(reason="test").order_by("pk").values_list(f"{column}__username", flat=True))
        for model, column in columns
    ]


def test_everything_is_listed_previewed_handed_over_and_taken_back(browser, busy, page, user):
    elif_, bernd = browser("elif"), str(user("bernd").pk)
    shown = elif_.get(page)
    assert [(label, len(lines)) for label, lines in shown.context["form"].parts] == [
        ("Fälle", 2), ("Aufgaben", 1), ("Schritte", 1), ("Termine", 1),
    ]  # fmt: skip
    sent = {"sprache_ti": bernd}
    preview = elif_.post(page, sent)
    assert preview.context["preview"] == {
        "lines": [(user("bernd"), "Fälle: 1, Aufgaben: 1, Schritte: 1, Termine: 1")], "left": "Fälle: 1",
    }  # fmt: skip
    before = stands()
    assert before == [["amira", "amira"], ["amira"], ["amira"], ["amira"]]
    done = elif_.post(page, sent | {"tun": "uebergeben", "einmal": "k"}, follow=True)
    assert stands() == [["bernd", "amira"], ["bernd"], ["bernd"], ["bernd"]]
    assert [(label, len(lines)) for label, lines in done.context["form"].parts] == [("Fälle", 1)]
    assert [row.recipient.username for row in Notice.objects.for_system(reason="test")] == ["bernd"]
    message = next(iter(done.context["messages"]))
    elif_.post(message.extra_tags.removeprefix("undo:"))
    assert stands() == before


def test_own_choice_goes_before_language_and_language_before_kind(browser, busy, page, user):
    people = {login: str(user(login).pk) for login in ("bernd", "elif")}
    task = Task.objects.for_system(reason="test").get()
    browser("amira").post(page, {"alle_case": people["elif"], "sprache_ti": people["bernd"], f"z_{task.pk.hex}": people["elif"],
                                 "tun": "uebergeben"})  # fmt: skip
    assert stands() == [["bernd", "elif"], ["elif"], ["bernd"], ["bernd"]]


def test_nobody_else_sees_or_hands_over(browser, busy, page, user, actor, now):
    for login in ("bernd", "carla", "goran", "jonas", "lars"):
        assert browser(login).get(page).status_code == 404
    for by, to in (("bernd", "bernd"), ("elif", "goran"), ("elif", "jonas")):
        with pytest.raises(HouseError):
            cases.hand_work(person=user("amira"), gives=[(busy[0], user(to))], by=actor(by), at=now)
    assert browser("elif").post(page, {"alle_case": str(user("goran").pk), "tun": "uebergeben"}).status_code == 422
    assert stands() == [["amira", "amira"], ["amira"], ["amira"], ["amira"]]


def test_what_somebody_took_over_meanwhile_stops_the_whole_act(busy, user, actor, now):
    task = Task.objects.for_system(reason="test").get()
    case = Case.objects.for_system(reason="test").get(pk=busy[1].pk)
    cases.assign_case(case=case, lead=user("elif"), by=actor("elif"), at=now)
    with pytest.raises(HouseError):
        cases.hand_work(
            person=user("amira"), gives=[(task, user("bernd")), (case, user("bernd"))], by=actor("elif"), at=now
        )
    assert stands() == [["amira", "elif"], ["amira"], ["amira"], ["amira"]]


def test_drafts_are_counted_and_never_shown(browser, busy, page, actor, now):
    Draft.objects.create(akte=busy[0].akte, author_id=actor("amira").user_id, form="note", subject=busy[0].pk,
                         scope="journal", content={"text": ["geheim"]}, changed_at=now, expires_at=now + timedelta(days=14))  # fmt: skip
    shown = browser("elif").get(page)
    assert shown.context["work"].drafts == 1
    assert "geheim" not in shown.content.decode()
