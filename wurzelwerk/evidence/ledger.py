"""Write to the ledger: `record` what happened, `void` what was taken back.

Both belong inside the transaction of the write that they testify to.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.ids import new_id

from .models import Fact
from .types import FactType, Frame, Keys


class UndeclaredFact(ValueError):
    """A fact carries a dimension or value that its type does not declare."""


def record(
    fact_type: FactType,
    *,
    about: Iterable[Keys],
    frame: Frame,
    at: datetime,
    occurred_on: date | None = None,
    dimensions: Mapping[str, str] | None = None,
) -> list[Fact]:
    """Record one fact per entry of `about`, all on the day it happened (default: day of `at`).

    With nobody to name (an Akte opened, a dwelling changed) one fact without keys is recorded.

    Raises UndeclaredFact for a dimension outside the type's closed list, and
    TransactionManagementError-like RuntimeError outside a transaction.
    """
    _demand_transaction()
    given = dict(dimensions or {})
    for name, value in given.items():
        if value not in fact_type.dimensions.get(name, frozenset()):
            raise UndeclaredFact(f"{fact_type.code}: {name}={value!r} is not declared")
    event = new_id()
    return Fact.objects.bulk_create(
        Fact(
            event=event,
            type=fact_type.code,
            occurred_on=occurred_on or local_day(at),
            recorded_at=at,
            person_key=keys.person,
            household_key=keys.household,
            case_key=keys.case,
            controller=frame.controller,
            programme=frame.programme,
            site=frame.site,
            dimensions=given,
        )
        for keys in (list(about) or [Keys()])
    )


def void(fact_type: FactType, *, at: datetime, case_key: UUID | None = None, event: UUID | None = None) -> list[Fact]:
    """Take back the latest standing facts of this type for the case, or those of one `event` (all rows of that record).

    The voiding facts are new rows of the same type; nothing is changed or deleted.
    Returns the voiding facts; an empty list where nothing stood. Raises ValueError unless one of the two is named.
    """
    _demand_transaction()
    if (case_key is None) == (event is None):
        raise ValueError("what is taken back is named by its case or by its event")
    standing = standing_facts().filter(type=fact_type.code)
    if event is None:
        latest = standing.filter(case_key=case_key).order_by("-recorded_at", "-id").first()
        if latest is None:
            return []
        event = latest.event
    taken_back = list(standing.filter(event=event))
    voiding = new_id()
    return Fact.objects.bulk_create(
        Fact(
            event=voiding,
            type=fact.type,
            occurred_on=fact.occurred_on,
            recorded_at=at,
            person_key=fact.person_key,
            household_key=fact.household_key,
            case_key=fact.case_key,
            controller=fact.controller,
            programme=fact.programme,
            site=fact.site,
            dimensions=fact.dimensions,
            voids=fact.pk,
        )
        for fact in taken_back
    )


def standing_facts() -> QuerySet[Fact]:
    """Return the facts that count: neither taken back nor taking back."""
    voided = Fact.objects.filter(voids=OuterRef("pk"))
    return Fact.objects.filter(~Exists(voided), voids__isnull=True)


def _demand_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a fact is recorded inside the transaction of its write")
