"""Minutes on paper, and opened to a body that took part: by whom, on which releases, as they stood, until taken back."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions.referral import PassingOn
from wurzelwerk.cases.models import Conference, Notice, OpenedMinutes, Referral
from wurzelwerk.counselling.queries import open_household
from wurzelwerk.counselling.support import circle_of
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.models import Consent
from wurzelwerk.trust.scopes import Scope

pytestmark = pytest.mark.django_db
SAID = "Die Familie zahlt 50 Euro im Monat an das Stromwerk."
STAGES = ["search", "viewing", "minutes"]


@pytest.fixture
def referred(case, household, ankerplatz, release, actor, now) -> Referral:
    """The household is with Ankerplatz, where Jonas is in charge; the releases cover minutes."""
    by = actor("amira")
    for consent in release():
        consent.stages = STAGES
        consent.save(update_fields=["stages"])
        trust.record_signature(consent=consent, signed_on=now.date(), by=by, at=now)
    referral = cases.send_referral(
        case=case, household=household, receiver=ankerplatz, purpose="housing", by=by, at=now
    )
    opened = PassingOn(
        read=frozenset({Scope.REGISTER, Scope.CONTACT}), write=frozenset(), back=frozenset({Scope.REGISTER})
    )
    cases.accept_referral(referral=referral, service="housing", passing_on=opened, by=actor("jonas"), at=now)
    return Referral.objects.visible_to(by).get(pk=referral.pk)


@pytest.fixture
def held(case, referred, user, actor, now) -> Conference:
    """Amira, Bernd and Jonas met; something was decided."""
    by = actor("amira")
    called = cases.Invitation(
        kind="case_conference", starts_at=now, ends_at=now + timedelta(hours=1), place="Zimmer 3", agenda="Schulden",
        users=(user("amira"), user("bernd"), user("jonas")),
    )  # fmt: skip
    row = cases.call_conference(case=case, invitation=called, by=by, at=now)
    present = row.participants.for_system(reason="test").filter(user__username__in=["amira", "jonas"])
    agreed = cases.Agreed("Rate vereinbaren", date(2026, 3, 20), "Amira Scholz", assignee=user("amira"))
    cases.write_minutes(
        conference=row, text=SAID, present=[one.pk for one in present], decisions=[agreed], by=by, at=now
    )
    return row


@pytest.fixture
def opened(held, referred, actor, now) -> OpenedMinutes:
    return cases.open_minutes(conference=held, referral=referred, by=actor("amira"), at=now)


def read_by(login: str, browser, opened: OpenedMinutes) -> tuple[int, bool]:
    page = browser(login).get(reverse("minutes_opened", args=[opened.pk]))
    return page.status_code, SAID in page.content.decode()


def test_minutes_as_pdf_say_what_was_said_and_name_nobody_in_title_and_file(held, browser):
    answer = browser().get(reverse("conference_pdf", args=[held.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="protokoll-2026-03-10.pdf"'
    pdf = PdfReader(io.BytesIO(answer.content))
    text = " ".join(pdf.pages[0].extract_text().split())
    wanted = (SAID, "Rate vereinbaren", "20.03.2026", "Jonas", "anwesend", "nicht dabei", "Schulden", "Zimmer 3")
    assert [word for word in wanted if word not in text] == []
    assert (pdf.metadata.title, pdf.metadata.author) == ("Protokoll", None)


def test_agenda_as_pdf_before_there_are_minutes(case, user, actor, browser, now):
    called = cases.Invitation(
        kind="case_conference", starts_at=now, ends_at=now + timedelta(hours=1), agenda="Schule", users=(user("amira"),)
    )
    row = cases.call_conference(case=case, invitation=called, by=actor("amira"), at=now)
    answer = browser().get(reverse("conference_pdf", args=[row.pk]))
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert ("tagesordnung-2026-03-10.pdf" in answer["Content-Disposition"], "Schule" in text, "Protokoll" in text) == (
        True, True, False,
    )  # fmt: skip


def test_long_minutes_take_several_pages_and_long_words_stay_inside(held, browser, actor, now):
    text = "\n".join(["Ein Satz, der gesagt wurde. " * 12 + "x" * 200] * 30)
    cases.write_minutes(conference=held, text=text, present=[], by=actor("amira"), at=now)
    answer = browser().get(reverse("conference_pdf", args=[held.pk]))
    assert len(PdfReader(io.BytesIO(answer.content)).pages) > 2


def test_body_that_took_part_reads_what_was_opened_and_nothing_else(opened, held, household, browser, actor):
    assert (read_by("jonas", browser, opened), read_by("amira", browser, opened)) == ((200, True), (200, True))
    assert [read_by(login, browser, opened)[0] for login in ("carla", "goran", "frieda")] == [404, 404, 404]
    jonas = browser("jonas")
    circle = jonas.get(reverse("support_circle", args=[household.pk])).content.decode()
    assert reverse("minutes_opened", args=[opened.pk]) in circle
    assert jonas.get(reverse("conference", args=[held.pk])).status_code == 404
    assert jonas.get(reverse("conference_pdf", args=[held.pk])).status_code == 404
    assert Conference.objects.visible_to(actor("jonas")).count() == 0
    told = Notice.objects.visible_to(actor("jonas")).filter(recipient=actor("jonas").user_id)
    assert "Für Ihre Stelle ist ein Protokoll freigegeben: Besprechung am 10.03.2026" in {one.text for one in told}


def test_nothing_is_open_before_the_act(held, household, browser, actor):
    assert OpenedMinutes.objects.visible_to(actor("jonas")).count() == 0
    assert "Protokoll" not in browser("jonas").get(reverse("support_circle", args=[household.pk])).content.decode()


def test_closed_minutes_are_gone_at_once_and_can_be_opened_again(opened, held, referred, browser):
    amira = browser()
    answer = amira.post(reverse("minutes_close", args=[opened.pk]), follow=True).content.decode()
    assert reverse("minutes_open", args=[held.pk, referred.pk]) in answer
    assert (read_by("jonas", browser, opened)[0], read_by("amira", browser, opened)[0]) == (404, 200)
    amira.post(reverse("minutes_open", args=[held.pk, referred.pk]))
    again = OpenedMinutes.objects.for_system(reason="test").get(closed_at=None)
    assert (again.pk != opened.pk, read_by("jonas", browser, again)) == (True, (200, True))


def test_withdrawn_release_takes_the_minutes_with_it(opened, browser, actor, now):
    consent = Consent.objects.visible_to(actor("amira")).first()
    cases.withdraw_release(consent=consent, how="mündlich", by=actor("amira"), at=now)
    assert read_by("jonas", browser, opened)[0] == 404


def test_new_referral_does_not_bring_former_minutes_back(opened, referred, actor, now):
    cases.end_referral(referral=referred, reason="", by=actor("amira"), at=now)
    again = cases.send_referral(
        case=referred.case, household=referred.household, receiver=referred.receiver, purpose="housing",
        by=actor("amira"), at=now,
    )  # fmt: skip
    opening = PassingOn(frozenset({Scope.REGISTER}), frozenset(), frozenset({Scope.REGISTER}))
    cases.accept_referral(referral=again, service="housing", passing_on=opening, by=actor("jonas"), at=now)
    assert list(OpenedMinutes.objects.visible_to(actor("jonas"))) == []


def test_minutes_changed_later_stay_closed_until_opened_anew(opened, held, browser, actor, now):
    later = "Später dazugeschrieben: etwas Vertrauliches"
    cases.write_minutes(conference=held, text=f"{SAID}\n{later}", present=[], by=actor("amira"), at=now)
    page = browser("jonas").get(reverse("minutes_opened", args=[opened.pk])).content.decode()
    assert (SAID in page, later in page) == (True, False)
    assert OpenedMinutes.objects.for_system(reason="test").get().text == SAID


def test_changed_minutes_are_marked_as_a_former_version(opened, held, user, browser, actor, now):
    jonas = held.participants.for_system(reason="test").get(user=user("jonas"))
    assert "frühere Fassung" not in browser().get(reverse("conference", args=[held.pk])).content.decode()
    cases.write_minutes(conference=held, text=f"{SAID} Und mehr.", present=[jonas.pk], by=actor("amira"), at=now)
    assert "frühere Fassung" in browser().get(reverse("conference", args=[held.pk])).content.decode()


@pytest.mark.parametrize("login", ["bernd", "elif", "carla", "jonas"])
def test_only_who_is_in_charge_opens_minutes(login, held, referred, actor, now):
    with pytest.raises(NotAllowed):
        cases.open_minutes(conference=held, referral=referred, by=actor(login), at=now)


def test_who_covers_for_the_person_in_charge_opens_minutes(held, referred, user, actor, now):
    cases.record_absence(
        user=user("amira"), kind="holiday", starts_on=now.date(), ends_on=now.date(), covers=[user("bernd")],
        by=actor("amira"), at=now,
    )  # fmt: skip
    assert cases.open_minutes(conference=held, referral=referred, by=actor("bernd"), at=now).receiver_id


def test_release_that_does_not_cover_minutes_opens_none(held, referred, actor, now):
    Consent.objects.for_system(reason="test").filter(pk=Consent.objects.for_system(reason="t").first().pk).update(
        stages=["search"]
    )
    with pytest.raises(WrongState, match="keine Protokolle"):
        cases.open_minutes(conference=held, referral=referred, by=actor("amira"), at=now)


def test_body_that_was_not_there_gets_no_minutes(held, referred, user, actor, now):
    mine = held.participants.for_system(reason="test").get(user=user("amira"))
    cases.write_minutes(conference=held, text=SAID, present=[mine.pk], by=actor("amira"), at=now)
    with pytest.raises(WrongState, match="niemand"):
        cases.open_minutes(conference=held, referral=referred, by=actor("amira"), at=now)


def test_opened_twice_is_refused(opened, held, referred, actor, now):
    with pytest.raises(WrongState, match="schon freigegeben"):
        cases.open_minutes(conference=held, referral=referred, by=actor("amira"), at=now)


def test_circle_says_who_covers_until_when(case, household, user, actor, browser, now):
    until = now.date() + timedelta(days=9)
    cases.record_absence(
        user=user("amira"), kind="sick", starts_on=now.date(), ends_on=until, covers=[user("bernd")],
        by=actor("amira"), at=now,
    )  # fmt: skip
    circle = circle_of(open_household(household.pk, actor=actor("elif"), today=now.date()))
    assert [one.cover for one in circle.own] == [f"vertreten durch {user('bernd').display_name} bis 19.03.2026"]
    page = browser("elif").get(reverse("support_circle", args=[household.pk])).content.decode()
    assert ("vertreten durch" in page, "krank" in page.lower()) == (True, False)
