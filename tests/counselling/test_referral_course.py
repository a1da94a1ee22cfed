"""What becomes of a referral: reminded, refused with a reason, done, silent, counted."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.base.workdays import is_workday, workdays_after, workdays_between
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions.referral import PassingOn
from wurzelwerk.cases.models import Case, Notice, Person, Referral, ReferralEvent
from wurzelwerk.counselling.referrals import course_of, figures_of, sent_by_teams
from wurzelwerk.evidence.models import Fact
from wurzelwerk.network.models import Organisation, User
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.scopes import Scope

OPENED = PassingOn(read=frozenset({Scope.REGISTER, Scope.CONTACT}), write=frozenset(), back=frozenset({Scope.REGISTER}))


@pytest.fixture
def send(actor, now, ankerplatz):
    """Release a case to Ankerplatz and refer it; returns the referral."""

    def send_it(case: Case, at=now) -> Referral:
        by = actor("amira")
        household = case.parties.visible_to(by).get().household
        for member in household.members.visible_to(by):
            consent = trust.prepare_release(
                akte=case.akte, subject=member.person_id, receiver=ankerplatz, purpose="housing", stages=["viewing"],
                language="de", valid_until=date(2027, 3, 10), by=by, at=at,
            )  # fmt: skip
            trust.record_signature(consent=consent, signed_on=date(2026, 3, 9), by=by, at=at)
        return cases.send_referral(case=case, household=household, receiver=ankerplatz, purpose="housing", by=by, at=at)

    return send_it


def test_working_days_know_weekends_and_holidays_of_the_land():
    assert [is_workday(day) for day in (date(2026, 4, 3), date(2026, 6, 4), date(2026, 4, 7))] == [False, False, True]
    assert workdays_after(date(2026, 3, 10), 5) == date(2026, 3, 17)
    assert workdays_between(date(2026, 4, 2), date(2026, 4, 7)) == 1  # Easter lies between
    assert workdays_between(date(2026, 4, 7), date(2026, 4, 2)) == 0


def test_receiver_that_does_not_answer_is_reminded_once_and_the_sender_told(
    case, send, actor, now, django_capture_on_commit_callbacks
):
    referral, house = send(case), Actor.system("nightly")
    User.objects.filter(username="jonas").update(email="jonas@example.org")
    assert (referral.due_on, cases.remind_receivers(by=house, at=now + timedelta(days=7))) == (date(2026, 3, 17), 0)
    later = now + timedelta(days=8)
    with django_capture_on_commit_callbacks(execute=True):
        assert (cases.remind_receivers(by=house, at=later), cases.remind_receivers(by=house, at=later)) == (1, 0)
    assert [notice.text for notice in Notice.objects.visible_to(actor("amira"))] == [
        "Seit 6 Arbeitstagen ohne Antwort: Überweisung an Ankerplatz. Die Stelle ist erinnert."
    ]
    assert "Al-Khatib" not in "".join(letter.subject + letter.body for letter in mail.outbox)
    seen = {
        login: ReferralEvent.objects.visible_to(actor(login)).count() for login in ("amira", "jonas", "carla", "goran")
    }
    assert seen == {"amira": 1, "jonas": 1, "carla": 0, "goran": 0}
    with pytest.raises(NotAllowed):
        cases.remind_receivers(by=actor("amira"), at=later)


def test_reminder_by_hand_is_the_senders_and_not_twice_within_an_hour(browser, case, send, actor, now):
    referral = send(case)
    assert browser("jonas").post(f"/ueberweisungen/{referral.pk}/erinnern/").status_code == 404
    for _ in range(2):
        browser().post(f"/ueberweisungen/{referral.pk}/erinnern/")
    assert [one.title for one in course_of(referral, actor=actor("amira"))] == ["erinnert", "gesendet"]
    cases.remind_receiver(referral=referral, by=actor("amira"), at=now + timedelta(hours=2))
    with pytest.raises(NotAllowed):
        cases.remind_receiver(referral=referral, by=actor("carla"), at=now + timedelta(hours=9))


def test_refusal_carries_a_reason_of_the_list_and_is_counted(case, send, actor, now):
    referral, by = send(case), actor("jonas")
    with pytest.raises(BadInput) as refused:
        cases.refuse_referral(referral=referral, reason="voll", because="moon", by=by, at=now)
    assert refused.value.field == "because"
    cases.refuse_referral(referral=referral, reason="voll", because="no_capacity", by=by, at=now + timedelta(days=9))
    fact = Fact.objects.filter(type="cases.referral_answered").first()
    assert fact.dimensions == {"answer": "refused", "in_time": "no", "because": "no_capacity"}
    assert course_of(referral, actor=actor("amira"))[0].text == "zurzeit keine freien Plätze: voll"


def test_done_closes_what_was_open_and_says_with_what(browser, case, send, actor, now):
    referral = send(case)
    cases.accept_referral(referral=referral, service="housing", passing_on=OPENED, by=actor("jonas"), at=now)
    assert Person.objects.visible_to(actor("jonas")).count() == 5
    with pytest.raises(BadInput):
        cases.complete_referral(referral=referral, outcome="magic", text="", by=actor("jonas"), at=now)
    with pytest.raises(NotAllowed):
        cases.complete_referral(referral=referral, outcome="solved", text="", by=actor("amira"), at=now)
    sent = {"outcome": "solved", "text": "Wohnung gefunden"}
    answer = browser("jonas").post(f"/ueberweisungen/{referral.pk}/erledigt/", sent)
    assert answer.headers["Location"] == "/heute/"
    assert Person.objects.visible_to(actor("jonas")).count() == 0
    referral.refresh_from_db()
    assert (referral.state, course_of(referral, actor=actor("amira"))[0].text) == (
        "done", "Anliegen geklärt: Wohnung gefunden"
    )  # fmt: skip
    with pytest.raises(WrongState):
        cases.complete_referral(referral=referral, outcome="solved", text="", by=actor("jonas"), at=now)
    with pytest.raises(WrongState):
        cases.end_referral(referral=referral, reason="", by=actor("amira"), at=now)


def test_page_of_a_referral_that_waits_names_nobody_to_its_receiver(browser, case, send):
    referral = send(case)
    own, theirs = (browser(login).get(f"/ueberweisungen/{referral.pk}/") for login in ("amira", "jonas"))
    assert ["Al-Khatib" in page.content.decode() for page in (own, theirs)] == [True, False]
    assert [browser(login).get(f"/ueberweisungen/{referral.pk}/").status_code for login in ("carla", "goran")] == [
        404,
        404,
    ]


def test_bodies_are_counted_by_how_they_answer(open_household, send, actor, now, browser):
    for days, answer in ((1, "accept"), (9, "refuse"), (0, ""), (0, "")):
        referral = send(open_household())
        at = now + timedelta(days=days)
        if answer == "accept":
            cases.accept_referral(referral=referral, service="housing", passing_on=OPENED, by=actor("jonas"), at=at)
        if answer == "refuse":
            cases.refuse_referral(referral=referral, reason="voll", because="no_capacity", by=actor("jonas"), at=at)
    rows = sent_by_teams(actor("amira"))
    Referral.objects.for_system(reason="test").filter(pk=referral.pk).update(sent_at=now + timedelta(days=20))
    (body,) = figures_of(rows, None, None, today=now.date() + timedelta(days=30))
    assert (body.sent, body.in_time, body.late, body.waiting, body.silent) == (4, 1, 1, 1, 1)
    assert (body.accepted, body.refused, body.why, body.typical) == (1, 1, "zurzeit keine freien Plätze (1)", 4)
    (far,) = figures_of(rows, None, None, today=now.date() + timedelta(days=90))
    assert (far.waiting, far.silent) == (0, 2)
    with clock.frozen(now + timedelta(days=40)):
        page = browser().get("/ueberweisungen/zahlen/?bis=30.04.2026&von=01.03.2026").content.decode()
    assert "Ankerplatz" in page
    assert "Al-Khatib" not in page.partition("<main")[2]


def test_list_of_referrals_costs_the_same_for_one_and_for_three(open_household, send, browser):
    client, costs = browser(), []
    for number in (1, 2):
        for _ in range(number):
            send(open_household())
        client.get("/ueberweisungen/")
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/ueberweisungen/").content.decode()
        costs.append(len(captured))
    assert page.count('href="/ueberweisungen/0') == 3
    assert costs[0] == costs[1]
    assert Organisation.objects.get(code="ankerplatz").name in page
