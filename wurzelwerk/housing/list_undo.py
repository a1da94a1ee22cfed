"""Take back what a list of dwellings brought, and say what stands against it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.sheets.importer import Against, Kept
from wurzelwerk.trust.actor import Actor

from .actions.listed import ListedIds, take_back_addition_to_dwelling, take_back_listed
from .listed_marks import marks_of, owner_of, used
from .models import Building, Dwelling, Owner

REASON = "what a list brought"


def against(kept: Sequence[Kept], *, actor: Actor) -> list[Against]:
    """Return the dwellings, houses and owners that were changed or used since."""
    brought = [one for one in kept if not one.completed]
    ids = _ids(brought)
    reasons: dict[UUID, dict[str, None]] = defaultdict(dict)
    for pk, what in used(ids.dwellings, ids.buildings, ids.owners).items():
        reasons[pk] |= dict.fromkeys(what)
    now = marks_of(ids.dwellings, ids.buildings, ids.owners)
    for one in brought:
        for pk, mark in (one.before or {}).get("marks", {}).items():
            if (key := UUID(pk)) in now and now[key] != mark:
                reasons[key][_("Änderung")] = None
    shown = _named(list(reasons), actor)
    hidden = (_("etwas, das Sie nicht mehr sehen"), "")
    found = (Against(*shown.get(pk, hidden), tuple(what)) for pk, what in reasons.items())
    return sorted(found, key=lambda one: one.label)


def _ids(kept: Sequence[Kept]) -> ListedIds:
    """The ids under which rows, houses and owners were made; that of a house or owner who was there names nothing."""
    buildings = {one.place: None for one in kept if one.place and not one.joined}
    owners = {owner_of(pk): None for pk in buildings}
    return ListedIds([one.key for one in kept], list(buildings), list(owners))


def _named(ids: list[UUID], actor: Actor) -> dict[UUID, tuple[str, str]]:
    """Id -> (name, page) of what the actor sees."""
    found: dict[UUID, tuple[str, str]] = {}
    for owner in Owner.objects.visible_to(actor).among(id=ids):
        found[owner.pk] = (owner.name, reverse("owner", args=[owner.pk]))
    for house in Building.objects.visible_to(actor).among(id=ids).select_related("owner"):
        found[house.pk] = (house.address, reverse("owner", args=[house.owner_id]))
    for flat in Dwelling.objects.visible_to(actor).among(id=ids).select_related("building"):
        name = f"{flat.building.address}, {flat.label}" if flat.label else flat.building.address
        found[flat.pk] = (name, reverse("dwelling", args=[flat.pk]))
    return found


def take_back(kept: Sequence[Kept], *, by: Actor, at: datetime) -> None:
    """Take back dwellings, houses and owners, and what was filled in. Raises NotAllowed, WrongState."""
    brought = [one for one in kept if not one.completed]
    events = [UUID(event) for one in brought for event in (one.before or {}).get("events", [])]
    take_back_listed(ids=_ids(brought), events=events, by=by, at=at)
    flats = Dwelling.objects.for_system(reason=REASON).select_related("building", "akte")
    for one in kept:
        if one.completed and (flat := flats.filter(pk=one.completed).first()):
            take_back_addition_to_dwelling(dwelling=flat, kept=one.before or {}, by=by, at=at)
