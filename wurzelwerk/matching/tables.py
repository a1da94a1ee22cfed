"""The columns the engine works on: who seeks, what is offered, which pairs may be made."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from wurzelwerk.matching.errors import BadInput, TooLarge
from wurzelwerk.matching.words import translate as _

EXACT = 1 << 62

Column = Any  # a list or an array of whole numbers


@dataclass(frozen=True)
class Problem:
    """One allocation problem in columns. Everything is an integer.

    Attributes:
        size: int64 (seekers), units a seeker takes, at least 1.
        priority: int64 (seekers), 1 = most urgent class.
        waited: int64 (seekers), days waited, at least 0.
        capacity: int64 (offers), units an offer holds, at least 0.
        seeker, offer: int32 (pairs), sorted by seeker, then offer; each pair once.
        score: int64 (pairs), millionths, at least 0.
    """

    size: np.ndarray
    priority: np.ndarray
    waited: np.ndarray
    capacity: np.ndarray
    seeker: np.ndarray
    offer: np.ndarray
    score: np.ndarray

    @property
    def seekers(self) -> int:
        """Number of seekers."""
        return len(self.size)

    @property
    def offers(self) -> int:
        """Number of offers."""
        return len(self.capacity)

    def classes(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the priorities that occur, ascending, and each seeker's class number among them."""
        return np.unique(self.priority, return_inverse=True)


def problem(
    *,
    size: Column,
    priority: Column,
    waited: Column,
    capacity: Column,
    seeker: Column,
    offer: Column,
    score: Column,
) -> Problem:
    """Check the columns and return them as a `Problem`; pairs may come in any order.

    Raises:
        BadInput: lengths differ, a value out of its range, a pair twice.
        TooLarge: sums beyond what can be held exactly.
    """

    def column(values: Column) -> np.ndarray:
        return np.ascontiguousarray(values, dtype=np.int64)

    size, priority, waited, capacity, score = map(column, (size, priority, waited, capacity, score))
    seeker, offer = np.asarray(seeker, dtype=np.int32), np.asarray(offer, dtype=np.int32)
    _check_lengths(size, priority, waited, seeker, offer, score)
    for values, least in ((size, 1), (priority, 1), (waited, 0), (capacity, 0), (score, 0), (seeker, 0), (offer, 0)):
        if values.min(initial=least) < least:
            raise BadInput(_("Ein Wert liegt unter {least}.").format(least=least))
    if seeker.max(initial=-1) >= len(size) or offer.max(initial=-1) >= len(capacity):
        raise BadInput(_("Ein Paar nennt eine Nummer, die es nicht gibt."))
    order = pair_order(seeker, offer, len(capacity))
    if order is not None:
        seeker, offer, score = seeker[order], offer[order], score[order]
    twice = np.flatnonzero((seeker[1:] == seeker[:-1]) & (offer[1:] == offer[:-1]))
    if len(twice):
        raise BadInput(_("Ein Paar kommt zweimal vor."))
    _check_sums(score, size, waited, capacity)
    return Problem(size, priority, waited, capacity, seeker, offer, score)


def pair_order(seeker: np.ndarray, offer: np.ndarray, offers: int) -> np.ndarray | None:
    """Return the order by seeker, then offer; None where the pairs already stand so."""
    key = seeker.astype(np.int64) * max(1, offers) + offer
    if len(key) < 2 or bool((key[1:] >= key[:-1]).all()):
        return None
    return np.argsort(key, kind="stable")


def _check_lengths(
    size: np.ndarray, priority: np.ndarray, waited: np.ndarray, seeker: np.ndarray, offer: np.ndarray, score: np.ndarray
) -> None:
    if not (len(size) == len(priority) == len(waited) and len(seeker) == len(offer) == len(score)):
        raise BadInput(_("Die Spalten sind verschieden lang."))


def _check_sums(score: np.ndarray, size: np.ndarray, waited: np.ndarray, capacity: np.ndarray) -> None:
    """Refuse numbers whose sums, scaled by the solver with the number of nodes, leave 62 bits."""
    nodes = len(size) + len(capacity) + int(min(len(size), 1000)) + 8
    if int(score.max(initial=0)) * nodes * 4 > EXACT or int(waited.max(initial=0)) * nodes * 4 > EXACT:
        message = _("Die Werte sind größer, als bei {count} Knoten genau gerechnet werden kann.")
        raise TooLarge(message.format(count=nodes))
    if int(size.max(initial=0)) * max(1, len(size)) > EXACT or int(capacity.max(initial=0)) > EXACT:
        raise TooLarge(_("Die Größen oder Plätze sind größer, als genau gerechnet werden kann."))
