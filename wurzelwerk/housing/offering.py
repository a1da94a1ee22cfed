"""Bring a letting's offer to where its placement stands, as a consequence of an action that has been checked.

Also somebody of another body can cause it: who ends the passing on of data sets the dwelling free that was promised.
"""

from datetime import datetime

from wurzelwerk.evidence.ledger import record
from wurzelwerk.offers import facts
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.offers.models import Offer
from wurzelwerk.offers.rules import check_can_become
from wurzelwerk.trust.queries import frame_of

from .models import Letting


def set_state(letting: Letting, state: str, *, at: datetime) -> None:
    """Set the offer's state and whether the letting is the dwelling's present one. Raises WrongState."""
    offer = Offer.objects.for_system(reason="follows its placement").get(pk=letting.offer_id)
    if offer.state != state:
        check_can_become(offer, state)
        offer.state = OfferState(state)
        offer.closed_at = at if state in {OfferState.TAKEN, OfferState.WITHDRAWN} else None
        offer.save(update_fields=["state", "closed_at"])
        record(facts.OFFER_CHANGED, about=[], frame=frame_of(offer.akte), at=at, dimensions={"state": offer.state})
    letting.offer = offer
    is_current = state not in {OfferState.TAKEN, OfferState.WITHDRAWN}
    if letting.is_current != is_current:
        letting.is_current = is_current
        letting.save(update_fields=["is_current"])
