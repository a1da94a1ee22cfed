"""Photos of a dwelling: add, caption, order, remove."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Keys
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.queries import frame_of

from .. import facts
from ..models import Dwelling, DwellingPhoto
from ..photo_files import Picture, drop, store
from ..rules import portfolio as rules


@transaction.atomic
def add_photos(
    *, dwelling: Dwelling, pictures: Sequence[Picture], by: Actor, at: datetime, captions: Sequence[str] = ()
) -> list[DwellingPhoto]:
    """Add pictures at the end; those that are there already are left out. Returns the new ones.

    Put `photo_files.dropped_on_failure` around the transaction. Raises NotAllowed, BadInput (too many).
    """
    rules.check_can_keep(by, DwellingPhoto(akte=dwelling.akte, dwelling=dwelling))
    there = _photos(dwelling)
    seen = {digest for pair in there.values_list("digest", "kept_digest") for digest in pair}
    fresh: dict[str, tuple[Picture, str]] = {}
    for place, picture in enumerate(pictures):
        if picture.digest not in seen:
            fresh.setdefault(picture.digest, (picture, captions[place] if place < len(captions) else ""))
    rules.check_room_for_photos(dwelling, len(fresh))
    last = there.order_by("-position").values_list("position", flat=True).first() or 0
    made = [
        DwellingPhoto.objects.create(
            akte=dwelling.akte,
            dwelling=dwelling,
            file=store(picture),
            caption=caption.strip()[:160],
            position=last + step,
            digest=picture.digest,
            kept_digest=picture.kept_digest,
            added_at=at,
        )
        for step, (picture, caption) in enumerate(fresh.values(), 1)
    ]
    if made:
        record(facts.PHOTOS_CHANGED, about=[Keys()], frame=frame_of(dwelling.akte), at=at)
    return made


def _photos(dwelling: Dwelling):
    return DwellingPhoto.objects.for_system(reason="the photos of a dwelling that may be written").filter(
        dwelling=dwelling
    )


@transaction.atomic
def caption_photo(*, photo: DwellingPhoto, caption: str, by: Actor, at: datetime) -> None:
    """Say what a photo shows; people who cannot see it hear this. Raises NotAllowed."""
    rules.check_can_keep(by, photo)
    photo.caption = caption.strip()[:160]
    photo.save(update_fields=["caption"])
    record(facts.PHOTOS_CHANGED, about=[Keys()], frame=frame_of(photo.akte), at=at)


@transaction.atomic
def move_photo(*, photo: DwellingPhoto, earlier: bool, by: Actor, at: datetime) -> None:
    """Move a photo one place earlier or later; at the end nothing moves. Raises NotAllowed."""
    rules.check_can_keep(by, photo)
    ordered = list(_photos(photo.dwelling).order_by("position", "added_at", "pk"))
    at_place = next(place for place, row in enumerate(ordered) if row.pk == photo.pk)
    other = at_place - 1 if earlier else at_place + 1
    if 0 <= other < len(ordered):
        ordered[at_place], ordered[other] = ordered[other], ordered[at_place]
    for place, row in enumerate(ordered, 1):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])
    record(facts.PHOTOS_CHANGED, about=[Keys()], frame=frame_of(photo.akte), at=at)


@transaction.atomic
def remove_photo(*, photo: DwellingPhoto, by: Actor, at: datetime) -> None:
    """Remove a photo for good; the files go after commit. Raises NotAllowed."""
    rules.check_can_keep(by, photo)
    akte, dwelling, name, place = photo.akte, photo.dwelling, photo.file.name, photo.position
    _photos(dwelling).filter(pk=photo.pk).delete()
    _photos(dwelling).filter(Q(position__gt=place)).update(position=F("position") - 1)
    record(facts.PHOTOS_CHANGED, about=[Keys()], frame=frame_of(akte), at=at)
    transaction.on_commit(lambda: drop(name))
