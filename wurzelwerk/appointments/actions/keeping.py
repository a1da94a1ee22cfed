"""Rooms, hours and colleagues' own time are kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import Site, User
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..enums import StepFree
from ..frames import own_frame, site_frame
from ..holding import hold, release
from ..models import HeldTime, Hours, OwnTime, Place
from ..rules import check_keeps_places, check_own, check_span
from ..spans import Span


@dataclass(frozen=True)
class PlaceData:
    """What is known of a room."""

    name: str
    seats: int | None = None
    step_free: str = StepFree.NOT_KNOWN
    way: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True)
class HoursData:
    """From when to when on a weekday (0 is Monday)."""

    weekday: int
    starts: time
    ends: time


@transaction.atomic
def add_place(*, site: Site, data: PlaceData, by: Actor, at: datetime) -> Place:
    """Add a room to a site. Raises NotAllowed, BadInput (a name that is taken, half a position)."""
    return _save_place(Place(site=site), data, by, at)


@transaction.atomic
def change_place(*, place: Place, data: PlaceData, by: Actor, at: datetime) -> Place:
    """Change what is known of a room. Raises NotAllowed, BadInput."""
    return _save_place(place, data, by, at)


def _save_place(place: Place, data: PlaceData, by: Actor, at: datetime) -> Place:
    check_keeps_places(by, place.site)
    if (data.latitude is None) != (data.longitude is None):
        raise BadInput(_("Bitte Breite und Länge angeben, oder keine von beiden."), field="longitude")
    for name, value in asdict(data).items():
        setattr(place, name, value)
    _save_named(place)
    record(facts.PLACE_KEPT, about=[], frame=site_frame(place.site), at=at)
    return place


def _save_named(place: Place) -> None:
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError:
        raise BadInput(_("So heißt an diesem Standort schon ein Raum."), field="name") from None


@transaction.atomic
def remove_place(*, place: Place, by: Actor, at: datetime) -> None:
    """Give up a room that nobody has booked any more. Raises NotAllowed, WrongState."""
    check_keeps_places(by, place.site)
    booked = HeldTime.objects.filter(place=place, begins_at__gte=at).order_by("begins_at").first()
    if booked:
        raise WrongState(
            _("Der Raum ist noch gebucht, zuerst am %(when)s. Verlegen Sie diese Termine vorher.")
            % {"when": formats.moment(booked.begins_at)}
        )
    place.removed_at = at
    place.save(update_fields=["removed_at"])
    record(facts.PLACE_KEPT, about=[], frame=site_frame(place.site), at=at)


@transaction.atomic
def restore_place(*, place: Place, by: Actor, at: datetime) -> None:
    """Take back that a room was given up. Raises NotAllowed, BadInput where its name is taken."""
    check_keeps_places(by, place.site)
    place.removed_at = None
    _save_named(place)
    record(facts.PLACE_KEPT, about=[], frame=site_frame(place.site), at=at)


@transaction.atomic
def keep_hours(*, rows: Sequence[HoursData], by: Actor, at: datetime, site: Site | None = None) -> None:
    """Write down all hours of the actor, or of a site, in place of the former ones. Raises NotAllowed, BadInput."""
    if site is not None:
        check_keeps_places(by, site)
    elif by.user_id is None:
        raise NotAllowed(_("Sprechzeiten hat nur, wer ein Konto hat."))
    _check_hours(rows)
    owner = {"site": site} if site else {"user_id": by.user_id}
    Hours.objects.filter(**owner).delete()
    Hours.objects.bulk_create(Hours(**owner, **asdict(row)) for row in rows)
    record(facts.HOURS_KEPT, about=[], frame=site_frame(site) if site else own_frame(by), at=at)


def _check_hours(rows: Sequence[HoursData]) -> None:
    for number, row in enumerate(rows):
        if row.ends <= row.starts:
            raise BadInput(_("Das Ende liegt nicht nach dem Beginn."), field=f"ends_{row.weekday}")
        for other in rows[number + 1 :]:
            if row.weekday == other.weekday and row.starts < other.ends and other.starts < row.ends:
                raise BadInput(_("Die Zeiten eines Tages überschneiden sich."), field=f"starts_{row.weekday}_2")


@transaction.atomic
def keep_own_time(
    *, kind: str, title: str, span: Span, people: Sequence[User], by: Actor, at: datetime, room: Place | None = None
) -> OwnTime:
    """Enter time without a household for oneself or with colleagues; a room is held. Raises BadInput."""
    return _save_own(OwnTime(made_by_id=by.user_id), kind, title, span, people, room, by, at)


@transaction.atomic
def change_own_time(
    *, own: OwnTime, kind: str, title: str, span: Span, people: Sequence[User], by: Actor, at: datetime,
    room: Place | None = None,
) -> OwnTime:  # fmt: skip
    """Change time without a household. Raises NotAllowed, WrongState, BadInput."""
    check_own(by, own)
    if own.cancelled_at:
        raise WrongState(_("Dieser Termin ist inzwischen abgesagt."))
    return _save_own(own, kind, title, span, people, room, by, at)


def _save_own(
    own: OwnTime, kind: str, title: str, span: Span, people: Sequence[User], room: Place | None, by: Actor, at: datetime
) -> OwnTime:
    check_span(span)
    if not people:
        raise BadInput(_("Bitte wählen Sie, wer dabei ist."), field="people")
    own.kind, own.title, own.place = kind, title.strip(), room
    own.starts_at, own.ends_at = span.starts_at, span.ends_at
    own.save()
    own.people.set(people)
    release(own_time_id=[own.pk])
    if room:
        hold(room, [(own.pk, span)], by_column="own_time_id")
    record(facts.OWN_TIME_KEPT, about=[], frame=own_frame(by), at=at)
    return own


@transaction.atomic
def cancel_own_time(*, own: OwnTime, by: Actor, at: datetime) -> None:
    """Cancel time without a household. Raises NotAllowed, WrongState."""
    check_own(by, own)
    if own.cancelled_at:
        raise WrongState(_("Dieser Termin ist schon abgesagt."))
    own.cancelled_at = at
    own.save(update_fields=["cancelled_at"])
    release(own_time_id=[own.pk])
    record(facts.OWN_TIME_KEPT, about=[], frame=own_frame(by), at=at)


@transaction.atomic
def restore_own_time(*, own: OwnTime, by: Actor, at: datetime) -> None:
    """Take back that time without a household was cancelled. Raises NotAllowed, WrongState, BadInput (the room)."""
    check_own(by, own)
    if not own.cancelled_at:
        raise WrongState(_("Dieser Termin ist nicht abgesagt."))
    own.cancelled_at = None
    own.save(update_fields=["cancelled_at"])
    if own.place:
        hold(own.place, [(own.pk, Span(own.starts_at, own.ends_at))], by_column="own_time_id")
    record(facts.OWN_TIME_KEPT, about=[], frame=own_frame(by), at=at)
