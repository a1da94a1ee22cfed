"""Somebody leaves the house: from a day on their account opens nothing any more."""

from datetime import date, datetime, timedelta

from django.db import transaction

from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .. import facts
from .. import leaving_rules as rules
from ..ledger import person_frame


@transaction.atomic
def set_leaving(*, user: User, leaves_on: date, by: Actor, at: datetime) -> None:
    """Say that somebody leaves: from `leaves_on` on their memberships at the actor's places end, and access with them.

    Raises NotAllowed, WrongState (a day is set already), BadInput (gone by, or before the work began).
    """
    rows = list(rules.standing(by, user).select_for_update())
    rules.check_may_set(by, user, rows)
    rules.check_day(rows, leaves_on, at=at)
    for row in rows:
        row.until_before, row.leaves_on = row.valid_to, leaves_on
        row.valid_to = leaves_on - timedelta(days=1)
        row.save(update_fields=["valid_to", "until_before", "leaves_on"])
    record(facts.LEAVING, about=[], frame=person_frame(user.pk), at=at, dimensions={"what": "set"})


@transaction.atomic
def take_back_leaving(*, user: User, by: Actor, at: datetime) -> None:
    """Somebody stays after all: their memberships end when they would have before. Raises NotAllowed, WrongState."""
    rows = list(rules.leaving(by, user).select_for_update())
    rules.check_may_take_back(by, user, rows)
    for row in rows:
        row.valid_to, row.until_before, row.leaves_on = row.until_before, None, None
        row.save(update_fields=["valid_to", "until_before", "leaves_on"])
    record(facts.LEAVING, about=[], frame=person_frame(user.pk), at=at, dimensions={"what": "taken_back"})
