"""Whatever two Akten hold and whatever is chosen: facts and tables agree, and parting puts everything back."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wurzelwerk.base import clock
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData, MergeChoice, ResidenceData
from wurzelwerk.cases.merge_differences import differences
from wurzelwerk.cases.merge_sides import side_of
from wurzelwerk.cases.models import Case, Household
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.network.models import Organisation, User
from wurzelwerk.trust.actions import open_akte
from wurzelwerk.trust.actor import Actor

from .merging import counted, dump

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TOGETHER = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]

members = st.builds(
    MemberData,
    given_name=st.sampled_from(["Samira", "Lina", "Omar"]),
    family_name=st.sampled_from(["", "Haddad"]),
    birth_date=st.none() | st.just(date(1990, 5, 4)),
    relation=st.sampled_from(["self", "child", "other"]),
    phone=st.sampled_from(["", "0231 1"]),
    benefit_unit=st.none() | st.integers(1, 3),
    languages=st.lists(st.sampled_from(["ar", "tr", "fr"]), unique=True, max_size=2).map(tuple),
    residence=st.sampled_from([ResidenceData(), ResidenceData("eu")]),
)
deeds = st.sampled_from(["home", "home", "economy", "note", "need", "task", "contact", "leave", "close"])
sides = st.tuples(st.lists(members, min_size=1, max_size=3), st.lists(deeds, max_size=5))


def do(deed: str, case: Case, household: Household, by: Actor, at: datetime) -> None:
    """One thing that happens to a household."""
    living = household.members.visible_to(by).filter(left_on__isnull=True)
    match deed:
        case "home":
            cases.set_accommodation(
                household=household, kind="own_flat", street=f"Weg {at.minute % 2}", since=at.date(), by=by, at=at
            )
        case "economy":
            cases.set_economy(household=household, income_kinds=[], monthly_net=Decimal(at.minute), by=by, at=at)
        case "note":
            who = [row.person_id for row in living[: at.minute % 3]]
            cases.write_note(
                case=case, kind="talk", theme="housing", text="x", occurred_at=at, participants=who, by=by, at=at
            )
        case "need":
            need = cases.note_need(case=case, kind="housing", by=by, at=at)
            cases.agree_goal(need=need, text="x", by=by, at=at)
        case "task":
            cases.set_task(case=case, title="x", due_on=at.date(), by=by, at=at)
        case "contact":
            contact = cases.record_contact(topic="housing", minutes=5, channel="desk", occurred_at=at, by=by, at=at)
            cases.link_contact(contact=contact, case=case, by=by, at=at)
        case "leave":
            if living.count() > 1:
                cases.remove_member(belonging=living.last(), left_on=at.date(), by=by, at=at)


def taken_in(world, by: Actor, at: datetime) -> tuple[Household, Case, bool]:
    """A household to which these things happened; whether its case is to be closed in the end."""
    people, happened = world
    body = Organisation.objects.get(pk=by.home.organisation_id)
    site = body.sites.get(pk=by.home.site_id)
    akte = open_akte(controller=body, site=site, subject="household", by=by, at=at)
    household = cases.form_household(akte=akte, members=people, by=by, at=at)
    case = cases.open_case(akte=akte, service="counselling", household=household, by=by, at=at)
    for number, deed in enumerate(happened):
        do(deed, case, household, by, at + timedelta(minutes=number))
    return household, case, "close" in happened


def chosen(kept: Household, dropped: Household, data) -> MergeChoice:
    """Any pairs of people, and any of the values that differ."""
    here, there = side_of(kept), side_of(dropped)
    free = data.draw(st.permutations([one.pk for one in here.persons]))
    wanted = data.draw(st.lists(st.sampled_from([one.pk for one in there.persons]), unique=True, max_size=len(free)))
    pairs = dict(zip(wanted, free, strict=False))
    keys = [one.key for one in differences(here, there, pairs)]
    return MergeChoice(pairs, frozenset(data.draw(st.lists(st.sampled_from(keys), unique=True)) if keys else ()))


@settings(max_examples=12, deadline=None, suppress_health_check=TOGETHER)
@given(first=sides, second=sides, data=st.data())
def test_any_two_akten_merge_and_part(city, first, second, data):
    with transaction.atomic(), clock.frozen(AT):
        by = Actor.of(User.objects.get(username="amira"))
        kept, case, closes = taken_in(first, by, AT - timedelta(days=3))
        dropped, other, closes_other = taken_in(second, by, AT - timedelta(days=2))
        for one, closed in ((case, closes and closes_other), (other, closes_other)):
            if closed:
                cases.close_case(case=one, by=by, at=AT)
        tables, facts = dump(), counted()
        done = cases.merge_households(kept=kept, dropped=dropped, choice=chosen(kept, dropped, data), by=by, at=AT)
        assert check_facts() == []
        assert list(Household.objects.visible_to(by)) == [kept]
        cases.unmerge_households(merge=done, by=by, at=AT)
        after = dump()
        assert {name: rows for name, rows in after.items() if rows != tables[name]} == {}
        assert (counted(), check_facts()) == (facts, [])
        transaction.set_rollback(True)
