"""The picture of the way to a room is kept, replaced, removed, brought back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..frames import site_frame
from ..models import Place, Sketch
from ..rules import check_keeps_places
from ..sketches import prepared


@transaction.atomic
def keep_sketch(*, place: Place, content: bytes, said: str, by: Actor, at: datetime) -> Sketch:
    """Keep a picture in place of the one that there is. Raises NotAllowed, BadInput."""
    check_keeps_places(by, place.site)
    if not said.strip():
        raise BadInput(_("Bitte schreiben Sie, was zu sehen ist."), field="said")
    kept = prepared(content)
    _clear(place, at)
    sketch = Sketch.objects.create(place=place, content=kept, said=said.strip(), kept_at=at, kept_by_id=by.user_id)
    record(facts.PLACE_KEPT, about=[], frame=site_frame(place.site), at=at)
    return sketch


@transaction.atomic
def remove_sketch(*, sketch: Sketch, by: Actor, at: datetime) -> None:
    """Show a picture no more. Raises NotAllowed, WrongState."""
    check_keeps_places(by, sketch.place.site)
    if sketch.removed_at:
        raise WrongState(_("Dieses Bild ist schon entfernt."))
    sketch.removed_at = at
    sketch.save(update_fields=["removed_at"])
    record(facts.PLACE_KEPT, about=[], frame=site_frame(sketch.place.site), at=at)


@transaction.atomic
def restore_sketch(*, sketch: Sketch, by: Actor, at: datetime) -> None:
    """Show a removed or replaced picture again, in place of the one that there is. Raises NotAllowed."""
    check_keeps_places(by, sketch.place.site)
    _clear(sketch.place, at)
    sketch.removed_at = None
    sketch.save(update_fields=["removed_at"])
    record(facts.PLACE_KEPT, about=[], frame=site_frame(sketch.place.site), at=at)


def _clear(place: Place, at: datetime) -> None:
    list(Place.objects.select_for_update().filter(pk=place.pk))  # two people at one room
    Sketch.objects.filter(place=place, removed_at__isnull=True).update(removed_at=at)
