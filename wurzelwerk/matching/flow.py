"""One min-cost flow on the solver: seekers of several classes into offers, with each class's count fixed.

The network: a class holds as many units as seekers of it are to be placed; an arc of capacity one leads from the
class to each of its seekers; an arc of capacity one for each allowed pair; offers let as many through as they have
places. Seekers who must be placed carry their unit themselves; offers that must be full draw theirs themselves.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from wurzelwerk.matching.errors import SolverFailed, TooLarge
from wurzelwerk.matching.words import translate as _


@dataclass(frozen=True)
class Network:
    """What one flow is asked.

    Attributes:
        seeker, offer: int32 (arcs).
        gain: int64 (arcs), to be made as great as possible in sum.
        bonus: int64 (seekers) or None, gained once if the seeker is placed.
        group: int64 (seekers), class number.
        counts: int64 (classes), how many of each class are placed.
        capacity: int64 (offers).
        must: bool (seekers), placed in any case; counted in `counts`.
        barred: bool (seekers), not placed in any case.
        filled: bool (offers), full in any case.
    """

    seeker: np.ndarray
    offer: np.ndarray
    gain: np.ndarray
    group: np.ndarray
    counts: np.ndarray
    capacity: np.ndarray
    bonus: np.ndarray | None = None
    must: np.ndarray | None = None
    barred: np.ndarray | None = None
    filled: np.ndarray | None = None


def place(network: Network) -> np.ndarray:
    """Solve the flow to its proven optimum and return which arcs are used (bool).

    Raises:
        TooLarge: the solver cannot hold the costs exactly.
        SolverFailed: no flow with these counts, or the solver's answer breaks them.
    """
    from ortools.graph.python import min_cost_flow

    seekers, offers = len(network.group), len(network.capacity)
    total = int(network.counts.sum())
    used = np.zeros(len(network.seeker), dtype=bool)
    if total == 0:
        return used
    must = np.zeros(seekers, bool) if network.must is None else network.must
    filled = np.zeros(offers, bool) if network.filled is None else network.filled
    open_ = network.counts[network.group] > 0
    open_ &= True if network.barred is None else ~network.barred
    kept = np.flatnonzero(open_[network.seeker])
    solver = min_cost_flow.SimpleMinCostFlow()
    ones = np.ones(len(kept), dtype=np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(
        network.seeker[kept], network.offer[kept] + np.int32(seekers), ones, -network.gain[kept]
    )
    _add_places(solver, network, seekers, filled, total)
    _add_classes(solver, network, seekers, open_, must)
    status = solver.solve()
    if status == solver.BAD_COST_RANGE:
        raise TooLarge(_("Die Werte sind größer, als der Löser genau halten kann."))
    if status != solver.OPTIMAL:
        raise SolverFailed(f"min-cost flow: {status.name}")
    used[kept] = solver.flows(np.arange(len(kept), dtype=np.int32)) > 0
    _check(network, used)
    return used


def _add_places(solver: Any, network: Network, seekers: int, filled: np.ndarray, total: int) -> None:
    sink = seekers + len(network.capacity)
    loose = np.flatnonzero(~filled & (network.capacity > 0))
    places = np.minimum(network.capacity[loose], total)
    tails = (loose + seekers).astype(np.int32)
    zeros = np.zeros(len(loose), dtype=np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(tails, np.full(len(loose), sink, np.int32), places, zeros)
    full = np.flatnonzero(filled)
    solver.set_nodes_supplies((full + seekers).astype(np.int32), -network.capacity[full])
    solver.set_node_supply(sink, -(total - int(network.capacity[full].sum())))


def _add_classes(solver: Any, network: Network, seekers: int, open_: np.ndarray, must: np.ndarray) -> None:
    first = seekers + len(network.capacity) + 1
    free = np.flatnonzero(open_ & ~must)
    bonus = np.zeros(len(free), dtype=np.int64) if network.bonus is None else -network.bonus[free]
    tails = (first + network.group[free]).astype(np.int32)
    solver.add_arcs_with_capacity_and_unit_cost(tails, free.astype(np.int32), np.ones(len(free), np.int64), bonus)
    sure = np.flatnonzero(must)
    solver.set_nodes_supplies(sure.astype(np.int32), np.ones(len(sure), dtype=np.int64))
    rest = network.counts - np.bincount(network.group[sure], minlength=len(network.counts))
    numbers = np.arange(first, first + len(rest), dtype=np.int32)
    solver.set_nodes_supplies(numbers, rest.astype(np.int64))


def _check(network: Network, used: np.ndarray) -> None:
    """Check the solver's answer by counting again; a proof is not taken on trust."""
    times = np.bincount(network.seeker[used], minlength=len(network.group))
    load = np.bincount(network.offer[used], minlength=len(network.capacity))
    counts = np.bincount(network.group[times > 0], minlength=len(network.counts))
    if times.max(initial=0) > 1 or (load > network.capacity).any() or (counts != network.counts).any():
        raise SolverFailed("min-cost flow: the answer breaks a capacity or a count")


def most(seeker: np.ndarray, offer: np.ndarray, who: np.ndarray, capacity: np.ndarray) -> np.ndarray:
    """Place as many seekers as possible, unit sizes, no scores.

    Args:
        seeker, offer: int32 (arcs).
        who: bool (seekers), who takes part.

    Returns:
        bool (arcs), the arcs used.
    """
    from ortools.graph.python import max_flow

    used = np.zeros(len(seeker), dtype=bool)
    kept = np.flatnonzero(who[seeker])
    if len(kept) == 0:
        return used
    seekers, offers = len(who), len(capacity)
    source, sink = seekers + offers, seekers + offers + 1
    chosen = np.flatnonzero(who)
    places = np.flatnonzero(capacity > 0)
    solver = max_flow.SimpleMaxFlow()
    ones = np.ones(len(kept), dtype=np.int64)
    solver.add_arcs_with_capacity(seeker[kept], offer[kept] + np.int32(seekers), ones)
    solver.add_arcs_with_capacity(
        np.full(len(chosen), source, np.int32), chosen.astype(np.int32), np.ones(len(chosen), np.int64)
    )
    solver.add_arcs_with_capacity(
        (places + seekers).astype(np.int32),
        np.full(len(places), sink, np.int32),
        np.minimum(capacity[places], len(chosen)),
    )
    if solver.solve(source, sink) != solver.OPTIMAL:
        raise SolverFailed("max flow: no optimum")
    used[kept] = solver.flows(np.arange(len(kept), dtype=np.int32)) > 0
    return used
