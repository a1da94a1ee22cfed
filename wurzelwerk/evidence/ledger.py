"""Write to the ledger: `record` what happened, `void` what was taken back.

Both belong inside the transaction of the write that they testify to.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.ids import new_id

from .models import Fact
from .types import FactType, Frame, Keys

_noting: ContextVar[list[UUID] | None] = ContextVar("events_noted", default=None)


@contextmanager
def events_noted() -> Iterator[list[UUID]]:
    """Collect the events that `record` makes inside, for who takes back as a whole what several actions did."""
    noted: list[UUID] = []
    token = _noting.set(noted)
    try:
        yield noted
    finally:
        _noting.reset(token)


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
    if (noted := _noting.get()) is not None:
        noted.append(event)
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


def void(
    fact_type: FactType,
    *,
    at: datetime,
    case_key: UUID | None = None,
    event: UUID | None = None,
    recorded_at: datetime | None = None,
) -> list[Fact]:
    """Take back the latest standing facts of this type for the case, or those of one `event` (all rows of that record).

    `recorded_at`: when the act was recorded that is taken back, to tell it from others of the case; where nothing
    stands from that moment, it is the latest. The voiding facts are new rows of the same type; nothing is changed or
    deleted. Returns the voiding facts, none where nothing stood. Raises ValueError unless one of the two is named.
    """
    _demand_transaction()
    if (case_key is None) == (event is None):
        raise ValueError("what is taken back is named by its case or by its event")
    standing = standing_facts().filter(type=fact_type.code)
    if event is None:
        own = standing.filter(case_key=case_key)
        latest = own.filter(recorded_at=recorded_at).order_by("-id").first() if recorded_at else None
        if (latest := latest or own.order_by("-recorded_at", "-id").first()) is None:
            return []
        event = latest.event
    taken_back = list(standing.filter(event=event))
    voiding = new_id()
    return Fact.objects.bulk_create(_voiding(fact, voiding, at) for fact in taken_back)


def carry_over(
    keys: Mapping[UUID, UUID],
    *,
    leave: Collection[FactType],
    event: UUID,
    at: datetime,
    cases: Collection[UUID] = (),
) -> int:
    """Let what stands under some pseudonyms count under others: void it and record it again on the same days.

    `keys`: former -> present pseudonym; where they are of persons alone, `cases` are the cases in which to look for
    them. Facts of a type in `leave` are voided only. `event` names the voiding rows, so
    that `carry_back` finds them. Event, day and time of recording stay with the facts: the order of acts must not
    change. Returns how many facts were voided.
    """
    _demand_transaction()
    left = {fact_type.code for fact_type in leave}
    standing = sorted(_about(keys, cases), key=lambda fact: (fact.recorded_at, fact.pk))
    Fact.objects.bulk_create(
        [
            *(_voiding(fact, event, at) for fact in standing),
            *(_again(fact, keys) for fact in standing if fact.type not in left),
        ]
    )
    return len(standing)


def carry_back(keys: Mapping[UUID, UUID], *, leave: Collection[FactType], event: UUID, at: datetime) -> int:
    """Take back a `carry_over`: what it voided stands again under the former pseudonyms.

    What was taken back since stays so, and what was recorded since stays where it is. Takes the same arguments; returns
    how many facts stand again.
    """
    _demand_transaction()
    left = {fact_type.code for fact_type in leave}
    voided = Fact.objects.filter(pk__in=Fact.objects.filter(event=event, voids__isnull=False).values("voids"))
    successors: dict[tuple, list[Fact]] = {}
    for fact in standing_facts().filter(event__in=voided.values("event")):
        successors.setdefault(_content(fact, {}), []).append(fact)
    again, taken = [], []
    for fact in sorted(voided, key=lambda one: (one.recorded_at, one.pk)):
        if fact.type not in left:
            if not (found := successors.get(_content(fact, keys))):
                continue
            taken.append(found.pop())
        again.append(fact)
    voiding = new_id()
    Fact.objects.bulk_create([*(_voiding(fact, voiding, at) for fact in taken), *(_again(fact, {}) for fact in again)])
    return len(again)


def _about(keys: Mapping[UUID, UUID], cases: Collection[UUID]) -> Iterable[Fact]:
    """The standing facts under these pseudonyms; at most four queries, each by its own index."""
    known = list(keys)
    found = {fact.pk: fact for fact in standing_facts().filter(case_key__in=known)}
    found |= {fact.pk: fact for fact in standing_facts().filter(household_key__in=known)}
    alone = standing_facts().filter(person_key__in=known, case_key__isnull=True, household_key__isnull=True)
    found |= {fact.pk: fact for fact in alone}
    if cases:
        found |= {fact.pk: fact for fact in standing_facts().filter(case_key__in=list(cases), person_key__in=known)}
    return found.values()


def _content(fact: Fact, keys: Mapping[UUID, UUID]) -> tuple:
    """All that a fact says, under the pseudonyms that take the place of its own."""
    about = tuple(keys.get(key, key) if key else None for key in (fact.person_key, fact.household_key, fact.case_key))
    frame = (fact.controller, fact.programme, fact.site)
    return (fact.event, fact.type, fact.occurred_on, *about, *frame, *sorted(fact.dimensions.items()))


def _again(fact: Fact, keys: Mapping[UUID, UUID]) -> Fact:
    """The same fact as a new row, under the pseudonyms that take the place of its own."""
    return Fact(
        event=fact.event,
        type=fact.type,
        occurred_on=fact.occurred_on,
        recorded_at=fact.recorded_at,
        person_key=keys.get(fact.person_key, fact.person_key) if fact.person_key else None,
        household_key=keys.get(fact.household_key, fact.household_key) if fact.household_key else None,
        case_key=keys.get(fact.case_key, fact.case_key) if fact.case_key else None,
        controller=fact.controller,
        programme=fact.programme,
        site=fact.site,
        dimensions=fact.dimensions,
    )


def _voiding(fact: Fact, event: UUID, at: datetime) -> Fact:
    """A fact that takes another back."""
    voiding = _again(fact, {})
    voiding.event, voiding.recorded_at, voiding.voids = event, at, fact.pk
    return voiding


def standing_facts() -> QuerySet[Fact]:
    """Return the facts that count: neither taken back nor taking back."""
    voided = Fact.objects.filter(voids=OuterRef("pk"))
    return Fact.objects.filter(~Exists(voided), voids__isnull=True)


def _demand_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a fact is recorded inside the transaction of its write")
