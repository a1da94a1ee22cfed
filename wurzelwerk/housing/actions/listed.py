"""Houses with their dwellings out of a list: taken in as by hand, completed, and taken back while nobody used them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import WrongState
from wurzelwerk.evidence.bulk import void_all
from wurzelwerk.evidence.ledger import events_noted
from wurzelwerk.offers.models import Offer
from wurzelwerk.sheets.cells import same_word
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.building import delete_akten

from ..actions.lettings import open_letting, retitle_letting
from ..actions.portfolio import add_building, add_dwelling, change_building, change_dwelling, record_owner
from ..listed_marks import marks_of, owner_of, used
from ..models import Building, Dwelling, Letting, Owner
from ..rules import portfolio as rules

REASON = "what a list brought"
_DIGITS = re.compile(r"\d+")
FILLED = ("label", "floor", "pets_allowed", "max_persons", "wbs_kind", "description")
FILLED_OF_HOUSE = ("built_in", "has_lift", "district_id")


@dataclass(frozen=True)
class ListedDwelling:
    """A dwelling under an id drawn before; without `letting` it is kept and not offered."""

    key: UUID
    values: Mapping[str, Any]
    letting: Mapping[str, Any]
    available_from: date | None = None


@dataclass(frozen=True)
class ListedHouse:
    """A house with its dwellings. `place`: the id it is made under; `known`: the id of one that is there already."""

    place: UUID
    known: UUID | None
    owner: Mapping[str, Any]
    building: Mapping[str, Any]
    dwellings: tuple[ListedDwelling, ...]


@dataclass(frozen=True)
class ListedIds:
    """Ids under which a list may have made something; not every house and owner is there."""

    dwellings: Sequence[UUID]
    buildings: Sequence[UUID]
    owners: Sequence[UUID]


@transaction.atomic
def take_in_house(*, house: ListedHouse, by: Actor, at: datetime) -> dict[UUID, dict[str, Any]]:
    """Take a house in with its dwellings. Returns dwelling -> {"events": of its facts, "marks": id -> how it came}.

    An owner of that name is used, and their house at that address. Raises NotAllowed, BadInput, WrongState.
    """
    with events_noted() as noted:
        building = _building(house, by, at)
    found: dict[UUID, dict[str, Any]] = {}
    for one in house.dwellings:
        with events_noted() as own:
            dwelling = add_dwelling(building=building, values={**one.values, "id": one.key}, by=by, at=at)
            if one.letting:
                open_letting(
                    dwelling=dwelling, values=one.letting, available_from=one.available_from, by=by, at=at
                )  # fmt: skip
        found[one.key] = {"events": [event.hex for event in [*noted, *own]], "marks": {}}
        noted = []
    made = [building.pk] if building.pk == house.place else []
    marks = marks_of(list(found), made, [owner_of(house.place)])
    for key, kept in found.items():
        kept["marks"] = {key.hex: marks[key]}
    found[house.dwellings[0].key]["marks"] |= {pk.hex: mark for pk, mark in marks.items() if pk not in found}
    return found


def _building(house: ListedHouse, by: Actor, at: datetime) -> Building:
    if house.known is not None:
        known = Building.objects.writable_by(by).select_related("owner", "akte", "district").filter(pk=house.known)
        if (building := known.first()) is None:
            raise WrongState(_("Das Haus gibt es nicht mehr."))
        return building
    owners = Owner.objects.writable_by(by).filter(name__iexact=house.owner["name"]).select_related("akte")
    owner = owners.order_by("won_on", "pk").first()
    if owner is None:
        owner = record_owner(values={**house.owner, "id": owner_of(house.place)}, by=by, at=at)
    said = [same_word(house.building[name]) for name in ("street", "number", "postcode", "city")]
    rows = Building.objects.writable_by(by).filter(owner=owner).select_related("owner", "akte", "district")
    if digits := _DIGITS.match(house.building["number"]):  # of a street's many houses few begin so
        rows = rows.filter(number__startswith=digits[0])
    for one in rows.order_by("pk"):
        if [same_word(text) for text in (one.street, one.number, one.postcode, one.city)] == said:
            return one
    return add_building(owner=owner, values={**house.building, "id": house.place}, by=by, at=at)


@transaction.atomic
def add_to_dwelling(
    *, dwelling: Dwelling, values: Mapping[str, Any], house: Mapping[str, Any], by: Actor, at: datetime
) -> dict[str, dict[str, Any]]:
    """Fill in what is not known of a dwelling and its house yet. Returns what was added, for taking back.

    Raises NotAllowed, WrongState (archived), BadInput.
    """
    building = dwelling.building
    own = {name: values[name] for name in FILLED if _is_said(values[name]) and not _is_said(getattr(dwelling, name))}
    if dwelling.step_free == "unknown" and values["step_free"] != "unknown":
        own["step_free"] = str(values["step_free"])
    shared = {name: house[name] for name in FILLED_OF_HOUSE if house[name] is not None}
    shared = {name: value for name, value in shared.items() if getattr(building, name) is None}
    rules.check_not_archived(dwelling)
    if shared:
        change_building(building=building, values=shared, by=by, at=at)
    change_dwelling(dwelling=dwelling, values=own, by=by, at=at)
    retitle_letting(dwelling=dwelling, by=by, at=at)
    return {"dwelling": own, "building": shared}


def _is_said(value: Any) -> bool:
    return value is not None and value != ""


@transaction.atomic
def take_back_addition_to_dwelling(
    *, dwelling: Dwelling, kept: Mapping[str, Mapping[str, Any]], by: Actor, at: datetime
) -> None:
    """Take back what `add_to_dwelling` filled in, where it still stands so. Raises NotAllowed, WrongState."""
    building = dwelling.building
    own = {name: _empty(Dwelling, name) for name, value in kept.get("dwelling", {}).items()
           if getattr(dwelling, name) == value}  # fmt: skip
    shared = {name: None for name, value in kept.get("building", {}).items() if getattr(building, name) == value}
    if shared:
        change_building(building=building, values=shared, by=by, at=at)
    change_dwelling(dwelling=dwelling, values=own, by=by, at=at)
    retitle_letting(dwelling=dwelling, by=by, at=at)


def _empty(model: type[Dwelling], name: str) -> Any:
    field = model._meta.get_field(name)
    return None if field.null else field.get_default()


@transaction.atomic
def take_back_listed(*, ids: ListedIds, events: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Take back dwellings of a list, the houses left empty and the owners left without one, and void their facts.

    What is gone stays gone. Raises NotAllowed, WrongState (something was built on it).
    """
    flats = Dwelling.objects.for_system(reason=REASON).among(id=list(ids.dwellings)).select_related("akte")
    standing = list(flats)
    for flat in standing:
        rules.check_can_keep(by, flat)
    lettings = Letting.objects.for_system(reason=REASON).among(dwelling_id=[flat.pk for flat in standing])
    offers = list(lettings.order_by().values_list("offer_id", flat=True))
    if used([flat.pk for flat in standing], [], []):
        raise WrongState(_("Mit einer dieser Wohnungen wurde inzwischen gearbeitet."))
    lettings.delete()
    Offer.objects.for_system(reason=REASON).among(id=offers).delete()
    flats.delete()
    _empty_houses(ids, by)
    void_all(at=at, events=events)


def _empty_houses(ids: ListedIds, by: Actor) -> None:
    """Delete the houses of the list in which no dwelling is left, and the Akten of its owners without a house."""
    houses = Building.objects.for_system(reason=REASON).among(id=list(ids.buildings)).select_related("akte")
    kept = used([], ids.buildings, [])
    for house in (house for house in houses if house.pk not in kept):
        rules.check_can_keep(by, house)
        house.delete()
    kept = used([], [], ids.owners)
    for owner in Owner.objects.for_system(reason=REASON).among(id=list(ids.owners)).select_related("akte"):
        rules.check_can_keep(by, owner)
        if owner.pk not in kept:
            delete_akten([owner.akte_id])
