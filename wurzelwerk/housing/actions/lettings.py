"""One letting of a dwelling after another: open, change, withdraw, reopen."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import WrongState
from wurzelwerk.base.formats import area, number
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Keys
from wurzelwerk.offers.actions import open_offer
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.queries import frame_of

from .. import facts
from ..models import Dwelling, Letting
from ..offering import set_state
from ..rules import portfolio as rules

SERVICE = "housing"


def _title(dwelling: Dwelling) -> str:
    """Name a dwelling so that the whole network may read it: size and district, never address or owner."""
    district = dwelling.building.district
    rooms = number(dwelling.rooms, None)
    size = _("%(rooms)s Zimmer, %(area)s") % {"rooms": rooms, "area": area(dwelling.area)}
    return f"{size}, {district.name}" if district else size


@transaction.atomic
def open_letting(
    *, dwelling: Dwelling, values: Mapping[str, Any], by: Actor, at: datetime, available_from: date | None = None
) -> Letting:
    """Offer a dwelling; `values`: net_cold, operating_costs, heating_costs, deposit in euro.

    Raises NotAllowed, WrongState (archived, or another letting is current), BadInput.
    """
    letting = Letting(akte=dwelling.akte, dwelling=dwelling, **values)
    rules.check_can_keep(by, letting)
    rules.check_no_current(dwelling)
    rules.check_letting(letting)
    letting.offer = open_offer(
        akte=dwelling.akte,
        service=SERVICE,
        title=_title(dwelling),
        district_id=dwelling.building.district_id,
        available_from=available_from,
        by=by,
        at=at,
    )
    try:
        with transaction.atomic():
            letting.save()
    except IntegrityError as error:
        raise WrongState(_("Diese Wohnung hat inzwischen ein anderes laufendes Angebot.")) from error
    record(facts.LETTING_OPENED, about=[Keys()], frame=frame_of(letting.akte), at=at)
    return letting


@transaction.atomic
def change_letting(
    *, letting: Letting, values: Mapping[str, Any], by: Actor, at: datetime, available_from: date | None = None
) -> None:
    """Change rent and terms of the current letting. Raises NotAllowed, WrongState, BadInput."""
    rules.check_can_keep(by, letting)
    rules.check_can_change_letting(letting)
    for name, value in values.items():
        setattr(letting, name, value)
    rules.check_letting(letting)
    letting.save()
    offer = letting.offer
    offer.available_from = available_from
    offer.save(update_fields=["available_from"])
    record(facts.LETTING_CHANGED, about=[Keys()], frame=frame_of(letting.akte), at=at)


@transaction.atomic
def retitle_letting(*, dwelling: Dwelling, by: Actor, at: datetime) -> None:
    """Bring the current offer's title and district in line with a changed dwelling. Raises NotAllowed."""
    rules.check_can_keep(by, dwelling)
    letting = Letting.objects.visible_to(by).filter(dwelling=dwelling, is_current=True).select_related("offer").first()
    if letting is None:
        return
    offer, title = letting.offer, _title(dwelling)
    if (offer.title, offer.district_id) == (title, dwelling.building.district_id):
        return
    offer.title, offer.district_id = title, dwelling.building.district_id
    offer.save(update_fields=["title", "district"])
    record(facts.LETTING_CHANGED, about=[Keys()], frame=frame_of(letting.akte), at=at)


@transaction.atomic
def withdraw_letting(*, letting: Letting, by: Actor, at: datetime) -> None:
    """Take a dwelling off the market. Raises NotAllowed, WrongState (over, or households are on their way to it)."""
    rules.check_can_keep(by, letting)
    locked = _locked(letting)
    rules.check_can_withdraw(locked)
    set_state(locked, OfferState.WITHDRAWN, at=at)
    record(facts.LETTING_CHANGED, about=[Keys()], frame=frame_of(letting.akte), at=at)


@transaction.atomic
def reopen_letting(*, letting: Letting, by: Actor, at: datetime) -> None:
    """Offer a withdrawn dwelling again on the same terms. Raises NotAllowed, WrongState."""
    rules.check_can_keep(by, letting)
    locked = _locked(letting)
    rules.check_can_reopen(locked)
    try:
        with transaction.atomic():
            set_state(locked, OfferState.OPEN, at=at)
    except IntegrityError as error:
        raise WrongState(_("Diese Wohnung hat inzwischen ein anderes laufendes Angebot.")) from error
    record(facts.LETTING_CHANGED, about=[Keys()], frame=frame_of(letting.akte), at=at)


def _locked(letting: Letting) -> Letting:
    rows = Letting.objects.for_system(reason="two people act on one letting").select_for_update()
    return rows.get(pk=letting.pk)
