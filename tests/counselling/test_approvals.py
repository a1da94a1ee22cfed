"""Four eyes: asked, approved or sent back, no way round it, nobody approves their own, and the way back."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.forms import as_shown
from wurzelwerk.base.errors import HouseError, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Approval, ApprovalRule, Case, Household
from wurzelwerk.network.models import Organisation, User

CLOSE = "close_case"


@pytest.fixture
def four_eyes(city, now) -> None:
    """The city wants the closing of a case approved."""
    city_body = Organisation.objects.get(code="stadt")
    ApprovalRule.objects.create(organisation=city_body, act=CLOSE, set_by=User.objects.get(username="lars"), set_at=now)


@pytest.fixture
def asked(four_eyes, case, actor, now) -> Approval:
    """Amira's request to close her case."""
    return cases.ask_approval(case=case, act=CLOSE, why="Wohnung gefunden", by=actor("amira"), at=now)


def closed() -> bool:
    """Whether the case is closed."""
    return Case.objects.for_system(reason="test").get().closed_on is not None


def test_act_is_asked_for_approved_and_done_by_who_asked(browser, four_eyes, case, actor):
    household = Household.objects.visible_to(actor("amira")).get()
    amira, elif_, place = browser("amira"), browser("elif"), reverse("case_close", args=[household.pk])
    assert "Freigabe anfragen" in amira.get(place).content.decode()
    amira.post(place, {"why": "Wohnung gefunden"})
    assert (Approval.objects.for_system(reason="test").get().state, closed()) == ("waits", False)
    assert amira.post(place, {}).status_code == 302
    assert not closed()
    panels = {panel.key: panel.context for panel in elif_.get("/heute/").context["main"]}
    waiting = panels["vier-augen"]["to_answer"]
    assert [one.why for one in waiting] == ["Wohnung gefunden"]
    answer = reverse("approval", args=[waiting[0].pk])
    assert "Wohnung gefunden" in elif_.get(answer).content.decode()
    elif_.post(answer, {"what": "freigeben"})
    amira.post(place, {})
    assert closed()
    amira.post(reverse("case_reopen", args=[household.pk]))
    amira.post(place, {})
    assert not closed()


def test_no_way_round_it_and_nobody_approves_their_own(asked, case, actor, browser, now):
    for login in ("amira", "bernd", "elif"):
        with pytest.raises(WrongState):
            cases.close_case(case=case, by=actor(login), at=now)
    for login in ("amira", "bernd", "carla", "goran"):
        with pytest.raises(NotAllowed):
            cases.grant_approval(approval=asked, by=actor(login), at=now)
        assert browser(login).post(reverse("approval", args=[asked.pk]), {"what": "freigeben"}).status_code == 404
    own = Approval(akte=case.akte, case=case, act=CLOSE, what="x", asked_by=asked.asked_by, asked_at=now,
                   answered_by=asked.asked_by, answered_at=now, state="approved")  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        own.save()


def test_lead_does_not_approve_what_the_lead_asked(four_eyes, case, actor, now):
    asked = cases.ask_approval(case=case, act=CLOSE, by=actor("elif"), at=now)
    with pytest.raises(NotAllowed):
        cases.grant_approval(approval=asked, by=actor("elif"), at=now)


def test_sent_back_needs_a_sentence_and_is_taken_back(asked, browser, actor, now):
    elif_, place = browser("elif"), reverse("approval", args=[asked.pk])
    assert elif_.post(place, {"what": "zurueckgeben"}).status_code == 422
    page = elif_.post(place, {"what": "zurueckgeben", "answer": "Bitte noch das Journal"}, follow=True)
    panels = {panel.key: panel.context for panel in browser("amira").get("/heute/").context["main"]}
    assert [(one.state, one.answer) for one in panels["vier-augen"]["mine"]] == [
        ("sent_back", "Bitte noch das Journal")
    ]
    elif_.post(next(iter(page.context["messages"])).extra_tags.removeprefix("undo:"))
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.answered_by) == ("waits", "", None)
    cases.withdraw_approval(approval=asked, by=actor("amira"), at=now)
    with pytest.raises(HouseError):
        cases.reopen_approval(approval=asked, by=actor("elif"), at=now)
    cases.reopen_approval(approval=asked, by=actor("amira"), at=now)


def test_switch_is_the_own_bodys_and_kept_by_the_administration(browser, case, actor, now):
    place = reverse("approval_rules")
    assert browser("elif").get(place).status_code == 404
    lars = browser("lars")
    lars.post(place, as_shown(lars.get(place)) | {"acts": [CLOSE]})
    assert list(ApprovalRule.objects.values_list("organisation__code", "act")) == [("stadt", CLOSE)]
    with pytest.raises(WrongState):
        cases.close_case(case=case, by=actor("amira"), at=now)
    lars.post(place, as_shown(lars.get(place)) | {"acts": []})
    cases.close_case(case=case, by=actor("amira"), at=now)
    assert closed()
