"""The ordered reserve of each offer: who is asked next if the placed seeker declines."""

import numpy as np

from wurzelwerk.matching.pairing import Pairing
from wurzelwerk.matching.promising import best_of
from wurzelwerk.matching.ranges import starts_of
from wurzelwerk.matching.rules import MICRO


def reserves(
    pairing: Pairing, placed: np.ndarray, priority: np.ndarray, waited: np.ndarray, *, offer_count: int, most: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the reserve lists: only unplaced seekers whom no hard rule excludes.

    The order is the order of the aims: class, then score, then days waited, then id.

    Args:
        placed: bool (seekers). priority, waited: int64 (seekers). most: entries an offer at most.

    Returns:
        pairs: int64, numbers of the pairs in order, offer after offer; first: int64 (offers + 1).
    """
    free = np.flatnonzero(~placed[pairing.who])
    __, group = np.unique(priority, return_inverse=True)
    rank = (group.astype(np.int64)[pairing.who[free]] << MICRO.bit_length()) | (MICRO - pairing.score[free])
    free = free[best_of(pairing.where[free], offer_count, rank, np.full(offer_count, max(most, 1)))]
    who, where = pairing.who[free], pairing.where[free]
    order = np.lexsort((who, -waited[who], -pairing.score[free], priority[who], where))
    where = where[order]
    keep = np.arange(len(where)) - np.searchsorted(where, where) < most
    return free[order[keep]], starts_of(where[keep], offer_count)
