"""Indicators: what a figure counts, as data, and the one query that each compiles to.

An *event* figure counts who had a standing fact within a period. A *standing* figure counts who had begun by
the period's end and had not ended before its start. Facts that were taken back, and those that take back,
never count. Somebody counts once a figure and slice, so a quarter is not the sum of its months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, F, Min, Q, QuerySet, RowRange, When, Window

from wurzelwerk.base.rooms import installed_rooms

from .ledger import standing_facts
from .models import Fact
from .types import FactType


class Unit(StrEnum):
    """What a figure counts; the value names it in a room's manifest."""

    HOUSEHOLDS = "households"
    PERSONS = "persons"
    CASES = "cases"
    EVENTS = "events"


class Kind(StrEnum):
    """Whether something happened in the period, or stood during it."""

    EVENT = "event"
    STANDING = "standing"


_COUNTED = {
    Unit.HOUSEHOLDS: "household_key",
    Unit.PERSONS: "person_key",
    Unit.CASES: "case_key",
    Unit.EVENTS: "event",
}
_BEHIND = _COUNTED | {Unit.EVENTS: "case_key"}


@dataclass(frozen=True)
class Indicator:
    """A figure of the funders' reports, declared in a room's `indicators.py`.

    `label` and `definition` are what readers see (German). `begin`, `end`: fact types; `end` only for standing
    figures. `dimensions`: name -> value that the counted facts must carry. `order` places it in the report.
    Raises ValueError where kind, ends and dimensions do not fit together.
    """

    code: str
    label: str
    definition: str
    unit: Unit
    begin: tuple[FactType, ...]
    end: tuple[FactType, ...] = ()
    kind: Kind = Kind.EVENT
    dimensions: Mapping[str, str] = field(default_factory=dict)
    order: int = 0

    def __post_init__(self) -> None:
        if (self.kind == Kind.STANDING) != bool(self.end):
            raise ValueError(f"{self.code}: a standing figure has ends, an event has none")
        for fact in self.begin:
            for name, value in self.dimensions.items():
                if value not in fact.dimensions.get(name, frozenset()):
                    raise ValueError(f"{self.code}: {fact.code} declares no {name}={value!r}")

    def __hash__(self) -> int:
        return hash(self.code)

    @property
    def source(self) -> tuple[Any, ...]:
        """Which facts it counts; indicators of the same facts differ in their unit only."""
        return (self.kind, self.begin, self.end, tuple(sorted(self.dimensions.items())))


@dataclass(frozen=True)
class Slice:
    """One cell's frame: from the first to the last day (both count), in a programme.

    `programme`: None for all work, "" for work outside of programmes, else a programme's code.
    """

    key: str
    first: date
    last: date
    programme: str | None = None


def all_indicators() -> tuple[Indicator, ...]:
    """Return every room's indicators in the order of the report."""
    found = (indicator for room in installed_rooms() for indicator in room.indicators)
    return tuple(sorted(found, key=lambda indicator: (indicator.order, indicator.code)))


def count(indicator: Indicator, slices: Sequence[Slice], *, readable: Q) -> dict[str, int]:
    """Return slice key -> figure for all slices, in one query. `readable`: which facts may be counted."""
    return count_all({indicator: slices}, readable=readable)[indicator.code]


def count_all(asked: Mapping[Indicator, Sequence[Slice]], *, readable: Q) -> dict[str, dict[str, int]]:
    """Return indicator code -> slice key -> figure; indicators of the same facts share a query."""
    found: dict[str, dict[str, int]] = {indicator.code: {} for indicator in asked}
    groups: dict[Any, list[Indicator]] = {}
    for indicator, slices in asked.items():
        if slices:
            groups.setdefault(indicator.source, []).append(indicator)
    for group in groups.values():
        for (indicator, one), figure in _count_group(group, asked, readable).items():
            found[indicator.code][one.key] = figure
    return found


def _count_group(
    group: Sequence[Indicator], asked: Mapping[Indicator, Sequence[Slice]], readable: Q
) -> dict[tuple[Indicator, Slice], int]:
    """Count indicators of the same facts over all their slices (one query)."""
    cells = [(indicator, one) for indicator in group for one in asked[indicator]]
    first, last = min(one.first for _, one in cells), max(one.last for _, one in cells)
    facts: Any = _facts(group[0], readable, first=first, last=last)
    for indicator in group:
        facts = _counting(facts, indicator, _COUNTED[indicator.unit], readable, name=f"counted_{indicator.unit}")
    columns: dict[str, Any] = {
        f"s{place}": Count(f"counted_{indicator.unit}", distinct=True, filter=_within(indicator, one))
        for place, (indicator, one) in enumerate(cells)
    }
    counted = facts.aggregate(**columns)
    return {cell: counted[f"s{place}"] for place, cell in enumerate(cells)}


def keys_behind(indicator: Indicator, one: Slice, *, readable: Q) -> QuerySet:
    """Return the pseudonyms that a figure counts, as a query to be used inside another (one column).

    For events these are the keys of their cases.
    """
    facts = _facts(indicator, readable, first=one.first, last=one.last)
    facts = _counting(facts, indicator, _BEHIND[indicator.unit], readable, name="counted")
    found = facts.filter(_within(indicator, one), counted__isnull=False)
    return found.order_by().values("counted").distinct()


def _facts(indicator: Indicator, readable: Q, *, first: date, last: date) -> QuerySet[Fact]:
    """The standing facts that can matter between two days.

    For standing figures with all ends of their cases, readable or not: a case may have moved to another team, and
    whose search ended there does not search here any more.
    """
    types = [fact.code for fact in (*indicator.begin, *indicator.end)]
    facts = standing_facts().filter(type__in=types, occurred_on__lte=last)
    if indicator.kind == Kind.EVENT:
        return facts.filter(readable, occurred_on__gte=first)
    return facts.annotate(ended_on=_next_end(indicator))


def _next_end(indicator: Indicator) -> Window:
    """The day of the first end of the same case that follows a fact; None while it goes on.

    The case is what carries on: whoever belonged to it at the beginning stands until the case's end. One pass over
    the facts in order, because a look-up for each beginning took seconds. At the same instant an end comes last.
    """
    is_end = Q(type__in=[fact.code for fact in indicator.end])
    return Window(
        Min(Case(When(is_end, then="occurred_on"))),
        partition_by=["case_key"],
        order_by=["occurred_on", "recorded_at", Case(When(is_end, then=1), default=0)],
        frame=RowRange(start=0, end=None),
    )


def _counting(facts: QuerySet[Fact], indicator: Indicator, column: str, readable: Q, *, name: str) -> Any:
    """Add a column `name`: what the figure counts of a fact; None where the fact does not count for the reader."""
    if indicator.kind == Kind.EVENT:
        for dimension, value in sorted(indicator.dimensions.items()):
            facts = facts.filter(**{f"dimensions__{dimension}": value})
        return facts.annotate(**{name: F(column)})
    own = Q(type__in=[fact.code for fact in indicator.begin])
    for dimension, value in sorted(indicator.dimensions.items()):
        own &= Q(**{f"dimensions__{dimension}": value})
    return facts.annotate(**{name: Case(When(readable & own, then=F(column)))})


def _within(indicator: Indicator, one: Slice) -> Q:
    found = Q() if one.programme is None else Q(programme=one.programme)
    if indicator.kind == Kind.EVENT:
        return found & Q(occurred_on__gte=one.first, occurred_on__lte=one.last)
    return found & Q(occurred_on__lte=one.last) & (Q(ended_on__isnull=True) | Q(ended_on__gte=one.first))
