"""Two-sided preferences: the stable matching that every seeker likes best (deferred acceptance, Gale and Shapley 1962).

Stable means: no seeker and no offer would both rather have each other than what they got. Only pairs ranked by both
sides can be made. Ties are refused on input, so there is exactly one seeker-optimal answer.
"""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wurzelwerk.matching.errors import BadInput
from wurzelwerk.matching.ranges import starts_of
from wurzelwerk.matching.words import translate as _


@dataclass(frozen=True)
class Preferences:
    """Pairs ranked by both sides, sorted by seeker and the seeker's rank.

    Attributes:
        capacity: int64 (offers), how many seekers an offer takes.
        seeker, offer: int32 (pairs).
        seeker_rank, offer_rank: int64 (pairs), 1 = best; each side's ranks are distinct.
        seekers: number of seekers.
    """

    capacity: np.ndarray
    seeker: np.ndarray
    offer: np.ndarray
    seeker_rank: np.ndarray
    offer_rank: np.ndarray
    seekers: int


def preferences(
    *,
    capacity: ArrayLike,
    seeker: ArrayLike,
    offer: ArrayLike,
    seeker_rank: ArrayLike,
    offer_rank: ArrayLike,
    seekers: int,
) -> Preferences:
    """Check and sort the columns of mutually ranked pairs, given in any order.

    Raises:
        BadInput: a rank below 1, a pair twice, or one side giving two the same rank.
    """
    seeker, offer = np.asarray(seeker, dtype=np.int32), np.asarray(offer, dtype=np.int32)
    seeker_rank, offer_rank = np.asarray(seeker_rank, dtype=np.int64), np.asarray(offer_rank, dtype=np.int64)
    if min(seeker_rank.min(initial=1), offer_rank.min(initial=1)) < 1:
        raise BadInput(_("Ein Rang liegt unter 1."))
    order = np.lexsort((offer, seeker_rank, seeker))
    seeker, offer, seeker_rank, offer_rank = seeker[order], offer[order], seeker_rank[order], offer_rank[order]
    for owner, rank in ((seeker, seeker_rank), (offer, offer_rank)):
        tied = np.lexsort((rank, owner))
        same = (np.diff(owner[tied]) == 0) & (np.diff(rank[tied]) == 0)
        if same.any():
            raise BadInput(_("Zwei Einträge einer Rangliste haben denselben Rang."))
    return Preferences(np.asarray(capacity, dtype=np.int64), seeker, offer, seeker_rank, offer_rank, seekers)


def match(wishes: Preferences) -> np.ndarray:
    """Return int64 (seekers): the pair each seeker gets, -1 for none."""
    first = starts_of(wishes.seeker, wishes.seekers).tolist()
    offer, rank = wishes.offer.tolist(), wishes.offer_rank.tolist()
    capacity = wishes.capacity.tolist()
    held: list[list[tuple[int, int]]] = [[] for __ in capacity]
    following = first[:-1].copy()
    pair = [-1] * wishes.seekers
    for begin in range(wishes.seekers):
        seeker = begin
        while following[seeker] < first[seeker + 1]:
            number = following[seeker]
            following[seeker] += 1
            where = offer[number]
            entry = (-rank[number], seeker)
            if len(held[where]) < capacity[where]:
                heapq.heappush(held[where], entry)
                pair[seeker] = number
                break
            if not held[where] or held[where][0][0] > entry[0]:
                continue
            __, displaced = heapq.heapreplace(held[where], entry)
            pair[seeker], pair[displaced] = number, -1
            seeker = displaced
    return np.array(pair, dtype=np.int64)


def blocking_pairs(wishes: Preferences, pair: np.ndarray) -> np.ndarray:
    """Return the numbers of the pairs that would both rather have each other; empty for a stable matching."""
    placed = np.flatnonzero(pair >= 0)
    own_rank = np.full(wishes.seekers, np.iinfo(np.int64).max)
    own_rank[placed] = wishes.seeker_rank[pair[placed]]
    where = wishes.offer[pair[placed]]
    load = np.bincount(where, minlength=len(wishes.capacity))
    worst = np.zeros(len(wishes.capacity), dtype=np.int64)
    np.maximum.at(worst, where, wishes.offer_rank[pair[placed]])
    wanted = wishes.seeker_rank < own_rank[wishes.seeker]
    has_room = load < wishes.capacity
    welcome = has_room[wishes.offer] | (wishes.offer_rank < worst[wishes.offer])
    return np.flatnonzero(wanted & welcome)
