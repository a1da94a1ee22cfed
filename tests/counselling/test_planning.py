"""The plan's own page: change, order, put aside, print in two languages."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tests.forms import fill_in
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases import lists
from wurzelwerk.cases.models import Goal, Household, Need, Step
from wurzelwerk.counselling import plan_sheet
from wurzelwerk.counselling.planning import plan_of
from wurzelwerk.network.colleagues import Colleagues

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


@pytest.fixture
def planned(case, actor, now):
    """A need with a goal and three steps: rows by name."""
    by = actor("amira")
    need = cases.note_need(case=case, kind="housing", text="zu eng", by=by, at=now)
    goal = cases.agree_goal(need=need, text="Ein Zimmer für die Kinder", own_words="غرفة للأطفال", by=by, at=now)
    steps = [cases.plan_step(goal=goal, text=text, by_client=text == "B", by=by, at=now) for text in "ABC"]
    return {"need": need, "goal": goal, "steps": steps}


def steps_of(case, actor) -> list[str]:
    [need] = [one for one in plan_of(case, actor=actor("amira"), colleagues=Colleagues()) if one.goals]
    return [step.text for step in need.goals[0].steps]


def test_need_goal_and_step_are_changed_and_the_page_shows_it(amira, household, planned, user):
    need, goal, step = planned["need"], planned["goal"], planned["steps"][0]
    fill_in(amira, reverse("need_edit", args=[need.pk]), {"kind": "debts", "urgency": "1", "text": "Mahnung"})
    fill_in(amira, reverse("goal_edit", args=[goal.pk]), {"text": "Ruhe", "own_words": "راحة"})
    sent = {"text": "Amt anrufen", "who": user("bernd").pk, "due_on": "12.03.2026", "own_words": ""}
    fill_in(amira, reverse("step_edit", args=[step.pk]), sent)
    rows = [model.objects.for_system(reason=REASON).get(pk=row.pk) for model, row in
            ((Need, need), (Goal, goal), (Step, step))]  # fmt: skip
    assert [(rows[0].kind, rows[0].urgency, rows[0].text), (rows[1].text, rows[1].own_words)] == [
        ("debts", 1, "Mahnung"), ("Ruhe", "راحة"),
    ]  # fmt: skip
    assert (rows[2].text, rows[2].assignee.username, rows[2].due_on) == ("Amt anrufen", "bernd", date(2026, 3, 12))
    page = amira.get(reverse("plan", args=[household.pk])).content.decode()
    assert [word in page for word in ("Schulden", "Ruhe", "راحة", "Amt anrufen", "macht der Haushalt selbst")] == [
        True
    ] * 5


def test_order_is_kept_and_what_is_new_comes_last(amira, case, planned, actor, now):
    third = planned["steps"][2]
    place = reverse("plan_move", args=["schritte", third.pk, "frueher"])
    for _ in range(2):
        amira.post(place)
    assert steps_of(case, actor) == ["C", "A", "B"]
    amira.post(place)
    amira.post(reverse("plan_move", args=["schritte", third.pk, "spaeter"]))
    cases.plan_step(goal=planned["goal"], text="D", by=actor("amira"), at=now)
    assert steps_of(case, actor) == ["A", "C", "B", "D"]
    assert amira.post(reverse("plan_move", args=["quatsch", third.pk, "frueher"])).status_code == 404
    cases.close_step(step=third, state="done", by=actor("amira"), at=now)
    with pytest.raises(WrongState):
        cases.move_in_plan(part=third, earlier=True, by=actor("amira"), at=now)


@pytest.mark.parametrize("part", ["need", "goal"])
def test_what_is_put_aside_leaves_the_plan_and_comes_back(amira, household, planned, part):
    row = planned[part]
    amira.post(reverse(f"{part}_archive", args=[row.pk]))
    page = amira.get(reverse("plan", args=[household.pk]))
    shown = [need.pk for need in page.context["archived_needs"]] + [goal.pk for _need, goal in page.context["aside"]]
    assert shown == [row.pk]
    bare = re.sub(r"<[^>]+>", " ", amira.get(reverse("household", args=[household.pk])).content.decode())
    assert ("Ein Zimmer für die Kinder" in bare) is False
    amira.post(reverse(f"{part}_restore", args=[row.pk]))
    page = amira.get(reverse("plan", args=[household.pk]))
    assert [goal.text for need in page.context["open_needs"] for goal in need.goals] == ["Ein Zimmer für die Kinder"]


def test_closed_step_and_nonsense_are_refused(planned, actor, now):
    by, step = actor("amira"), planned["steps"][0]
    with pytest.raises(BadInput):
        cases.change_step(step=step, text=" ", by=by, at=now)
    with pytest.raises(BadInput):
        cases.change_need(need=planned["need"], kind="nothing", urgency=1, by=by, at=now)
    cases.close_step(step=step, state="done", by=by, at=now)
    with pytest.raises(WrongState):
        cases.change_step(step=step, text="x", by=by, at=now)


# -- on paper --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", plan_sheet.languages())
def test_sheet_knows_every_word_in_every_language(language):
    words, german = plan_sheet.texts(language), plan_sheet.texts("de")
    assert {key: sorted(words[key]) for key in ("labels", "urgency", "needs")} == {
        key: sorted(german[key]) for key in ("labels", "urgency", "needs")
    }
    assert sorted(words["needs"]) == sorted(lists.table("need_kinds").keys)
    assert (words["language"], words["reviewed"]) == (language, language == "de")


@pytest.mark.parametrize("language", ["", "ar", "uk"])
def test_plan_is_printed_in_two_languages_and_its_name_tells_nobody(amira, household, planned, language):
    answer = amira.get(reverse("plan_pdf", args=[household.pk]), {"language": language})
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan-2026-03-10.pdf"'
    assert b"Al-Khatib" not in answer.content


def test_unknown_language_is_not_found(amira, household, planned):
    assert amira.get(reverse("plan_pdf", args=[household.pk]), {"language": "xx"}).status_code == 404
