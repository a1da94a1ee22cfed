"""Take a dwelling in by hand: owner, house, dwelling, right, letting and photos in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from wurzelwerk.trust.actor import Actor

from ..actions.lettings import open_letting
from ..actions.photos import add_photos
from ..actions.portfolio import add_building, add_dwelling, change_building, record_owner, record_right
from ..models import Building, Dwelling, Owner
from ..photo_files import Picture, dropped_on_failure


@dataclass(frozen=True)
class Intake:
    """What one form says. `owner` and `building` are rows that are there already, else their values are given.

    With a known building `building_values` holds what the form adds to it.
    """

    owner: Owner | None
    owner_values: Mapping[str, Any]
    building: Building | None
    building_values: Mapping[str, Any]
    dwelling_values: Mapping[str, Any]
    letting_values: Mapping[str, Any]
    available_from: date | None = None
    right_values: Mapping[str, Any] | None = None
    pictures: Sequence[Picture] = field(default=())


@dropped_on_failure()
@transaction.atomic
def take_in_dwelling(*, intake: Intake, by: Actor, at: datetime) -> Dwelling:
    """Keep everything or nothing. Raises NotAllowed, WrongState, BadInput."""
    owner = intake.owner or record_owner(values=intake.owner_values, by=by, at=at)
    building = intake.building
    if building is None:
        building = add_building(owner=owner, values=intake.building_values, by=by, at=at)
    elif intake.building_values:
        change_building(building=building, values=intake.building_values, by=by, at=at)
    dwelling = add_dwelling(building=building, values=intake.dwelling_values, by=by, at=at)
    if intake.right_values is not None:
        record_right(dwelling=dwelling, values=intake.right_values, by=by, at=at)
    open_letting(dwelling=dwelling, values=intake.letting_values, available_from=intake.available_from, by=by, at=at)
    add_photos(dwelling=dwelling, pictures=intake.pictures, by=by, at=at)
    return dwelling
