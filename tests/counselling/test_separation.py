"""One household becomes two: who goes where, what goes along, what is refused, and the way back."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from tests.cases.merging import LEFT_OUT
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import CustodyData, ResidenceData, SeparationPlan
from wurzelwerk.cases.ledger import about_case
from wurzelwerk.cases.merge_rules import hindrances
from wurzelwerk.cases.merge_sides import side_of
from wurzelwerk.cases.models import (
    Case,
    Custody,
    Household,
    HouseholdMember,
    Kinship,
    Note,
    Person,
    Residence,
    Separation,
)
from wurzelwerk.cases.queries import present_members
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.trust.guard import guarded_models
from wurzelwerk.trust.models import Akte, Consent, Pseudonym

REASON = "a test looks at all rows"


@pytest.fixture
def people(members) -> list[Person]:
    """Samira, Yusuf, Lina, Omar, Nour."""
    return [member.person for member in members]


@pytest.fixture
def family(household, people, case, release, actor, now) -> Household:
    """The family with everything that could go astray."""
    by = actor("amira")
    cases.set_residence(person=people[1], residence=ResidenceData(basis="eu"), by=by, at=now)
    for child in people[2:]:
        cases.set_custody(
            child=child, custody=CustodyData("joint", (people[0].pk, people[1].pk)), by=by, at=now
        )  # fmt: skip
    cases.relate(person=people[1], kind="father", other=people[2], by=by, at=now)
    cases.relate(person=people[1], kind="sibling", outside="Karim in Essen", by=by, at=now)
    cases.write_note(case=case, kind="conversation", theme="housing", text="Geheim: Gewalt", occurred_at=now,
                     participants=[people[1].pk], by=by, at=now)  # fmt: skip
    release()
    return household


@pytest.fixture
def part(case, family, people, actor, now):
    """Yusuf goes with Omar; Nour lives with both."""

    def act(**changes) -> Separation:
        plan = {"on": now.date(), "going": frozenset({people[1].pk, people[3].pk}), "both": frozenset({people[4].pk})}
        return cases.separate_household(
            case=case, household=family, plan=SeparationPlan(**{**plan, **changes}), by=actor("amira"), at=now
        )

    return act


def state() -> dict[str, list]:
    """Every row of every guarded table, and the pseudonyms, as they stand."""
    found = {
        model.__name__: sorted(map(str, model.objects.for_system(reason=REASON).values_list()))
        for model in guarded_models()
        if model.__name__ not in {*LEFT_OUT, "Separation"}
    }
    return found | {"Pseudonym": sorted(map(str, Pseudonym.objects.values_list())),
                    "takers": sorted(map(str, apps.get_model("cases", "Note").participants.through.objects.values_list()))}  # fmt: skip


def names(household: Household) -> list[str]:
    rows = HouseholdMember.objects.for_system(reason=REASON).filter(household=household, left_on__isnull=True)
    return [row.person.given_name for row in rows.select_related("person")]


def test_who_goes_takes_along_what_is_theirs_alone(part, family, people, actor):
    made = part().made
    assert (names(family), names(made)) == (["Samira", "Lina", "Nour"], ["Yusuf", "Omar", "Nour"])
    lies = {
        model.__name__: set(
            model.objects.for_system(reason=REASON).filter(akte=made.akte).values_list(column, flat=True)
        )
        for model, column in ((Person, "pk"), (Residence, "person_id"), (Custody, "child_id"), (Consent, "subject"))
    }
    yusuf, omar = people[1].pk, people[3].pk
    assert lies == {"Person": {yusuf, omar}, "Residence": {yusuf}, "Custody": {omar}, "Consent": {yusuf, omar}}
    kin = Kinship.objects.for_system(reason=REASON)
    assert list(kin.filter(akte=made.akte).values_list("outside", flat=True)) == ["Karim in Essen"]
    assert Note.objects.for_system(reason=REASON).get().akte_id == family.akte_id
    case = Case.objects.visible_to(actor("amira")).get(akte=made.akte)
    assert (case.service, case.lead.username, case.closed_on) == ("counselling", "amira", None)
    relations = made.members.for_system(reason=REASON).values_list("person__given_name", "relation")
    assert dict(relations) == {"Yusuf": "self", "Omar": "child", "Nour": "child"}
    left = family.members.for_system(reason=REASON).filter(left_on__isnull=False)
    assert set(left.values_list("person_id", "left_on")) == {(yusuf, date(2026, 3, 10)), (omar, date(2026, 3, 10))}
    assert set(Pseudonym.objects.filter(akte=made.akte, kind="person").values_list("subject", flat=True)) == {
        yusuf,
        omar,
    }


def test_child_of_both_belongs_to_both_and_counts_as_one_person(part, case, people, actor):
    second = Case.objects.visible_to(actor("amira")).get(akte=part().made.akte)
    counted = [{one.person for one in about_case(row)} for row in (case, second)]
    assert counted[0] & counted[1] == {Pseudonym.objects.get(subject=people[4].pk).key}
    assert [len(one) for one in counted] == [3, 3]


def test_new_household_knows_nothing_of_what_was_written(part, browser, family):
    made = part().made
    page = browser().get(reverse("household", args=[made.pk])).content.decode()
    assert ("Yusuf" in page, "Geheim" in page, "Samira" in page) == (True, False, False)


def test_taken_back_everything_is_as_before(part, family, actor, now):
    before, akten = state(), Akte.objects.for_system(reason=REASON).count()
    facts = set(standing_facts().values_list("type", "case_key"))
    cases.unseparate_household(separation=part(), by=actor("amira"), at=now)
    assert state() == before
    assert Akte.objects.for_system(reason=REASON).count() == akten
    assert {one for one in set(standing_facts().values_list("type", "case_key")) - facts
            if one[0] in {"cases.opened", "cases.household_separated"}} == set()  # fmt: skip
    assert len(present_members(family)) == 5


def test_where_the_contact_person_goes_somebody_else_is_it(part, family, people, actor, now):
    row = part(going=frozenset({people[0].pk}), both=frozenset())
    relations = {m.person.given_name: m.relation for m in family.members.for_system(reason=REASON).filter(left_on=None)}
    assert relations["Yusuf"] == "self"
    cases.unseparate_household(separation=row, by=actor("amira"), at=now)
    again = {m.person.given_name: m.relation for m in family.members.for_system(reason=REASON)}
    assert (again["Samira"], again["Yusuf"]) == ("self", "partner")


def test_what_was_written_in_the_new_akte_keeps_it(part, actor, now):
    row = part()
    cases.set_accommodation(household=row.made, kind="family_friends", by=actor("amira"), at=now)
    with pytest.raises(WrongState, match="seitdem etwas eingetragen"):
        cases.unseparate_household(separation=row, by=actor("amira"), at=now)


@pytest.mark.parametrize("what", ["closed", "residence"])
def test_what_was_done_in_the_new_akte_without_a_new_row_keeps_it_too(part, people, actor, now, what):
    row, later = part(), now + timedelta(minutes=1)
    new = Case.objects.visible_to(actor("amira")).get(akte=row.made.akte)
    if what == "closed":
        cases.close_case(case=new, by=actor("amira"), at=later)
    else:
        yusuf = Person.objects.visible_to(actor("amira")).get(pk=people[1].pk)
        cases.set_residence(person=yusuf, residence=ResidenceData(basis="not_asked"), by=actor("amira"), at=later)
    with pytest.raises(WrongState, match="seitdem etwas eingetragen"):
        cases.unseparate_household(separation=row, by=actor("amira"), at=later)


@pytest.mark.parametrize("who", [[], [0, 1, 2, 3, 4], [2, 3]])
def test_both_households_need_somebody(part, people, who):
    going = frozenset(people[place].pk for place in who)
    both = frozenset() if who != [2, 3] else frozenset({people[0].pk, people[1].pk, people[4].pk})
    with pytest.raises(BadInput):
        part(going=going, both=both)


def test_stranger_and_another_team_are_refused(part, case, family, people, actor, now):
    for days in (date(2026, 3, 11), date(2026, 3, 9)):
        with pytest.raises(BadInput):
            part(on=days)
    plan = SeparationPlan(now.date(), frozenset({people[1].pk}))
    with pytest.raises(NotAllowed):
        cases.separate_household(case=case, household=family, plan=plan, by=actor("carla"), at=now)


def test_akte_that_was_parted_is_not_given_up_for_another(part, family, now):
    made = part().made
    parted = hindrances(side_of(family), side_of(made), on=now.date())
    shared = hindrances(side_of(made), side_of(family), on=now.date())
    assert any("durch eine Trennung" in sentence for sentence in parted)
    assert any("in einem anderen Haushalt" in sentence for sentence in shared)


def test_page_shows_first_and_does_on_the_second_yes(browser, family, people, actor):
    client, place = browser(), reverse("household_separate", args=[family.pk])
    form = client.get(place).context["form"]
    sent = {"on": "10.03.2026", **{f"wohin_{one.pk.hex}": "bleibt" for one in people}, "einmal": form["einmal"].value()}
    nobody = client.post(place, sent)
    assert nobody.context["form"].non_field_errors() == [
        "In beiden Haushalten muss jemand leben, der nicht zu beiden gehört."
    ]
    sent |= {f"wohin_{people[1].pk.hex}": "geht", f"wohin_{people[4].pk.hex}": "beide"}
    preview = client.post(place, sent)
    assert (preview.status_code, Separation.objects.for_system(reason=REASON).count()) == (200, 0)
    assert [one.person.given_name for one in preview.context["going"]] == ["Yusuf", "Nour"]
    again = client.post(place, sent | {"aendern": "1"})
    assert again.context["form"][f"wohin_{people[1].pk.hex}"].value() == "geht"
    other = client.post(place, sent | {f"wohin_{people[3].pk.hex}": "geht", "gesehen": preview.context["form"].mark})
    assert (other.status_code, Separation.objects.for_system(reason=REASON).count()) == (200, 0)
    done = client.post(place, sent | {"gesehen": preview.context["form"].mark})
    row = Separation.objects.visible_to(actor("amira")).get()
    assert done.headers["Location"] == reverse("family", args=[family.pk])
    shown = client.get(done.headers["Location"]).content.decode()
    assert reverse("household", args=[row.made_id]) in shown
    client.post(reverse("household_unseparate", args=[family.pk, row.pk]))
    assert names(family) == ["Samira", "Yusuf", "Lina", "Omar", "Nour"]
    assert Household.objects.for_system(reason=REASON).count() == 1
