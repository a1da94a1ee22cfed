"""What stands against a write on an offer."""

from django.utils.translation import gettext as _

from wurzelwerk.base.errors import WrongState

from .enums import OfferState
from .models import Offer

NEXT = {
    OfferState.DRAFT: {OfferState.OPEN, OfferState.WITHDRAWN},
    OfferState.OPEN: {OfferState.DRAFT, OfferState.RESERVED, OfferState.TAKEN, OfferState.WITHDRAWN},
    OfferState.RESERVED: {OfferState.OPEN, OfferState.TAKEN, OfferState.WITHDRAWN},
    OfferState.TAKEN: {OfferState.RESERVED, OfferState.OPEN},
    OfferState.WITHDRAWN: {OfferState.OPEN, OfferState.DRAFT},
}


def check_can_become(offer: Offer, state: str) -> None:
    """Raise WrongState where an offer cannot go from its state to this one."""
    if OfferState(state) not in NEXT[OfferState(offer.state)]:
        raise WrongState(
            _("Das Angebot ist „%(now)s“ und kann nicht „%(next)s“ werden.")
            % {"now": offer.get_state_display(), "next": OfferState(state).label}
        )
