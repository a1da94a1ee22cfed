"""Allocate seekers of size one: class counts first, then fit at those counts, then waiting time. Proven optimal.

Three solves follow one another, and none carries a weight of another, so that no number outgrows an integer:

1. **Counts.** Which sets of seekers can be placed together is a matroid, so placing as many as possible of class 1,
   then of 1 and 2, … gives the best count of every class at once: one max flow for each class, and a search over all
   pairs that no augmenting path is left.
2. **Fit.** A min-cost flow with each class's count fixed. It runs on the most promising pairs; its prices are then
   held against *every* pair, those that would improve it are put in, and it runs again, until none is left. The last
   look is the proof.
3. **Waiting time.** Among all optimal fits (the face of the prices) the one with the most days waited.
"""

from dataclasses import dataclass, field

import numpy as np

from wurzelwerk.matching import flow, prices
from wurzelwerk.matching.counting import class_counts
from wurzelwerk.matching.errors import SolverFailed
from wurzelwerk.matching.promising import promising
from wurzelwerk.matching.tables import Problem

LEXICOGRAPHIC = "lexicographic"
SCORE = "score"
OBJECTIVES = (LEXICOGRAPHIC, SCORE)


@dataclass(frozen=True)
class Placement:
    """Who goes where, and how it is known to be the best.

    Attributes:
        pair: int64 (seekers), number of the pair made, -1 where none.
        optimal: whether the optimum is proven.
        gap: relative distance to the proven bound of the first aim that is not proven, 0.0 where all are.
        offer_price: int64 (offers), millionths: what one place more would add to the score at the same counts.
        proof: what was shown, in plain figures.
    """

    pair: np.ndarray
    optimal: bool = True
    gap: float = 0.0
    offer_price: np.ndarray | None = None
    proof: dict = field(default_factory=dict)


def allocate(problem: Problem, *, objective: str = LEXICOGRAPHIC) -> Placement:
    """Solve a problem in which every seeker has size one.

    Args:
        problem: columns, see `tables.Problem`.
        objective: ``lexicographic`` or ``score``.

    Raises:
        TooLarge: numbers the solver cannot hold exactly.
        SolverFailed: an answer of the solver did not stand up to the check.
    """
    if len(problem.seeker) == 0:
        return Placement(np.full(problem.seekers, -1, dtype=np.int64), proof={"pairs_checked": 0})
    if objective == SCORE:
        return _by_score(problem)
    __, group = problem.classes()
    group = group.astype(np.int64)
    core = promising(problem)
    counts, core = class_counts(problem, group, core)
    used, dual, proof = best_fit(problem.seeker, problem.offer, problem.score, group, counts, problem.capacity, core)
    used, waiting = _longest_waiting(problem, group, counts, used, dual)
    return Placement(_pair_of(problem, used), offer_price=dual.offer, proof=proof | waiting)


def best_fit(
    seeker: np.ndarray,
    offer: np.ndarray,
    gain: np.ndarray,
    group: np.ndarray,
    counts: np.ndarray,
    capacity: np.ndarray,
    core: np.ndarray,
) -> tuple[np.ndarray, prices.Prices, dict]:
    """Place exactly `counts` of each class with the greatest sum of gains.

    Args:
        seeker, offer, gain: arcs sorted by seeker.
        core: bool (arcs) to begin with; the counts must be possible within it.

    Returns:
        bool (arcs) used; `Prices`; figures of the proof.
    """
    asked = counts[group][seeker] > 0
    core = core & asked
    runs = 0
    while True:
        runs += 1
        own = np.flatnonzero(core)
        part = (seeker[own], offer[own], gain[own])
        chosen = flow.place(flow.Network(*part, group, counts, capacity))
        dual = prices.settle(*part, group, len(counts), capacity, chosen)
        better = prices.better_arcs(dual, seeker, offer, gain, group) & asked
        if not better.any():
            break
        if (better & core).any():
            raise SolverFailed("a pair inside the solve would improve it")
        core |= better
    used = np.zeros(len(seeker), dtype=bool)
    used[own[chosen]] = True
    dual = prices.Prices(dual.offer, _to_all(dual.matched_to, own), dual.worth, dual.threshold)
    return used, dual, {"pairs_checked": len(seeker), "pairs_in_last_solve": len(own), "solves": runs}


def _to_all(matched_to: np.ndarray, own: np.ndarray) -> np.ndarray:
    return np.where(matched_to >= 0, own[np.maximum(matched_to, 0)], -1) if len(own) else matched_to


def _longest_waiting(
    problem: Problem, group: np.ndarray, counts: np.ndarray, used: np.ndarray, dual: prices.Prices
) -> tuple[np.ndarray, dict]:
    """Choose, among all best fits, one with the greatest sum of days waited."""
    days = problem.waited
    proof = {"waiting": "nothing to choose"}
    if int(days.max(initial=0)) == int(days.min(initial=0)):
        return used, proof
    seeker, offer = problem.seeker, problem.offer
    face = prices.face(dual, seeker, offer, problem.score, group)
    if not _choice_left(face, days, group, dual.matched_to >= 0):
        return used, proof
    network = flow.Network(
        seeker[face.arcs], offer[face.arcs], np.zeros(len(face.arcs), dtype=np.int64), group, counts,
        problem.capacity, bonus=days, must=face.must, barred=face.barred, filled=face.filled,
    )  # fmt: skip
    chosen = flow.place(network)
    final = np.zeros(len(seeker), dtype=bool)
    final[face.arcs[chosen]] = True
    if int(problem.score[final].sum()) != int(problem.score[used].sum()):
        raise SolverFailed("choosing by waiting time changed the score")
    return final, {"waiting": "chosen among all best fits", "pairs_of_best_fits": len(face.arcs)}


def _choice_left(face: prices.Face, days: np.ndarray, group: np.ndarray, placed: np.ndarray) -> bool:
    """Tell whether some placed seeker could give way to one of the same class who waited longer."""
    free = ~face.must & ~face.barred
    shortest = np.full(int(group.max(initial=0)) + 1, prices.HIGHEST, dtype=np.int64)
    np.minimum.at(shortest, group[free & placed], days[free & placed])
    rivals = free & ~placed
    return bool((days[rivals] > shortest[group[rivals]]).any())


def _by_score(problem: Problem) -> Placement:
    """Greatest total score only: staying without is an offer of its own, worth nothing and never full."""
    seekers, offers = problem.seekers, problem.offers
    everyone = np.arange(seekers, dtype=np.int32)
    order = np.argsort(np.concatenate([problem.seeker, everyone]), kind="stable")
    seeker = np.concatenate([problem.seeker, everyone])[order]
    offer = np.concatenate([problem.offer, np.full(seekers, offers, dtype=np.int32)])[order]
    gain = np.concatenate([problem.score, np.zeros(seekers, dtype=np.int64)])[order]
    core = np.concatenate([promising(problem), np.ones(seekers, dtype=bool)])[order]
    capacity = np.append(problem.capacity, seekers)
    group = np.zeros(seekers, dtype=np.int64)
    used, dual, proof = best_fit(seeker, offer, gain, group, np.array([seekers]), capacity, core)
    real = np.zeros(len(problem.seeker), dtype=bool)
    chosen = order[np.flatnonzero(used)]
    real[chosen[chosen < len(real)]] = True
    return Placement(_pair_of(problem, real), offer_price=dual.offer[:offers], proof=proof)


def _pair_of(problem: Problem, used: np.ndarray) -> np.ndarray:
    pair = np.full(problem.seekers, -1, dtype=np.int64)
    chosen = np.flatnonzero(used)
    pair[problem.seeker[chosen]] = chosen
    return pair
