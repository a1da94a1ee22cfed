"""People as they are: names of several kinds, births known by the year, safe contact, guarded addresses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from wurzelwerk.base.errors import BadInput
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.enums import BirthKnown, ContactRule
from wurzelwerk.cases.finding import find_people
from wurzelwerk.cases.models import Accommodation, HouseholdMember, Person

from ..forms import as_shown

REASON = "a test looks at all rows"


@pytest.fixture
def belonging(open_household) -> HouseholdMember:
    """The only member of a household of the north team."""
    case = open_household("amira", members=[MemberData("Selam", "Tesfay", date(1990, 5, 4), phone="0231 000111")])
    return HouseholdMember.objects.for_system(reason=REASON).get(akte=case.akte_id)


@pytest.fixture
def amira(client, user):
    client.force_login(user("amira"))
    return client


def send(client, belonging, **typed):
    """Type into the person's page, leave the rest as it stands, and return the answer."""
    place = reverse("member_edit", args=[belonging.pk])
    return client.post(place, as_shown(client.get(place)) | typed)


def person() -> Person:
    return Person.objects.for_system(reason=REASON).get()


def household_page(client, belonging) -> str:
    return client.get(reverse("household", args=[belonging.household_id])).content.decode()


def test_every_name_is_kept_shown_and_found(amira, belonging, actor):
    answer = send(amira, belonging, original_name="ሰላም ተስፋይ", other_names="Selam Haile,  Sara Tesfai ,")
    assert answer.status_code == 302
    assert person().all_names == ["Selam Tesfay", "ሰላም ተስፋይ", "Selam Haile", "Sara Tesfai"]
    page = household_page(amira, belonging)
    assert "<bdi>ሰላም ተስፋይ</bdi>, <bdi>Selam Haile, Sara Tesfai</bdi>" in page
    for text in ("ሰላም", "Haile", "Sara Tesfay", "Selam Tesfay"):
        assert [found.name for found in find_people(text, actor=actor("amira"))] == ["Selam Tesfay"]


@pytest.mark.parametrize(
    ("typed", "known", "stored", "shown"),
    [
        ({"birth_date": "1985"}, BirthKnown.YEAR, date(1985, 1, 1), "1985 ("),
        ({"birth_date": "01.01.1985", "birth_known": "year"}, BirthKnown.YEAR, date(1985, 1, 1), "1985 ("),
        ({"birth_date": "1.1.1985", "birth_known": "assigned"}, BirthKnown.ASSIGNED, date(1985, 1, 1), "01.01.1985 (Tag unbekannt)"),
        ({"birth_date": "1.1.1985"}, BirthKnown.DAY, date(1985, 1, 1), "01.01.1985 ("),
        ({"birth_date": ""}, BirthKnown.DAY, None, "Geburtsdatum unbekannt"),
    ],
)  # fmt: skip
def test_a_birth_is_kept_as_exactly_as_it_is_known(amira, belonging, typed, known, stored, shown):
    assert send(amira, belonging, **typed).status_code == 302
    assert (person().birth_known, person().birth_date) == (known, stored)
    assert shown in household_page(amira, belonging)


def test_of_a_year_only_the_day_is_not_found(amira, belonging, actor):
    send(amira, belonging, birth_date="1985")
    found = {text: len(find_people(text, actor=actor("amira"))) for text in ("1985", "1.1.1985", "1990")}
    assert found == {"1985": 1, "1.1.1985": 0, "1990": 0}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"birth_date": "4.5.1990", "birth_known": "year"}, "Hier steht ein bestimmter Tag"),
        ({"birth_date": "", "birth_known": "assigned"}, "Bitte geben Sie das Jahr an"),
        ({"birth_date": "1850"}, "Geburtsdatum"),
        ({"birth_date": "2090"}, "nicht in der Zukunft"),
        ({"phone": "0231 123456, oben klingeln"}, "Eine Telefonnummer besteht aus Ziffern"),
        ({"contact_hint": "nur vormittags"}, "worauf sich der Hinweis bezieht"),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_stays(amira, belonging, typed, sentence):
    answer = send(amira, belonging, original_name="ሰላም", **typed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert sentence in text
    assert 'value="ሰላም"' in text
    assert person().original_name == ""


def test_several_numbers_and_what_to_mind_before_calling_are_shown_to_whoever_may_see(amira, belonging, actor):
    send(
        amira,
        belonging,
        phone="0231 000111, +49 176 5551234",
        contact_rule="no_calls",
        contact_hint="der Mann liest mit",
    )
    assert person().phones == ["0231 000111", "+49 176 5551234"]
    page = household_page(amira, belonging)
    assert "nicht anrufen: der Mann liest mit" in page
    assert "0231 000111, +49 176 5551234" in page
    assert len(find_people("0176 5551234", actor=actor("amira"))) == 1


def test_the_database_refuses_what_cannot_be(belonging):
    for values in ({"birth_known": "year", "birth_date": None}, {"contact_hint": "x", "contact_rule": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.for_system(reason=REASON).update(**values)


def test_actions_refuse_a_day_that_is_said_to_be_unknown(belonging, actor, now):
    member = MemberData("Selam", birth_date=date(1990, 5, 4), birth_known=BirthKnown.ASSIGNED)
    with pytest.raises(BadInput) as refused:
        cases.change_person(belonging=belonging, member=member, by=actor("amira"), at=now)
    assert refused.value.field == "birth_known"
    with pytest.raises(BadInput):
        member = MemberData("Selam", contact_hint="nur vormittags")
        cases.change_person(belonging=belonging, member=member, by=actor("amira"), at=now)


def test_every_rule_of_contact_has_a_sentence():
    assert all(Person(given_name="A", contact_rule=rule).contact_warning for rule in ContactRule.values)
    assert Person(given_name="A").contact_warning == ""


def test_a_guarded_address_is_told_wherever_it_is_shown(amira, belonging):
    place = reverse("accommodation_edit", args=[belonging.household_id])
    typed = {
        "kind": "transitional", "street": "Beispielweg 3", "care_of": "Frau Yıldız", "is_blocked": "on",
        "blocked_until": "31.12.2027",
    }  # fmt: skip
    assert amira.post(place, as_shown(amira.get(place)) | typed).status_code == 302
    home = Accommodation.objects.for_system(reason=REASON).get()
    assert (home.care_of, home.is_blocked, home.blocked_until) == ("Frau Yıldız", True, date(2027, 12, 31))
    page = household_page(amira, belonging)
    assert "c/o Frau Yıldız, Beispielweg 3" in page
    assert "Anschrift geheim halten (§ 51 BMG)" in page
    assert "bis 31.12.2027" in page
    refused = amira.post(place, {**as_shown(amira.get(place)), "is_blocked": "", "blocked_until": "31.12.2027"})
    assert refused.status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Accommodation.objects.for_system(reason=REASON).update(is_blocked=False)
