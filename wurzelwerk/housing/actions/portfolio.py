"""Owners, their houses and dwellings, and the rights to allocate them: check, change, record.

`values` are columns of the row by name; what is left out stays as it is.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import FactType, Keys
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.trust.actions import open_akte
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_permission

from .. import facts
from ..models import AllocationRight, Building, Dwelling, Letting, Owner
from ..offering import set_state
from ..rules import portfolio as rules

AKTE_SUBJECT = "owner"
NOBODY = (Keys(),)
"""A fact about nobody: what is counted is the dwelling, not a person."""


def _record(fact: FactType, akte: Akte, at: datetime) -> None:
    record(fact, about=NOBODY, frame=frame_of(akte), at=at)


def _set(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


@transaction.atomic
def record_owner(*, values: Mapping[str, Any], by: Actor, at: datetime) -> Owner:
    """Take an owner in, with an Akte of their own at the actor's place. Raises NotAllowed, BadInput."""
    check_permission(by, "housing.portfolio")
    owner = Owner(won_on=local_day(at))
    _set(owner, values)
    rules.check_owner(owner)
    controller = Organisation.objects.get(pk=by.home.organisation_id)
    site = Site.objects.filter(pk=by.home.site_id).first() if by.home.site_id else None
    owner.akte = open_akte(controller=controller, site=site, subject=AKTE_SUBJECT, by=by, at=at)
    rules.check_can_keep(by, owner)
    owner.save()
    _record(facts.OWNER_WON, owner.akte, at)
    return owner


@transaction.atomic
def change_owner(*, owner: Owner, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Change an owner's name or contact. Raises NotAllowed, BadInput."""
    rules.check_can_keep(by, owner)
    _set(owner, values)
    rules.check_owner(owner)
    owner.save()
    _record(facts.OWNER_CHANGED, owner.akte, at)


@transaction.atomic
def add_building(*, owner: Owner, values: Mapping[str, Any], by: Actor, at: datetime) -> Building:
    """Add a house to an owner; one at the same address is returned instead. Raises NotAllowed, BadInput."""
    building = Building(akte=owner.akte, owner=owner)
    rules.check_can_keep(by, building)
    _set(building, values)
    rules.check_building(building, on=local_day(at))
    same = Building.objects.visible_to(by).filter(
        owner=owner,
        street__iexact=building.street,
        number__iexact=building.number,
        postcode=building.postcode,
        city__iexact=building.city,
    )
    if found := same.first():
        return found
    building.save()
    _record(facts.BUILDING_ADDED, owner.akte, at)
    return building


@transaction.atomic
def change_building(*, building: Building, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Change a house; it holds for all its dwellings. Raises NotAllowed, BadInput."""
    rules.check_can_keep(by, building)
    _set(building, values)
    rules.check_building(building, on=local_day(at))
    building.save()
    _record(facts.BUILDING_CHANGED, building.akte, at)


@transaction.atomic
def add_dwelling(*, building: Building, values: Mapping[str, Any], by: Actor, at: datetime) -> Dwelling:
    """Add a dwelling to a house. Raises NotAllowed, BadInput."""
    dwelling = Dwelling(akte=building.akte, building=building, added_at=at)
    rules.check_can_keep(by, dwelling)
    _set(dwelling, values)
    rules.check_dwelling(dwelling, on=local_day(at))
    dwelling.save()
    _record(facts.DWELLING_ADDED, building.akte, at)
    return dwelling


@transaction.atomic
def change_dwelling(*, dwelling: Dwelling, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Change what is known of a dwelling. Raises NotAllowed, WrongState, BadInput."""
    rules.check_can_keep(by, dwelling)
    rules.check_not_archived(dwelling)
    _set(dwelling, values)
    rules.check_dwelling(dwelling, on=local_day(at))
    dwelling.save()
    _record(facts.DWELLING_CHANGED, dwelling.akte, at)


@transaction.atomic
def archive_dwelling(*, dwelling: Dwelling, by: Actor, at: datetime) -> None:
    """Put a dwelling aside; its letting is withdrawn. Raises NotAllowed, WrongState (households on their way)."""
    rules.check_can_keep(by, dwelling)
    rules.check_not_archived(dwelling)
    current = Letting.objects.visible_to(by).select_for_update().filter(dwelling=dwelling, is_current=True).first()
    if current is not None:
        rules.check_can_withdraw(current)
        set_state(current, OfferState.WITHDRAWN, at=at)
    dwelling.archived_at = at
    dwelling.save(update_fields=["archived_at"])
    _record(facts.DWELLING_CHANGED, dwelling.akte, at)


@transaction.atomic
def restore_dwelling(*, dwelling: Dwelling, by: Actor, at: datetime) -> None:
    """Take a dwelling back, and the letting that was withdrawn with it. Raises NotAllowed, WrongState."""
    rules.check_can_keep(by, dwelling)
    if dwelling.archived_at is None:
        raise WrongState(_("Diese Wohnung ist nicht abgelegt."))
    withdrawn = Letting.objects.visible_to(by).filter(
        dwelling=dwelling, offer__state=OfferState.WITHDRAWN, offer__closed_at=dwelling.archived_at
    )
    dwelling.archived_at = None
    dwelling.save(update_fields=["archived_at"])
    if (letting := withdrawn.first()) is not None:
        set_state(letting, OfferState.OPEN, at=at)
    _record(facts.DWELLING_CHANGED, dwelling.akte, at)


@transaction.atomic
def record_right(*, dwelling: Dwelling, values: Mapping[str, Any], by: Actor, at: datetime) -> AllocationRight:
    """Record an allocation right with the law it was granted under. Raises NotAllowed, BadInput."""
    right = AllocationRight(akte=dwelling.akte, dwelling=dwelling)
    rules.check_can_keep(by, right)
    _set(right, values)
    rules.check_right(right)
    right.save()
    _record(facts.RIGHT_RECORDED, dwelling.akte, at)
    return right


@transaction.atomic
def change_right(*, right: AllocationRight, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Correct or prolong an allocation right. Raises NotAllowed, BadInput."""
    rules.check_can_keep(by, right)
    _set(right, values)
    rules.check_right(right)
    right.save()
    _record(facts.RIGHT_RECORDED, right.akte, at)


@transaction.atomic
def remove_right(*, right: AllocationRight, by: Actor, at: datetime) -> None:
    """Remove a right that was entered by mistake; one that ended stays with its end. Raises NotAllowed."""
    rules.check_can_keep(by, right)
    akte = right.akte
    AllocationRight.objects.writable_by(by).filter(pk=right.pk).delete()
    _record(facts.RIGHT_REMOVED, akte, at)


@transaction.atomic
def restore_right(*, right: AllocationRight, by: Actor, at: datetime) -> None:
    """Put a right back that was removed by mistake, as it was. Raises NotAllowed, WrongState, BadInput."""
    right.akte, right.circle_id = right.dwelling.akte, right.dwelling.circle_id
    rules.check_can_keep(by, right)
    rules.check_right(right)
    if AllocationRight.objects.for_system(reason="a right is put back once").filter(pk=right.pk).exists():
        raise WrongState(_("Dieses Belegungsrecht ist schon wieder da."))
    right.save(force_insert=True)
    _record(facts.RIGHT_RECORDED, right.akte, at)
