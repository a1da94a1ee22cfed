"""Choose the pairs a solve should begin with. A guess only: the prices prove afterwards that it sufficed."""

import numpy as np

from wurzelwerk.matching.tables import Problem

SMALL = 200_000
SEEKER_BEST = 5
OFFER_BEST = 6
_BITS = 62


def promising(problem: Problem) -> np.ndarray:
    """Return bool (pairs): the best few of each seeker and of each offer; all pairs of a small problem."""
    pairs = len(problem.seeker)
    if pairs <= SMALL:
        return np.ones(pairs, dtype=bool)
    few = np.full(problem.seekers, SEEKER_BEST, dtype=np.int64)
    many = 2 * problem.capacity + OFFER_BEST
    rank = _mixed(problem)
    chosen = best_of(problem.seeker, problem.seekers, rank, few)
    __, group = problem.classes()
    urgent = (group.astype(np.int64)[problem.seeker] << int(rank.max()).bit_length()) | rank
    chosen |= best_of(problem.offer, problem.offers, urgent, many)
    return chosen


def _mixed(problem: Problem) -> np.ndarray:
    """Return a rank for each pair, small is good: score, then a fixed scatter to part equals."""
    scatter = (np.arange(len(problem.score), dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(54)
    top = int(problem.score.max(initial=0))
    shift = max(0, top.bit_length() - 26)
    return (((top - problem.score) >> shift) << 10) | scatter.astype(np.int64)


def best_of(group: np.ndarray, groups: int, rank: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return bool: at least those among the `wanted` smallest ranks of their group, and all that are equal to the last.

    Args:
        group: ints below `groups`; rank: int64, at least 0; wanted: int64 (groups).

    Everything is returned where group and rank do not fit into one whole number together.
    """
    if len(rank) == 0:
        return np.zeros(0, dtype=bool)
    wide = int(rank.max(initial=0)).bit_length()
    if wide + groups.bit_length() > _BITS:
        return np.ones(len(rank), dtype=bool)
    key = (group.astype(np.int64) << wide) | rank
    ordered = np.sort(key)
    sizes = np.bincount(group, minlength=groups)
    first = np.cumsum(sizes) - sizes
    last = first + np.minimum(wanted, sizes) - 1
    limit = ordered[np.clip(last, 0, len(ordered) - 1)]
    return key <= limit[group]
