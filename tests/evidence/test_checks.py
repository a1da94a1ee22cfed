"""Facts and tables agree in a normal world, and a planted difference is found."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from wurzelwerk.base.rooms import installed_rooms
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases import facts as case_facts
from wurzelwerk.cases.ledger import case_key
from wurzelwerk.cases.models import Case, Note
from wurzelwerk.evidence.checks import Comparison, check_facts, differences
from wurzelwerk.evidence.ledger import void
from wurzelwerk.evidence.models import Fact
from wurzelwerk.evidence.tasks import compare_facts
from wurzelwerk.housing import facts as housing_facts
from wurzelwerk.pathways import actions as pathways
from wurzelwerk.pathways.models import Journey

WAY = ("profile", "searching", "proposed", "viewing", "applied", "promised", "contract", "moved_in")


@pytest.fixture
def world(open_household, actor, now):
    """Cases opened, closed, reopened; journeys gone forward, back, and begun anew; consultations."""
    by = actor("amira")

    def at(days: int):
        return now + timedelta(days=days)

    first, second, third = open_household(), open_household(), open_household()
    for number in range(2):
        cases.write_note(case=first, kind="talk", theme="housing", text="x", occurred_at=now, by=by, at=now)
        journey = pathways.start_journey(case=(first, second)[number], pathway="housing", by=by, at=now)
        for day, stage in enumerate(WAY):
            pathways.advance(journey=journey, to=stage, by=by, at=at(day))
    pathways.take_back(journey=journey, reason="verschrieben", by=by, at=at(20))
    pathways.advance(journey=journey, to="searching", by=by, at=at(21))
    for stage in ("proposed", "searching", "proposed", "searching", "ended"):
        pathways.advance(journey=journey, to=stage, by=by, at=at(22))
    pathways.advance(journey=journey, to="searching", by=by, at=at(23))
    cases.close_case(case=second, by=by, at=at(30))
    cases.reopen_case(case=second, by=by, at=at(31))
    cases.close_case(case=third, by=by, at=at(31))
    return first


def found() -> list[tuple]:
    return [(one.comparison, one.in_state, one.in_facts) for one in check_facts()]


def test_normal_world_has_no_difference(world):
    assert found() == []
    assert compare_facts.func() == 0


def test_empty_world_has_no_difference(city):
    assert found() == []


def test_consultation_without_fact_is_found(world):
    note = Note.objects.for_system(reason="test").first()
    note.pk = None
    note._state.adding = True
    Note.objects.bulk_create([note])
    assert found() == [("cases.consulted", 3, 2)]


def test_closing_without_fact_is_found(world, now):
    Case.objects.for_system(reason="test").filter(pk=world.pk).update(closed_on=now.date())
    assert found() == [("cases.closed", 1, 0)]


def test_fact_taken_back_behind_the_tables_is_found(world, now):
    with transaction.atomic():
        void(housing_facts.MOVED_IN, case_key=case_key(world), at=now)
    assert found() == [("pathways.stages", 1, 0)]


def test_fact_without_case_is_found(world):
    Fact.objects.filter(type=case_facts.CASE_OPENED.code, case_key=case_key(world)).delete()
    assert found() == [("cases.opened", 1, 0)]


def test_journey_that_nobody_recorded_is_found(world):
    before = Journey.objects.for_system(reason="test").filter(case=world).get()
    before.pk, before.stage, before._state.adding = None, "clarify", True
    before.pathway = "housing"
    before.ended_on = before.since
    Journey.objects.bulk_create([before])
    assert found() == [("pathways.started", 2, 1)]


def test_command_lists_differences_and_fails(world, now, capsys):
    call_command("check_facts")
    assert "Kein Unterschied." in capsys.readouterr().err
    with transaction.atomic():
        void(housing_facts.MOVED_IN, case_key=case_key(world), at=now)
    with pytest.raises(SystemExit) as stopped:
        call_command("check_facts", json=True)
    listed = json.loads(capsys.readouterr().out)
    assert stopped.value.code == 1
    assert [(one["comparison"], one["in_state"], one["in_facts"]) for one in listed] == [("pathways.stages", 1, 0)]


def test_job_says_how_many_and_logs_no_name(world, now, caplog):
    with transaction.atomic():
        void(housing_facts.MOVED_IN, case_key=case_key(world), at=now)
    assert compare_facts.func() == 1
    assert "Stufen auf den Wegen" in caplog.text
    assert "Al-Khatib" not in caplog.text


def test_missing_keys_count_as_zero():
    one = Comparison("x", "X", state=lambda: {"a": 2, "b": 1}, facts=lambda: {"b": 1, "c": 1})
    assert [(d.key, d.in_state, d.in_facts) for d in differences(one)] == [("a", 2, 0), ("c", 0, 1)]


def test_comparisons_are_declared_once():
    codes = [one.code for room in installed_rooms() for one in room.comparisons]
    assert codes
    assert len(codes) == len(set(codes))
