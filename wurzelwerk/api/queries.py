"""Reads of the interface; the first filter is visible_to."""

from wurzelwerk.housing.models import Letting
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.trust.actor import Actor

from .schemas import LettingOut


def open_lettings(actor: Actor, *, offset: int, limit: int) -> tuple[list[LettingOut], bool]:
    """Return a page of open lettings, newest first, and whether more follow (one query)."""
    rows = (
        Letting.objects.visible_to(actor)
        .filter(is_current=True, offer__state=OfferState.OPEN)
        .select_related("offer__district", "dwelling")
        .order_by("-offer__opened_at", "pk")[offset : offset + limit + 1]
    )
    found = [
        LettingOut(
            id=row.pk,
            title=row.offer.title,
            district=row.offer.district.name if row.offer.district else None,
            available_from=row.offer.available_from,
            rooms=row.dwelling.rooms,
            area=row.dwelling.area,
            net_cold=row.net_cold,
            operating_costs=row.operating_costs,
            gross_cold=row.gross_cold,
            heating_costs=row.heating_costs,
            deposit=row.deposit,
            step_free=row.dwelling.step_free,
            wbs_kind=row.dwelling.wbs_kind,
        )
        for row in rows
    ]
    return found[:limit], len(found) > limit
