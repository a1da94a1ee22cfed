"""Carry out what was planned for one object of an OpenImmo file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.offers.enums import OfferState
from wurzelwerk.trust.actor import Actor

from ..actions.lettings import change_letting, open_letting, retitle_letting, withdraw_letting
from ..actions.photos import add_photos
from ..actions.portfolio import (
    add_building,
    add_dwelling,
    change_building,
    change_dwelling,
    change_right,
    record_owner,
    record_right,
)
from ..import_plan import Planned, Step, sender_text
from ..listing_values import key_text
from ..models import AllocationRight, Dwelling, DwellingPhoto, Owner
from ..openimmo import ListingRecord
from ..photo_files import MOST, Picture

KEPT_OF_RIGHTS = ("wbs_kind", "holder")
"""What a file rarely says of a right: taken when it is new, not changed afterwards."""


@transaction.atomic
def carry_out(
    *,
    planned: Planned,
    pictures: Sequence[tuple[Picture, str]],
    owner: Owner | None,
    owners: dict[str, Owner],
    by: Actor,
    at: datetime,
) -> None:
    """Add, change or withdraw one dwelling. `owners` remembers who was found for a sender. Raises HouseError."""
    if planned.step is Step.WITHDRAW:
        withdraw_letting(letting=planned.letting, by=by, at=at)
        _note_as_of(planned, by, at)
    elif planned.step is Step.ADD:
        _add(planned, owner or _owner_of(planned.record, owners, by, at), by, at)
        _photos(planned, pictures, by, at)
    else:
        changed = _change(planned, by, at)
        changed |= _photos(planned, pictures, by, at)
        planned.step = Step.CHANGE if changed else Step.KEEP


def _note_as_of(planned: Planned, by: Actor, at: datetime) -> None:
    if planned.record is not None and planned.record.as_of and not planned.dwelling.archived_at:
        change_dwelling(dwelling=planned.dwelling, values={"openimmo_as_of": planned.record.as_of}, by=by, at=at)


def _owner_of(record: ListingRecord, owners: dict[str, Owner], by: Actor, at: datetime) -> Owner:
    """Who the sender is here: known by key, else by name, else taken in."""
    sender = record.sender
    key, name = sender.key[:120], (sender.company or sender.key or _("Unbekannter Anbieter"))[:160]
    if key not in owners:
        rows = Owner.objects.writable_by(by).order_by("won_on", "pk")
        found = (rows.filter(sender_key=key).first() if key else None) or rows.filter(name__iexact=name).first()
        contact = record.contact
        owners[key] = found or record_owner(
            values={
                "name": name,
                "is_company": True,
                "sender_key": key,
                "contact_person": f"{contact.first_name} {contact.last_name}".strip()[:120],
                "phone": (contact.phone or contact.mobile)[:40],
                "email": contact.email,
            },
            by=by,
            at=at,
        )
    return owners[key]


def _add(planned: Planned, owner: Owner, by: Actor, at: datetime) -> None:
    record, values = planned.record, planned.values
    building = add_building(owner=owner, values=values.building, by=by, at=at)
    origin = {
        "openimmo_key": key_text(record.key),
        "openimmo_sender": sender_text(record.sender),
        "openimmo_as_of": record.as_of,
    }
    planned.dwelling = add_dwelling(building=building, values=values.dwelling | origin, by=by, at=at)
    if values.right is not None:
        record_right(dwelling=planned.dwelling, values=values.right, by=by, at=at)
    planned.letting = open_letting(
        dwelling=planned.dwelling, values=values.letting, available_from=values.available_from, by=by, at=at
    )


def _differs(row: Any, values: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _change(planned: Planned, by: Actor, at: datetime) -> bool:
    """Bring a held dwelling in line; return whether anything was different."""
    dwelling, values = planned.dwelling, planned.values
    changed = _move(planned, by, at)
    wanted = dict(values.dwelling)
    if planned.record.as_of:
        wanted["openimmo_as_of"] = planned.record.as_of
    if _differs(dwelling, wanted):
        changed = changed or _differs(dwelling, values.dwelling)
        change_dwelling(dwelling=dwelling, values=wanted, by=by, at=at)
    changed |= _right(dwelling, values.right, by, at)
    changed |= _letting(planned, by, at)
    if changed:
        retitle_letting(dwelling=dwelling, by=by, at=at)
    return changed


def _move(planned: Planned, by: Actor, at: datetime) -> bool:
    """Correct the house; another address means another house of the same owner."""
    dwelling, values = planned.dwelling, planned.values.building
    building = dwelling.building
    place = {name: values[name] for name in ("street", "number", "postcode", "city")}
    if _differs(building, place):
        known = {"district": building.district} if building.postcode == values["postcode"] else {}
        dwelling.building = add_building(owner=building.owner, values=known | values, by=by, at=at)
        change_dwelling(dwelling=dwelling, values={}, by=by, at=at)
        return True
    rest = {name: value for name, value in values.items() if name not in place}
    if not _differs(building, rest):
        return False
    change_building(building=building, values=rest, by=by, at=at)
    return True


def _right(dwelling: Dwelling, values: Mapping[str, Any] | None, by: Actor, at: datetime) -> bool:
    """Record a right, or change the only one there is; what a file does not mention stays."""
    if values is None:
        return False
    held = list(AllocationRight.objects.writable_by(by).filter(dwelling=dwelling))
    said = {name: value for name, value in values.items() if name not in KEPT_OF_RIGHTS}
    if any(not _differs(right, said) for right in held):
        return False
    if len(held) == 1 and held[0].kind == said["kind"]:
        change_right(right=held[0], values=said, by=by, at=at)
    else:
        record_right(dwelling=dwelling, values=values, by=by, at=at)
    return True


def _letting(planned: Planned, by: Actor, at: datetime) -> bool:
    values, letting = planned.values, planned.letting
    if planned.opens:
        planned.letting = open_letting(
            dwelling=planned.dwelling, values=values.letting, available_from=values.available_from, by=by, at=at
        )
        return True
    if letting is None or not letting.is_current:
        return False
    same_day = letting.offer.available_from == values.available_from
    if same_day and not _differs(letting, values.letting):
        return False
    if letting.offer.state == OfferState.RESERVED:
        planned.remarks.append(
            ("preise", _("Die Wohnung ist zugesagt; Miete und Termin wurden nicht geändert. Bitte prüfen."))
        )
        return False
    change_letting(letting=letting, values=values.letting, available_from=values.available_from, by=by, at=at)
    return True


def _photos(planned: Planned, pictures: Sequence[tuple[Picture, str]], by: Actor, at: datetime) -> bool:
    if not pictures:
        return False
    rows = DwellingPhoto.objects.writable_by(by).filter(dwelling=planned.dwelling)
    held = {digest for pair in rows.values_list("digest", "kept_digest") for digest in pair}
    fresh = [(picture, title) for picture, title in pictures if picture.digest not in held]
    room = MOST - rows.count()
    if len(fresh) > room:
        planned.remarks.append(("anhaenge", _("Die Wohnung hat schon 20 Fotos; weitere wurden nicht übernommen.")))
    made = add_photos(
        dwelling=planned.dwelling,
        pictures=[one[0] for one in fresh[:room]],
        captions=[one[1] for one in fresh[:room]],
        by=by,
        at=at,
    )
    return bool(made)
