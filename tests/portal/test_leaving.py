"""Who leaves a household holds nothing of its Akte any more: no slip, no reminder, no offer; taken back, all of it holds again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.outbox import ways
from wurzelwerk.appointments.actions import Meeting, book
from wurzelwerk.appointments.models import Place
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import SeparationPlan
from wurzelwerk.cases.models import Appointment, Household, HouseholdMember, Person
from wurzelwerk.network.models import Site
from wurzelwerk.outbox import sending
from wurzelwerk.outbox.models import Message
from wurzelwerk.portal import actions, reminding
from wurzelwerk.portal.models import EarlierOffer, EarlierWish, Reminder
from wurzelwerk.trust.link_actions import issue_link, restore_link, revoke_link
from wurzelwerk.trust.links import Link

STARTS = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECRET = "Raum 7, Anlaufstelle Nordstadt"


def everything(model):
    return model.objects.for_system(reason="test")


@pytest.fixture(autouse=True)
def outside(settings):
    """People reach the house; what goes out is kept."""
    settings.PUBLIC_URL = "https://wurzelwerk.example"
    ways.kept.clear()
    ways.answers.clear()


@pytest.fixture
def case(open_household):
    return open_household()


@pytest.fixture
def yusuf(case) -> Person:
    everything(Person).filter(akte=case.akte, given_name="Yusuf").update(phone="0151 12345679")
    return everything(Person).get(akte=case.akte, given_name="Yusuf")


@pytest.fixture
def samira(case) -> Person:
    everything(Person).filter(akte=case.akte, given_name="Samira").update(phone="0151 12345678")
    return everything(Person).get(akte=case.akte, given_name="Samira")


@pytest.fixture
def booked(case, actor, user, now) -> Appointment:
    room = Place.objects.create(site=Site.objects.get(code="stadt-nord"), name="Raum 7")
    meeting = Meeting("counselling", STARTS, STARTS + HOUR, user("amira"), room)
    return book(case=case, meeting=meeting, by=actor("amira"), at=now)


@pytest.fixture
def give(actor, now):
    """Give a link out; return its address."""

    def give_it(purpose: str, thing) -> str:
        until = STARTS + timedelta(days=28)
        return issue_link(purpose=purpose, thing=thing, valid_until=until, by=actor("amira"), at=now).path

    return give_it


@pytest.fixture
def part(case, yusuf, actor, now):
    """Yusuf goes."""

    def act():
        household = everything(Household).get(akte=case.akte)
        plan = SeparationPlan(now.date(), frozenset({yusuf.pk}))
        return cases.separate_household(case=case, household=household, plan=plan, by=actor("amira"), at=now)

    return act


@pytest.fixture
def leave(yusuf, actor, now):
    def act() -> HouseholdMember:
        row = everything(HouseholdMember).select_related("household", "person").get(person=yusuf)
        cases.remove_member(belonging=row, left_on=now.date(), by=actor("amira"), at=now)
        return row

    return act


@pytest.fixture
def reminder(booked, yusuf, now) -> Reminder:
    """Yusuf was reminded yesterday."""
    return Reminder.objects.create(
        akte=booked.akte, appointment=booked, starts_at=STARTS, rule="days", person=yusuf.pk, made_at=now
    )


@pytest.fixture
def waiting(booked, yusuf, actor, now) -> EarlierWish:
    """Yusuf agreed to be told, and waits for an earlier time."""
    actions.agree_reminding(person=yusuf, channel="sms", by=actor("amira"), at=now)
    return EarlierWish.objects.create(akte=booked.akte, appointment=booked, person=yusuf.pk, wished_at=now)


def test_slip_from_before_the_separation_opens_nothing_and_cancels_nothing(booked, give, part):
    slip = give("portal.appointment", booked)
    assert SECRET in Client().get(slip).content.decode()
    part()
    answers = [Client().get(slip), Client().post(slip, {"tun": "absagen"})]
    assert [(one.status_code, SECRET in one.content.decode()) for one in answers] == [(404, False)] * 2
    booked.refresh_from_db(from_queryset=everything(Appointment))
    assert booked.state == "planned"


def test_separation_taken_back_lets_open_again_just_what_it_closed(booked, give, part, actor, now):
    slip, lost = give("portal.appointment", booked), give("portal.appointment", booked)
    revoked = everything(Link).order_by("-issued_at", "-pk").first()
    revoke_link(link=revoked, by=actor("amira"), at=now)
    first, second = (slip, lost) if Client().get(slip).status_code == 200 else (lost, slip)
    row = part()
    assert [Client().get(path).status_code for path in (first, second)] == [404, 404]
    cases.unseparate_household(separation=row, by=actor("amira"), at=now)
    assert [Client().get(path).status_code for path in (first, second)] == [200, 404]


@pytest.mark.parametrize("way", ["part", "leave"])
def test_who_goes_is_offered_no_earlier_time(request, way, waiting, now):
    request.getfixturevalue(way)()
    waiting.refresh_from_db(from_queryset=everything(EarlierWish))
    EarlierWish.objects.for_system(reason="test").update(ended_at=None)  # and were it to stand, still not
    assert (waiting.ended_at, reminding.offer_earlier(now)) == (now, 0)
    assert [one.address for one in ways.kept] == []
    assert everything(EarlierOffer).count() == 0


@pytest.mark.parametrize("way", ["part", "leave"])
def test_reminder_and_offer_sent_before_open_nothing_and_what_waits_is_not_sent(
    request, way, booked, reminder, waiting, give, now
):
    offer = EarlierOffer.objects.create(akte=booked.akte, wish=waiting, starts_at=STARTS - 2 * HOUR,
                                        ends_at=STARTS - HOUR, offered_at=now, expires_at=STARTS - 3 * HOUR)  # fmt: skip
    paths = [give("portal.reminded", reminder), give("portal.offer", offer)]
    assert [Client().get(path).status_code for path in paths] == [200, 200]
    assert reminding.queue_due(now) == 1
    request.getfixturevalue(way)()
    assert [Client().get(path).status_code for path in paths] == [404, 404]
    everything(Link).update(revoked_at=None)  # somebody lets them open again by mistake
    assert [SECRET in Client().get(path).content.decode() for path in paths] == [False, False]
    assert sending.tick(at=now) == 0
    assert (ways.kept, [(one.state, one.text) for one in everything(Message)]) == ([], [("cancelled", "")])


def test_what_is_on_its_way_to_who_stays_still_opens(booked, samira, part, actor, now):
    actions.agree_reminding(person=samira, channel="sms", by=actor("amira"), at=now)
    assert reminding.queue_due(now) == 1
    part()
    assert sending.tick(at=now) == 1
    path = ways.kept[0].text.partition("https://wurzelwerk.example")[2].split()[0]
    assert Client().get(path).status_code == 200


def test_who_leaves_takes_no_slip_from_the_others_and_links_are_given_back_by_hand(
    booked, reminder, give, leave, actor, now
):
    slip, own = give("portal.appointment", booked), give("portal.reminded", reminder)
    row = leave()
    assert [Client().get(path).status_code for path in (slip, own)] == [200, 404]
    cases.return_member(belonging=row, by=actor("amira"), at=now)
    restore_link(link=everything(Link).get(revoked_at__isnull=False), by=actor("amira"), at=now)
    assert Client().get(own).status_code == 200
