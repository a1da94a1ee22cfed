"""Referrals to bodies without an account: what the link tells whom and when, what comes back, what closes it."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import ApprovalRule, Household, Notice, Referral, ReferralEvent
from wurzelwerk.counselling.link_views import TEXTS
from wurzelwerk.counselling.outside import issue, mail_link, passed_on
from wurzelwerk.counselling.referrals import course_of
from wurzelwerk.network.models import Organisation, User
from wurzelwerk.outbox.models import Message
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Consent

CONCERN = "Mahnungen von drei Gläubigern"


@pytest.fixture
def body(case, actor, now) -> Organisation:
    """A debt advice office that Amira wrote down."""
    return cases.keep_body(
        akte=case.akte, name="Schuldnerhilfe e. V.", email="hilfe@example.org", by=actor("amira"), at=now
    )


@pytest.fixture
def referral(case, household, members, body, actor, now) -> Referral:
    """Everybody released it; the referral waits for its link."""
    by = actor("amira")
    for member in members:
        consent = trust.prepare_release(
            akte=case.akte, subject=member.person_id, receiver=body, purpose="debt_advice",
            stages=["request", "accepted"], language="de", valid_until=date(2026, 4, 20), by=by, at=now,
        )  # fmt: skip
        trust.record_signature(consent=consent, signed_on=now.date(), by=by, at=now)
    told = cases.Outside(purpose="debt_advice", way="link", concern=CONCERN)
    return cases.send_outside(case=case, household=household, receiver=body, outside=told, by=by, at=now)


@pytest.fixture
def link(referral, actor, now) -> str:
    """The address of its link."""
    return issue(referral, by=actor("amira"), at=now).path


def press(link: str, button: str, **fields):
    return Client().post(link, {"was": button, **fields})


def test_link_tells_nothing_before_somebody_says_so_and_counts_it(link, referral):
    first = Client().get(link)
    text = first.content.decode()
    assert (first.status_code, [word in text for word in (CONCERN, "Samira", "Al-Khatib")]) == (200, [False] * 3)
    assert ReferralEvent.objects.for_system(reason="test").count() == 0
    seen = press(link, "ansehen").content.decode()
    assert [word in seen for word in (CONCERN, "Samira Al-Khatib", "0231 000111", "Yusuf", "2014")] == [True] * 3 + [
        False
    ] * 2
    assert "Namen und Geburtsjahre der Mitglieder des Haushalts" in seen
    events = ReferralEvent.objects.for_system(reason="test")
    assert [(one.news, one.by_id, one.outside, one.text) for one in events] == [("opened", None, True, "")]


@pytest.mark.parametrize(
    ("fields", "status", "shown"),
    [({}, 200, False), ({"was": "nichts"}, 200, False), ({"was": "ablehnen", "because": ""}, 422, True),
     ({"was": "erledigt", "outcome": "solved"}, 422, True), ({"was": "rueckfrage", "question": "Wer?"}, 200, True)],
)  # fmt: skip
def test_data_are_never_shown_without_being_counted(link, fields, status, shown):
    answer = Client().post(link, fields)
    page = answer.content.decode()
    assert (answer.status_code, "Samira Al-Khatib" in page, CONCERN in page) == (status, shown, shown)
    news = ReferralEvent.objects.for_system(reason="test").filter(news="opened")
    assert news.count() == (1 if shown else 0)


def test_who_has_the_link_asks_ten_times_an_hour_at_most_and_leaves_one_notice(link, actor, now):
    answers = [press(link, "rueckfrage", question=f"Frage {number}", sprache="tr") for number in range(12)]
    assert [one.status_code for one in answers] == [200] * 10 + [429] * 2
    assert ('lang="tr"' in answers[-1].content.decode(), answers[-1].headers["Retry-After"]) == (True, "3600")
    assert CONCERN not in answers[-1].content.decode()
    assert ReferralEvent.objects.for_system(reason="test").filter(news="asked").count() == 10
    assert Notice.objects.visible_to(actor("amira")).count() == 1
    with clock.frozen(now + timedelta(hours=1)):
        assert press(link, "rueckfrage", question="Noch eine").status_code == 200


def test_acceptance_opens_the_next_stage_and_lands_with_the_sender(link, referral, actor):
    page = press(link, "annehmen").content.decode()
    assert [
        word in page for word in ("Yusuf Al-Khatib, 1988", "Lina Al-Khatib, 2014", "Ihre Zusage ist angekommen")
    ] == [True] * 3
    referral.refresh_from_db()
    assert (referral.state, referral.answered_by_id) == ("accepted", None)
    assert [one.text for one in Notice.objects.visible_to(actor("amira"))] == [
        "Schuldnerhilfe e. V. hat die Überweisung angenommen."
    ]
    assert press(link, "annehmen").status_code == 422
    done = press(link, "erledigt", outcome="solved", text="Vergleich geschlossen").content.decode()
    assert "Die Anfrage ist als erledigt gemeldet" in done
    course = course_of(Referral.objects.visible_to(actor("amira")).get(), actor=actor("amira"))
    assert course[0].title == "erledigt"
    assert Client().get(link).status_code == 404


def test_refusal_takes_a_reason_and_closes_the_link(link, referral, actor):
    wrong = press(link, "ablehnen", because="", reason="keine Zeit")
    assert (wrong.status_code, "Bitte füllen Sie dieses Feld aus." in wrong.content.decode()) == (422, True)
    assert 'value="keine Zeit"' in wrong.content.decode()
    page = press(link, "ablehnen", because="no_capacity", reason="ab Mai wieder").content.decode()
    assert ("Ihre Absage ist angekommen" in page, CONCERN in page) == (True, False)
    found = Referral.objects.visible_to(actor("amira")).get()
    assert (found.state, found.refused_because, found.reason) == ("refused", "no_capacity", "ab Mai wieder")
    assert [press(link, "ansehen").status_code, Client().get(link).status_code] == [404, 404]


def test_question_comes_from_outside_and_its_answer_stands_on_the_page(browser, link, referral, actor):
    assert press(link, "rueckfrage", question="x" * 501).status_code == 422
    press(link, "rueckfrage", question="<b>Welche</b> Gläubiger?")
    page = browser().get(f"/ueberweisungen/{referral.pk}/").content.decode()
    assert ["von außen" in page, "&lt;b&gt;Welche&lt;/b&gt;" in page, "Rückfrage wartet" in page] == [True] * 3
    panels = browser().get("/heute/").context["main"]
    assert [row.pk for panel in panels if panel.key == "gesendet" for row, *_ in panel.context["referrals"]] == [
        referral.pk
    ]
    browser().post(f"/ueberweisungen/aussen/{referral.pk}/rueckfrage/", {"text": "Drei, siehe oben."})
    assert "Drei, siehe oben." in press(link, "ansehen").content.decode()
    referral.refresh_from_db()
    assert referral.question_at is None


@pytest.mark.parametrize("ending", ["withdrawn release", "ended", "run out", "late"])
def test_link_is_closed_at_once_by_whatever_ends_it(link, referral, actor, now, ending):
    by, at = actor("amira"), now
    if ending == "withdrawn release":
        consent = Consent.objects.visible_to(by).filter(receiver=referral.receiver).first()
        cases.withdraw_release(consent=consent, how="mündlich", by=by, at=now)
    elif ending == "ended":
        cases.end_referral(referral=referral, reason="", by=by, at=now)
    elif ending == "run out":
        assert cases.lapse_referrals(by=Actor.system("nightly"), at=now + timedelta(days=60)) == 1
    else:
        at = now + timedelta(days=42)  # the releases end on 20 April
    with clock.frozen(at):
        assert [Client().get(link).status_code, press(link, "annehmen").status_code] == [404, 404]


def test_who_joined_later_without_a_release_is_not_told_of(link, referral, household, actor, now):
    cases.add_member(household=household, member=cases.MemberData("Rana", "Neu"), by=actor("amira"), at=now)
    page = press(link, "annehmen").content.decode()
    assert ("Yusuf" in page, "Rana" in page) == (True, False)


def test_body_written_down_is_known_to_its_controller_alone(body, browser, actor, open_household, now):
    assert not Organisation.objects.filter(pk=body.pk).exists()
    again = cases.keep_body(
        akte=open_household().akte, name="schuldnerhilfe  E. V.", phone="0231 1", by=actor("amira"), at=now
    )
    assert (again.pk, again.phone, again.email) == (body.pk, "0231 1", "hilfe@example.org")
    offered = {}
    for login in ("amira", "goran"):
        row = Household.objects.visible_to(actor(login)).get(akte=open_household(login).akte)
        page = browser(login).get(f"/haushalte/{row.pk}/freigaben/aussen/")
        offered[login] = body in page.context["form"].fields["receiver"].queryset
    assert offered == {"amira": True, "goran": False}


def test_law_names_to_whom_what_and_why(case, household, body, actor, now):
    by = actor("amira")
    good = {"purpose": "support", "way": "paper", "concern": CONCERN, "basis": "law", "basis_text": "§ 4 KKG",
            "items": {"request": ["name", "concern"]}}  # fmt: skip
    for change, field in (({"basis_text": " "}, "basis_text"), ({"items": {}}, "items"), ({"concern": " "}, "concern"),
                          ({"items": {"request": ["journal"]}}, "items"), ({"way": "account"}, "way")):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            cases.send_outside(case=case, household=household, receiver=body, outside=cases.Outside(**good | change),
                               by=by, at=now)  # fmt: skip
        assert refused.value.field == field
    sent = cases.send_outside(
        case=case, household=household, receiver=body, outside=cases.Outside(**good), by=by, at=now
    )
    assert [(one.label, one.lines) for one in passed_on(sent, on=now.date()).told] == [
        ("Name", ("Samira Al-Khatib",)), ("Anliegen, wie es besprochen ist", (CONCERN,))
    ]  # fmt: skip
    with pytest.raises(WrongState):
        issue(sent, by=by, at=now)


def test_referral_without_all_releases_is_refused_and_nobody_else_may_send(case, household, body, actor, now):
    told = cases.Outside(purpose="debt_advice", way="link", concern=CONCERN)
    with pytest.raises(WrongState):
        cases.send_outside(case=case, household=household, receiver=body, outside=told, by=actor("amira"), at=now)
    for login in ("carla", "jonas", "frieda"):
        with pytest.raises(NotAllowed):
            cases.send_outside(case=case, household=household, receiver=body, outside=told, by=actor(login), at=now)


def test_four_eyes_hold_for_bodies_without_an_account(referral, browser, case, household, body, actor, now):
    city, lars = Organisation.objects.get(code="stadt"), User.objects.get(username="lars")
    ApprovalRule.objects.create(organisation=city, act="send_referral", set_by=lars, set_at=now)
    cases.end_referral(referral=referral, reason="neu", by=actor("amira"), at=now)
    place = reverse("outside_new", args=[household.pk, body.pk, "debt_advice"])
    assert "Freigabe anfragen" in browser("amira").get(place).content.decode()
    told = cases.Outside(purpose="debt_advice", way="link", concern=CONCERN)
    with pytest.raises(WrongState, match="zweiten Person"):
        cases.send_outside(case=case, household=household, receiver=body, outside=told, by=actor("amira"), at=now)


def test_link_is_shown_once_mailed_without_a_word_about_whom_and_again_as_reminder(
    browser, referral, actor, now, settings
):
    settings.PUBLIC_URL = "https://stadt.example"
    client, place = browser(), f"/ueberweisungen/aussen/{referral.pk}/"
    shown = client.post(f"{place}link/").content.decode()
    address = re.search(r"https://stadt.example(/l/[\w-]+/)", shown)
    assert (Client().get(address[1]).status_code, "<svg" in shown) == (200, True)
    client.post(f"{place}mail/")
    texts = list(Message.objects.for_system(reason="test").values_list("address", "text"))
    cases.remind_receivers(by=Actor.system("nightly"), at=now + timedelta(days=9))
    texts += Message.objects.for_system(reason="test").exclude(text="").values_list("address", "text")
    assert [address for address, _text in texts] == ["hilfe@example.org"] * 2
    assert ["Al-Khatib" in text or CONCERN in text for _address, text in texts] == [False, False]
    paths = [address[1], *(re.search(r"/l/[\w-]+/", text)[0] for _address, text in texts)]
    assert [Client().get(path).status_code for path in paths] == [404, 404, 200]


def test_new_link_ends_the_former_ones_and_what_waits_with_them(referral, link, actor, now):
    mail_link(referral, "hilfe@example.org", by=actor("amira"), at=now)
    mailed = re.search(r"/l/[\w-]+/", Message.objects.for_system(reason="test").get().text)[0]
    assert Client().get(link).status_code == 404
    newest = issue(referral, by=actor("amira"), at=now).path
    assert [Client().get(path).status_code for path in (link, mailed, newest)] == [404, 404, 200]
    assert [one.state for one in Message.objects.for_system(reason="test")] == ["cancelled"]


def test_reminder_goes_where_the_link_went_also_where_the_address_was_changed_meanwhile(
    referral, case, actor, now, settings
):
    settings.PUBLIC_URL = "https://stadt.example"
    mail_link(referral, "hilfe@example.org", by=actor("amira"), at=now)
    cases.keep_body(akte=case.akte, name="Schuldnerhilfe e. V.", email="fremd@example.net", replaces=True,
                    by=actor("amira"), at=now)  # fmt: skip
    cases.remind_receivers(by=Actor.system("nightly"), at=now + timedelta(days=9))
    assert set(Message.objects.for_system(reason="test").values_list("address", flat=True)) == {"hilfe@example.org"}


def test_known_address_of_a_body_is_kept_unless_it_is_changed_on_purpose(body, case, household, browser, actor, now):
    client, place = browser(), reverse("body_new", args=[household.pk])
    typed = {"name": "Schuldnerhilfe e. V.", "email": "fremd@example.net"}
    refused = client.post(place, typed)
    assert refused.context["form"].errors == {"email": [
        "Bekannt ist hier hilfe@example.org. Zum Behalten leeren Sie das Feld, zum Ändern kreuzen Sie unten an."
    ]}  # fmt: skip
    assert Organisation.every.get(pk=body.pk).email == "hilfe@example.org"
    client.post(place, typed | {"email": ""})
    assert Organisation.every.get(pk=body.pk).email == "hilfe@example.org"
    client.post(place, typed | {"replaces": "on"})
    assert Organisation.every.get(pk=body.pk).email == "fremd@example.net"


def test_household_is_not_parted_while_a_body_is_told_of_both(
    link, referral, case, household, members, browser, actor, now
):
    plan = cases.SeparationPlan(now.date(), frozenset({members[0].person_id}))
    with pytest.raises(WrongState, match="Beenden Sie zuerst die Überweisung"):
        cases.separate_household(case=case, household=household, plan=plan, by=actor("amira"), at=now)
    sent = {"on": "10.03.2026", **{f"wohin_{one.person_id.hex}": "bleibt" for one in members}}
    page = browser().post(reverse("household_separate", args=[household.pk]),
                          sent | {f"wohin_{members[0].person_id.hex}": "geht"})  # fmt: skip
    assert page.context["form"].non_field_errors() == [
        "Die Überweisung an Schuldnerhilfe e. V. nennt beide Seiten. Beenden Sie zuerst die Überweisung."
    ]
    cases.end_referral(referral=referral, reason="", by=actor("amira"), at=now)
    cases.separate_household(case=case, household=household, plan=plan, by=actor("amira"), at=now)
    answer = press(link, "ansehen")
    assert [word in answer.content.decode() for word in ("Yusuf", "Samira", "0231 000111")] == [False] * 3


def test_who_is_named_does_not_leave_and_nobody_takes_their_place(link, referral, members, actor, now):
    first, second = members[0], members[1]
    with pytest.raises(WrongState, match="Ansprechperson"):
        cases.remove_member(belonging=first, left_on=now.date(), by=actor("amira"), at=now)
    type(first).objects.for_system(reason="test").filter(pk=first.pk).update(left_on=now.date())  # by whatever way
    seen = press(link, "ansehen").content.decode()
    assert [word in seen for word in ("Samira", "Yusuf", "0231 000111")] == [False] * 3
    cases.remove_member(belonging=second, left_on=now.date(), by=actor("amira"), at=now)
    assert "Yusuf" not in press(link, "annehmen").content.decode()


def test_case_is_not_closed_while_a_body_outside_is_asked(referral, case, actor, now):
    with pytest.raises(WrongState, match=r"Die Überweisung an Schuldnerhilfe e\. V\. läuft noch"):
        cases.close_case(case=case, by=actor("amira"), at=now)
    cases.end_referral(referral=referral, reason="", by=actor("amira"), at=now)
    cases.close_case(case=case, by=actor("amira"), at=now)


def test_answer_on_the_telephone_is_recorded_by_staff(browser, referral, actor):
    client, place = browser(), f"/ueberweisungen/aussen/{referral.pk}/antwort/"
    wrong = client.post(place, {"answer": "refused", "because": ""})
    assert wrong.context["form"].errors == {"because": ["Bitte wählen Sie einen Grund."]}
    client.post(place, {"answer": "accepted"})
    client.post(place, {"answer": "done", "outcome": "partly"})
    found = Referral.objects.visible_to(actor("amira")).get()
    assert (found.state, found.outcome, found.answered_by_id) == ("done", "partly", actor("amira").user_id)


@pytest.mark.parametrize("typed", ["a\x00b", "x" * 70_000, "{{ 7*7 }}<script>", "\u202e\ufeff"])
@pytest.mark.parametrize("button", ["ablehnen", "erledigt", "rueckfrage", "annehmen", "moon"])
def test_page_of_the_link_answers_whatever_is_typed(link, button, typed):
    client = Client(raise_request_exception=False)
    fields = dict.fromkeys(["because", "reason", "outcome", "text", "question", "sprache"], typed)
    answer = client.post(link, {"was": button, **fields})
    assert answer.status_code == 413 if len(typed) > 1000 else answer.status_code in {200, 422}
    assert "<script>" not in answer.content.decode().partition("<main")[2]


def test_texts_of_the_link_say_the_same_in_every_language():
    german = TEXTS.of("de")
    assert {code: TEXTS.of(code).keys() == german.keys() for code in TEXTS.languages} == dict.fromkeys(
        TEXTS.languages, True
    )
    assert {code for code in TEXTS.languages if TEXTS.of(code)["reviewed"]} == {"de"}
