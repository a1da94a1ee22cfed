"""Take back what a list of bodies brought, and say what stands against it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.cases.actions.bodies import take_back_addition_to_body, take_back_bodies
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.sheets.importer import Against, Kept
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.building import pointed_at, prints


def against(kept: Sequence[Kept]) -> list[Against]:
    """Return the bodies that were changed since, that something points at, or that have got other sites."""
    brought = [one for one in kept if not one.completed]
    bodies = {one.place: _marked(one, "body") for one in brought if one.place and not one.joined}
    sites = {one.key: _marked(one, "site") for one in brought}
    around = dict(Site.every.filter(pk__in=list(sites)).values_list("pk", "organisation_id"))
    reasons: dict[UUID, dict[str, None]] = defaultdict(dict)
    for pk, what in pointed_at(Organisation, bodies, but=(Site,)).items():
        reasons[pk] |= dict.fromkeys(what)
    for pk, what in pointed_at(Site, list(sites)).items():
        reasons[around[pk]] |= dict.fromkeys(what)
    for pk in _changed(Organisation, bodies):
        reasons[pk][_("Änderung")] = None
    for pk in _changed(Site, sites):
        reasons[around[pk]][_("Änderung")] = None
    for pk in (
        Site.every.filter(organisation_id__in=list(bodies))
        .exclude(pk__in=list(sites))
        .values_list("organisation_id", flat=True)
    ):
        reasons[pk][_("weiterer Standort")] = None
    names = dict(Organisation.every.filter(pk__in=list(reasons)).values_list("pk", "name"))
    return sorted((Against(names[pk], "", tuple(what)) for pk, what in reasons.items()), key=lambda one: one.label)


def _marked(one: Kept, what: str) -> str:
    return (one.before or {}).get(what, "")


def _changed(model: type, marks: Mapping[UUID, str]) -> list[UUID]:
    return [pk for pk, found in prints(model, marks).items() if marks[pk] and found != marks[pk]]


def take_back(kept: Sequence[Kept], *, events: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Take back bodies, sites added to others, and what was filled in. Raises NotAllowed, WrongState."""
    brought = [one for one in kept if not one.completed]
    bodies = {one.place: None for one in brought if one.place and not one.joined}
    take_back_bodies(bodies=list(bodies), sites=[one.key for one in brought], events=events, by=by, at=at)
    for one in kept:
        if one.completed:
            take_back_addition_to_body(body=one.completed, kept=one.before or {}, by=by, at=at)
