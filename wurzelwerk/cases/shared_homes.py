"""Households that live together and are two all the same: who does, and who might, at one address."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from wurzelwerk.trust.actor import Actor

from .models import Accommodation, Household, SharedHome

MOST = 200
"""So many households at one address are offered at most; in a large shelter nobody lives with all the others."""


@dataclass(frozen=True)
class Together:
    """Another household at the same address; `row` says so."""

    row: SharedHome
    neighbour: Household


def same_place(one: Accommodation | None, other: Accommodation | None) -> bool:
    """Say whether two accommodations stand at one address, however it is written; an unknown one is nowhere."""
    if one is None or other is None or not one.street.strip() or not other.street.strip():
        return False
    return _street(one) == _street(other) and (one.postcode, one.city.casefold()) == (
        other.postcode,
        other.city.casefold(),
    )


def _street(home: Accommodation) -> str:
    small = home.street.casefold().replace("straße", "str").replace("strasse", "str")
    return re.sub(r"[\W_]+", "", small)


def living_with(household: Household, home: Accommodation | None, *, actor: Actor) -> list[Together]:
    """Return who lives together with a household now, as far as the actor sees them, by name (two queries).

    Who has moved since is not among them, and is again where the move is taken back.
    """
    if home is None:
        return []
    rows = SharedHome.objects.visible_to(actor).filter(
        Q(household_id=household.pk) | Q(other_id=household.pk), removed_at__isnull=True
    )
    others = {row.other_id if row.household_id == household.pk else row.household_id: row for row in rows}
    homes = _homes(actor).among(household_id=others) if others else []
    found = [Together(others[one.household_id], one.household) for one in homes if same_place(one, home)]
    return sorted(found, key=lambda one: (one.neighbour.name.casefold(), one.neighbour.pk.int))


def at_this_address(household: Household, home: Accommodation | None, *, actor: Actor) -> list[Household]:
    """Return the other households that the actor sees at an address, by name (one query)."""
    if home is None or not home.street.strip():
        return []
    rows = _homes(actor).filter(postcode=home.postcode, street__istartswith=home.street.strip()[:3])
    found = [one.household for one in rows.exclude(household_id=household.pk)[:MOST] if same_place(one, home)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.pk.int))


def is_tied(one: UUID, other: UUID) -> bool:
    """Say whether two households are noted as living together, in either Akte."""
    rows = SharedHome.objects.for_system(reason="a tie stands once, in whichever Akte")
    return rows.filter(
        Q(household_id=one, other_id=other) | Q(household_id=other, other_id=one), removed_at__isnull=True
    ).exists()


def _homes(actor: Actor):
    rows = Accommodation.objects.visible_to(actor).filter(until__isnull=True, household__akte__merged_into__isnull=True)
    return rows.select_related("household").order_by("pk")
