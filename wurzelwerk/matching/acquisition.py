"""Which kind of offer, if there were more of it, would place how many more?

For every kind: the seekers left that no hard rule excludes from it, and the placements gained with 1, 3 and 10 more.
Placing as many as possible of class 1, then of 2, … also places the most in all (the placeable sets are a matroid), so
a max flow gives the same gain as solving the round again with all its aims.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wurzelwerk.matching import flow
from wurzelwerk.matching.pairing import pair_up
from wurzelwerk.matching.rounds import RoundResult
from wurzelwerk.matching.rules import Table

STEPS = (1, 3, 10)


@dataclass(frozen=True)
class Wanted:
    """One line of the acquisition list.

    Attributes:
        kind: row number of the kind in the table of prototypes.
        name: its id.
        waiting: seekers left without whom no hard rule excludes.
        gains: (how many more, placements gained), for every step.
    """

    kind: int
    name: str
    waiting: int
    gains: tuple[tuple[int, int], ...]


def acquisition_list(
    result: RoundResult, prototypes: Table, *, steps: Sequence[int] = STEPS, most: int = 20
) -> list[Wanted]:
    """Return the kinds that would place most, best first.

    Args:
        result: a finished round.
        prototypes: a table like the offers', one row a kind, such an offer as could be won.
        steps: how many more are tried.
        most: how many kinds, those with the most waiting seekers, are solved again.

    Returns:
        At most `most` lines, by gain at the greatest step, then at the smaller ones, then waiting seekers, then name.
    """
    count = len(result.seekers.ids)
    pairing = pair_up(result.seekers, prototypes, result.rules, seeker_count=count, offer_count=len(prototypes.ids))
    left = result.placement.pair < 0
    waiting = np.bincount(pairing.where[left[pairing.who]], minlength=len(prototypes.ids))
    names = np.array(prototypes.ids)
    chosen = [row for row in np.lexsort((names, -waiting)).tolist() if waiting[row] > 0][:most]
    now = _most(result, np.zeros(0, np.int32), 0)
    lines = []
    for row in chosen:
        who = pairing.who[pairing.where == row]
        gains = tuple((step, _most(result, who, step) - now) for step in steps)
        lines.append(Wanted(row, prototypes.ids[row], int(waiting[row]), gains))
    return sorted(lines, key=lambda one: ([-gain for __, gain in reversed(one.gains)], -one.waiting, one.name))


def _most(result: RoundResult, who: np.ndarray, more: int) -> int:
    """Return how many can be placed with `more` further offers open to the seekers `who`."""
    offers = result.problem.offers
    seeker = np.concatenate([result.pairing.who, who]).astype(np.int32)
    offer = np.concatenate([result.pairing.where, np.full(len(who), offers)]).astype(np.int32)
    capacity = np.append(result.problem.capacity, more)
    everybody = np.ones(result.problem.seekers, dtype=bool)
    return int(flow.most(seeker, offer, everybody, capacity).sum())
