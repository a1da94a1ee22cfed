"""How many of each class can be placed: as many of class 1 as possible, then of class 2, and so on."""

import numpy as np

from wurzelwerk.matching import flow
from wurzelwerk.matching.ranges import spread, starts_of
from wurzelwerk.matching.tables import Problem


def class_counts(problem: Problem, group: np.ndarray, core: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return int64 (classes) counts, and `core` widened so that these counts are possible within it.

    Args:
        group: int64 (seekers), class number, 0 = most urgent.
        core: bool (pairs) to begin with.
    """
    classes = int(group.max(initial=-1)) + 1
    counts = np.zeros(classes, dtype=np.int64)
    core, before = core.copy(), 0
    touched = np.bincount(problem.offer, minlength=problem.offers) > 0
    room = int(np.minimum(problem.capacity[touched], problem.seekers).sum())
    for number in range(classes):
        if before == room:
            break
        total, core = _most_of(problem, group <= number, core)
        counts[number] = total - before
        before = total
    return counts, core


def _most_of(problem: Problem, who: np.ndarray, core: np.ndarray) -> tuple[int, np.ndarray]:
    """Return how many of `who` can be placed, over all pairs, and the core widened to reach it."""
    while True:
        own = np.flatnonzero(core)
        used = own[flow.most(problem.seeker[own], problem.offer[own], who, problem.capacity)]
        fresh = _ways_on(problem, who, used)
        if fresh is None:
            return len(used), core
        core[fresh] = True


def _ways_on(problem: Problem, who: np.ndarray, used: np.ndarray) -> np.ndarray | None:
    """Search all pairs for an augmenting path; return the pairs of the search tree if there is one, else None."""
    seeker, offer = problem.seeker, problem.offer
    first = starts_of(seeker, problem.seekers)
    lengths = np.diff(first)
    load = np.bincount(offer[used], minlength=problem.offers)
    order = np.argsort(offer[used], kind="stable")
    guests, guest_first = seeker[used][order], starts_of(offer[used][order], problem.offers)
    waiting = who.copy()
    waiting[seeker[used]] = False
    active, seen, tree, found = np.flatnonzero(waiting), np.zeros(problem.offers, dtype=bool), [], False
    while len(active):
        arcs = spread(first[active], lengths[active])
        arcs = arcs[~seen[offer[arcs]] & (problem.capacity[offer[arcs]] > 0)]
        tree.append(arcs)
        reached = np.unique(offer[arcs])
        seen[reached] = True
        found = found or bool((load[reached] < problem.capacity[reached]).any())
        active = guests[spread(guest_first[reached], np.diff(guest_first)[reached])]
    if not found:
        return None
    return np.concatenate([_up_to_three(arcs, offer[arcs]) for arcs in tree])


def _up_to_three(arcs: np.ndarray, offer: np.ndarray) -> np.ndarray:
    """Return at most three arcs into each offer: enough ways on, without putting every pair back in."""
    order = np.argsort(offer, kind="stable")
    ordered = offer[order]
    place = np.arange(len(ordered)) - np.searchsorted(ordered, ordered)
    return arcs[order[place < 3]]
