"""The end of passing on: what has no contract yet ends with it, the receiver's own record stays."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.cases.models import Referral
from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..actions.moving import move_placement
from ..enums import OPEN_PLACEMENT, PlacementState, SearchState
from ..journeys import stand_at
from ..models import HousingSearch, Outcome, Placement

BEFORE_CONTRACT = (*OPEN_PLACEMENT, PlacementState.PROMISED)
AFTER_PROMISE = (PlacementState.CONTRACT, PlacementState.KEYS)


@transaction.atomic
def end_search_of_referral(*, referral: Referral, by: Actor, at: datetime) -> None:
    """End the search that rested on a referral, whoever ended the referral; it was checked there.

    Placements before the contract are withdrawn, a promised dwelling is open again. A contract stands on its own.
    """
    reason = "passing on has ended"
    computed = Outcome.objects.for_system(reason=reason).filter(search__referral_ref=referral.pk)
    computed.update(explanation={}, misses=[], unclear=[])  # they tell what the search profile said
    searches = HousingSearch.objects.for_system(reason=reason).filter(
        referral_ref=referral.pk, state__in=[SearchState.SEARCHING, SearchState.PAUSED]
    )
    for search in searches.select_related("case"):
        placements = Placement.objects.for_system(reason=reason).filter(search=search)
        for placement in placements.filter(state__in=BEFORE_CONTRACT).select_related("letting__offer"):
            move_placement(
                placement=placement,
                to=PlacementState.WITHDRAWN,
                by=by,
                at=at,
                reason=_("Die Weitergabe der Daten wurde beendet."),
            )
        if placements.filter(state__in=AFTER_PROMISE).exists():
            continue
        search.state, search.closed_on, search.changed_at = SearchState.ENDED, local_day(at), at
        search.close_reason = _("Die Weitergabe der Daten wurde beendet.")
        search.save(update_fields=["state", "closed_on", "changed_at", "close_reason"])
        stand_at(referral.household_id, "profile", by=by, at=at)
        record(
            facts.SEARCH_CHANGED,
            about=about_case(search.case),
            frame=case_frame(search.case),
            at=at,
            dimensions={"state": search.state},
        )
