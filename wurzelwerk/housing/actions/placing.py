"""From the proposal to the keys, and every step back: check, change, record."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor

from .. import facts, law
from ..actions.aftercare import cancel_aftercare, plan_aftercare
from ..actions.moving import move_placement, withdraw_others
from ..actions.tenant import drop_tenant_record, keep_tenant_record
from ..enums import PlacementState, SearchState
from ..locking import lock, save_once
from ..models import HousingSearch, Letting, Placement, PlacementMove, Round
from ..queries.rounds import round_says
from ..release import open_stage
from ..rules import placing as rules
from ..telling import of_letting, tell_counsellor

State = PlacementState


@transaction.atomic
def propose_placement(
    *,
    search: HousingSearch,
    letting: Letting,
    by: Actor,
    at: datetime,
    in_round: Round | None = None,
    override_reason: str = "",
) -> Placement:
    """Propose a dwelling to a household; where the latest round says otherwise, only with a written reason.

    Raises NotAllowed, WrongState (not open any more, proposed already), BadInput (reason missing).
    """
    placement = Placement(
        akte=search.akte, search=search, letting=letting, household_ref=search.household_ref, proposed_at=at
    )
    if by.user_id is not None:
        placement.proposed_by_id = by.user_id
    rules.check_can_place(by, placement)
    rules.check_searching(search)
    rules.check_still_passed_on(search, by)
    locked = Letting.objects.for_system(reason="two people propose at once").select_for_update().get(pk=letting.pk)
    rules.check_letting_open(locked)
    rules.check_household_free(search)
    says = round_says(search, letting)
    if not says and not override_reason.strip():
        raise BadInput(
            _("Die letzte Runde schlägt das nicht vor. Bitte begründen Sie die Abweichung."), field="override_reason"
        )
    placement.override_reason = "" if says else override_reason.strip()
    placement.round = in_round or says
    placement.letting = locked
    placement.state = ""
    move_placement(placement=placement, to=State.PROPOSED, by=by, at=at)
    text = _("Vorgeschlagen: %(dwelling)s.") % {"dwelling": of_letting(placement)}
    tell_counsellor(search, text, by=by, at=at)
    return placement


@transaction.atomic
def arrange_viewing(*, placement: Placement, viewing_at: datetime, place: str, by: Actor, at: datetime) -> None:
    """Arrange a viewing; a new time for one that is arranged already. Raises NotAllowed, WrongState, BadInput."""
    lock(placement)
    again = placement.state == State.VIEWING
    if again:
        rules.check_can_place(by, placement)
    else:
        rules.check_can_move(by, placement, State.VIEWING)
    rules.check_still_passed_on(placement.search, by)
    if not place.strip():
        raise BadInput(_("Bitte geben Sie an, wo Sie sich treffen."), field="place")
    placement.viewing_at, placement.viewing_place = viewing_at, place.strip()
    if again:
        save_once(placement)
        _record_again(placement, at)
    else:
        move_placement(placement=placement, to=State.VIEWING, by=by, at=at)
    open_stage(placement.search.referral_ref, "viewing", at=at)
    text = _("Besichtigung am %(day)s: %(dwelling)s.") % {
        "day": f"{local_day(viewing_at):%d.%m.%Y}",
        "dwelling": of_letting(placement),
    }
    tell_counsellor(placement.search, text, by=by, at=at)


def _record_again(placement: Placement, at: datetime) -> None:
    case = placement.search.case
    dimensions = {"state": placement.state, "way": "forward", "override": "yes" if placement.override_reason else "no"}
    record(facts.PLACEMENT_MOVED, about=about_case(case), frame=case_frame(case), at=at, dimensions=dimensions)


@transaction.atomic
def ask_for_promise(*, placement: Placement, by: Actor, at: datetime) -> None:
    """The household wants the dwelling; the owner is asked. Raises NotAllowed, WrongState."""
    lock(placement)
    rules.check_can_move(by, placement, State.APPLIED)
    rules.check_letting_free(placement.letting, except_for=placement)
    move_placement(placement=placement, to=State.APPLIED, by=by, at=at)
    open_stage(placement.search.referral_ref, "interest", at=at)


@transaction.atomic
def promise_placement(*, placement: Placement, by: Actor, at: datetime) -> list[Placement]:
    """The owner has promised. One promise a letting and a household: the database forbids the second.

    Returns the household's other proposals that were withdrawn; their people are told. Raises NotAllowed, WrongState.
    """
    letting = lock(placement)
    rules.check_can_move(by, placement, State.PROMISED)
    rules.check_letting_free(letting, except_for=placement)
    rules.check_household_free(placement.search, except_for=placement)
    move_placement(placement=placement, to=State.PROMISED, by=by, at=at)
    open_stage(placement.search.referral_ref, "chosen", at=at)
    others = Placement.objects.for_system(reason="a household needs one dwelling").filter(
        household_ref=placement.household_ref
    )
    withdrawn = withdraw_others(
        others=others, cause=placement, reason=_("Der Haushalt hat eine Zusage für eine andere Wohnung."), by=by, at=at
    )
    text = _("Zusage: %(dwelling)s.") % {"dwelling": of_letting(placement)}
    tell_counsellor(placement.search, text, by=by, at=at)
    return withdrawn


@transaction.atomic
def sign_contract(*, placement: Placement, contract_from: date, by: Actor, at: datetime) -> list[Placement]:
    """The contract is signed; the tenants' names become the placing body's own record.

    Returns the proposals of other households for this letting, which are withdrawn. Raises NotAllowed, WrongState.
    """
    letting = lock(placement)
    rules.check_can_move(by, placement, State.CONTRACT)
    placement.contract_from = contract_from
    move_placement(placement=placement, to=State.CONTRACT, by=by, at=at)
    keep_tenant_record(placement=placement, by=by, at=at)
    others = Placement.objects.for_system(reason="the letting is taken").filter(letting=letting)
    return withdraw_others(others=others, cause=placement, reason=_("Die Wohnung ist vergeben."), by=by, at=at)


@transaction.atomic
def hand_over_keys(*, placement: Placement, keys_on: date, by: Actor, at: datetime) -> None:
    """The household has its keys: the search is done, after-care planned. Raises NotAllowed, WrongState, BadInput."""
    lock(placement)
    rules.check_can_move(by, placement, State.KEYS)
    rules.check_keys_day(placement, keys_on, today=local_day(at))
    placement.keys_on = keys_on
    _set_search(placement.search, SearchState.PLACED, at)
    move_placement(placement=placement, to=State.KEYS, by=by, at=at, occurred_on=keys_on)
    plan_aftercare(placement=placement, by=by, at=at)
    text = _("Schlüssel übergeben: %(dwelling)s. Die Nachbetreuung steht unter Ihren Aufgaben.")
    tell_counsellor(placement.search, text % {"dwelling": of_letting(placement)}, by=by, at=at)


def _set_search(search: HousingSearch, state: str, at: datetime) -> None:
    search.state, search.changed_at = SearchState(state), at
    search.closed_on = local_day(at) if state == SearchState.PLACED else None
    search.save(update_fields=["state", "closed_on", "changed_at"])


@transaction.atomic
def decline_placement(
    *, placement: Placement, decline_reason: str, by: Actor, at: datetime, decline_text: str = ""
) -> None:
    """The owner declines, with a reason of the list. Raises NotAllowed, WrongState, BadInput."""
    lock(placement)
    rules.check_can_move(by, placement, State.DECLINED)
    rules.check_decline(decline_reason, decline_text, on=local_day(at))
    placement.decline_reason, placement.decline_text = decline_reason, decline_text.strip()
    label = law.label("decline_reasons", decline_reason)
    move_placement(placement=placement, to=State.DECLINED, by=by, at=at, reason=label)
    text = _("Absage: %(dwelling)s. Grund: %(why)s") % {"dwelling": of_letting(placement), "why": label}
    tell_counsellor(placement.search, text, by=by, at=at)


@transaction.atomic
def refuse_placement(*, placement: Placement, reason: str, by: Actor, at: datetime) -> None:
    """The household does not want it; that never counts against it. Raises NotAllowed, WrongState, BadInput."""
    lock(placement)
    rules.check_can_move(by, placement, State.REFUSED)
    rules.check_reason(reason)
    move_placement(placement=placement, to=State.REFUSED, by=by, at=at, reason=reason)
    text = _("Vom Haushalt abgelehnt: %(dwelling)s.") % {"dwelling": of_letting(placement)}
    tell_counsellor(placement.search, text, by=by, at=at)


@transaction.atomic
def withdraw_placement(*, placement: Placement, reason: str, by: Actor, at: datetime) -> None:
    """Withdraw a proposal with a reason. Raises NotAllowed, WrongState, BadInput."""
    lock(placement)
    rules.check_can_move(by, placement, State.WITHDRAWN)
    rules.check_reason(reason)
    move_placement(placement=placement, to=State.WITHDRAWN, by=by, at=at, reason=reason)
    text = _("Zurückgezogen: %(dwelling)s.") % {"dwelling": of_letting(placement)}
    tell_counsellor(placement.search, text, by=by, at=at)


@transaction.atomic
def take_back_placement(*, placement: Placement, reason: str, by: Actor, at: datetime) -> list[Placement]:
    """Take the last step back: journey, offer and after-care follow, facts are voided.

    Returns the proposals that the step had withdrawn: they are not revived, somebody looks at them. Raises NotAllowed,
    WrongState (at its beginning, or what it would come back to is taken meanwhile), BadInput.
    """
    letting = lock(placement)
    rules.check_can_place(by, placement)
    rules.check_reason(reason)
    left, target = State(placement.state), _state_before(placement)
    if left not in {State.CONTRACT, State.KEYS, State.PROMISED}:
        rules.check_searching(placement.search)
        rules.check_letting_open(letting)
    if left == State.KEYS:
        rules.check_aftercare_untouched(placement)
        cancel_aftercare(placement=placement, by=by, at=at)
        _set_search(placement.search, SearchState.SEARCHING, at)
    if left == State.CONTRACT:
        drop_tenant_record(placement=placement, by=by, at=at)
    _forget(placement, left)
    move_placement(placement=placement, to=target, by=by, at=at, reason=reason, back=True)
    tell_counsellor(
        placement.search,
        _("Zurückgenommen („%(state)s“): %(dwelling)s.") % {"state": left.label, "dwelling": of_letting(placement)},
        by=by,
        at=at,
    )
    return list(placement.withdrew.for_system(reason="what the step had withdrawn").filter(state=State.WITHDRAWN))


def _state_before(placement: Placement) -> State:
    """Replay the moves as a stack."""
    stack: list[str] = []
    moves = PlacementMove.objects.for_system(reason="the way so far").filter(placement=placement)
    for to_state, is_back in moves.order_by("moved_at", "pk").values_list("to_state", "is_back"):
        if is_back:
            stack.pop()
        else:
            stack.append(to_state)
    if len(stack) < 2:
        raise WrongState(_("Der Vorschlag steht an seinem Anfang. Sie können ihn zurückziehen."))
    return State(stack[-2])


def _forget(placement: Placement, left: State) -> None:
    """Empty what the state that is taken back had filled in."""
    match left:
        case State.VIEWING:
            placement.viewing_at, placement.viewing_place = None, ""
        case State.DECLINED:
            placement.decline_reason = placement.decline_text = ""
        case State.WITHDRAWN:
            placement.withdrawn_for = None
        case State.CONTRACT:
            placement.contract_from = None
        case State.KEYS:
            placement.keys_on = None
