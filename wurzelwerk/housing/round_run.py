"""Run a round and put what it found into the form in which it is stored: ids, figures and sentences, nobody's name."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from wurzelwerk.matching.acquisition import acquisition_list
from wurzelwerk.matching.explain import Explanation, explain
from wurzelwerk.matching.rounds import RoundResult, in_id_order, run_round
from wurzelwerk.matching.rules import RuleSet, fingerprint
from wurzelwerk.network.models import District
from wurzelwerk.trust.actor import Actor

from . import columns, law
from .columns import NONE, UNKNOWN
from .criteria import house_rules, limits_on
from .criteria_earlier import Earlier
from .enums import OutcomeKind
from .round_findings import Found, RoundFindings
from .round_tables import RoundTables, round_tables


def compute_round(actor: Actor, *, on: date) -> RoundFindings:
    """Run a round over what the actor's body has open. Raises BadInput, TooLarge of the matching library."""
    tables = round_tables(actor, on=on)
    rules = rules_on(on, tables)
    result = run_round(tables.households, tables.dwellings, rules)
    lines = [*_placed(result), *_reserve(result), *_left(result)]
    return RoundFindings(
        lines=lines,
        searches=len(result.seekers.ids),
        lettings=len(result.offers.ids),
        placed=len(result.placed),
        optimal=result.placement.optimal,
        inputs_hash=inputs_hash(tables),
        rules=result.rule_versions(),
        summary=_summary(result, on),
    )


def rules_on(on: date, tables: RoundTables) -> RuleSet:
    """Return the house's rules of a day, and that nothing declined is proposed again."""
    house = house_rules(limits_on(on))
    return replace(house, hard=(*house.hard, Earlier(tables.earlier)))


def inputs_hash(tables: RoundTables) -> str:
    """Return a SHA-256 of everything that a round rests on; the order of the input does not matter."""
    digest = hashlib.sha256(fingerprint(in_id_order(tables.households), in_id_order(tables.dwellings)).encode())
    digest.update(repr(sorted(tables.earlier)).encode())
    return digest.hexdigest()


def explain_pair(actor: Actor, *, search: str, letting: str, on: date) -> Explanation | None:
    """Explain any single pair as it stands today; None where one of them takes no part in rounds."""
    tables = round_tables(actor, on=on)
    if search not in tables.households.ids or letting not in tables.dwellings.ids:
        return None
    return explain(
        tables.households,
        tables.dwellings,
        rules_on(on, tables),
        seeker=tables.households.ids.index(search),
        offer=tables.dwellings.ids.index(letting),
    )


def _placed(result: RoundResult) -> list[Found]:
    explained = result.placement_explanations()
    return [
        Found(search, OutcomeKind.PLACED, letting, score=score, explanation=one.document())
        for (search, letting, score), one in zip(result.placements(), explained, strict=True)
    ]


def _reserve(result: RoundResult) -> list[Found]:
    return [
        Found(search, OutcomeKind.RESERVE, letting, position=place)
        for letting, waiting in sorted(result.reserves().items())
        for place, search in enumerate(waiting, 1)
    ]


def _left(result: RoundResult) -> list[Found]:
    titles = {rule.name: rule.title for rule in result.rules.hard}
    found = []
    for search, misses in sorted(result.near_misses().items()):
        open_questions = [
            {"rule": name, "title": titles[name], "lettings": count}
            for name, count in result.to_clarify_of(search).items()
        ]
        allowed = any(miss.kind == "allowed" for miss in misses)
        found.append(
            Found(
                search,
                OutcomeKind.UNCLEAR if open_questions and not allowed else OutcomeKind.LEFT,
                misses=[
                    {"letting": m.offer, "kind": m.kind, "why": m.why, "sentence": m.sentence, "change": m.change}
                    for m in misses
                ],
                unclear=open_questions,
            )
        )
    return found


def _summary(result: RoundResult, on: date) -> dict[str, Any]:
    titles = {rule.name: rule.title for rule in result.rules.hard}
    priorities = result.problem.priority
    classes = [
        {
            "priority": int(one),
            "searching": int((priorities == one).sum()),
            "placed": int((priorities[result.placed] == one).sum()),
        }
        for one in np.unique(priorities)
    ]
    scores = [score for _search, _letting, score in result.placements()]
    return {
        "classes": classes,
        "unclear": [{"rule": k, "title": titles[k], "pairs": n} for k, n in result.to_clarify().items()],
        "allowed_pairs": len(result.pairing.who),
        "fit": round(sum(scores) / len(scores), 3) if scores else None,
        "gap": result.placement.gap,
        "proof": {key: str(value) for key, value in result.placement.proof.items()},
        "acquisition": acquisition(result, on),
    }


def acquisition(result: RoundResult, on: date) -> list[dict[str, Any]]:
    """Return the kinds of dwelling that would place most, best first (figures only)."""
    kinds, table = _prototypes(result, on)
    lines = acquisition_list(result, table)
    return [
        {**kinds[line.name], "waiting": line.waiting, "gains": {str(n): gain for n, gain in line.gains}}
        for line in lines
        if any(gain for _step, gain in line.gains)
    ]


def _prototypes(result: RoundResult, on: date) -> tuple[dict[str, dict[str, Any]], columns.Dwellings]:
    """One row a kind: rooms × gross-cold band × step-free × quarter. Bands are the office's limits of the day."""
    limits = law.load_limits(on)
    bands, sizes = limits.gross_cold.value.cents(), limits.wbs_sizes.value
    quarters = list(District.objects.order_by("order", "code").values_list("name", "parent_id"))
    heating = _usual_heating(result)
    kinds: dict[str, dict[str, Any]] = {}
    rows: dict[str, list[int]] = {
        name: [] for name in ("rooms", "area", "gross_cold", "heating", "step_free", "quarter")
    }
    for rooms in range(1, len(bands) + 1):
        area = 100 * sizes.square_metres_for(rooms)
        for band in dict.fromkeys((bands[rooms - 1], bands[min(rooms, len(bands) - 1)])):
            for step_free in (0, 1):
                for place, (quarter, parent) in enumerate(quarters):
                    if parent:
                        continue
                    name = f"{rooms}-{band}-{step_free}-{place:02}"
                    kinds[name] = {"rooms": rooms, "cents": band, "step_free": bool(step_free), "quarter": quarter}
                    values = (
                        10 * rooms,
                        area,
                        band,
                        UNKNOWN if heating is None else heating * area // 100,
                        step_free,
                        place,
                    )
                    for column, value in zip(rows, values, strict=True):
                        rows[column].append(value)
    count = len(kinds)
    fixed = {
        "pets": [1] * count,
        "max_persons": [NONE] * count,
        "available_from": [NONE] * count,
        "wbs": [NONE] * count,
    }
    return kinds, columns.dwellings(list(kinds), result.offers.names, **rows, **fixed)


def _usual_heating(result: RoundResult) -> int | None:
    """Median heating costs in cents a square metre of the lettings in the round; None where none are known."""
    known = (result.offers.heating >= 0) & (result.offers.area > 0)
    if not known.any():
        return None
    return int(np.median(100 * result.offers.heating[known] / result.offers.area[known]))
