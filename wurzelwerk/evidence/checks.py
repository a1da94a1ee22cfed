"""Facts against state tables: both were written in one transaction, so they must agree.

Rooms declare in their manifest what must agree (`comparisons`); nothing here knows a table. A nightly job and
`wurzelwerk manage check_facts` run all of them.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from wurzelwerk.base.rooms import installed_rooms

from .ledger import standing_facts
from .types import FactType

Counts = Mapping[Any, int]


@dataclass(frozen=True)
class Comparison:
    """Something that the tables say and the facts say too.

    `label`: what is counted (German). `state` and `facts` return key -> how often; keys are pseudonyms, or tuples
    that begin with one. A missing key counts as 0.
    """

    code: str
    label: str
    state: Callable[[], Counts]
    facts: Callable[[], Counts]


@dataclass(frozen=True)
class Difference:
    """A place where tables and facts disagree. `key` names nobody."""

    comparison: str
    label: str
    key: str
    in_state: int
    in_facts: int

    def __str__(self) -> str:
        return f"{self.label}: {self.key}: Tabellen {self.in_state}, Fakten {self.in_facts}"


def check_facts() -> list[Difference]:
    """Run every room's comparisons and return all differences; an empty list is as it should be."""
    return [
        difference
        for room in installed_rooms()
        for comparison in room.comparisons
        for difference in differences(comparison)
    ]


def differences(comparison: Comparison) -> list[Difference]:
    """Return where one comparison's two sides disagree, in a fixed order."""
    state, facts = comparison.state(), comparison.facts()
    return [
        Difference(comparison.code, comparison.label, _written(key), state.get(key, 0), facts.get(key, 0))
        for key in sorted({*state, *facts}, key=_written)
        if state.get(key, 0) != facts.get(key, 0)
    ]


def _written(key: Hashable) -> str:
    return " ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def standing_events(*types: FactType, key: str = "case_key") -> dict[Any, int]:
    """Return key -> how many events of these types stand; `key` names a column of Fact."""
    return {row[key]: row["events"] for row in _events(types, key, key)}


def standing_events_by_type(*types: FactType) -> dict[Any, int]:
    """Return (case key, fact code) -> how many events stand."""
    rows = _events(types, "case_key", "case_key", "type")
    return {(row["case_key"], row["type"]): row["events"] for row in rows}


def _events(types: tuple[FactType, ...], key: str, *columns: str) -> Any:
    facts = standing_facts().filter(type__in=[fact.code for fact in types]).exclude(**{f"{key}__isnull": True})
    return facts.order_by().values(*columns).annotate(events=Count("event", distinct=True)).iterator(chunk_size=2_000)


def once(counts: Counts) -> dict[Any, int]:
    """Return the same keys, each counted once: whether, not how often."""
    return dict.fromkeys((key for key, number in counts.items() if number), 1)
