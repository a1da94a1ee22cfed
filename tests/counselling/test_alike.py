"""While a new person is typed, who may have been taken in before is told: within the body and what one may see."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house.test_naughty_input import NAUGHTY
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.models import Household
from wurzelwerk.counselling.alike import TYPED, alike
from wurzelwerk.evidence.models import Fact
from wurzelwerk.network.models import Organisation

HINT = "Vielleicht schon aufgenommen"
SAMIRA = {"given_name": "Samira", "family_name": "Al-Khatib", "birth_date": "04.05.1990"}


def asking(typed: dict[str, str], prefix: str = "person-0") -> dict[str, str]:
    """What the page posts when it asks about a row."""
    return {"aehnlich": prefix} | {f"{prefix}-{name}" if prefix else name: text for name, text in typed.items()}


@pytest.fixture
def hint(browser):
    """Return the hint of the intake for what somebody typed."""

    def ask(typed: dict[str, str], login: str = "bernd") -> str:
        answer = browser(login).post(reverse("household_new"), asking(typed))
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


def test_hint_names_person_household_since_when_and_who_is_in_charge(hint, household):
    text = hint(SAMIRA)
    assert HINT in text
    assert f'href="{reverse("household", args=[household.pk])}"' in text
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))
    assert "geboren 04.05.1990 · Haushalt Al-Khatib · seit 10.03.2026 · zuständig: Amira Scholz" in said


def test_birth_known_by_its_year_alone_is_told_as_such(hint, open_household):
    known = MemberData("Samira", "Al-Khatib", date(1990, 1, 1), birth_known="year", original_name="سميرة الخطيب")
    open_household(members=[known])
    said = re.sub(r"<[^>]+>", "", hint({"given_name": "Samira", "family_name": "Al-Khatib", "phone": "0231 000111"}))
    assert "geboren 1990 · auch: سميرة الخطيب · Haushalt Al-Khatib" in said


@pytest.mark.parametrize("typed", [
    {"given_name": "سميرة", "family_name": "Alkhatib", "birth_date": "4.5.90"},
    {"given_name": "Samyra", "family_name": "al Chatib", "birth_date": "1990-05-04"},
    {"given_name": "Al-Khatib", "family_name": "Samira", "birth_date": ""},
    {"given_name": "Samira", "family_name": "", "birth_date": "04.05.1990", "phone": "0231 000111"},
])  # fmt: skip
def test_hint_comes_however_the_name_is_written(hint, household, typed):
    assert "Samira Al-Khatib" in hint(typed)


@pytest.mark.parametrize("typed", [
    {}, {"given_name": "Samira"}, {"family_name": "Al-Khatib"}, {"birth_date": "04.05.1990"},
    {"given_name": "Oleksandr", "family_name": "Bondarenko", "birth_date": "01.01.1980"},
])  # fmt: skip
def test_nothing_is_told_where_nobody_is_likely(hint, household, typed):
    assert hint(typed).strip() == '<div class="ww-alike"></div>'


@pytest.mark.parametrize("login", ["carla", "daniel", "goran"])
def test_who_lies_in_a_closed_akte_is_not_told(hint, household, login):
    assert hint(SAMIRA, login) == hint({"given_name": "Niemand", "family_name": "Gibtesnicht"}, login)


def test_only_akten_of_the_own_controller_are_told(household, actor):
    typed = dict.fromkeys(TYPED, "") | SAMIRA
    bodies = {code: Organisation.objects.get(code=code).pk for code in ("stadt", "bruecke")}
    told = {
        code: [one.name for one in alike(typed, actor=actor("bernd"), controller=pk)] for code, pk in bodies.items()
    }
    assert told == {"stadt": ["Samira Al-Khatib"], "bruecke": []}


def test_closed_case_and_a_person_without_a_household_are_told_so(hint, household, case, actor, now):
    by = actor("amira")
    member = household.members.visible_to(by).get(person__given_name="Yusuf")
    cases.remove_member(belonging=member, left_on=now.date(), by=by, at=now)
    text = hint({"given_name": "Yusuf", "family_name": "Al-Khatib", "birth_date": "01.01.1988"})
    assert "<strong>Yusuf Al-Khatib</strong>" in text
    assert "in keinem Haushalt" in text


def test_form_for_a_new_member_asks_too(browser, household):
    address = reverse("member_new", args=[household.pk])
    assert (
        'hx-params="aehnlich,given_name,family_name,birth_date,phone,original_name,other_names"'
        in browser().get(address).content.decode()
    )
    text = (
        browser().post(address, asking({"given_name": "Lina", "family_name": "Al-Khatib"}, prefix="")).content.decode()
    )
    assert "Lina Al-Khatib" in text
    assert browser("carla").post(address, asking(SAMIRA, prefix="")).status_code == 404


def test_nobody_who_may_not_take_in_is_told(browser, household):
    answers = [browser(login).post(reverse("household_new"), asking(SAMIRA)) for login in ("jonas", "frieda", "lars")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_asking_saves_nothing(browser, household):
    before = Household.objects.for_system(reason="test").count(), Fact.objects.count()
    browser().post(reverse("household_new"), asking(SAMIRA) | {"person-zeilen": "0", "einmal": "x"})
    assert (Household.objects.for_system(reason="test").count(), Fact.objects.count()) == before


@pytest.mark.parametrize("kind", NAUGHTY)
def test_whatever_is_typed_is_answered(browser, household, kind):
    typed = dict.fromkeys(["given_name", "family_name", "birth_date", "phone"], NAUGHTY[kind])
    for prefix in ("person-0", NAUGHTY[kind][:200]):
        assert browser().post(reverse("household_new"), asking(typed, prefix)).status_code == 200


def test_hint_costs_the_same_for_one_and_for_many(browser, open_household, household):
    client, costs = browser(), []
    client.get("/heute/")
    for _ in range(2):
        open_household()
        with CaptureQueriesContext(connection) as captured:
            client.post(reverse("household_new"), asking(SAMIRA))
        costs.append(len(captured))
    assert costs == [8, 8]


def test_at_most_three_are_told(hint, open_household):
    for number in range(5):
        open_household(members=[MemberData("Samira", "Al-Khatib", date(1990, 5, 4), phone=f"0231 00011{number}")])
    assert hint(SAMIRA).count("<li>") == 3
