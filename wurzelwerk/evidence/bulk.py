"""Many records at once: the same facts that `record` writes one by one, in one go."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from wurzelwerk.base.bulk import fetch, insert
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


def record_all(entries: Iterable[Entry], *, at: datetime) -> list[UUID]:
    """Record every entry on the day of `at`, each as an event of its own; returns the events. Raises UndeclaredFact."""
    _demand_transaction()
    every, rows, when = list(entries), [], {"occurred_on": local_day(at), "recorded_at": at}
    events = new_ids(len(every))
    latest: Entry | None = None
    content: dict[str, Any] = {}
    for entry, event in zip(every, events, strict=True):
        if entry is not latest:
            latest, content = entry, when | _said(entry)
        rows += [
            {"person_key": key.person, "household_key": key.household, "case_key": key.case, "event": event} | content
            for key in entry.about or (Keys(),)
        ]
    insert(Fact, rows)
    return events


def _said(entry: Entry) -> dict[str, Any]:
    """What every fact of an entry says. Raises UndeclaredFact."""
    for name, value in entry.dimensions.items():
        if value not in entry.fact_type.dimensions.get(name, frozenset()):
            raise UndeclaredFact(f"{entry.fact_type.code}: {name}={value!r} is not declared")
    frame = entry.frame
    return {
        "type": entry.fact_type.code, "dimensions": dict(entry.dimensions), "controller": frame.controller,
        "programme": frame.programme, "site": frame.site,
    }  # fmt: skip


COPIED = (
    "type", "occurred_on", "person_key", "household_key", "case_key", "controller", "programme", "site", "dimensions",
)  # fmt: skip


@dataclass(frozen=True)
class About:
    """Pseudonyms of persons, households and cases. A person's facts in a household or case count under these."""

    persons: Collection[UUID] = ()
    households: Collection[UUID] = ()
    cases: Collection[UUID] = ()

    def ways(self) -> Iterator[tuple[str, Q]]:
        """Yield (column, condition) for each way in which a fact can be about one of these, by an index of its own."""
        yield from (("case_key", Q(case_key__in=part)) for part in _parts(self.cases))
        yield from (("household_key", Q(household_key__in=part)) for part in _parts(self.households))
        for part in _parts(self.persons):
            yield "person_key", Q(person_key__in=part, case_key__isnull=True, household_key__isnull=True)


def void_all(*, at: datetime, about: About | None = None, events: Collection[UUID] = ()) -> int:
    """Take back all that stands about these pseudonyms, and these events; returns how many facts."""
    _demand_transaction()
    ways = [way for _column, way in about.ways()] if about else []
    ways += [Q(event__in=part) for part in _parts(events)]
    found: dict[Any, tuple] = {}
    for way in ways:
        found |= {row[0]: row[1:] for row in fetch(standing_facts().filter(way).order_by().values_list("pk", *COPIED))}
    said = {"event": new_id(), "recorded_at": at}
    insert(Fact, [{"voids": pk} | dict(zip(COPIED, row, strict=True)) | said for pk, row in found.items()])
    return len(found)


def _parts(ids: Collection[UUID]) -> list[list[UUID]]:
    every = list(ids)
    return [every[start : start + ASKED_AT_ONCE] for start in range(0, len(every), ASKED_AT_ONCE)]


def keys_recorded_since(about: About, *, since: datetime) -> set[UUID]:
    """Return which of these pseudonyms something was recorded about after a moment."""
    later, found = Fact.objects.filter(recorded_at__gt=since).order_by(), set[UUID]()
    for column, way in about.ways():
        found.update(later.filter(way).values_list(column, flat=True))
    return found
