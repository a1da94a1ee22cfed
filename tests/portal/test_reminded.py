"""Who is reminded of an appointment: the one who agreed; of several whoever was chosen, and nobody before that."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.outbox import ways
from wurzelwerk.appointments.actions import Meeting, book
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases.models import Appointment, Household, HouseholdMember, Person
from wurzelwerk.outbox import sending
from wurzelwerk.portal import actions, panels
from wurzelwerk.portal.models import ReminderChoice

STARTS = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SAMIRA, YUSUF = "+4915112345678", "+4915112345679"


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
def couple(case, actor, now) -> list[Person]:
    """Samira and Yusuf; both agreed to be reminded by SMS."""
    people = []
    for name, phone in (("Samira", SAMIRA), ("Yusuf", YUSUF)):
        everything(Person).filter(akte=case.akte, given_name=name).update(phone=phone)
        person = everything(Person).get(akte=case.akte, given_name=name)
        actions.agree_reminding(person=person, channel="sms", by=actor("amira"), at=now)
        people.append(person)
    return people


@pytest.fixture
def booked(case, actor, user, now):
    """Book an appointment, in two days if nothing else is said."""

    def make(starts=STARTS) -> Appointment:
        meeting = Meeting("counselling", starts, starts + HOUR, user("amira"), place="")
        return book(case=case, meeting=meeting, by=actor("amira"), at=now)

    return make


@pytest.fixture
def choose(actor, now):
    def choose_it(row, *persons, login="amira", at=None):
        actions.set_reminded(appointments=[row], persons={one.pk for one in persons}, by=actor(login), at=at or now)

    return choose_it


def told() -> list[str]:
    return [one.address for one in ways.kept]


def test_of_two_who_agreed_nobody_is_told_until_it_is_chosen_and_then_nobody_else(couple, booked, choose, now):
    row = booked()
    assert (sending.tick(at=now), told()) == (0, [])
    choose(row, couple[1])
    assert (sending.tick(at=now), told()) == (1, [YUSUF])
    assert sending.tick(at=STARTS - 3 * HOUR) == 1
    assert SAMIRA not in told()


def test_nobody_is_a_choice_and_both_too(couple, booked, choose, now):
    row = booked()
    choose(row)
    assert sending.tick(at=now) == 0
    assert [one.person for one in everything(ReminderChoice)] == [None]
    choose(row, *couple)
    assert (sending.tick(at=now), sorted(told())) == (2, [SAMIRA, YUSUF])


def test_one_who_agreed_is_told_without_a_question_unless_nobody_was_chosen(couple, booked, choose, actor, now):
    row, other = booked(), booked(STARTS + 2 * HOUR)
    choose(other)
    agreed = everything(actions.Reminding).get(person=couple[1])
    actions.end_reminding(reminding=agreed, by=actor("amira"), at=now)
    assert (sending.tick(at=now), told()) == (1, [SAMIRA])
    assert row.pk != other.pk


def test_who_left_is_not_told_even_if_chosen(couple, booked, choose, now):
    row = booked()
    choose(row, couple[1])
    everything(HouseholdMember).filter(person=couple[1]).update(left_on=now.date())
    assert (sending.tick(at=now), told()) == (0, [])


def test_choice_is_refused_to_strangers_for_strangers_and_for_what_is_over(couple, booked, choose, case, now):
    row = booked()
    with pytest.raises(NotAllowed):
        choose(row, couple[0], login="carla")
    child = everything(Person).get(akte=case.akte, given_name="Lina")
    with pytest.raises(BadInput):
        choose(row, child)
    with pytest.raises(WrongState):
        choose(row, couple[0], at=STARTS + HOUR)
    assert everything(ReminderChoice).count() == 0


def test_part_of_the_page_of_an_appointment_takes_two_queries_and_is_the_teams(
    couple, booked, actor, django_assert_num_queries
):
    row = booked()
    page = SimpleNamespace(row=row, writes=True)
    by = actor("amira")
    with django_assert_num_queries(2):
        shown = panels.of_appointment(SimpleNamespace(actor=by), page)
    assert (shown["asks"], shown["reminded"]) == (True, [])
    assert panels.of_appointment(SimpleNamespace(actor=actor("carla")), page) is None


def test_pages_ask_and_take_the_answer_for_the_other_appointments_too(couple, booked, client, user, now):
    first, second, third = booked(), booked(STARTS + 24 * HOUR), booked(STARTS + 48 * HOUR)
    client.force_login(user("amira"))
    household = everything(Household).get(akte=first.akte)
    overview, place = reverse("household", args=[household.pk]), reverse("appointment_reminded", args=[first.pk])
    waits = "noch nicht gewählt, wer erinnert wird"
    pages = [overview, reverse("appointment", args=[first.pk]), reverse("reminder_list", args=[household.pk])]
    assert [waits in client.get(page).content.decode() for page in pages] == [True] * 3
    for wrong in ({}, {"who": [str(couple[0].pk)], "nobody": "on"}):
        assert "who" in client.post(place, wrong).context["form"].errors
    client.post(reverse("appointment_reminded", args=[third.pk]), {"nobody": "on"})
    client.post(place, {"who": [str(couple[0].pk)], "also_next": "on"})
    chosen = {one.appointment_id: one.person for one in everything(ReminderChoice)}
    assert chosen == {first.pk: couple[0].pk, second.pk: couple[0].pk, third.pk: None}
    assert [waits in client.get(page).content.decode() for page in pages] == [False] * 3
    assert "Samira Al-Khatib" in client.get(pages[1]).content.decode()
