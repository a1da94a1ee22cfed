"""Families as they are: relations, custody and who signs, who is expected, and what nobody has to say."""

from datetime import date
from io import BytesIO

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.forms import as_shown
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import CustodyData, MemberData
from wurzelwerk.cases.ledger import about_case
from wurzelwerk.cases.models import Custody, HouseholdMember, Kinship, Person
from wurzelwerk.cases.queries import present_members
from wurzelwerk.counselling.queries import open_household as opened
from wurzelwerk.counselling.sharing import boards
from wurzelwerk.evidence.models import Fact
from wurzelwerk.trust.models import Consent

REASON = "a test looks at all rows"


@pytest.fixture
def people(members) -> list[Person]:
    """Samira, Yusuf, Lina, Omar, Nour."""
    return [member.person for member in members]


@pytest.fixture
def custody(people, actor, now):
    """Write down who has custody of Lina."""

    def put(kind: str, *holders: Person, child: Person | None = None, **known) -> Custody:
        data = CustodyData(kind, tuple(one.pk for one in holders), **known)
        return cases.set_custody(child=child or people[2], custody=data, by=actor("amira"), at=now)

    return put


@pytest.fixture
def expected(household, actor, now):
    """Take somebody in who is not here yet."""

    def add(**known) -> HouseholdMember:
        return cases.add_member(household=household, member=MemberData(**known), by=actor("amira"), at=now)

    return add


def page(client, name: str, pk) -> str:
    return client.get(reverse(name, args=[pk])).content.decode()


# -- relations ------------------------------------------------------------------------------------------------------


def test_relation_is_written_shown_removed_and_brought_back(browser, household, people, actor):
    client, place = browser(), reverse("kinship_new", args=[household.pk])
    answer = client.post(place, {"person": people[0].pk, "kind": "mother", "other": people[2].pk, "einmal": "a"})
    assert answer.headers["Location"] == reverse("family", args=[household.pk])
    row = Kinship.objects.visible_to(actor("amira")).get()
    assert (row.person, row.kind, row.other, row.outside) == (people[0], "mother", people[2], "")
    shown = "<strong>Samira Al-Khatib</strong> Mutter von <strong>Lina Al-Khatib</strong>"
    assert shown in page(client, "family", household.pk)
    client.post(reverse("kinship_remove", args=[row.pk]))
    assert shown not in page(client, "family", household.pk)
    client.post(reverse("kinship_restore", args=[row.pk]))
    assert shown in page(client, "family", household.pk)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"other": ""}, "other"),
        ({"other": 0}, "other"),
        ({"outside": "eine Tante"}, "outside"),
        ({"since": "01.02.2020", "until": "01.01.2020"}, "until"),
        ({"kind": "landlord"}, "kind"),
        ({"since": "31.02.2020"}, "since"),
    ],
)
def test_relation_that_cannot_be_is_said_at_its_field(browser, household, people, typed, field):
    sent = {"person": people[0].pk, "kind": "mother", "other": people[2].pk, **typed}
    sent["other"] = people[0].pk if sent["other"] == 0 else sent["other"]
    answer = browser().post(reverse("kinship_new", args=[household.pk]), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_relation_is_not_said_twice_and_to_nobody_of_another_akte(people, open_household, actor, now):
    told = {"person": people[0], "kind": "mother", "other": people[2], "by": actor("amira"), "at": now}
    cases.relate(**told)
    stranger = Person.objects.for_system(reason=REASON).filter(akte=open_household().akte).first()
    for changed in ({}, {"other": stranger}, {"other": people[0]}, {"other": None}):
        with pytest.raises(BadInput):
            cases.relate(**{**told, **changed})


def test_the_database_refuses_what_cannot_be(people, custody, actor, now):
    kinship = cases.relate(person=people[0], kind="mother", other=people[2], by=actor("amira"), at=now)
    rows = Kinship.objects.for_system(reason=REASON).filter(pk=kinship.pk)
    for values in ({"other": people[0]}, {"other": None}, {"outside": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
    row = custody("sole", people[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Custody.objects.create(akte=row.akte, child=row.child, kind="unclear")


# -- custody --------------------------------------------------------------------------------------------------------


def test_custody_is_stated_corrected_and_followed_by_another(browser, members, people, actor):
    client, place = browser(), reverse("custody_edit", args=[members[2].pk])
    first = {"kind": "joint", "holders": [people[0].pk, people[1].pk], "since": "30.09.2014"}
    assert client.post(place, as_shown(client.get(place)) | first).status_code == 302
    second = {
        "kind": "guardian",
        "holders": [],
        "outside": "Jugendamt Dortmund",
        "document": "Beschluss",
        "since": "1.2.2026",
    }
    assert client.post(place, as_shown(client.get(place)) | second).status_code == 302
    rows = Custody.objects.visible_to(actor("amira")).filter(child=people[2])
    assert [(row.kind, row.since, row.until, Custody.holders.through.objects.filter(custody=row).count()) for row in rows] == [
        ("guardian", date(2026, 2, 1), None, 0), ("joint", date(2014, 9, 30), date(2026, 2, 1), 2),
    ]  # fmt: skip
    shown = page(client, "family", members[2].household_id)
    assert "Vormundschaft: Jugendamt Dortmund" in shown
    assert "gemeinsames Sorgerecht: Samira Al-Khatib, Yusuf Al-Khatib" in shown


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "joint", "holders": [0]}, "holders"),
        ({"kind": "sole", "holders": [0, 1]}, "holders"),
        ({"kind": "guardian"}, "holders"),
        ({"kind": "unclear", "holders": [0]}, "holders"),
        ({"kind": "sole", "holders": [3]}, "holders"),
        ({"kind": ""}, "kind"),
        ({"kind": "sole", "holders": [0], "since": "11.03.2026"}, "since"),
    ],
)
def test_custody_that_cannot_be_is_said_at_its_field(browser, members, people, typed, field):
    chosen = {"holders": [people[place].pk for place in typed.get("holders", [])]}
    answer = browser().post(reverse("custody_edit", args=[members[2].pk]), typed | chosen)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Custody.objects.for_system(reason=REASON).count() == 0


def test_adult_has_no_custody_page(browser, members):
    assert browser().get(reverse("custody_edit", args=[members[0].pk])).status_code == 404


def test_sheets_follow_custody_and_what_is_unclear_is_said(
    browser, household, members, people, custody, ankerplatz, actor
):
    custody("sole", people[1])
    outside = custody("guardian", child=people[3], outside="Jugendamt Dortmund")
    custody("unclear", child=people[4])
    client, place = browser(), reverse("release_new", args=[household.pk])
    shown = client.get(place)
    offered = {
        one.person.given_name: [
            name for _pk, name in shown.context["form"].fields[f"sorge_{one.person_id.hex}"].choices
        ]
        for one in members[2:]
    }
    adults = ["Samira Al-Khatib", "Yusuf Al-Khatib"]
    assert offered == {"Lina": adults[1:], "Omar": ["Jugendamt Dortmund (außerhalb)"], "Nour": adults}
    assert shown.context["points"] == [
        "Für Nour Al-Khatib ist nicht geklärt, wer das Sorgerecht hat. Bitte fragen Sie vor der Unterschrift nach."
    ]
    sent = as_shown(shown) | {"receiver": ankerplatz.pk, f"sorge_{people[2].pk.hex}": people[1].pk,
                              f"sorge_{people[3].pk.hex}": outside.pk, f"sorge_{people[4].pk.hex}": people[0].pk}  # fmt: skip
    assert client.post(place, sent).status_code == 302
    signs = {row.subject: row.by_custodian for row in Consent.objects.visible_to(actor("amira"))}
    assert [signs[one.pk] for one in people] == [None, None, people[1].pk, outside.pk, people[0].pk]
    (board,) = boards(opened(household.pk, actor=actor("amira"), today=date(2026, 3, 10)))
    assert [(signer.name, len(signer.children)) for signer in board.signers] == [
        ("Samira Al-Khatib", 1), ("Yusuf Al-Khatib", 1), ("Jugendamt Dortmund", 1),
    ]  # fmt: skip
    consent = Consent.objects.visible_to(actor("amira")).get(subject=people[3].pk)
    assert "Jugendamt Dortmund" in client.get(reverse("release_sign", args=[consent.pk])).content.decode()
    text = sheet(client, consent)
    assert ("Omar Al-Khatib" in text, "Jugendamt Dortmund" in text, "Samira" in text) == (True, True, False)


def sheet(client, consent: Consent) -> str:
    pdf = client.get(reverse("release_pdf", args=[consent.pk]))
    return " ".join(pypdf.PdfReader(BytesIO(pdf.content)).pages[0].extract_text().split())


def test_who_has_custody_together_stands_on_the_sheet_together(browser, people, custody, release):
    custody("joint", people[0], outside="Karim Haddad")
    text = sheet(browser(), release()[2])
    assert ("Samira Al-Khatib" in text, "Karim Haddad" in text) == (True, True)


# -- who is expected ------------------------------------------------------------------------------------------------


def test_unborn_child_needs_no_name_is_shown_and_counts_for_no_person(
    browser, household, case, expected, release, actor
):
    client, place = browser(), reverse("member_new", args=[household.pk])
    assert client.post(place, {"relation": "unborn", "expected_on": "07.2026"}).status_code == 302
    member = household.members.visible_to(actor("amira")).get(presence="unborn")
    assert (member.person.name, member.expected_on) == ("Erwartetes Kind", date(2026, 7, 1))
    assert (len(present_members(household)), len(about_case(case))) == (5, 5)
    release()
    (board,) = boards(opened(household.pk, actor=actor("amira"), today=date(2026, 3, 10)))
    assert [len(board.sheets), board.missing] == [5, []]
    shown = page(client, "household", household.pk)
    assert "5 Personen, davon 3 Kinder, 1 erwartet" in " ".join(shown.split())
    assert "noch nicht geboren" in shown
    assert "Mit einer erwarteten Person" in shown


def test_birth_makes_the_expected_child_a_member_and_can_be_taken_back(browser, household, expected, actor):
    member, client = expected(relation="unborn", expected_on=date(2026, 3, 1)), browser()
    place = reverse("member_born", args=[member.pk])
    assert client.get(place).context["form"]["family_name"].value() == "Al-Khatib"
    sent = {"born_on": "08.03.2026", "given_name": "Amal", "family_name": "Al-Khatib", "einmal": "b"}
    assert [client.post(place, sent).status_code for _ in range(2)] == [302, 404]
    member.refresh_from_db()
    person = member.person
    assert (person.name, person.birth_date, member.relation, member.presence, member.joined_on) == (
        "Amal Al-Khatib", date(2026, 3, 8), "child", "present", date(2026, 3, 8),
    )  # fmt: skip
    assert len(present_members(household)) == 6
    client.post(reverse("member_unborn", args=[member.pk]))
    member.refresh_from_db()
    assert (member.presence, member.relation, Person.objects.for_system(reason=REASON).get(pk=person.pk).birth_date) == (
        "unborn", "unborn", None,
    )  # fmt: skip
    refused = client.post(place, {"born_on": "11.03.2026", "given_name": "", "family_name": ""})
    assert sorted(refused.context["form"].errors) == ["born_on", "given_name"]


def test_awaited_family_is_shown_and_counts_when_it_has_come(browser, household, expected, actor, now):
    client, place = browser(), reverse("member_new", args=[household.pk])
    typed = {"given_name": "Amal", "relation": "parent", "is_awaited": "on", "expected_on": "Mai 2026"}
    assert client.post(place, typed).status_code == 302
    member = household.members.visible_to(actor("amira")).get(presence="awaited")
    assert member.expected_on == date(2026, 5, 1)
    assert "wird erwartet" in page(client, "household", household.pk)
    assert len(present_members(household)) == 5
    arrival = reverse("member_arrived", args=[member.pk])
    assert client.post(arrival, {"arrived_on": "09.03.2026", "einmal": "c"}).status_code == 302
    assert len(present_members(household)) == 6
    client.post(reverse("member_awaited", args=[member.pk]))
    member.refresh_from_db()
    assert (member.presence, member.expected_on, len(present_members(household))) == ("awaited", date(2026, 5, 1), 5)
    with pytest.raises(WrongState):
        cases.bear_child(
            belonging=member, born_on=now.date(), given_name="A", family_name="", by=actor("amira"), at=now
        )


@pytest.mark.parametrize(("typed", "field"), [
    ({"given_name": "A", "expected_on": "05.2026"}, "is_awaited"),
    ({"given_name": "A", "is_awaited": "on", "expected_on": "13.2026"}, "expected_on"),
    ({"given_name": "A", "is_awaited": "on", "expected_on": "bald"}, "expected_on"),
    ({"relation": "unborn", "birth_date": "01.01.2026"}, "birth_date"),
    ({"is_awaited": "on"}, "given_name"),
])  # fmt: skip
def test_who_is_expected_wrongly_is_said_at_its_field(browser, household, typed, field):
    answer = browser().post(reverse("member_new", args=[household.pk]), typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


# -- nothing is demanded --------------------------------------------------------------------------------------------


def test_one_name_is_enough_and_what_somebody_does_not_want_to_say_is_an_answer(browser, household, actor):
    client, place = browser(), reverse("member_new", args=[household.pk])
    sent = {"given_name": "Mulugeta", "unsaid": ["birth", "languages"]}
    assert client.post(place, sent).status_code == 302
    member = household.members.visible_to(actor("amira")).get(person__given_name="Mulugeta")
    assert (member.relation, member.person.unsaid) == ("not_asked", ["birth", "languages"])
    assert "möchte nichts sagen zu: Geburtsdatum, Sprachen" in page(client, "household", household.pk)
    again = client.get(reverse("member_edit", args=[member.pk]))
    assert again.context["form"]["unsaid"].value() == ["birth", "languages"]


def test_home_without_an_address_and_a_shared_flat_are_shown(browser, household):
    client, place = browser(), reverse("accommodation_edit", args=[household.pk])
    told = {"kind": "no_fixed", "reach": "dienstags im Tagestreff", "shares_with": "zwei Studierende"}
    assert client.post(place, as_shown(client.get(place)) | told).status_code == 302
    shown = page(client, "household", household.pk)
    assert [text in shown for text in told.values()] == [False, True, True]
    assert "ohne festen Wohnsitz" in shown


def test_further_name_that_is_typed_tells_who_was_taken_in_before(browser, household):
    asked = {"aehnlich": "", "given_name": "Sara", "family_name": "Neu", "other_names": "Samira Al-Khatib",
             "birth_date": "04.05.1990"}  # fmt: skip
    text = browser().post(reverse("member_new", args=[household.pk]), asked).content.decode()
    assert "Vielleicht schon aufgenommen" in text
    assert "Samira Al-Khatib" in text


def test_facts_about_families_name_no_more_than_that_something_changed(people, custody, actor, now):
    before = Fact.objects.count()
    custody("sole", people[0])
    cases.relate(person=people[0], kind="mother", other=people[2], by=actor("amira"), at=now)
    found = Fact.objects.order_by("-id")[: Fact.objects.count() - before]
    assert [(fact.type, fact.dimensions) for fact in found] == [("cases.household_changed", {})] * 2
