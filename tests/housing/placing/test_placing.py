"""From the proposal to the keys, and back."""

from datetime import date, timedelta

import pytest

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases.models import Household, Note, Notice, Person, Task
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.housing import actions as housing
from wurzelwerk.housing.models import AfterCare, HousingSearch, Placement, PlacementMove, SearchProfile

WHY = "weil die Familie vor Ort bleiben muss"


@pytest.fixture
def scout(actor):
    """Return the flat scout of Ankerplatz, with the grants of the moment."""
    return lambda: actor("jonas")


@pytest.fixture
def proposed(searching, letting, scout, now):
    """Return a placement that has been proposed."""
    return housing.propose_placement(search=searching(), letting=letting(), override_reason=WHY, by=scout(), at=now)


def bring_to(placement: Placement, state: str, by, at) -> None:
    """Go the way up to a state."""
    steps = {
        "viewing": lambda: housing.arrange_viewing(
            placement=placement, viewing_at=at + timedelta(days=2), place="Musterweg 4", by=by, at=at
        ),
        "applied": lambda: housing.ask_for_promise(placement=placement, by=by, at=at),
        "promised": lambda: housing.promise_placement(placement=placement, by=by, at=at),
        "contract": lambda: housing.sign_contract(placement=placement, contract_from=date(2026, 4, 1), by=by, at=at),
        "keys": lambda: housing.hand_over_keys(placement=placement, keys_on=date(2026, 3, 10), by=by, at=at),
    }
    for name, step in steps.items():
        step()
        if name == state:
            return


def test_way_from_proposal_to_keys_takes_the_journey_along(proposed, scout, stage_of, now):
    seen = [stage_of(proposed.household_ref)]
    for step in ("viewing", "applied", "promised", "contract", "keys"):
        placement = Placement.objects.visible_to(scout()).get(pk=proposed.pk)
        one_step(placement, step, scout(), now)
        seen.append(stage_of(proposed.household_ref))
    assert seen == ["proposed", "viewing", "applied", "promised", "contract", "moved_in"]
    placement.letting.offer.refresh_from_db()
    assert placement.letting.offer.state == "taken"
    assert HousingSearch.objects.visible_to(scout()).get().state == "placed"


def one_step(placement, step, by, at) -> None:
    match step:
        case "viewing":
            housing.arrange_viewing(
                placement=placement, viewing_at=at + timedelta(days=2), place="Musterweg 4", by=by, at=at
            )
        case "applied":
            housing.ask_for_promise(placement=placement, by=by, at=at)
        case "promised":
            housing.promise_placement(placement=placement, by=by, at=at)
        case "contract":
            housing.sign_contract(placement=placement, contract_from=date(2026, 4, 1), by=by, at=at)
        case "keys":
            housing.hand_over_keys(placement=placement, keys_on=date(2026, 3, 10), by=by, at=at)


@pytest.mark.parametrize(
    ("reached", "before", "stage", "offer"),
    [
        ("viewing", "proposed", "proposed", "open"),
        ("applied", "viewing", "viewing", "open"),
        ("promised", "applied", "applied", "open"),
        ("contract", "promised", "promised", "reserved"),
        ("keys", "contract", "contract", "reserved"),
    ],
)
def test_every_stage_can_be_taken_back(proposed, scout, stage_of, now, reached, before, stage, offer):
    bring_to(proposed, reached, scout(), now)
    housing.take_back_placement(placement=proposed, reason="Versehen", by=scout(), at=now + timedelta(minutes=1))
    placement = Placement.objects.visible_to(scout()).get(pk=proposed.pk)
    placement.letting.offer.refresh_from_db()
    assert (placement.state, stage_of(placement.household_ref), placement.letting.offer.state) == (before, stage, offer)
    last = PlacementMove.objects.visible_to(scout()).filter(placement=placement).last()
    assert (last.is_back, last.reason) == (True, "Versehen")


@pytest.mark.parametrize("reached", ["proposed", "viewing", "applied", "promised"])
def test_end_of_a_placement_can_be_taken_back(proposed, scout, stage_of, now, reached):
    if reached != "proposed":
        bring_to(proposed, reached, scout(), now)
    housing.refuse_placement(placement=proposed, reason="zu weit zur Schule", by=scout(), at=now)
    assert stage_of(proposed.household_ref) == "searching"
    housing.take_back_placement(placement=proposed, reason="doch", by=scout(), at=now + timedelta(minutes=1))
    assert (proposed.state, stage_of(proposed.household_ref)) == (reached, reached)


def test_take_back_without_reason_is_refused(proposed, scout, now):
    bring_to(proposed, "viewing", scout(), now)
    with pytest.raises(BadInput):
        housing.take_back_placement(placement=proposed, reason=" ", by=scout(), at=now)


def test_take_back_of_keys_voids_the_fact_and_strikes_aftercare(proposed, scout, actor, now):
    bring_to(proposed, "keys", scout(), now)
    assert standing_facts().filter(type="housing.moved_in").count() == 5
    assert Task.objects.visible_to(actor("amira")).filter(origin="housing.aftercare").count() == 3
    housing.take_back_placement(placement=proposed, reason="Versehen", by=scout(), at=now + timedelta(minutes=1))
    assert standing_facts().filter(type="housing.moved_in").count() == 0
    open_tasks = Task.objects.visible_to(actor("amira")).filter(cancelled_at__isnull=True)
    assert open_tasks.filter(origin="housing.aftercare").count() == 0


def test_promise_withdraws_other_proposals_and_tells_at_once(proposed, letting, scout, actor, now):
    other = housing.propose_placement(
        search=proposed.search, letting=letting(title="Am Park"), override_reason=WHY, by=scout(), at=now
    )
    bring_to(proposed, "applied", scout(), now)
    withdrawn = housing.promise_placement(placement=proposed, by=scout(), at=now)
    assert [one.pk for one in withdrawn] == [other.pk]
    other.refresh_from_db()
    assert (other.state, other.withdrawn_for_id) == ("withdrawn", proposed.pk)
    told = Notice.objects.visible_to(actor("amira")).values_list("text", flat=True)
    assert "Zurückgezogen: Am Park. Der Haushalt hat eine Zusage für eine andere Wohnung." in told


def test_take_back_of_a_promise_lists_what_it_withdrew_and_revives_nothing(proposed, letting, scout, now):
    other = housing.propose_placement(
        search=proposed.search, letting=letting(title="Am Park"), override_reason=WHY, by=scout(), at=now
    )
    bring_to(proposed, "promised", scout(), now)
    listed = housing.take_back_placement(placement=proposed, reason="Rückzug", by=scout(), at=now)
    other.refresh_from_db()
    assert ([one.pk for one in listed], other.state) == ([other.pk], "withdrawn")


def test_second_promise_for_a_letting_is_told_who_came_first(proposed, searching, scout, now):
    second = housing.propose_placement(
        search=searching("bernd"), letting=proposed.letting, override_reason=WHY, by=scout(), at=now
    )
    bring_to(second, "applied", scout(), now)
    bring_to(proposed, "promised", scout(), now)
    with pytest.raises(WrongState, match="inzwischen einem anderen Haushalt zugesagt"):
        housing.promise_placement(placement=second, by=scout(), at=now)
    assert Placement.objects.visible_to(scout()).get(pk=second.pk).state == "applied"


def test_contract_withdraws_other_households_of_the_letting(proposed, searching, scout, actor, now):
    second = housing.propose_placement(
        search=searching("bernd"), letting=proposed.letting, override_reason=WHY, by=scout(), at=now
    )
    bring_to(proposed, "contract", scout(), now)
    second.refresh_from_db()
    assert second.state == "withdrawn"
    told = Notice.objects.visible_to(actor("bernd")).values_list("text", flat=True)
    assert "Zurückgezogen: 5 Zimmer am Hafen. Die Wohnung ist vergeben." in told


def test_contract_makes_a_tenant_record_that_survives_the_withdrawal(proposed, scout, actor, now):
    from wurzelwerk.cases.actions import end_referral
    from wurzelwerk.cases.models import Referral

    bring_to(proposed, "contract", scout(), now)
    referral = Referral.objects.visible_to(actor("amira")).get()
    end_referral(referral=referral, reason="", by=actor("amira"), at=now)
    assert {person.name for person in Person.objects.visible_to(scout())} == {"Samira Al-Khatib", "Yusuf Al-Khatib"}
    assert Household.objects.visible_to(scout()).get().akte == proposed.search.akte
    proposed.refresh_from_db()
    assert proposed.state == "contract"


def test_contract_taken_back_deletes_the_tenant_record(proposed, scout, now):
    bring_to(proposed, "contract", scout(), now)
    housing.take_back_placement(placement=proposed, reason="geplatzt", by=scout(), at=now + timedelta(minutes=1))
    own = Household.objects.visible_to(scout()).filter(akte=proposed.search.akte)
    assert (own.count(), proposed.tenant_ref) == (0, None)


def test_end_of_referral_withdraws_what_has_no_contract(proposed, scout, actor, stage_of, now):
    from wurzelwerk.cases.actions import end_referral
    from wurzelwerk.cases.models import Referral

    bring_to(proposed, "promised", scout(), now)
    referral = Referral.objects.visible_to(actor("amira")).get()
    end_referral(referral=referral, reason="", by=actor("amira"), at=now)
    proposed.refresh_from_db()
    proposed.letting.offer.refresh_from_db()
    search = HousingSearch.objects.visible_to(scout()).get()
    assert (proposed.state, proposed.letting.offer.state, search.state) == ("withdrawn", "open", "ended")
    assert stage_of(proposed.household_ref) == "profile"
    assert list(Household.objects.visible_to(scout())) == []


def test_decline_needs_a_reason_of_the_list_and_the_note_it_asks_for(proposed, scout, now):
    with pytest.raises(BadInput):
        housing.decline_placement(placement=proposed, decline_reason="no_such", by=scout(), at=now)
    with pytest.raises(BadInput):
        housing.decline_placement(placement=proposed, decline_reason="discrimination_suspected", by=scout(), at=now)
    housing.decline_placement(
        placement=proposed,
        decline_reason="discrimination_suspected",
        decline_text="„keine Familien“",
        by=scout(),
        at=now,
    )
    assert proposed.state == "declined"


def test_override_needs_a_reason(searching, letting, scout, now):
    search, home = searching(), letting()
    with pytest.raises(BadInput) as refusal:
        housing.propose_placement(search=search, letting=home, by=scout(), at=now)
    assert refusal.value.field == "override_reason"


def test_second_proposal_of_the_same_pair_is_refused(proposed, scout, now):
    with pytest.raises(WrongState, match="schon vorgeschlagen"):
        housing.propose_placement(
            search=proposed.search, letting=proposed.letting, override_reason=WHY, by=scout(), at=now
        )


def test_counsellor_places_nobody(proposed, actor, now):
    with pytest.raises(NotAllowed):
        housing.promise_placement(placement=proposed, by=actor("amira"), at=now)


def test_counsellor_sees_the_placement_and_the_scout_no_journal(proposed, scout, actor):
    assert Placement.objects.visible_to(actor("amira")).get().pk == proposed.pk
    assert list(Placement.objects.visible_to(actor("carla"))) == []
    assert list(Note.objects.visible_to(scout())) == []
    assert SearchProfile.objects.visible_to(scout()).count() == 1


def test_aftercare_takes_the_journey_on_and_back(proposed, scout, actor, stage_of, now):
    bring_to(proposed, "keys", scout(), now)
    amira = actor("amira")
    first, second, _third = AfterCare.objects.visible_to(amira).order_by("due_on")
    assert [first.due_on, second.due_on] == [date(2026, 4, 7), date(2026, 9, 10)]
    housing.note_aftercare(aftercare=first, result="kept", by=amira, at=now)
    housing.note_aftercare(aftercare=second, result="at_risk", by=amira, at=now)
    assert stage_of(proposed.household_ref) == "kept_6m"
    with pytest.raises(WrongState):
        housing.take_back_placement(placement=proposed, reason="Versehen", by=scout(), at=now)
    later = now + timedelta(minutes=1)
    housing.take_back_aftercare(aftercare=second, reason="verwechselt", by=amira, at=later)
    assert stage_of(proposed.household_ref) == "settled_4w"
    assert standing_facts().filter(type="housing.kept_6_months").count() == 0


def test_home_lost_is_a_stage_of_its_own(proposed, scout, actor, stage_of, now):
    bring_to(proposed, "keys", scout(), now)
    amira = actor("amira")
    housing.note_aftercare(
        aftercare=AfterCare.objects.visible_to(amira).order_by("due_on").first(), result="lost", by=amira, at=now
    )
    assert stage_of(proposed.household_ref) == "lost"
