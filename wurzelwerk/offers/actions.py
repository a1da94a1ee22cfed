"""Writes of the offer trunk."""

from datetime import date, datetime

from django.db import transaction

from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_can_write

from . import facts, rules
from .enums import Audience, OfferState
from .models import Offer


@transaction.atomic
def open_offer(
    *,
    akte: Akte,
    service: str,
    title: str,
    by: Actor,
    at: datetime,
    state: str = OfferState.OPEN,
    audience: str = Audience.NETWORK,
    capacity: int = 1,
    district_id: str | None = None,
    available_from: date | None = None,
    available_until: date | None = None,
) -> Offer:
    """Open an occasion to get something. Raises NotAllowed."""
    offer = Offer(
        akte=akte,
        service=service,
        title=title,
        state=state,
        audience=audience,
        capacity=capacity,
        district_id=district_id,
        available_from=available_from,
        available_until=available_until,
        opened_at=at,
    )
    check_can_write(by, offer)
    offer.save()
    record(facts.OFFER_OPENED, about=[], frame=frame_of(akte), at=at)
    return offer


@transaction.atomic
def set_offer_state(*, offer: Offer, state: str, by: Actor, at: datetime) -> None:
    """Bring an offer into another state. Raises NotAllowed, WrongState."""
    check_can_write(by, offer)
    rules.check_can_become(offer, state)
    offer.state = OfferState(state)
    closed = offer.state in {OfferState.TAKEN, OfferState.WITHDRAWN}
    offer.closed_at = at if closed else None
    offer.save(update_fields=["state", "closed_at"])
    record(facts.OFFER_CHANGED, about=[], frame=frame_of(offer.akte), at=at, dimensions={"state": offer.state})
