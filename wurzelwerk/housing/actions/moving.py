"""The common part of every move of a placement: set, keep the move, record it, take journey and offer along."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.evidence.ledger import record
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..enums import OPEN_PLACEMENT, PlacementState
from ..journeys import follow_placements
from ..locking import save_once
from ..models import Placement, PlacementMove
from ..moves import STANDING
from ..offering import set_state
from ..telling import of_letting, tell_counsellor, tell_placer


@transaction.atomic
def move_placement(
    *,
    placement: Placement,
    to: str,
    by: Actor,
    at: datetime,
    reason: str = "",
    back: bool = False,
    occurred_on: date | None = None,
) -> None:
    """Bring a placement that has been checked and locked to a state, with everything that hangs on the state."""
    before = placement.state
    placement.state = PlacementState(to)
    save_once(placement)
    PlacementMove.objects.create(
        akte=placement.akte,
        placement=placement,
        from_state=before,
        to_state=to,
        moved_at=at,
        moved_by_id=by.user_id,
        is_back=back,
        reason=reason.strip()[:500],
    )
    _set_offer(placement, before, at)
    follow_placements(placement.search, by=by, at=at, reason=reason if back else "", occurred_on=occurred_on)
    _record_move(placement, at, back=back)


def _set_offer(placement: Placement, before: str, at: datetime) -> None:
    """The offer is reserved from the promise on, taken from the keys on, and open again when a promise falls away."""
    held = {PlacementState.PROMISED, PlacementState.CONTRACT}
    now = PlacementState(placement.state)
    if now in held:
        set_state(placement.letting, OfferState.RESERVED, at=at)
    elif STANDING[now].offer:
        set_state(placement.letting, STANDING[now].offer, at=at)
    elif before and PlacementState(before) in {*held, PlacementState.KEYS}:
        set_state(placement.letting, OfferState.OPEN, at=at)


def _record_move(placement: Placement, at: datetime, *, back: bool = False) -> None:
    """Record that a placement has moved."""
    case = placement.search.case
    record(
        facts.PLACEMENT_MOVED,
        about=about_case(case),
        frame=case_frame(case),
        at=at,
        dimensions={
            "state": placement.state,
            "way": "back" if back else "forward",
            "override": "yes" if placement.override_reason else "no",
        },
    )


@transaction.atomic
def withdraw_others(
    *, others: QuerySet[Placement], cause: Placement, reason: str, by: Actor, at: datetime
) -> list[Placement]:
    """Withdraw open placements that a promise or contract makes pointless, and tell their people at once."""
    found = (
        others.filter(state__in=OPEN_PLACEMENT).exclude(pk=cause.pk).select_related("letting__offer", "search__case")
    )
    withdrawn = list(found)
    for placement in withdrawn:
        placement.withdrawn_for = cause
        move_placement(placement=placement, to=PlacementState.WITHDRAWN, by=by, at=at, reason=reason)
        text = _("Zurückgezogen: %(dwelling)s. %(why)s") % {"dwelling": of_letting(placement), "why": reason}
        tell_counsellor(placement.search, text, by=by, at=at)
        tell_placer(placement.search, text, by=by, at=at)
    return withdrawn
