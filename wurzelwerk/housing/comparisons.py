"""What the tables of housing and its facts must agree on."""

from collections import Counter
from typing import Any

from wurzelwerk.evidence.checks import Comparison, once, standing_events
from wurzelwerk.trust.models import Pseudonym
from wurzelwerk.trust.queries import keys_by_subject

from . import facts
from .enums import PlacementState
from .models import HousingSearch, Placement

REASON = "facts are compared with the tables"


def _placed() -> dict[Any, int]:
    """Households that have the keys of a dwelling."""
    keys = keys_by_subject(Pseudonym.Kind.HOUSEHOLD)
    rows = Placement.objects.for_system(reason=REASON).filter(state=PlacementState.KEYS)
    return {keys.get(ref, ref): 1 for ref in rows.order_by().values_list("household_ref", flat=True).distinct()}


def _moved_in() -> dict[Any, int]:
    """The same households in the facts. Who found a dwelling without the house has the fact and no placement."""
    placed = _placed()
    moved = once(standing_events(facts.MOVED_IN, key="household_key"))
    return {key: number for key, number in moved.items() if key in placed}


def _searches() -> dict[Any, int]:
    keys = keys_by_subject(Pseudonym.Kind.CASE)
    rows = HousingSearch.objects.for_system(reason=REASON).order_by()
    return Counter(keys.get(case, case) for case in rows.values_list("case_id", flat=True).iterator(chunk_size=2_000))


COMPARISONS = (
    Comparison(
        code="housing.placed",
        label="Haushalte mit Schlüsselübergabe",
        state=_placed,
        facts=_moved_in,
    ),
    Comparison(
        code="housing.searches",
        label="Übernommene Suchen",
        state=_searches,
        facts=lambda: standing_events(facts.SEARCH_TAKEN_ON),
    ),
)
