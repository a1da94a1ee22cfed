"""A round is the same whatever the order, sees no forbidden column, and says when it is out of date."""

from dataclasses import fields, replace
from datetime import date

import pytest

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import WrongState
from wurzelwerk.housing import actions as housing
from wurzelwerk.housing.actions.rounds import keep_findings
from wurzelwerk.housing.models import AllocationRight, Outcome
from wurzelwerk.housing.queries.rounds import next_in_reserve, round_says
from wurzelwerk.housing.round_run import compute_round, explain_pair, inputs_hash
from wurzelwerk.housing.round_tables import round_tables
from wurzelwerk.matching.rules import forbidden_columns
from wurzelwerk.network.models import Organisation

from .conftest import FITTING


@pytest.fixture
def run(actor, now):
    """Run a round as the scout and keep it."""

    def run_it():
        scout = actor("jonas")
        begun = housing.start_round(by=scout, at=now)
        keep_findings(begun=begun, findings=compute_round(scout, on=local_day(now)), by=scout, at=now)
        return begun

    return run_it


def test_round_is_deterministic_and_sees_no_forbidden_column(searching, letting, actor, now):
    searching()
    searching("bernd", profile=replace(FITTING, priority=2, priority_ground="Kinder im Haushalt"))
    letting()
    scout, day = actor("jonas"), local_day(now)
    tables = round_tables(scout, on=day)
    assert forbidden_columns(tables.households) == forbidden_columns(tables.dwellings) == []
    names = {one.name for one in fields(tables.households)}
    assert not names & {"name", "origin", "religion", "language", "residence", "nationality"}
    first, second = compute_round(scout, on=day), compute_round(scout, on=day)
    assert first == second
    assert first.inputs_hash == inputs_hash(tables)


def test_most_urgent_household_is_placed_and_the_other_is_in_reserve(searching, letting, run, actor):
    usual = searching()
    urgent = searching("bernd", profile=replace(FITTING, priority=2, priority_ground="Kinder im Haushalt"))
    home = letting()
    found = run()
    lines = Outcome.objects.visible_to(actor("jonas")).filter(round=found)
    assert [(one.search_id, one.kind, one.position) for one in lines.order_by("kind")] == [
        (usual.pk, "left", 0),
        (urgent.pk, "placed", 0),
        (usual.pk, "reserve", 1),
    ]
    assert round_says(urgent, home) == found
    assert round_says(usual, home) is None
    left = lines.get(kind="left")
    assert left.misses[0]["sentence"] == "Möglich, aber ein Haushalt mit höherer Dringlichkeit ging vor."


def test_reserve_follows_when_the_first_one_declines(searching, letting, run, actor, now):
    usual = searching()
    urgent = searching("bernd", profile=replace(FITTING, priority=2, priority_ground="Kinder im Haushalt"))
    home = letting()
    found = run()
    scout = actor("jonas")
    placement = housing.propose_placement(search=urgent, letting=home, by=scout, at=now)
    assert placement.round == found
    assert next_in_reserve(home, actor=scout) == usual
    housing.refuse_placement(placement=placement, reason="zu weit", by=scout, at=now)
    followed = housing.propose_placement(search=usual, letting=home, by=scout, at=now)
    assert (followed.round, followed.override_reason) == (found, "")


def test_declined_pair_is_not_proposed_again(searching, letting, run, actor, now):
    search, home = searching(), letting()
    run()
    scout = actor("jonas")
    placement = housing.propose_placement(search=search, letting=home, by=scout, at=now)
    housing.decline_placement(placement=placement, decline_reason="other_household", by=scout, at=now)
    again = compute_round(scout, on=local_day(now))
    assert again.placed == 0
    explained = explain_pair(scout, search=str(search.pk), letting=str(home.pk), on=local_day(now))
    assert [one.rule for one in explained.against()] == ["earlier"]


def test_rent_above_the_limit_is_said_with_the_difference(searching, letting, run, actor):
    searching()
    letting(net_cold="1111", operating="200")
    found = run()
    line = Outcome.objects.visible_to(actor("jonas")).get(round=found)
    assert line.misses[0]["sentence"].startswith("81\xa0€ über der Mietgrenze für 5 Personen")
    assert found.summary["acquisition"][0]["gains"]["1"] == 1


def test_unknown_benefits_are_to_be_clarified(searching, letting, run, actor):
    searching(profile=replace(FITTING, draws_benefits=None))
    letting()
    line = Outcome.objects.visible_to(actor("jonas")).get(round=run())
    assert (line.kind, [one["rule"] for one in line.unclear]) == ("unclear", ["gross_cold"])


def test_round_is_out_of_date_after_a_promise_only(searching, letting, run, actor, now):
    from datetime import timedelta

    search, home = searching(), letting()
    found, day = run(), local_day(now)
    scout = actor("jonas")
    placement = housing.propose_placement(search=search, letting=home, by=scout, at=now)
    assert inputs_hash(round_tables(scout, on=day)) == found.inputs_hash
    housing.arrange_viewing(placement=placement, viewing_at=now + timedelta(days=1), place="dort", by=scout, at=now)
    housing.ask_for_promise(placement=placement, by=scout, at=now)
    housing.promise_placement(placement=placement, by=scout, at=now)
    assert inputs_hash(round_tables(scout, on=day)) != found.inputs_hash


def test_second_round_at_once_is_refused(city, actor, now):
    housing.start_round(by=actor("jonas"), at=now)
    with pytest.raises(WrongState):
        housing.start_round(by=actor("katja"), at=now)


def test_household_without_release_takes_part_in_no_round(searching, letting, actor, now):
    from wurzelwerk.cases.actions import end_referral
    from wurzelwerk.cases.models import Referral

    searching()
    letting()
    end_referral(referral=Referral.objects.visible_to(actor("amira")).get(), reason="", by=actor("amira"), at=now)
    assert compute_round(actor("jonas"), on=local_day(now)).searches == 0


@pytest.mark.parametrize(("holder", "kind"), [("ankerplatz", "placed"), ("nordlicht", "left")])
def test_right_reserves_a_dwelling_against_others_but_not_against_its_holder(
    searching, letting, run, actor, holder, kind
):
    search, home = searching(), letting()
    AllocationRight.objects.create(
        akte=home.akte, dwelling=home.dwelling, kind="occupation", law="wfng_nrw", starts_on=date(2020, 1, 1),
        holder=Organisation.objects.get(code=holder),
    )  # fmt: skip
    lines = Outcome.objects.visible_to(actor("jonas")).filter(round=run(), search=search)
    assert [one.kind for one in lines] == [kind]


def test_sentences_name_certificates_as_people_do(searching, letting, actor, now):
    search = searching(profile=replace(FITTING, wbs_state="none", wbs_kind=""))
    explanation = explain_pair(actor("jonas"), search=str(search.pk), letting=str(letting().pk), on=local_day(now))
    [one] = [line for line in explanation.hard if line.rule == "wbs_kind"]
    assert one.sentence == "Die Wohnung verlangt einen WBS (Einkommensgruppe A); es liegt keiner vor."
