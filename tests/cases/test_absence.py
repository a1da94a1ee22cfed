"""Absence and cover: what may be entered, what the database refuses, what is opened to whom and for how long."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, HouseError, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.covers import away_meanwhile, covered_by
from wurzelwerk.cases.models import Case, Cover, Custody, Household, Kinship, Note, Task
from wurzelwerk.evidence.models import Fact
from wurzelwerk.network.absences import Away, away_on, away_until
from wurzelwerk.network.models import Absence, AbsenceDay, Membership, Site
from wurzelwerk.trust.actions import move_akte
from wurzelwerk.trust.models import Grant
from wurzelwerk.trust.queries import who_can_see

TODAY = date(2026, 3, 10)
NEXT = date(2026, 3, 16), date(2026, 3, 20)


@pytest.fixture
def away(user, actor, now):
    """Enter an absence of Amira (or another) by herself (or another)."""

    def enter(*covers, login="amira", by="", kind="holiday", days=NEXT):
        people = [user(one) for one in covers]
        return cases.record_absence(user=user(login), kind=kind, starts_on=days[0], ends_on=days[1], covers=people,
                                    by=actor(by or login), at=now)  # fmt: skip

    return enter


def test_absence_is_known_by_its_days_and_never_by_its_kind(away, user):
    absence = away(kind="sick", by="elif")
    amira = user("amira").pk
    assert away_on([amira, user("bernd").pk], date(2026, 3, 20), date(2026, 3, 31)) == {
        amira: [Away(absence.pk, amira, *NEXT)]
    }
    assert away_until([amira], on=TODAY) == {}
    assert away_until([amira], on=NEXT[1]) == {amira: NEXT[1]}
    assert "sick" not in str(list(Fact.objects.filter(type="cases.absence").values()))


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ((date(2026, 3, 20), date(2026, 3, 19)), "ends_on"),
        ((date(2025, 12, 1), date(2026, 3, 19)), "starts_on"),
        ((date(2026, 3, 12), date(2036, 3, 12)), "ends_on"),
        ((date(2026, 3, 20), date(2026, 3, 27)), "starts_on"),
    ],
)
def test_impossible_or_taken_days_are_said_at_their_field(away, days, field):
    away()
    with pytest.raises(BadInput) as refused:
        away(days=days)
    assert refused.value.field == field
    assert Absence.objects.count() == 1


def test_database_refuses_that_two_absences_overlap(away, user, now):
    absence = away()
    other = Absence.objects.create(user=user("amira"), kind="other", starts_on=NEXT[1], ends_on=NEXT[1],
                                   entered_by=user("amira"), entered_at=now)  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        AbsenceDay.objects.create(absence=other, user=user("amira"), day=NEXT[1])
    assert absence.days.count() == 5


def test_who_may_enter_and_who_may_cover(away, actor):
    away(login="amira", by="elif")
    for by in ("bernd", "carla", "lars", "goran"):
        with pytest.raises(NotAllowed):
            away(login="elif", by=by)
    for cover in ("goran", "jonas", "bernd"):
        with pytest.raises(BadInput):
            away(cover, login="bernd")


def test_cover_who_is_away_meanwhile_is_named(away, user):
    away(login="bernd", days=(date(2026, 3, 18), date(2026, 3, 18)))
    absence = away("bernd", "elif")
    assert [person.username for person, _away in away_meanwhile([user("bernd"), user("elif")], absence)] == ["bernd"]


def test_cover_of_another_team_sees_and_works_while_the_absence_lasts(away, actor, user, open_household, now):
    case = open_household()
    other = open_household("bernd")
    task = cases.set_task(case=case, title="anrufen", due_on=TODAY, by=actor("amira"), at=now)
    absence = away("carla", days=(TODAY, NEXT[1]))
    carla = actor("carla")
    assert list(Household.objects.visible_to(carla).values_list("akte_id", flat=True)) == [case.akte_id]
    assert list(Task.objects.writable_by(carla)) == [task]
    cases.complete_task(task=task, by=carla, at=now)
    note = cases.write_note(
        case=case, kind="conversation", theme="housing", text="war da", occurred_at=now, by=carla, at=now
    )
    assert Note.objects.visible_to(actor("amira")).get() == note
    line = next(one for one in who_can_see(case.akte, on=TODAY, reader=actor("amira")) if one.who == str(user("carla")))
    assert (line.reason, line.until, line.foreign) == (
        "Zusammenarbeit in der eigenen Stelle: Vertretung",
        NEXT[1],
        False,
    )
    assert not Case.objects.visible_to(carla).filter(pk=other.pk).exists()
    with clock.frozen(now + timedelta(days=11)):
        assert not Case.objects.visible_to(actor("carla")).exists()
    assert absence.covers.get().user == user("carla")


def test_cover_of_the_own_team_needs_no_grant_and_one_of_another_controller_gets_none(away, open_household):
    open_household()
    away("bernd", "elif")
    assert not Grant.objects.filter(purpose="cover").exists()
    with pytest.raises(BadInput):
        away("goran", days=(date(2026, 4, 1), date(2026, 4, 2)))
    assert not Grant.objects.filter(purpose="cover").exists()


def test_cover_ends_with_the_absence_and_comes_back_with_it(away, actor, user, open_household, now):
    open_household()
    absence = away("carla", days=(TODAY - timedelta(days=1), NEXT[1]))
    assert Case.objects.visible_to(actor("carla")).count() == 1
    cases.end_absence(absence=absence, by=actor("elif"), at=now)
    assert (absence.ends_on, absence.planned_until) == (TODAY - timedelta(days=1), NEXT[1])
    assert Case.objects.visible_to(actor("carla")).count() == 0
    cases.resume_absence(absence=absence, by=actor("amira"), at=now)
    assert Case.objects.visible_to(actor("carla")).count() == 1
    cases.cancel_absence(absence=absence, by=actor("amira"), at=now)
    assert Case.objects.visible_to(actor("carla")).count() == 0
    away(days=(NEXT[1], NEXT[1]))
    with pytest.raises(WrongState):
        cases.restore_absence(absence=absence, by=actor("amira"), at=now)


def test_single_case_goes_to_somebody_else(away, actor, user, open_household, now):
    one, other = open_household(), open_household()
    absence = away("bernd", days=(TODAY, NEXT[1]))
    cases.assign_covers(absence=absence, cases={one: user("carla")}, by=actor("amira"), at=now)
    assert [found.cases for found in covered_by(user("carla").pk, on=TODAY)] == [frozenset({one.pk})]
    assert [(found.cases, found.elsewhere) for found in covered_by(user("bernd").pk, on=TODAY)] == [
        (None, frozenset({one.pk}))
    ]
    assert list(Case.objects.visible_to(actor("carla"))) == [one]
    cases.assign_case(case=one, lead=user("bernd"), by=actor("elif"), at=now)
    assert not Case.objects.visible_to(actor("carla")).exists()
    with pytest.raises(BadInput):
        cases.assign_covers(absence=absence, cases={one: user("bernd")}, by=actor("amira"), at=now)
    cases.assign_covers(absence=absence, cases={other: None}, by=actor("amira"), at=now)


def test_new_lead_who_is_away_is_covered_too(away, actor, user, open_household, now):
    case = open_household("bernd")
    away("carla", days=(TODAY, NEXT[1]))
    assert not Case.objects.visible_to(actor("carla")).exists()
    cases.assign_case(case=case, lead=user("amira"), by=actor("elif"), at=now)
    assert list(Case.objects.visible_to(actor("carla"))) == [case]


def test_change_keeps_who_knows_already(away, actor, user, now):
    absence = away("bernd", "elif")
    cases.read_cover(covers=Cover.objects.filter(user=user("bernd")), by=actor("bernd"), at=now)
    with pytest.raises(HouseError):
        cases.read_cover(covers=Cover.objects.filter(user=user("elif")), by=actor("bernd"), at=now)
    cases.change_absence(absence=absence, kind="other", starts_on=NEXT[0], ends_on=NEXT[0], covers=[user("bernd")],
                         by=actor("amira"), at=now)  # fmt: skip
    assert [(row.user.username, row.seen_at) for row in absence.covers.all()] == [("bernd", now)]
    assert absence.days.count() == 1


def test_cover_loses_sight_when_the_case_is_closed_and_has_it_back_when_it_is_open_again(
    away, actor, open_household, now
):
    case = open_household()
    away("carla", days=(TODAY, NEXT[1]))
    assert Household.objects.visible_to(actor("carla")).count() == 1
    cases.close_case(case=case, by=actor("amira"), at=now)
    assert (Household.objects.visible_to(actor("carla")).count(), Case.objects.visible_to(actor("carla")).count()) == (
        0,
        0,
    )
    cases.reopen_case(case=case, by=actor("amira"), at=now)
    assert list(Case.objects.visible_to(actor("carla"))) == [case]


def test_akte_that_moves_to_the_team_of_the_cover_needs_no_grant_any_more(away, actor, open_household, now):
    case = open_household()
    away("carla", days=(TODAY, NEXT[1]))
    assert Grant.objects.filter(purpose="cover", revoked_at__isnull=True).exists()
    move_akte(akte=case.akte, site=Site.objects.get(code="stadt-sued"), by=actor("amira"), at=now)
    assert not Grant.objects.filter(purpose="cover", revoked_at__isnull=True).exists()
    assert list(Case.objects.visible_to(actor("carla"))) == [case]


def test_household_that_was_parted_is_open_to_the_cover_on_both_sides_and_can_be_made_one_again(
    away, actor, open_household, now
):
    case = open_household()
    away("carla", days=(TODAY, NEXT[1]))
    household = Household.objects.visible_to(actor("amira")).get()
    going = household.members.visible_to(actor("amira"))[1].person_id
    row = cases.separate_household(case=case, household=household, plan=cases.SeparationPlan(TODAY, frozenset({going})),
                                   by=actor("amira"), at=now)  # fmt: skip
    assert {one.pk for one in Household.objects.visible_to(actor("carla"))} == {household.pk, row.made_id}
    cases.unseparate_household(separation=row, by=actor("amira"), at=now)
    assert [one.pk for one in Household.objects.visible_to(actor("carla"))] == [household.pk]


def test_role_that_has_ended_opens_nothing_to_a_cover(away, actor, user, open_household):
    Membership.objects.create(user=user("amira"), organisation=user("amira").memberships.get().organisation,
                              role="housing_manager", valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))  # fmt: skip
    open_household()
    away("carla", days=(TODAY, NEXT[1]))
    opened = set(Grant.objects.filter(purpose="cover").values_list("scope", flat=True))
    assert (opened & {"owner", "portfolio", "lists"}, "journal" in opened) == (set(), True)


def test_family_is_told_to_no_cover(away, actor, open_household, now, client, user):
    case = open_household()
    by = actor("amira")
    household = Household.objects.visible_to(by).get()
    people = [one.person for one in household.members.visible_to(by).select_related("person")]
    child = next(one for one in people if one.given_name == "Lina")
    kin = cases.relate(person=people[1], kind="father", other=child, by=by, at=now)
    cases.set_custody(child=child, custody=cases.CustodyData("sole", (people[0].pk,)), by=by, at=now)
    away("carla", days=(TODAY, NEXT[1]))
    carla = actor("carla")
    cases.write_note(case=case, kind="conversation", theme="housing", text="war da", occurred_at=now, by=carla, at=now)
    shown = {
        model.__name__: [rows.count() for rows in (model.objects.visible_to(carla), model.objects.writable_by(carla),
                         model.objects.visible_beside(household, carla), model.objects.visible_to(by))]
        for model in (Kinship, Custody, Note)
    }  # fmt: skip
    assert shown == {"Kinship": [0, 0, 0, 1], "Custody": [0, 0, 0, 1], "Note": [1, 1, 1, 1]}
    with pytest.raises(NotAllowed):
        cases.remove_kinship(kinship=kin, by=carla, at=now)
    with pytest.raises(NotAllowed):
        cases.set_custody(child=child, custody=cases.CustodyData("sole", (people[1].pk,)), by=carla, at=now)
    with pytest.raises(NotAllowed):
        cases.separate_household(case=case, household=household, by=carla, at=now,
                                 plan=cases.SeparationPlan(TODAY, frozenset({people[1].pk})))  # fmt: skip
    client.force_login(user("carla"))
    member = household.members.visible_to(by).get(person=child)
    places = [("household", household.pk), ("family", household.pk), ("kinship_new", household.pk),
              ("household_separate", household.pk), ("custody_edit", member.pk)]  # fmt: skip
    assert [client.get(reverse(name, args=[pk])).status_code for name, pk in places] == [200, 404, 404, 404, 404]
