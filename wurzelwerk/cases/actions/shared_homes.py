"""Two households live together at one place: note it, take it away, bring it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_can_write

from .. import facts
from ..models import Household, SharedHome
from ..queries import home_of
from ..shared_homes import is_tied, same_place


@transaction.atomic
def note_shared_home(*, household: Household, other: Household, by: Actor, at: datetime) -> SharedHome:
    """Note that two households live together. Raises NotAllowed, WrongState, BadInput (not at one address)."""
    row = SharedHome(akte=household.akte, household=household, other=other, noted_at=at, noted_by_id=by.user_id)
    check_can_write(by, row)
    if not Household.objects.visible_to(by).filter(pk=other.pk).exists():
        raise NotAllowed(_("Diesen Haushalt gibt es nicht, oder er ist für Sie nicht offen."))
    if household.pk == other.pk or not same_place(home_of(household, actor=by), home_of(other, actor=by)):
        raise BadInput(_("Die beiden Haushalte wohnen nicht unter derselben Anschrift."), field="other")
    _check_free(row)
    row.save()
    _record(row, "noted", at)
    return row


@transaction.atomic
def remove_shared_home(*, row: SharedHome, by: Actor, at: datetime) -> None:
    """Take away that two households live together. Raises NotAllowed, WrongState."""
    check_can_write(by, row)
    if row.removed_at:
        raise WrongState(_("Das ist schon entfernt."))
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    _record(row, "removed", at)


@transaction.atomic
def restore_shared_home(*, row: SharedHome, by: Actor, at: datetime) -> None:
    """Bring back that two households live together. Raises NotAllowed, WrongState."""
    check_can_write(by, row)
    if not row.removed_at:
        raise WrongState(_("Das ist nicht entfernt."))
    _check_free(row)
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    _record(row, "restored", at)


def _check_free(row: SharedHome) -> None:
    if is_tied(row.household_id, row.other_id):
        raise WrongState(_("Dass diese Haushalte zusammen wohnen, ist schon vermerkt."))


def _record(row: SharedHome, what: str, at: datetime) -> None:
    record(facts.SHARED_HOME, about=[], frame=frame_of(row.akte), at=at, dimensions={"what": what})
