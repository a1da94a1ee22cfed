"""One household taken in twice: what comes along, what is refused, what counts, and that parting is exact."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData, MergeChoice
from wurzelwerk.cases.merge_differences import differences
from wurzelwerk.cases.merge_sides import proposed_pairs, side_of
from wurzelwerk.cases.models import Case, Household, HouseholdMember, Merge, Note, Notice, Person, ShortContact
from wurzelwerk.drafts.models import Draft
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.housing import actions as housing
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.pathways import actions as pathways
from wurzelwerk.pathways.models import Journey
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.guard import guarded_models
from wurzelwerk.trust.models import Akte, PersonLink, Pseudonym

from .merging import counted, dump, household_of, twice, work_on


@pytest.fixture
def both(open_household, actor, now) -> tuple[Household, Household]:
    """The Akte that is kept and the one that was opened later for the same family."""
    by = actor("amira")
    found = []
    for number, word in enumerate(("Erste", "Zweite")):
        case = open_household(members=twice(bool(number)))
        work_on(case, by, now - timedelta(hours=2 - number), word)
        found.append(household_of(case))
    return found[0], found[1]


@pytest.fixture
def choice(both) -> MergeChoice:
    """What the preview proposes."""
    kept, dropped = map(side_of, both)
    pairs = proposed_pairs(kept, dropped)
    found = differences(kept, dropped, pairs)
    return MergeChoice(pairs, frozenset(one.key for one in found if one.takes))


@pytest.fixture
def merge(both, choice, actor, now):
    """Merge as proposed."""
    return lambda: cases.merge_households(kept=both[0], dropped=both[1], choice=choice, by=actor("amira"), at=now)


def test_same_people_are_proposed_and_nobody_else(both):
    kept, dropped = map(side_of, both)
    names = {person.pk: person.name for side in (kept, dropped) for person in side.persons}
    pairs = [(names[former], names[now]) for former, now in proposed_pairs(kept, dropped).items()]
    assert sorted(pairs) == [("Lina Al-Khatib", "Lina Al-Khatib"), ("Samira Al Khatib", "Samira Al-Khatib")]


def test_what_was_written_comes_along_and_the_other_is_gone(both, merge, actor):
    by = actor("amira")
    merge()
    kept = both[0]
    assert list(Household.objects.visible_to(by)) == [kept]
    assert [case.akte_id for case in Case.objects.visible_to(by)] == [kept.akte_id]
    case = Case.objects.visible_to(by).get()
    assert sorted(Note.objects.visible_to(by).values_list("text", flat=True)) == sorted(
        f"{word} {number}" for word in ("Erste", "Zweite") for number in range(3)
    )
    assert {note.case_id for note in Note.objects.visible_to(by)} == {case.pk}
    members = HouseholdMember.objects.visible_to(by).filter(household=kept).select_related("person")
    assert [(row.person.name, row.relation, row.benefit_unit, row.position) for row in members] == [
        ("Samira Al Khatib", "self", 1, 0),
        ("Lina Al-Khatib", "child", 1, 1),
        ("Yusuf Al-Khatib", "partner", None, 2),
        ("Rami Haddad", "other_relative", 1, 3),
    ]
    samira = members[0].person
    assert (samira.phone, samira.email) == ("0231 000111", "samira@example.org")
    assert sorted(row.code for row in samira.languages.visible_to(by)) == ["ar", "fr"]
    homes = kept.accommodations.visible_to(by).order_by("street")
    assert [(home.street, home.until is None) for home in homes] == [
        ("Ersteweg 1", False), ("Ersteweg 2", False), ("Zweiteweg 1", False), ("Zweiteweg 2", True)
    ]  # fmt: skip


def test_every_row_lies_in_the_circle_of_its_akte(both, merge):
    merge()
    for model in guarded_models():
        if model is not Akte:
            rows = model.objects.for_system(reason="test").select_related("akte")
            assert [row for row in rows if row.circle_id != row.akte.circle_id] == [], model


def test_parting_puts_everything_back_exactly(both, merge, actor, now):
    tables, facts = dump(), counted()
    done = merge()
    assert dump() != tables
    cases.unmerge_households(merge=done, by=actor("amira"), at=now + timedelta(hours=1))
    after = dump()
    assert {name: rows for name, rows in after.items() if rows != tables[name]} == {}
    assert counted() == facts
    assert check_facts() == []


def test_facts_and_tables_agree_after_the_merge(both, merge):
    assert check_facts() == []
    merge()
    assert check_facts() == []


def test_one_human_being_counts_once(both, merge, choice):
    def persons(code: str) -> int:
        return standing_facts().filter(type=code).values("person_key").distinct().count()

    assert (persons("cases.consulted"), persons("cases.opened")) == (6, 6)
    merge()
    assert (persons("cases.consulted"), persons("cases.opened")) == (4, 3)
    assert standing_facts().filter(type="cases.consulted").values("event").distinct().count() == 6
    assert standing_facts().filter(type="cases.consulted").values("household_key").distinct().count() == 1
    gone = [both[1].pk, *choice.pairs, Case.objects.for_system(reason="test").get(akte=both[1].akte).pk]
    keys = list(Pseudonym.objects.filter(subject__in=gone).values_list("key", flat=True))
    for column in ("person_key", "household_key", "case_key"):
        assert not standing_facts().filter(**{f"{column}__in": keys}).exists()
    [rami] = Person.objects.for_system(reason="test").filter(given_name="Rami")
    assert Pseudonym.objects.get(subject=rami.pk).akte == both[0].akte


def test_nothing_taken_keeps_what_the_first_akte_says(both, choice, actor, now):
    by = actor("amira")
    cases.merge_households(kept=both[0], dropped=both[1], choice=MergeChoice(choice.pairs), by=by, at=now)
    samira = Person.objects.visible_to(by).get(given_name="Samira")
    assert (samira.name, samira.email) == ("Samira Al-Khatib", "")
    homes = both[0].accommodations.visible_to(by).filter(until__isnull=True)
    assert [home.street for home in homes] == ["Ersteweg 2"]


def test_parting_is_exact_whatever_was_chosen(both, choice, actor, now):
    by, tables, facts = actor("amira"), dump(), counted()
    for wanted in (MergeChoice(), MergeChoice(choice.pairs), choice):
        done = cases.merge_households(kept=both[0], dropped=both[1], choice=wanted, by=by, at=now)
        cases.unmerge_households(merge=done, by=by, at=now)
        assert {name for name, rows in dump().items() if rows != tables[name]} == set()
        assert (counted(), check_facts()) == (facts, [])


def test_work_since_stays_with_the_akte_that_was_kept(both, merge, actor, now):
    by = actor("amira")
    done = merge()
    case = Case.objects.visible_to(by).get()
    cases.write_note(case=case, kind="talk", theme="housing", text="danach", occurred_at=now, by=by, at=now)
    samira = HouseholdMember.objects.visible_to(by).select_related("person").first()
    cases.change_person(
        belonging=samira, member=MemberData("Samira", "Neu", phone="0231 5", languages=("tr",)), by=by, at=now
    )
    rami = HouseholdMember.objects.visible_to(by).get(person__given_name="Rami")
    cases.change_person(
        belonging=rami, member=MemberData("Rami", "Haddad", relation="child", benefit_unit=1), by=by, at=now
    )
    cases.unmerge_households(merge=done, by=by, at=now)
    rami.refresh_from_db(from_queryset=HouseholdMember.objects.for_system(reason="test"))
    assert (rami.relation, rami.benefit_unit, rami.position) == ("child", 2, 2)
    notes = Note.objects.visible_to(by).filter(akte=both[0].akte).values_list("text", flat=True)
    assert sorted(notes) == ["Erste 0", "Erste 1", "Erste 2", "danach"]
    people = Person.objects.visible_to(by).filter(given_name="Samira").order_by("family_name")
    assert [(one.name, one.phone, one.email) for one in people] == [
        ("Samira Al Khatib", "", "samira@example.org"), ("Samira Neu", "0231 5", "")
    ]  # fmt: skip
    assert check_facts() == []


@pytest.mark.parametrize("whose", [0, 1])
def test_taken_back_since_stays_taken_back(both, merge, actor, now, whose):
    by = actor("amira")
    done = merge()
    linked = ShortContact.objects.visible_to(by).filter(case__isnull=False).order_by("linked_at")
    cases.unlink_contact(contact=linked[whose], by=by, at=now)
    own = Journey.objects.visible_to(by).order_by("moves__moved_at").first()
    pathways.take_back(journey=own, reason="verschrieben", by=by, at=now)
    assert check_facts() == []
    cases.unmerge_households(merge=done, by=by, at=now)
    assert linked.count() == 1
    assert check_facts() == []


def test_draft_is_found_at_the_form_of_the_akte_that_was_kept(both, merge, actor, now):
    def cases_of(akte):
        return Case.objects.for_system(reason="test").get(akte=akte)

    def draft(subject, author: str, akte, form: str = "note"):
        return Draft.objects.create(
            akte=akte, author_id=actor(author).user_id, form=form, subject=subject, scope="journal", content={"text": form},
            changed_at=now, expires_at=now + timedelta(days=14),
        )  # fmt: skip

    kept, dropped = cases_of(both[0].akte), cases_of(both[1].akte)
    draft(kept.pk, "amira", both[0].akte)
    second = draft(dropped.pk, "amira", both[1].akte)
    colleague = draft(dropped.pk, "bernd", both[1].akte)
    samira = HouseholdMember.objects.for_system(reason="test").filter(household=both[1]).first()
    about = draft(samira.pk, "amira", both[1].akte, "person")
    tables, done = dump(), merge()
    for row in (second, colleague, about):
        row.refresh_from_db(from_queryset=Draft.objects.for_system(reason="test"))
    assert (colleague.subject, colleague.akte) == (kept.pk, both[0].akte)
    assert (second.subject, second.akte) == (dropped.pk, both[1].akte)
    assert HouseholdMember.objects.for_system(reason="test").get(pk=about.subject).household == both[0]
    cases.unmerge_households(merge=done, by=actor("amira"), at=now)
    assert dump() == tables


def test_parting_respects_that_the_akte_went_to_another_team(both, merge, actor, now):
    by, done = actor("amira"), merge()
    south = Site.objects.get(code="stadt-sued")
    akte = Akte.objects.visible_to(by).get(pk=both[0].akte_id)
    trust.move_akte(akte=akte, site=south, by=by, at=now)
    both_teams, carla = actor("amira"), actor("carla")
    both_teams.memberships += carla.memberships
    both_teams.circles |= carla.circles
    both_teams.teams |= carla.teams
    with pytest.raises(NotAllowed):
        cases.unmerge_households(merge=done, by=by, at=now)
    cases.unmerge_households(merge=done, by=both_teams, at=now)
    test_every_row_lies_in_the_circle_of_its_akte(both, lambda: None)
    assert list(Household.objects.visible_to(carla)) == [both[0]]
    assert list(Household.objects.visible_to(by)) == [both[1]]


def test_whoever_is_in_charge_and_did_not_do_it_is_told_without_a_name(both, choice, actor, user, now):
    for household, login in zip(both, ("bernd", "elif"), strict=True):
        case = Case.objects.visible_to(actor("amira")).get(akte=household.akte)
        cases.assign_case(case=case, lead=user(login), by=actor("amira"), at=now)
    before = set(Notice.objects.for_system(reason="test").values_list("pk", flat=True))
    cases.merge_households(kept=both[0], dropped=both[1], choice=choice, by=actor("bernd"), at=now)
    [notice] = Notice.objects.for_system(reason="test").exclude(pk__in=before)
    assert (notice.recipient, notice.akte) == (user("elif"), both[0].akte)
    assert notice.text == "Zwei Akten dieses Haushalts sind zusammengeführt worden."


# -- refused ----------------------------------------------------------------------------------------------------------


def refusal(both, choice, by, now) -> str:
    tables = dump()
    with pytest.raises(WrongState) as refused, transaction.atomic():
        cases.merge_households(kept=both[0], dropped=both[1], choice=choice, by=by, at=now)
    assert dump() == tables
    return refused.value.message


def released(household: Household, by, now):
    subject = household.members.visible_to(by).first().person_id
    return trust.prepare_release(
        akte=household.akte, subject=subject, receiver=Organisation.objects.get(code="ankerplatz"), purpose="housing",
        stages=["search"], language="de", valid_until=date(2027, 1, 1), by=by, at=now,
    )  # fmt: skip


def granted(household: Household, by, now):
    from wurzelwerk.trust.circles import team_circle

    circle = team_circle(organisation=Organisation.objects.get(code="bruecke"))
    trust.grant_access(akte=household.akte, circle=circle, scopes=["contact"], purpose="x", basis="task", by=by, at=now)


def linked(household: Household, by, now):
    other = Akte.objects.for_system(reason="test").create(
        controller=Organisation.objects.get(code="bruecke"),
        circle=household.akte.circle,
        reference="x",
        subject="household",
        opened_at=now,
    )
    PersonLink.objects.create(
        from_akte=household.akte,
        from_subject=household.pk,
        to_akte=other,
        to_subject=other.pk,
        because=other.pk,
        linked_at=now,
    )


def on_the_way(household: Household, by, now):
    pathways.start_journey(case=Case.objects.visible_to(by).get(akte=household.akte), pathway="housing", by=by, at=now)


def second_case(household: Household, by, now):
    cases.open_case(akte=household.akte, service="counselling", household=household, by=by, at=now)


@pytest.mark.parametrize(
    ("stands", "sentence"),
    [
        (released, "gibt es eine Freigabe"),
        (granted, "Andere haben durch eine Freigabe Einblick"),
        (linked, "mit der einer anderen Stelle verknüpft"),
        (on_the_way, "läuft ein Weg"),
        (second_case, "mehrere Fälle"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_needs_a_decision_refuses_and_the_other_way_round_goes(both, choice, actor, now, stands, sentence):
    by = actor("amira")
    stands(both[1], by, now)
    assert sentence in refusal(both, choice, by, now)
    kept, dropped = side_of(both[1]), side_of(both[0])
    pairs = proposed_pairs(kept, dropped)
    cases.merge_households(kept=both[1], dropped=both[0], choice=MergeChoice(pairs), by=by, at=now)
    assert check_facts() == []


def test_referred_household_is_not_given_up(both, choice, actor, now):
    by = actor("amira")
    for member in both[1].members.visible_to(by):
        consent = trust.prepare_release(
            akte=both[1].akte, subject=member.person_id, receiver=Organisation.objects.get(code="ankerplatz"),
            purpose="housing", stages=["search"], language="de", valid_until=date(2027, 1, 1), by=by, at=now,
        )  # fmt: skip
        trust.record_signature(consent=consent, signed_on=now.date(), by=by, at=now)
    case = Case.objects.visible_to(by).get(akte=both[1].akte)
    receiver = Organisation.objects.get(code="ankerplatz")
    referral = cases.send_referral(case=case, household=both[1], receiver=receiver, purpose="housing", by=by, at=now)
    assert "überwiesen" in refusal(both, choice, by, now)
    housing.accept_search(referral=referral, by=actor("jonas"), at=now)
    assert "überwiesen" in refusal(both, choice, by, now)


def test_closed_case_takes_in_no_open_one(both, choice, actor, now):
    by = actor("amira")
    cases.close_case(case=Case.objects.visible_to(by).get(akte=both[0].akte), by=by, at=now)
    assert "abgeschlossen" in refusal(both, choice, by, now)
    cases.close_case(case=Case.objects.visible_to(by).get(akte=both[1].akte), by=by, at=now)
    done = cases.merge_households(kept=both[0], dropped=both[1], choice=choice, by=by, at=now)
    assert check_facts() == []
    cases.unmerge_households(merge=done, by=by, at=now)
    assert check_facts() == []


@pytest.mark.parametrize("login", ["carla", "goran", "jonas", "katja", "frieda", "lars"])
def test_whoever_may_not_write_both_may_not_merge(both, choice, actor, now, login):
    with pytest.raises(NotAllowed):
        cases.merge_households(kept=both[0], dropped=both[1], choice=choice, by=actor(login), at=now)


def test_akten_of_two_teams_take_somebody_of_both(both, open_household, actor, now):
    foreign = household_of(open_household("carla", members=twice(True)))
    for login in ("amira", "carla"):
        with pytest.raises(NotAllowed):
            cases.merge_households(kept=both[0], dropped=foreign, choice=MergeChoice(), by=actor(login), at=now)
    both_teams = actor("amira")
    carla = actor("carla")
    both_teams.memberships += carla.memberships
    both_teams.circles |= carla.circles
    both_teams.teams |= carla.teams
    tables = dump()
    done = cases.merge_households(kept=both[0], dropped=foreign, choice=MergeChoice(), by=both_teams, at=now)
    test_every_row_lies_in_the_circle_of_its_akte(both, lambda: None)
    with pytest.raises(NotAllowed):
        cases.unmerge_households(merge=done, by=actor("amira"), at=now)
    cases.unmerge_households(merge=done, by=both_teams, at=now)
    assert dump() == tables


def test_two_bodies_are_never_merged(both, open_household, actor, now):
    foreign = household_of(open_household("goran", members=twice(True)))
    everywhere, goran = actor("amira"), actor("goran")
    everywhere.memberships += goran.memberships
    everywhere.circles |= goran.circles
    everywhere.teams |= goran.teams
    with pytest.raises(NotAllowed):
        cases.merge_households(kept=both[0], dropped=foreign, choice=MergeChoice(), by=everywhere, at=now)


def test_impossible_choices_are_refused(both, choice, actor, now):
    by = actor("amira")
    kept, dropped = side_of(both[0]), side_of(both[1])
    someone, other = dropped.persons[0].pk, dropped.persons[1].pk
    wrong = (
        {kept.persons[0].pk: someone},
        {someone: kept.persons[0].pk, other: kept.persons[0].pk},
    )
    for pairs in wrong:
        with pytest.raises(BadInput):
            cases.merge_households(kept=both[0], dropped=both[1], choice=MergeChoice(pairs), by=by, at=now)
    with pytest.raises(BadInput):
        cases.merge_households(kept=both[0], dropped=both[1], choice=MergeChoice({}, frozenset({"x"})), by=by, at=now)


# -- never and not any more -------------------------------------------------------------------------------------------


def test_database_refuses_twice_into_itself_and_chains(both, merge, open_household):
    done = merge()
    third = household_of(open_household())
    akten = Akte.objects.for_system(reason="test")
    gone, kept = both[1].akte_id, both[0].akte_id
    never = (
        lambda: akten.filter(pk=third.akte_id).update(merged_into=third.akte_id, closed_at=done.merged_at),
        lambda: akten.filter(pk=kept).update(merged_into=third.akte_id, closed_at=done.merged_at),
        lambda: akten.filter(pk=gone).update(received=1),
        lambda: akten.filter(pk=third.akte_id).update(merged_into=kept),
        lambda: Merge.objects.bulk_create([again(done, third)]),
    )
    for write in never:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def again(done: Merge, third: Household) -> Merge:
    return Merge(
        akte=third.akte, household=third, dropped_household=done.dropped_household, dropped_akte=done.dropped_akte,
        dropped_circle=done.dropped_circle, merged_at=done.merged_at, merged_by=done.merged_by, event=third.pk,
    )  # fmt: skip


def test_akte_that_took_another_in_is_kept_and_the_latest_is_parted_first(both, merge, open_household, actor, now):
    by, tables = actor("amira"), None
    third = household_of(open_household())
    tables = dump()
    first = merge()
    with pytest.raises(WrongState, match="schon etwas zusammengeführt"), transaction.atomic():
        cases.merge_households(kept=third, dropped=both[0], choice=MergeChoice(), by=by, at=now)
    second = cases.merge_households(kept=both[0], dropped=third, choice=MergeChoice(), by=by, at=now)
    with pytest.raises(WrongState, match="zuerst"):
        cases.unmerge_households(merge=first, by=by, at=now)
    for done in (second, first):
        cases.unmerge_households(merge=done, by=by, at=now)
    assert dump() == tables
    with pytest.raises(WrongState, match="schon getrennt"):
        cases.unmerge_households(merge=first, by=by, at=now)


def goal_below(both, by, now):
    need = Case.objects.visible_to(by).get().needs.visible_to(by).filter(text="Zweite").get()
    cases.agree_goal(need=need, text="später", by=by, at=now)


def in_a_talk(both, by, now):
    rami = Person.objects.visible_to(by).get(given_name="Rami")
    cases.write_note(case=Case.objects.visible_to(by).get(), kind="talk", theme="housing", text="mit Rami",
                     occurred_at=now, participants=[rami.pk], by=by, at=now)  # fmt: skip


def back_on_the_way(both, by, now):
    journey = Journey.objects.visible_to(by).order_by("moves__moved_at").last()
    pathways.take_back(journey=journey, reason="verschrieben", by=by, at=now)


def moved_house(both, by, now):
    cases.set_accommodation(household=both[0], kind="own_flat", since=now.date(), by=by, at=now)


def released_since(both, by, now):
    released(both[0], by, now)


@pytest.mark.parametrize(
    ("later", "why"),
    [
        (goal_below, "Ziel"),
        (in_a_talk, "Gespräch"),
        (back_on_the_way, "Stufe auf einem Weg"),
        (moved_house, "umgezogen"),
        (released_since, "Freigabe"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_later_work_forbids_parting_and_says_which(both, merge, actor, now, later, why):
    by = actor("amira")
    done = merge()
    later(both, by, now + timedelta(hours=1))
    tables = dump()
    with pytest.raises(WrongState) as refused:
        cases.unmerge_households(merge=done, by=by, at=now + timedelta(hours=2))
    assert why in refused.value.message
    assert dump() == tables
