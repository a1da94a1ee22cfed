"""Prices of the places in an optimal flow: the certificate of the optimum, and the way to every other optimum.

A price is what a place is worth to those who do not get it, in the unit of the gain. Prices settle in whole numbers
as longest paths in the residual network (label correcting, only over what changed). With them

* the optimum is proven by looking at each arc once, independently of the solver;
* arcs left out of the solve are shown not to matter, or are found and put in;
* all other optimal solutions are known (the *face*), so that the next aim can choose among them.
"""

from dataclasses import dataclass

import numpy as np

from wurzelwerk.matching.errors import SolverFailed
from wurzelwerk.matching.ranges import maximum_by, spread, starts_of

LOWEST = -(1 << 62)
HIGHEST = 1 << 62


@dataclass(frozen=True)
class Prices:
    """The dual side of an optimal flow.

    Attributes:
        offer: int64 (offers), price of a place, 0 where a place is left over.
        matched_to: int64 (seekers), arc number, -1 where not placed.
        worth: int64 (seekers), what a seeker is left with: gain of the arc minus price; placed ones only.
        threshold: int64 (classes), the least worth among the placed of the class; HIGHEST where none is.
    """

    offer: np.ndarray
    matched_to: np.ndarray
    worth: np.ndarray
    threshold: np.ndarray

    def reach(self, group: np.ndarray) -> np.ndarray:
        """Return for each seeker what an arc must be worth more than to change anything."""
        return np.where(self.matched_to >= 0, self.worth, self.threshold[group])


class _Labels:
    """Labels of offers and classes while they settle."""

    def __init__(
        self,
        seeker: np.ndarray,
        offer: np.ndarray,
        gain: np.ndarray,
        group: np.ndarray,
        classes: int,
        capacity: np.ndarray,
        used: np.ndarray,
    ) -> None:
        self.offer, self.gain, self.group = offer, gain, group
        seekers, offers = len(group), len(capacity)
        chosen = np.flatnonzero(used)
        self.matched_to = np.full(seekers, -1, dtype=np.int64)
        self.matched_to[seeker[chosen]] = chosen
        self.first = starts_of(seeker, seekers)
        load = np.bincount(offer[chosen], minlength=offers)
        self.occupied, self.free = load > 0, load < capacity
        order = np.argsort(offer[chosen], kind="stable")
        self.guests = seeker[chosen][order]
        self.guest_first = starts_of(offer[chosen][order], offers)
        self.price = np.zeros(offers, dtype=np.int64)
        self.entry = np.full(classes, LOWEST, dtype=np.int64)
        outside = np.flatnonzero(self.matched_to[seeker] < 0)
        key = group[seeker[outside]] * offers + offer[outside]
        self.outside = maximum_by(key, gain[outside], classes * offers, LOWEST).reshape(classes, offers)

    def settle(self) -> None:
        """Raise labels until nothing changes; a flow that is not optimal would never settle."""
        active = np.flatnonzero(self.occupied)
        rounds = 0
        while len(active):
            rounds += 1
            if rounds > 4 * (len(self.price) + len(self.entry)) + 8:
                raise SolverFailed("prices do not settle: the flow is not optimal")
            before = self.price.copy()
            self._raise_from(active)
            active = np.flatnonzero((self.price > before) & self.occupied)

    def _raise_from(self, active: np.ndarray) -> None:
        guests = self.guests[spread(self.guest_first[active], np.diff(self.guest_first)[active])]
        arc = self.matched_to[guests]
        debt = self.price[self.offer[arc]] - self.gain[arc]
        entry = np.maximum(self.entry, maximum_by(self.group[guests], debt, len(self.entry), LOWEST))
        lengths = np.diff(self.first)[guests]
        arcs = spread(self.first[guests], lengths)
        np.maximum.at(self.price, self.offer[arcs], self.gain[arcs] + np.repeat(debt, lengths))
        for number in np.flatnonzero(entry > self.entry).tolist():
            open_ = self.outside[number] > LOWEST
            self.price[open_] = np.maximum(self.price[open_], self.outside[number][open_] + entry[number])
        self.entry = entry
        if self.free.any():
            floor = self.price[self.free].max()
            self.price[self.occupied] = np.maximum(self.price[self.occupied], floor)


def settle(
    seeker: np.ndarray,
    offer: np.ndarray,
    gain: np.ndarray,
    group: np.ndarray,
    classes: int,
    capacity: np.ndarray,
    used: np.ndarray,
) -> Prices:
    """Return the prices of an optimal flow.

    Args:
        seeker, offer, gain: arcs sorted by seeker; int32, int32, int64.
        group: int64 (seekers), class number; classes: how many.
        capacity: int64 (offers).
        used: bool (arcs), the flow.

    Raises:
        SolverFailed: the flow is not optimal for its class counts.
    """
    labels = _Labels(seeker, offer, gain, group, classes, capacity, used)
    labels.settle()
    floor = int(labels.price[labels.free].max()) if labels.free.any() else int(labels.price.min(initial=0))
    price = np.where(labels.free, 0, np.maximum(labels.price - floor, 0))
    arc = labels.matched_to
    worth = np.zeros(len(group), dtype=np.int64)
    placed = np.flatnonzero(arc >= 0)
    worth[placed] = gain[arc[placed]] - price[offer[arc[placed]]]
    threshold = np.full(classes, HIGHEST, dtype=np.int64)
    np.minimum.at(threshold, group[placed], worth[placed])
    return Prices(price, arc, worth, threshold)


def better_arcs(
    prices: Prices, seeker: np.ndarray, offer: np.ndarray, gain: np.ndarray, group: np.ndarray
) -> np.ndarray:
    """Return the arcs (bool) that would improve the flow; none at all is the proof of the optimum."""
    return gain - prices.offer[offer] > prices.reach(group)[seeker]


@dataclass(frozen=True)
class Face:
    """All optimal flows at once.

    Attributes:
        arcs: int64, numbers of the arcs that some optimal flow may use.
        must, barred: bool (seekers), placed in every, in no optimal flow.
        filled: bool (offers), full in every optimal flow.
    """

    arcs: np.ndarray
    must: np.ndarray
    barred: np.ndarray
    filled: np.ndarray


def face(prices: Prices, seeker: np.ndarray, offer: np.ndarray, gain: np.ndarray, group: np.ndarray) -> Face:
    """Return the optimal flows by complementary slackness with the prices."""
    left = gain - prices.offer[offer]
    seekers = len(group)
    best = maximum_by(seeker, left, seekers, LOWEST)
    placed = prices.matched_to >= 0
    level = prices.threshold[group]
    best = np.where(placed, prices.worth, best)
    must = placed & (best > level)
    barred = ~placed & (best < level)
    arcs = np.flatnonzero((left == best[seeker]) & ~barred[seeker])
    return Face(arcs, must, barred, prices.offer > 0)
