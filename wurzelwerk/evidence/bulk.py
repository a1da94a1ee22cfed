"""Many records at once: the same facts that `record` writes one by one, in one go."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from wurzelwerk.base.bulk import insert
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.ids import new_id, new_ids

from .ledger import UndeclaredFact, _demand_transaction, standing_facts
from .models import Fact
from .types import FactType, Frame, Keys

ASKED_AT_ONCE = 400


@dataclass(frozen=True)
class Entry:
    """One record: what happened, about whom, in which frame."""

    fact_type: FactType
    about: tuple[Keys, ...]
    frame: Frame
    dimensions: Mapping[str, str]


def record_all(entries: Iterable[Entry], *, at: datetime) -> None:
    """Record every entry on the day of `at`, each as an event of its own. Raises UndeclaredFact."""
    _demand_transaction()
    every, rows, when = list(entries), [], {"occurred_on": local_day(at), "recorded_at": at}
    for entry, event in zip(every, new_ids(len(every)), strict=True):
        for name, value in entry.dimensions.items():
            if value not in entry.fact_type.dimensions.get(name, frozenset()):
                raise UndeclaredFact(f"{entry.fact_type.code}: {name}={value!r} is not declared")
        said = when | {"event": event} | _said(entry)
        rows += [
            {"person_key": key.person, "household_key": key.household, "case_key": key.case} | said
            for key in entry.about or (Keys(),)
        ]
    insert(Fact, rows)


def _said(entry: Entry) -> dict:
    frame = entry.frame
    return {
        "type": entry.fact_type.code, "dimensions": dict(entry.dimensions), "controller": frame.controller,
        "programme": frame.programme, "site": frame.site,
    }  # fmt: skip


COPIED = (
    "type", "occurred_on", "person_key", "household_key", "case_key", "controller", "programme", "site", "dimensions",
)  # fmt: skip


def void_all(*, at: datetime, keys: Collection[UUID] = (), events: Collection[UUID] = ()) -> int:
    """Take back all that stands about these pseudonyms, and these events; returns how many facts."""
    _demand_transaction()
    ways = [way for part in _parts(keys) for way in _about(part)] + [Q(event__in=part) for part in _parts(events)]
    found: dict[UUID, tuple] = {}
    for way in ways:
        found |= {row[0]: row[1:] for row in standing_facts().filter(way).order_by().values_list("pk", *COPIED)}
    said = {"event": new_id(), "recorded_at": at}
    insert(Fact, [{"voids": pk} | dict(zip(COPIED, row, strict=True)) | said for pk, row in found.items()])
    return len(found)


def _about(part: list[UUID]) -> tuple[Q, ...]:
    """The ways in which a fact can be about a pseudonym; each has an index of its own."""
    alone = Q(person_key__in=part, case_key__isnull=True, household_key__isnull=True)
    return (Q(case_key__in=part), Q(household_key__in=part), alone)


def _parts(ids: Collection[UUID]) -> list[list[UUID]]:
    every = list(ids)
    return [every[start : start + ASKED_AT_ONCE] for start in range(0, len(every), ASKED_AT_ONCE)]


def keys_recorded_since(keys: Collection[UUID], *, since: datetime) -> set[UUID]:
    """Return which of these pseudonyms something was recorded about after a moment."""
    found: set[UUID] = set()
    for part in _parts(keys):
        later = Fact.objects.filter(recorded_at__gt=since).order_by()
        for column in ("case_key", "household_key"):
            found.update(key for key in later.filter(**{f"{column}__in": part}).values_list(column, flat=True) if key)
        alone = later.filter(person_key__in=part, case_key__isnull=True, household_key__isnull=True)
        found.update(key for key in alone.values_list("person_key", flat=True) if key)
    return found
