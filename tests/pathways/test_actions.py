"""A journey goes along its table, and back with a reason; facts follow."""

from datetime import timedelta

import pytest

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.housing import facts
from wurzelwerk.pathways.actions import advance, start_journey, take_back
from wurzelwerk.pathways.models import Move
from wurzelwerk.pathways.stages import all_pathways


@pytest.fixture
def journey(open_household, actor, now):
    return start_journey(case=open_household(), pathway="housing", by=actor("amira"), at=now)


def go(journey, actor, now, *stages):
    for stage in stages:
        advance(journey=journey, to=stage, by=actor("amira"), at=now)


def standing(fact) -> int:
    return standing_facts().filter(type=fact.code).count()


def test_journey_begins_at_the_first_stage_and_records_it_per_person(journey):
    assert journey.stage == "clarify"
    assert standing(facts.SEARCH_STARTED) == 5


def test_second_open_journey_is_refused(journey, actor, now):
    with pytest.raises(WrongState):
        start_journey(case=journey.case, pathway="housing", by=actor("amira"), at=now)


def test_stage_that_does_not_follow_is_refused(journey, actor, now):
    with pytest.raises(WrongState, match="führt kein Schritt"):
        go(journey, actor, now, "promised")
    assert journey.stage == "clarify"


def test_stage_taken_back_voids_its_fact_and_keeps_the_way(journey, actor, now):
    go(journey, actor, now, "profile", "searching", "proposed")
    assert standing(facts.PROPOSED) == 5
    take_back(journey=journey, reason="falsche Wohnung", by=actor("amira"), at=now)
    assert (journey.stage, standing(facts.PROPOSED)) == ("searching", 0)
    assert Move.objects.visible_to(actor("amira")).filter(journey=journey).count() == 5


def test_stages_can_be_taken_back_one_after_another(journey, actor, now):
    go(journey, actor, now, "profile", "searching", "proposed", "viewing")
    for expected in ("proposed", "searching", "profile", "clarify"):
        take_back(journey=journey, reason="zurück", by=actor("amira"), at=now)
        assert journey.stage == expected
    with pytest.raises(WrongState, match="Anfang"):
        take_back(journey=journey, reason="zurück", by=actor("amira"), at=now)


def test_going_on_after_a_step_back_works(journey, actor, now):
    go(journey, actor, now, "profile", "searching")
    take_back(journey=journey, reason="zurück", by=actor("amira"), at=now)
    go(journey, actor, now, "referred", "searching")
    take_back(journey=journey, reason="zurück", by=actor("amira"), at=now)
    assert journey.stage == "referred"


def test_stage_reached_earlier_counts_on_its_day(journey, actor, now):
    earlier = now.date() - timedelta(days=9)
    go(journey, actor, now, "profile", "searching")
    advance(journey=journey, to="proposed", by=actor("amira"), at=now, occurred_on=earlier)
    days = set(standing_facts().filter(type=facts.PROPOSED.code).values_list("occurred_on", flat=True))
    assert days == {earlier}


def test_step_back_without_reason_is_refused(journey, actor, now):
    go(journey, actor, now, "profile")
    with pytest.raises(BadInput):
        take_back(journey=journey, reason=" ", by=actor("amira"), at=now)


def test_stranger_moves_nothing(journey, actor, now):
    for login in ("carla", "goran", "jonas", "frieda", "lars"):
        with pytest.raises(NotAllowed):
            advance(journey=journey, to="profile", by=actor(login), at=now)


def test_final_stage_ends_the_journey_and_can_be_taken_back(journey, actor, now):
    go(journey, actor, now, "ended")
    assert journey.ended_on is not None
    take_back(journey=journey, reason="sucht doch weiter", by=actor("amira"), at=now)
    assert journey.ended_on is None


def test_every_stage_leads_somewhere_that_exists():
    for pathway in all_pathways().values():
        codes = {stage.code for stage in pathway.stages}
        assert len(codes) == len(pathway.stages)
        for stage in pathway.stages:
            assert set(stage.next) <= codes, stage.code
            assert stage.next or stage.final, f"{stage.code} is a dead end"
            assert stage.part
