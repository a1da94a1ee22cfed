"""Many bodies without an account at once, with their sites, for a list that is taken in: what `keep_body` writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.bulk import insert
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.evidence.bulk import void_all
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Frame, Keys
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.trust.actor import Actor, ActorMembership
from wurzelwerk.trust.building import pointed_at
from wurzelwerk.trust.rules import check_permission

from .. import facts

KIND = "association"
FILLED = ("street", "postcode", "city", "phone", "email")
Place = tuple[UUID, Mapping[str, str]]


@dataclass(frozen=True)
class ListedBody:
    """A body of a list under ids drawn before; `values`: columns of `Organisation`, those of `sites` of `Site`."""

    body: UUID
    values: Mapping[str, str]
    sites: Sequence[Place] = ()


def _place_of(by: Actor) -> ActorMembership:
    """Where the actor keeps bodies. Raises NotAllowed, WrongState for who has no place."""
    check_permission(by, "referral.send")
    if by.home is None:
        raise WrongState(_("Ihr Zugang gehört zu keiner Stelle. Bitte wenden Sie sich an die Verwaltung der Zugänge."))
    return by.home


def _note(by: Actor, at: datetime, count: int = 1) -> UUID:
    home = _place_of(by)
    frame = Frame(controller=home.organisation_code, site=home.site_code)
    [first, *_rest] = record(facts.BODY_KEPT, about=[Keys()] * count, frame=frame, at=at)
    return first.event


@transaction.atomic
def keep_bodies(*, bodies: Sequence[ListedBody], by: Actor, at: datetime) -> UUID:
    """Write bodies down that only the actor's controller knows. Returns the event of their facts.

    Raises NotAllowed, WrongState (an account without a body), BadInput (no name).
    """
    home = _place_of(by)
    if not all(one.values["name"].strip() for one in bodies):
        raise BadInput(_("Bitte geben Sie den Namen der Stelle an."), field="name")
    insert(Organisation, [_row(one, home.organisation_id) for one in bodies])
    insert(Site, [_site(one.body, place) for one in bodies for place in one.sites])
    return _note(by, at, len(bodies))


def _row(one: ListedBody, keeper: UUID) -> dict[str, Any]:
    name = " ".join(one.values["name"].split())
    said = {"short_name": name[:60], "kind": KIND} | {key: text for key, text in one.values.items() if text}
    empty = dict.fromkeys(FILLED, "")
    return empty | said | {"id": one.body, "code": f"stelle-{one.body.hex}", "name": name, "kept_by_id": keeper}


def _site(body: UUID, place: Place) -> dict[str, Any]:
    pk, values = place
    return {"id": pk, "organisation_id": body, "code": f"standort-{pk.hex}"[:40]} | dict(values)


@transaction.atomic
def add_sites(*, added: Sequence[tuple[UUID, Place]], by: Actor, at: datetime) -> None:
    """Add sites to bodies that the actor's controller keeps. Raises NotAllowed, WrongState."""
    _demand_own({body for body, _place in added}, by)
    insert(Site, [_site(body, place) for body, place in added])
    _note(by, at)


def _demand_own(ids: set[UUID], by: Actor) -> list[Organisation]:
    """Return these bodies, locked. Raises NotAllowed where somebody else keeps one, or it is gone."""
    home = _place_of(by)
    rows = Organisation.every.select_for_update().filter(pk__in=ids, kept_by_id=home.organisation_id)
    if len(found := list(rows.order_by("pk"))) < len(ids):
        raise NotAllowed(_("Diese Stelle führt jemand anderes, oder es gibt sie nicht mehr."))
    return found


@transaction.atomic
def add_to_body(
    *, body: UUID, values: Mapping[str, str], by: Actor, at: datetime, place: Place | None = None
) -> dict[str, Any]:
    """Fill in what is not known of a kept body yet, and add a site. Returns what was added, for taking back.

    Raises NotAllowed.
    """
    [held] = _demand_own({body}, by)
    added = {name: values[name] for name in FILLED if values.get(name) and not getattr(held, name)}
    for name, value in added.items():
        setattr(held, name, value)
    if added:
        held.save(update_fields=list(added))
    if place and Site.every.filter(organisation=held, name__iexact=place[1]["name"]).exists():
        place = None
    insert(Site, [_site(body, place)] if place else [])
    _note(by, at)
    return {"added": added, "site": place[0].hex if place else ""}


@transaction.atomic
def take_back_addition_to_body(*, body: UUID, kept: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Take back what `add_to_body` added, where it still stands so. Raises NotAllowed, WrongState."""
    [held] = _demand_own({body}, by)
    emptied = [name for name, value in kept.get("added", {}).items() if getattr(held, name) == value]
    for name in emptied:
        setattr(held, name, "")
    if emptied:
        held.save(update_fields=emptied)
    _delete_sites([UUID(kept["site"])] if kept.get("site") else [])
    _note(by, at)


@transaction.atomic
def take_back_bodies(
    *, bodies: Sequence[UUID], sites: Sequence[UUID], events: Sequence[UUID], by: Actor, at: datetime
) -> None:
    """Take back bodies and sites that a list brought, as long as nothing points at them; those that are gone stay gone.

    `events`: of the facts of their keeping. Raises NotAllowed, WrongState.
    """
    standing = set(Organisation.every.filter(pk__in=bodies).values_list("pk", flat=True))
    around = Site.every.filter(pk__in=sites).values_list("organisation_id", flat=True)
    _demand_own(standing | set(around), by)
    _delete_sites(sites)
    if pointed_at(Organisation, standing):
        raise WrongState(_("Mit einer dieser Stellen wurde inzwischen gearbeitet."))
    Organisation.every.filter(pk__in=standing).delete()
    void_all(at=at, events=events)


def _delete_sites(sites: Sequence[UUID]) -> None:
    if pointed_at(Site, sites):
        raise WrongState(_("Mit einem dieser Standorte wurde inzwischen gearbeitet."))
    Site.every.filter(pk__in=sites).delete()
