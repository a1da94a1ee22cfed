"""The helper circle and its conferences, by the browser: who sees whom, and what becomes of what was decided."""

from datetime import date, timedelta

import icalendar
import pytest

from tests.forms import as_shown, fill_in
from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions.referral import PassingOn
from wurzelwerk.cases.models import Conference, Decision, Helper, Notice, Participant, Referral, Step, Task
from wurzelwerk.counselling.queries import open_household
from wurzelwerk.counselling.support import circle_of
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.scopes import Scope

STILL = cases.HelperData(name="Dr. Still", role="therapist", since=date(2026, 3, 1), body="Ambulanz", phone="0231 99")


@pytest.fixture
def helper(household, actor, now) -> Helper:
    """A therapist who works with the family."""
    return cases.add_helper(household=household, helper=STILL, by=actor("amira"), at=now)


@pytest.fixture
def referred(case, household, ankerplatz, release, actor, now) -> Referral:
    """The household is with Ankerplatz, where Jonas searches for it."""
    by = actor("amira")
    for consent in release():
        trust.record_signature(consent=consent, signed_on=now.date(), by=by, at=now)
    referral = cases.send_referral(
        case=case, household=household, receiver=ankerplatz, purpose="housing", by=by, at=now
    )
    opened = PassingOn(
        read=frozenset({Scope.REGISTER, Scope.CONTACT}), write=frozenset(), back=frozenset({Scope.REGISTER})
    )
    cases.accept_referral(referral=referral, service="housing", passing_on=opened, by=actor("jonas"), at=now)
    return referral


@pytest.fixture
def called(case, helper, referred, user, actor, now) -> Conference:
    """A conference that begins now: Amira, Bernd, Jonas of Ankerplatz, the therapist."""
    invitation = cases.Invitation(
        kind="case_conference", starts_at=now, ends_at=now + timedelta(hours=1), place="Zimmer 3", agenda="Schulden",
        users=(user("amira"), user("bernd"), user("jonas")), helpers=(helper,),
    )  # fmt: skip
    return cases.call_conference(case=case, invitation=invitation, by=actor("amira"), at=now)


def seen_by(login: str, household, actor, now) -> dict[str, list[str]]:
    circle = circle_of(open_household(household.pk, actor=actor(login), today=now.date()))
    parts = {"own": circle.own, "others": circle.others, "helpers": circle.helpers, "former": circle.former}
    return {part: [one.name for one in found] for part, found in parts.items() if found}


def test_each_body_sees_of_the_circle_what_is_open_to_it(household, helper, referred, actor, now):
    own = seen_by("amira", household, actor, now)
    theirs = seen_by("jonas", household, actor, now)
    assert own["helpers"] == ["Dr. Still"]
    assert (theirs["own"], theirs["others"], "helpers" in theirs) == (own["others"], own["own"], False)


def test_who_wrote_in_the_case_is_of_the_circle_until_long_ago(household, case, actor, now):
    earlier = now - timedelta(days=400)
    for login, at in (("bernd", earlier), ("elif", now)):
        cases.write_note(
            case=case, kind="phone", theme="housing", text="Anruf", occurred_at=at, by=actor(login), at=now
        )
    circle = circle_of(open_household(household.pk, actor=actor("amira"), today=now.date()))
    names = {one.name: (one.role, one.is_main, one.last_active) for one in circle.own}
    lead, other = circle.own
    assert len(names) == 2
    assert (lead.role, lead.is_main, other.role, other.last_active) == ("zuständig", True, "arbeitet mit", now.date())


def test_helper_is_entered_corrected_ended_and_taken_back(browser, household, actor):
    client, place = browser(), f"/haushalte/{household.pk}/helferkreis/"
    typed = {"name": " Frau  Kern ", "role": "guardian", "since": "01.02.2026", "basis": "none", "is_main": "on"}
    assert client.post(f"{place}neu/", typed).headers["Location"] == place
    helper = Helper.objects.visible_to(actor("amira")).get()
    assert (helper.name, helper.main_since is not None) == ("Frau Kern", True)
    fill_in(
        client, f"/helferkreis/{helper.pk}/", as_shown(client.get(f"/helferkreis/{helper.pk}/")) | {"body": "Verein"}
    )
    client.post(f"/helferkreis/{helper.pk}/beenden/", {"until": "10.03.2026", "because": "umgezogen"})
    page = client.get(place).content.decode()
    assert [word in page for word in ("Frau Kern", "Verein", "umgezogen", "Früher")] == [True] * 4
    client.post(f"/helferkreis/{helper.pk}/zurueck/")
    helper.refresh_from_db()
    assert (helper.until, helper.ended_because, helper.body) == (None, "", "Verein")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"role": "magician"}, "role"),
        ({"since": date(2026, 3, 11)}, "since"),
        ({"basis": "law", "basis_text": " "}, "basis_text"),
    ],
)
def test_helper_that_cannot_be_is_refused_at_its_field(household, actor, now, changes, field):
    data = cases.HelperData(**{**vars(STILL), **changes})
    with pytest.raises(BadInput) as refused:
        cases.add_helper(household=household, helper=data, by=actor("amira"), at=now)
    assert refused.value.field == field


def test_helper_of_a_person_elsewhere_is_refused_and_others_may_not_write(household, open_household, actor, now):
    other = open_household("carla")
    stranger = other.parties.visible_to(actor("carla")).get().household.members.visible_to(actor("carla"))[0].person_id
    with pytest.raises(BadInput):
        cases.add_helper(household=household, helper=cases.HelperData(**{**vars(STILL), "person": stranger}),
                         by=actor("amira"), at=now)  # fmt: skip
    for login in ("carla", "jonas", "frieda"):
        with pytest.raises(NotAllowed):
            cases.add_helper(household=household, helper=STILL, by=actor(login), at=now)


def test_only_the_latest_main_contact_counts(household, helper, actor, now):
    by = actor("amira")
    for name in ("eins", "zwei"):
        data = cases.HelperData(name=name, role="volunteer", since=now.date(), is_main=True)
        cases.add_helper(household=household, helper=data, by=by, at=now)
    circle = circle_of(open_household(household.pk, actor=by, today=now.date()))
    assert [one.name for one in [*circle.own, *circle.helpers] if one.is_main] == ["zwei"]


def test_invited_with_account_are_told_without_a_word_about_whom(called, actor):
    told = {
        login: [
            notice.text for notice in Notice.objects.visible_to(actor(login)).filter(recipient=actor(login).user_id)
        ]
        for login in ("bernd", "jonas")
    }
    sentence = "Einladung zu einer Fallkonferenz am 10.03.2026, 10:00\u00a0Uhr"
    assert {login: sentence in texts for login, texts in told.items()} == {"bernd": True, "jonas": True}
    assert not Conference.objects.visible_to(actor("jonas")).exists()
    assert not Participant.objects.visible_to(actor("jonas")).exists()


def test_decisions_become_task_and_step_at_once_and_say_what_became_of_them(browser, called, case, actor, user, now):
    by = actor("amira")
    need = cases.note_need(case=case, kind="housing", text="", by=by, at=now)
    goal = cases.agree_goal(need=need, text="Ein Zimmer", by=by, at=now)
    client, place = browser(), f"/konferenzen/{called.pk}/protokoll/"
    still = called.participants.visible_to(by).get(helper__isnull=False)
    typed = as_shown(client.get(place)) | {
        "text": "Es wurde gesprochen.", "present": [str(still.pk)], "next_on": "10.04.2026",
        "decision_1_text": "Anruf beim Amt", "decision_1_who": f"u:{user('bernd').pk}", "decision_1_due": "20.03.2026",
        "decision_2_text": "WBS beantragen", "decision_2_who": "client", "decision_2_due": "21.03.2026",
        "decision_2_goal": str(goal.pk),
        "decision_3_text": "Befund schicken", "decision_3_who": f"p:{still.pk}", "decision_3_due": "22.03.2026",
    }  # fmt: skip
    assert client.post(place, typed).status_code == 302
    tasks = {task.title: task.assignee_id for task in Task.objects.visible_to(by).filter(origin="conference")}
    assert tasks == {
        "Anruf beim Amt": user("bernd").pk,
        "Nachhalten bei Dr. Still: Befund schicken": user("amira").pk,
    }
    assert [(step.text, step.by_client) for step in Step.objects.visible_to(by)] == [("WBS beantragen", True)]
    cases.complete_task(task=Task.objects.visible_to(by).get(title="Anruf beim Amt"), by=actor("bernd"), at=now)
    lines = client.get(f"/konferenzen/{called.pk}/").context["decisions"]
    assert [(line.decision.text, line.state) for line in lines] == [
        ("Anruf beim Amt", "erledigt"), ("WBS beantragen", "offen"), ("Befund schicken", "offen")
    ]  # fmt: skip


def test_decision_half_typed_is_said_at_its_field_and_nothing_is_written(browser, called, actor):
    client, place = browser(), f"/konferenzen/{called.pk}/protokoll/"
    typed = as_shown(client.get(place)) | {"text": "Text", "decision_2_text": "etwas", "decision_3_due": "31.02.2026"}
    answer = client.post(place, typed)
    assert sorted(answer.context["form"].errors) == ["decision_2_due", "decision_2_who", "decision_3_due"]
    called.refresh_from_db()
    assert (called.state, Decision.objects.visible_to(actor("amira")).count()) == ("planned", 0)


def test_minutes_are_confirmed_by_each_and_anew_when_they_change(called, actor, now):
    by, people = actor("amira"), {}
    ids = [row.pk for row in called.participants.visible_to(by)]
    cases.write_minutes(conference=called, text="eins", present=ids, by=by, at=now)
    people = {row.name: row for row in called.participants.visible_to(by).select_related("conference")}
    bernd = next(row for row in people.values() if row.user_id == actor("bernd").user_id)
    with pytest.raises(NotAllowed):
        cases.confirm_minutes(participant=bernd, confirmed=True, by=by, at=now)
    for row, login in ((bernd, "bernd"), (people["Dr. Still"], "amira")):
        cases.confirm_minutes(participant=row, confirmed=True, by=actor(login), at=now)
    cases.write_minutes(conference=called, text="eins", present=ids, by=by, at=now)
    confirmed = called.participants.visible_to(by).filter(confirmed_at__isnull=False)
    assert confirmed.count() == 2
    cases.write_minutes(conference=called, text="zwei", present=ids, by=by, at=now)
    assert confirmed.count() == 0


def test_conference_called_off_comes_back_and_has_no_minutes_meanwhile(browser, called, actor, now):
    client = browser()
    client.post(f"/konferenzen/{called.pk}/absagen/")
    with pytest.raises(WrongState):
        called.refresh_from_db()
        cases.write_minutes(conference=called, text="x", present=[], by=actor("amira"), at=now)
    texts = [notice.text for notice in Notice.objects.visible_to(actor("jonas"))]
    assert "Abgesagt: Fallkonferenz am 10.03.2026, 10:00\u00a0Uhr" in texts
    client.post(f"/konferenzen/{called.pk}/doch/")
    called.refresh_from_db()
    assert called.state == "planned"


def test_time_that_changes_opens_the_answers_again(called, helper, user, actor, now):
    by = actor("amira")
    still = called.participants.visible_to(by).select_related("conference").get(helper=helper)
    cases.answer_invitation(participant=still, answer="yes", by=by, at=now)
    same = {"kind": called.kind, "starts_at": called.starts_at, "ends_at": called.ends_at, "place": called.place}
    people = {"users": (user("amira"),), "helpers": (helper,)}
    cases.change_conference(conference=called, invitation=cases.Invitation(**same, **people), by=by, at=now)
    answers = called.participants.visible_to(by).filter(helper=helper).values_list("answer", flat=True)
    assert (list(answers), called.participants.visible_to(by).count()) == (["yes"], 2)
    moved = same | {"place": "Zimmer 9"}
    cases.change_conference(conference=called, invitation=cases.Invitation(**moved, **people), by=by, at=now)
    assert list(answers.all()) == ["open"]


def test_invitation_on_paper_and_as_a_file_names_nobody_of_the_household(browser, called):
    client = browser()
    file = client.get(f"/konferenzen/{called.pk}/einladung.ics")
    event = icalendar.Calendar.from_ical(file.content).walk("VEVENT")[0]
    assert (str(event["summary"]), str(event["location"]), event.decoded("dtstart")) == (
        "Besprechung", "Zimmer 3", called.starts_at
    )  # fmt: skip
    paper = client.get(f"/konferenzen/{called.pk}/einladung/").content.decode().partition("<h1>")[2]
    for text in (file.content.decode(), paper.partition("</main>")[0]):
        assert [word in text for word in ("Al-Khatib", "Samira", "Schulden")] == [False] * 3


def test_today_shows_what_waits_for_me(browser, called, actor, now):
    assert [row.waits for row in _rows(browser("bernd"))] == ["Zusage fehlt"]
    with clock.frozen(now + timedelta(hours=2)):
        assert [row.waits for row in _rows(browser("amira"))] == ["Protokoll fehlt"]
    people = [row.pk for row in called.participants.visible_to(actor("amira"))]
    cases.write_minutes(conference=called, text="x", present=people, by=actor("amira"), at=now)
    assert [row.waits for row in _rows(browser("bernd"))] == ["Protokoll bestätigen"]


def _rows(client) -> list:
    panels = client.get("/heute/").context["main"]
    return next((panel.context["rows"] for panel in panels if panel.key == "meine-konferenzen"), [])
