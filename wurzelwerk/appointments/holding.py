"""Rooms are held in steps of five minutes; the database's unique column refuses who comes second."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.errors import BadInput

from .busy import places_taken
from .models import HeldTime, Place
from .spans import Span, grid


def hold(place: Place, spans: Iterable[tuple[UUID, Span]], *, by_column: str = "booking_id") -> None:
    """Hold a room for bookings (or own times) that hold none yet. Raises BadInput where somebody else holds it then."""
    rows = [HeldTime(place=place, begins_at=at, **{by_column: pk}) for pk, span in spans for at in grid(span)]
    try:
        with transaction.atomic():
            HeldTime.objects.bulk_create(rows)
    except IntegrityError:
        raise BadInput(_("Der Raum „%(room)s“ ist dann schon belegt.") % {"room": place.name}, field="room") from None


def release(**columns: Iterable[UUID]) -> None:
    """Give back what bookings (`booking_id`) or own times (`own_time_id`) hold."""
    HeldTime.objects.filter(**{f"{name}__in": list(ids) for name, ids in columns.items()}).delete()


def check_room_free(place: Place, spans: Iterable[Span]) -> None:
    """Raise BadInput that names the times at which a room is held already."""
    wanted = sorted(spans)
    if not wanted:
        return
    taken = places_taken([place.pk], Span(wanted[0].starts_at, max(span.ends_at for span in wanted)))[place.pk]
    if clashes := [span for span in wanted if any(span.meets(one) for one in taken)]:
        times = ", ".join(formats.moment(span.starts_at) for span in clashes[:5])
        raise BadInput(
            _("Der Raum „%(room)s“ ist schon belegt: %(times)s.") % {"room": place.name, "times": times}, field="room"
        )
