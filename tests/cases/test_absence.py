"""Absence and cover: what may be entered, what the database refuses, what is opened to whom and for how long."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, HouseError, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.covers import away_meanwhile, covered_by
from wurzelwerk.cases.models import Case, Cover, Household, Note, Task
from wurzelwerk.evidence.models import Fact
from wurzelwerk.network.absences import Away, away_on, away_until
from wurzelwerk.network.models import Absence, AbsenceDay
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
