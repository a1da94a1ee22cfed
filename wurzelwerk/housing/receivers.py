"""What housing does when a referral is sent or ends; inside the same transaction."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from wurzelwerk.cases.models import Referral
from wurzelwerk.cases.signals import referral_ended, referral_sent
from wurzelwerk.trust.actor import Actor

from .actions.ending import end_search_of_referral
from .journeys import journey_of, stand_at

BEFORE_REFERRAL = {"clarify", "profile"}


@receiver(referral_sent, dispatch_uid="housing.referral_sent")
def bring_journey_to_referred(*, referral: Referral, by: Actor, at: datetime, **_kwargs: Any) -> None:
    """A household that is referred for housing stands at „Freigabe und Überweisung“."""
    journey = journey_of(referral.household_id, by=by) if referral.purpose == "housing" else None
    if journey is not None and journey.stage in BEFORE_REFERRAL:
        for stage in ("profile", "referred"):
            stand_at(referral.household_id, stage, by=by, at=at)


@receiver(referral_ended, dispatch_uid="housing.referral_ended")
def end_what_rested_on_it(*, referral: Referral, by: Actor, at: datetime, **_kwargs: Any) -> None:
    """Placements before a contract are withdrawn and the search ends; from the contract on it stays."""
    end_search_of_referral(referral=referral, by=by, at=at)
