"""One human being twice in one Akte: one entry from then on, everything that named the other names it, and back."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData, ResidenceData
from wurzelwerk.cases.merge_differences import differences
from wurzelwerk.cases.merge_sides import side_of
from wurzelwerk.cases.models import Case, HouseholdMember, Note, Person, Residence
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import guarded_models
from wurzelwerk.trust.models import Akte

from .merging import counted, dump, household_of, work_on
from .test_merging import released

AGAIN = MemberData("Samira", "Al Khatib", date(1990, 5, 4), "self", email="samira@example.org", benefit_unit=1,
                   languages=("ar", "fr"), residence=ResidenceData("eu"))  # fmt: skip
FIRST = MemberData("Samira", "Al-Khatib", None, "other", phone="0231 000111", languages=("ar",))


@pytest.fixture
def household(open_household, actor, now):
    """Somebody stands in it twice, and took part twice in the same talks."""
    case = open_household(members=[FIRST, MemberData("Lina", "Al-Khatib", relation="child"), AGAIN])
    work_on(case, actor("amira"), now, "Wort")
    return household_of(case)


@pytest.fixture
def twice(household, actor) -> tuple[Person, Person]:
    members = household.members.visible_to(actor("amira")).select_related("person")
    return members[0].person, members[2].person


def proposed(household, kept: Person, dropped: Person) -> frozenset[str]:
    side = side_of(household)
    found = differences(side.alone(kept), side.alone(dropped), {dropped.pk: kept.pk})
    return frozenset(one.key for one in found if one.takes)


@pytest.fixture
def merge(household, twice, actor, now):
    taken = proposed(household, *twice)
    return lambda: cases.merge_persons(
        household=household, kept=twice[0], dropped=twice[1], taken=taken, by=actor("amira"), at=now
    )


def test_one_is_left_and_knows_what_both_knew(household, twice, merge, actor):
    by = actor("amira")
    merge()
    members = HouseholdMember.objects.visible_to(by).select_related("person")
    assert [(row.person.given_name, row.relation, row.benefit_unit) for row in members] == [
        ("Samira", "self", 1),
        ("Lina", "child", None),
    ]
    person = members[0].person
    assert person == twice[0]
    assert (person.name, person.birth_date, person.phone, person.email) == (
        "Samira Al Khatib",
        date(1990, 5, 4),
        "0231 000111",
        "samira@example.org",
    )
    assert sorted(row.code for row in person.languages.visible_to(by)) == ["ar", "fr"]
    assert Residence.objects.visible_to(by).get().person == person
    assert list(Person.objects.visible_to(by).order_by("given_name").values_list("given_name", flat=True)) == [
        "Lina",
        "Samira",
    ]
    took_part = {len(note.participants.visible_to(by)) for note in Note.objects.visible_to(by)}
    assert took_part == {0, 2}


def test_rows_lie_in_the_circle_of_their_akte_and_the_household_has_one_less(household, merge, actor):
    from wurzelwerk.cases.queries import present_members

    merge()
    assert len(present_members(household)) == 2
    for model in guarded_models():
        if model is not Akte:
            rows = model.objects.for_system(reason="test").select_related("akte")
            assert [row for row in rows if row.circle_id != row.akte.circle_id] == [], model


def test_one_human_being_counts_once(merge):
    def persons(code: str) -> int:
        return standing_facts().filter(type=code).values("person_key").distinct().count()

    assert persons("cases.consulted") == 3
    merge()
    assert (persons("cases.consulted"), check_facts()) == (2, [])


def without_hidden(tables: dict, akten: set) -> dict:
    """The tables but for the hidden Akte that a double once had."""
    return {
        name: {pk: row for pk, row in rows.items() if row.get("akte_id") not in akten and pk not in akten}
        for name, rows in tables.items()
    }


@pytest.mark.parametrize("way_round", [False, True])
@pytest.mark.parametrize("takes_all", [None, True, False])
def test_parting_puts_everything_back_exactly(household, twice, actor, now, way_round, takes_all):
    by, tables, facts = actor("amira"), dump(), counted()
    kept, dropped = twice[::-1] if way_round else twice
    side = side_of(household)
    keys = {one.key for one in differences(side.alone(kept), side.alone(dropped), {dropped.pk: kept.pk})}
    taken = proposed(household, kept, dropped) if takes_all is None else frozenset(keys if takes_all else ())
    done = cases.merge_persons(household=household, kept=kept, dropped=dropped, taken=taken, by=by, at=now)
    assert check_facts() == []
    cases.unmerge_households(merge=done, by=by, at=now + timedelta(hours=1))
    after = without_hidden(dump(), {done.dropped_akte_id})
    assert {name: rows for name, rows in after.items() if rows != tables[name]} == {}
    assert (counted(), check_facts()) == (facts, [])
    assert sorted(akte.subject for akte in Akte.objects.visible_to(by)) == ["contacts", "household"]
    again = cases.merge_persons(household=household, kept=kept, dropped=dropped, taken=taken, by=by, at=now)
    assert again.dropped_akte.reference != done.dropped_akte.reference


def test_release_and_who_moved_out_refuse_and_the_other_way_round_goes(household, twice, actor, now):
    by = actor("amira")
    kept, dropped = twice
    belonging = HouseholdMember.objects.visible_to(by).get(person=kept)
    cases.remove_member(belonging=belonging, left_on=now.date(), by=by, at=now)
    with pytest.raises(WrongState, match="ausgezogen"), transaction.atomic():
        cases.merge_persons(household=household, kept=kept, dropped=dropped, taken=frozenset(), by=by, at=now)
    cases.return_member(belonging=belonging, by=by, at=now)
    released(household, by, now)
    with pytest.raises(WrongState, match="Freigabe"), transaction.atomic():
        cases.merge_persons(household=household, kept=dropped, dropped=kept, taken=frozenset(), by=by, at=now)
    cases.merge_persons(household=household, kept=kept, dropped=dropped, taken=frozenset(), by=by, at=now)


@pytest.mark.parametrize("login", ["carla", "goran", "jonas", "frieda", "lars"])
def test_nobody_else_may(household, twice, actor, now, login):
    with pytest.raises(NotAllowed):
        cases.merge_persons(
            household=household, kept=twice[0], dropped=twice[1], taken=frozenset(), by=actor(login), at=now
        )


def test_only_two_of_one_akte_and_known_choices(household, twice, open_household, actor, now):
    by: Actor = actor("amira")
    other = household_of(open_household()).members.visible_to(by).first().person
    for dropped in (twice[0], other):
        with pytest.raises(NotAllowed):
            cases.merge_persons(household=household, kept=twice[0], dropped=dropped, taken=frozenset(), by=by, at=now)
    with pytest.raises(BadInput):
        cases.merge_persons(household=household, kept=twice[0], dropped=twice[1], taken=frozenset({"x"}), by=by, at=now)


def test_akte_with_a_merged_person_still_takes_in_another_akte(household, merge, open_household, actor, now):
    by = actor("amira")
    tables = dump()
    first = merge()
    other = household_of(open_household())
    second = cases.merge_households(kept=household, dropped=other, choice=cases.MergeChoice(), by=by, at=now)
    with pytest.raises(WrongState, match="zuerst"):
        cases.unmerge_households(merge=first, by=by, at=now)
    for done in (second, first):
        cases.unmerge_households(merge=done, by=by, at=now)
    after = without_hidden(dump(), {first.dropped_akte_id, other.akte_id})
    assert {name for name, rows in after.items() if rows != tables[name] and name != "trust.Pseudonym"} == set()
    assert check_facts() == []


def test_talk_since_names_the_one_that_is_left(household, twice, merge, actor, now):
    by = actor("amira")
    done = merge()
    case = Case.objects.visible_to(by).get()
    cases.write_note(
        case=case,
        kind="talk",
        theme="housing",
        text="danach",
        occurred_at=now,
        participants=[twice[0].pk],
        by=by,
        at=now,
    )
    trust.move_akte(akte=Akte.objects.visible_to(by).get(pk=household.akte_id), site=household.akte.site, by=by, at=now)
    cases.unmerge_households(merge=done, by=by, at=now)
    note = Note.objects.visible_to(by).get(text="danach")
    assert [one.pk for one in note.participants.visible_to(by)] == [twice[0].pk]
    assert check_facts() == []
