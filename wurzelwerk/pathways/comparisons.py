"""What journeys and facts must agree on: every stage that stands on a way has its fact, and no other has."""

from collections import Counter
from typing import Any
from uuid import UUID

from wurzelwerk.evidence.checks import Comparison, standing_events, standing_events_by_type
from wurzelwerk.evidence.types import FactType
from wurzelwerk.trust.models import Pseudonym
from wurzelwerk.trust.queries import keys_by_subject

from . import facts
from .models import Journey, Move
from .stages import all_pathways

REASON = "facts are compared with the tables"


def _stage_facts() -> set[FactType]:
    return {stage.fact for pathway in all_pathways().values() for stage in pathway.stages if stage.fact}


def _ways() -> dict[UUID, list[str]]:
    """Return journey -> the stages that stand on its way; what was taken back is not among them."""
    ways: dict[UUID, list[str]] = {}
    moves = Move.objects.for_system(reason=REASON).order_by("journey_id", "moved_at", "pk")
    for journey, stage, is_back in moves.values_list("journey_id", "to_stage", "is_back").iterator(chunk_size=2_000):
        way = ways.setdefault(journey, [])
        if not is_back:
            way.append(stage)
        elif way:
            way.pop()
    return ways


def _journeys() -> list[tuple[UUID, UUID, str]]:
    rows = Journey.objects.for_system(reason=REASON).order_by("pk").values_list("pk", "case_id", "pathway")
    return list(rows.iterator(chunk_size=2_000))


def _started() -> dict[Any, int]:
    keys = keys_by_subject(Pseudonym.Kind.CASE)
    return Counter(keys.get(case, case) for _journey, case, _pathway in _journeys())


def _stages() -> dict[Any, int]:
    keys, ways, tables = keys_by_subject(Pseudonym.Kind.CASE), _ways(), all_pathways()
    found: Counter[Any] = Counter()
    for journey, case, pathway in _journeys():
        for code in ways.get(journey, ()):
            if fact := tables[pathway].stage(code).fact:
                found[keys.get(case, case), fact.code] += 1
    return found


COMPARISONS = (
    Comparison(
        code="pathways.started",
        label="Begonnene Wege",
        state=_started,
        facts=lambda: standing_events(facts.JOURNEY_STARTED),
    ),
    Comparison(
        code="pathways.stages",
        label="Stufen auf den Wegen",
        state=_stages,
        facts=lambda: standing_events_by_type(*_stage_facts()),
    ),
)
