"""Whether dwellings that a list brought are still as they came: prints of their rows, and what else points at them."""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from wurzelwerk.offers.models import Offer
from wurzelwerk.trust.building import pointed_at, prints

from .models import Building, Dwelling, Letting, Owner

REASON = "whether a list can be taken back"


def owner_of(building: UUID) -> UUID:
    """Return the id of the owner who is made together with a house of a list: taking back finds both."""
    return uuid5(building, "owner")


def marks_of(
    dwellings: Collection[UUID], buildings: Collection[UUID], owners: Collection[UUID] = ()
) -> dict[UUID, str]:
    """Return id -> what the row says, for a dwelling with its lettings and their offers."""
    lettings = _lettings(dwellings)
    said = prints(Letting, list(lettings))
    offers = prints(Offer, [offer for _dwelling, offer in lettings.values()])
    parts: dict[UUID, list[str]] = defaultdict(list)
    for pk, (dwelling, offer) in lettings.items():
        parts[dwelling].append(f"{said[pk]}{offers[offer]}")
    found = prints(Building, buildings) | prints(Owner, owners)
    for pk, mark in prints(Dwelling, dwellings).items():
        found[pk] = hashlib.sha256("|".join([mark, *sorted(parts[pk])]).encode()).hexdigest()[:32]
    return found


def _lettings(dwellings: Collection[UUID]) -> dict[UUID, tuple[UUID, UUID]]:
    rows = Letting.objects.for_system(reason=REASON).among(dwelling_id=list(dwellings)).order_by()
    return {pk: (dwelling, offer) for pk, dwelling, offer in rows.values_list("pk", "dwelling_id", "offer_id")}


def used(
    dwellings: Collection[UUID], buildings: Collection[UUID], owners: Collection[UUID]
) -> dict[UUID, tuple[str, ...]]:
    """Return id -> what was built on these rows since they came, in German; those still alone are left out."""
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    lettings = _lettings(dwellings)
    of_offer = {offer: dwelling for dwelling, offer in lettings.values()}
    for pk, what in pointed_at(Dwelling, dwellings, but=(Letting,)).items():
        found[pk] |= dict.fromkeys(what)
    for pk, what in pointed_at(Letting, list(lettings)).items():
        found[lettings[pk][0]] |= dict.fromkeys(what)
    for pk, what in pointed_at(Offer, list(of_offer), but=(Letting,)).items():
        found[of_offer[pk]] |= dict.fromkeys(what)
    for pk, what in pointed_at(Owner, owners, but=(Building,)).items():
        found[pk] |= dict.fromkeys(what)
    more = Dwelling.objects.for_system(reason=REASON).among(building_id=list(buildings)).order_by()
    for pk, building in more.values_list("pk", "building_id"):
        if pk not in set(dwellings):
            found[building][_("weitere Wohnung")] = None
    others = Building.objects.for_system(reason=REASON).among(owner_id=list(owners)).order_by()
    for pk, owner in others.values_list("pk", "owner_id"):
        if pk not in set(buildings):
            found[owner][_("weiteres Haus")] = None
    return {pk: tuple(what) for pk, what in found.items()}
