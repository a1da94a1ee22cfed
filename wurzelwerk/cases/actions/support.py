"""The helpers of a household: add, change, end, take back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Keys
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Pseudonym
from wurzelwerk.trust.queries import frame_of, keys_of
from wurzelwerk.trust.rules import check_can_write

from .. import facts
from ..enums import HelperBasis
from ..models import Helper, Household
from ..rules import check_day_not_future
from ..support_rules import check_helper, check_helper_stands


@dataclass(frozen=True)
class HelperData:
    """A helper as typed in. `person`: for whom of the household; None: for all."""

    name: str
    role: str
    since: date
    body: str = ""
    phone: str = ""
    email: str = ""
    reachable: str = ""
    basis: str = HelperBasis.NONE
    basis_text: str = ""
    person: UUID | None = None
    is_main: bool = False


@transaction.atomic
def add_helper(*, household: Household, helper: HelperData, by: Actor, at: datetime) -> Helper:
    """Enter somebody who works with a household and has no account. Raises NotAllowed, BadInput."""
    row = Helper(akte=household.akte, household=household, added_at=at, added_by_id=by.user_id)
    check_can_write(by, row)
    _take(row, helper, at)
    _record(row, "added", at)
    return row


@transaction.atomic
def change_helper(*, helper: Helper, data: HelperData, by: Actor, at: datetime) -> None:
    """Correct what is known of a helper. Raises NotAllowed, WrongState, BadInput."""
    check_can_write(by, helper)
    check_helper_stands(helper)
    _take(helper, data, at)
    _record(helper, "kept", at)


def _take(row: Helper, data: HelperData, at: datetime) -> None:
    for name in ("name", "body", "reachable", "basis_text"):
        setattr(row, name, " ".join(getattr(data, name).split()))
    row.role, row.since, row.phone, row.email = data.role, data.since, data.phone.strip(), data.email.strip()
    row.basis = HelperBasis(data.basis)
    row.person_id = data.person
    check_helper(row, at=at)
    if row.basis == HelperBasis.NONE:
        row.basis_text = ""
    if data.is_main and row.main_since is None:
        others = Helper.objects.for_system(reason="one main contact a household").filter(household=row.household)
        others.exclude(pk=row.pk).update(main_since=None)
    row.main_since = (row.main_since or at) if data.is_main else None
    row.save()


@transaction.atomic
def end_helper(*, helper: Helper, until: date, because: str, by: Actor, at: datetime) -> None:
    """Record that somebody no longer works with the household; the entry stays. Raises NotAllowed, BadInput."""
    check_can_write(by, helper)
    check_helper_stands(helper)
    check_day_not_future(until, at=at, field="until")
    if until < helper.since:
        raise BadInput(_("Das Ende liegt vor dem Beginn."), field="until")
    helper.until, helper.ended_because = until, " ".join(because.split())
    helper.save(update_fields=["until", "ended_because"])
    _record(helper, "ended", at)


@transaction.atomic
def return_helper(*, helper: Helper, by: Actor, at: datetime) -> None:
    """Take back that somebody ended. Raises NotAllowed, WrongState."""
    check_can_write(by, helper)
    if not helper.until:
        raise WrongState(_("Dieser Eintrag steht im Helferkreis."))
    helper.until, helper.ended_because = None, ""
    helper.save(update_fields=["until", "ended_because"])
    _record(helper, "added", at)


def _record(helper: Helper, change: str, at: datetime) -> None:
    household = keys_of(Pseudonym.Kind.HOUSEHOLD, [helper.household_id]).get(helper.household_id)
    record(
        facts.HELPER_CHANGED,
        about=[Keys(household=household)],
        frame=frame_of(helper.akte),
        at=at,
        dimensions={"change": change},
    )
