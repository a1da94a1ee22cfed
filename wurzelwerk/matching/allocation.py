"""One door for every allocation: unit sizes go to the flow, different sizes to the whole-number programme."""

from dataclasses import replace

import numpy as np

from wurzelwerk.matching import engine
from wurzelwerk.matching.engine import LEXICOGRAPHIC, OBJECTIVES, SCORE, Placement
from wurzelwerk.matching.tables import Problem

NO_PAIR = "no_pair"
TOO_LARGE = "too_large"
NO_ROOM = "no_room"
BY_CLASS = "by_class"
BY_SUM = "by_sum"

__all__ = ["LEXICOGRAPHIC", "OBJECTIVES", "SCORE", "Placement", "allocate", "reasons_for_none"]


def allocate(problem: Problem, *, objective: str = LEXICOGRAPHIC, time_limit: float = 60.0) -> Placement:
    """Solve a problem; see `engine.allocate` and `sized.allocate`."""
    unit = int(problem.size.max(initial=1))
    if (problem.size == unit).all():
        same = replace(problem, size=np.ones_like(problem.size), capacity=problem.capacity // unit)
        return engine.allocate(same, objective=objective)
    from wurzelwerk.matching import sized

    return sized.allocate(problem, objective=objective, time_limit=time_limit)


def reasons_for_none(problem: Problem, placement: Placement) -> np.ndarray:
    """Return for each seeker why it got nothing, as a code; an empty text where it is placed.

    ``no_pair``: no pair is listed. ``too_large``: every listed offer holds less than its size. ``no_room``: the same
    with capacity 0. ``by_class``: every listed offer went to more urgent classes. ``by_sum``: allowed, but the best
    whole left it out.
    """
    seeker, offer = problem.seeker, problem.offer
    placed = placement.pair >= 0
    listed = np.bincount(seeker, minlength=problem.seekers) > 0
    fits = problem.size[seeker] <= problem.capacity[offer]
    fitting = np.bincount(seeker[fits], minlength=problem.seekers) > 0
    some_room = np.bincount(seeker[problem.capacity[offer] > 0], minlength=problem.seekers) > 0
    used = placement.pair[placed]
    worst = np.zeros(problem.offers, dtype=np.int64)
    np.maximum.at(worst, offer[used], problem.priority[seeker[used]])
    load = np.zeros(problem.offers, dtype=np.int64)
    np.add.at(load, offer[used], problem.size[seeker[used]])
    taken_up = problem.capacity[offer] - load[offer] < problem.size[seeker]
    above = taken_up & (worst[offer] < problem.priority[seeker])
    rivals = np.bincount(seeker[fits & ~above], minlength=problem.seekers) > 0
    answer = np.full(problem.seekers, BY_SUM, dtype=object)
    answer[~rivals] = BY_CLASS
    answer[~fitting] = TOO_LARGE
    answer[~some_room] = NO_ROOM
    answer[~listed] = NO_PAIR
    answer[placed] = ""
    return answer
