"""The open dwellings of a body as one OpenImmo file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from wurzelwerk import __version__
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput
from wurzelwerk.network.models import Organisation
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.trust.actor import Actor

from .listing_values import own_sender, to_listing
from .models import AllocationRight, Dwelling, DwellingPhoto, Letting
from .openimmo import Attachment, write

PHOTO_BYTES = 30_000_000
"""Pictures of all dwellings together, so that a file stays within what is taken in again."""


@dataclass
class Exported:
    """The file, how many dwellings are in it, and what was left out."""

    content: bytes
    count: int
    remarks: list[str] = field(default_factory=list)


def export_file(actor: Actor, *, at: datetime) -> Exported:
    """Return the open dwellings that the actor keeps. Raises BadInput naming the one that OpenImmo cannot carry."""
    own = Organisation.objects.get(pk=actor.home.organisation_id)
    lettings = (
        Letting.objects.writable_by(actor)
        .filter(is_current=True, offer__state=OfferState.OPEN, dwelling__archived_at__isnull=True)
        .select_related("offer", "dwelling__building__district")
        .order_by("dwelling__added_at", "pk")
    )
    rows = list(lettings)
    homes = [row.dwelling for row in rows]
    rights = _rights(actor, homes, at)
    photos, left_out = _photos(actor, homes)
    listings = [
        to_listing(row.dwelling, row, rights.get(row.dwelling_id), photos=photos[row.dwelling_id]) for row in rows
    ]
    try:
        content = write(listings, sender=own_sender(own), at=at, software="Wurzelwerk", version=__version__)
    except ValueError as error:
        raise BadInput(str(error)) from error
    remarks = (
        [_("%(count)d Fotos wurden nicht ausgegeben, die Datei würde zu groß.") % {"count": left_out}]
        if left_out
        else []
    )
    return Exported(content, len(listings), remarks)


def _rights(actor: Actor, homes: Iterable[Dwelling], at: datetime) -> dict[UUID, AllocationRight]:
    """Of each dwelling the right that holds, else the latest: OpenImmo carries one."""
    today = local_day(at)
    found: dict[UUID, AllocationRight] = {}
    rows = AllocationRight.objects.visible_to(actor).filter(dwelling__in=[home.pk for home in homes])
    for right in rows.select_related("holder").order_by("starts_on", "pk"):
        held = found.get(right.dwelling_id)
        if held is None or right.holds(on=today) or not held.holds(on=today):
            found[right.dwelling_id] = right
    return found


def _photos(actor: Actor, homes: Iterable[Dwelling]) -> tuple[dict[UUID, list[Attachment]], int]:
    found: dict[UUID, list[Attachment]] = defaultdict(list)
    room, left_out = PHOTO_BYTES, 0
    rows = DwellingPhoto.objects.visible_to(actor).filter(dwelling__in=[home.pk for home in homes])
    for photo in rows.order_by("position", "added_at", "pk"):
        size = default_storage.size(photo.file.name) if default_storage.exists(photo.file.name) else room + 1
        if size > room:
            left_out += 1
            continue
        room -= size
        with default_storage.open(photo.file.name) as file:
            content = file.read()
        group = "TITELBILD" if not found[photo.dwelling_id] else "BILD"
        found[photo.dwelling_id].append(
            Attachment(group=group, title=photo.caption, format="image/jpeg", content=content)
        )
    return found, left_out
