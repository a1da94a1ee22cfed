"""Allocate seekers of different sizes: whole-number programmes on HiGHS, one aim after another.

Each aim (count of class 1, of class 2, …, score, days waited) is solved with gap 0 and then held fixed as a row, so
no aim is weighed against another. The answer is rounded to whole numbers and counted again here; a bound that the
solver could not close in time is reported as the gap.

HiGHS is called through SciPy and not through `highspy`: the libraries that `highspy` and OR-Tools bring have the same
name, and only one of them can be loaded in one process.
"""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from wurzelwerk.matching.engine import LEXICOGRAPHIC, Placement
from wurzelwerk.matching.errors import SolverFailed, TooLarge
from wurzelwerk.matching.tables import Problem
from wurzelwerk.matching.words import translate as _

EXACT_SUM = 1 << 50
_TOLERANCE = 1e-6


@dataclass
class _Aim:
    name: str
    gain: np.ndarray
    value: int = 0
    bound: float = 0.0
    proven: bool = True

    def gap(self) -> float:
        """Relative distance from the value to the bound."""
        return 0.0 if self.proven else max(0.0, (self.bound - self.value) / max(1.0, abs(self.bound)))


def allocate(problem: Problem, *, objective: str = LEXICOGRAPHIC, time_limit: float = 60.0) -> Placement:
    """Solve a problem with sizes; a seeker is never split.

    Args:
        problem: columns, see `tables.Problem`.
        objective: ``lexicographic`` or ``score``.
        time_limit: seconds for all aims together; past it the best found is returned with its gap.

    Raises:
        TooLarge: sums that a double does not hold exactly.
        SolverFailed: the answer breaks a capacity.
    """
    _check_exact(problem)
    fits = problem.size[problem.seeker] <= problem.capacity[problem.offer]
    pairs = np.flatnonzero(fits)
    if len(pairs) == 0:
        return Placement(np.full(problem.seekers, -1, dtype=np.int64), proof={"aims": []})
    until = time.monotonic() + time_limit
    model = _Model(problem, pairs)
    taken, done = _first_guess(problem, pairs), []
    for aim in _aims(problem, pairs, objective):
        taken = model.improve(aim, taken, until)
        done.append(aim)
        if not aim.proven:
            break
        model.hold(aim)
    _check(problem, pairs, taken)
    pair = np.full(problem.seekers, -1, dtype=np.int64)
    pair[problem.seeker[pairs[taken]]] = pairs[taken]
    aims = [{"aim": one.name, "value": one.value, "bound": one.bound, "proven": one.proven} for one in done]
    return Placement(pair, optimal=done[-1].proven, gap=done[-1].gap(), proof={"aims": aims})


def _check_exact(problem: Problem) -> None:
    score = int(problem.score.max(initial=0)) * max(1, problem.seekers)
    units = int(problem.size.max(initial=0)) * max(1, problem.seekers)
    if max(score, units, int(problem.waited.max(initial=0)) * max(1, problem.seekers)) > EXACT_SUM:
        raise TooLarge(_("Die Werte sind größer, als mit Größen genau gerechnet werden kann."))


def _aims(problem: Problem, pairs: np.ndarray, objective: str) -> list[_Aim]:
    score = _Aim("score", problem.score[pairs])
    if objective != LEXICOGRAPHIC:
        return [score]
    found, group = problem.classes()
    own = group[problem.seeker[pairs]]
    counts = [_Aim(f"class {int(found[one])}", (own == one).astype(np.int64)) for one in np.unique(own).tolist()]
    waited = problem.waited[problem.seeker[pairs]]
    last = [_Aim("days waited", waited)] if int(waited.max()) > 0 else []
    return [*counts, score, *last]


def _first_guess(problem: Problem, pairs: np.ndarray) -> np.ndarray:
    """Return a plain greedy answer (bool): urgent first, small first, best score first."""
    seeker, offer = problem.seeker[pairs], problem.offer[pairs]
    order = np.lexsort((offer, -problem.score[pairs], seeker, problem.size[seeker], problem.priority[seeker]))
    room = problem.capacity.tolist()
    size, placed = problem.size.tolist(), set()
    taken = np.zeros(len(pairs), dtype=bool)
    for number in order.tolist():
        who, where = int(seeker[number]), int(offer[number])
        if who not in placed and size[who] <= room[where]:
            placed.add(who)
            room[where] -= size[who]
            taken[number] = True
    return taken


class _Model:
    """The programme: a column a pair, a row a seeker, a row an offer, a row for each aim already reached."""

    def __init__(self, problem: Problem, pairs: np.ndarray) -> None:
        from scipy import sparse

        self._seeker, self._offer = problem.seeker[pairs], problem.offer[pairs]
        self._size, self._capacity = problem.size[self._seeker], problem.capacity
        count = len(pairs)
        columns = np.arange(count)
        shape = (problem.seekers + problem.offers, count)
        rows = np.concatenate([self._seeker, problem.seekers + self._offer])
        values = np.concatenate([np.ones(count), self._size.astype(np.float64)])
        self._matrix = sparse.csr_array((values, (rows, np.concatenate([columns, columns]))), shape=shape)
        self._upper = np.concatenate([np.ones(problem.seekers), problem.capacity]).astype(np.float64)
        self._held: list[_Aim] = []

    def improve(self, aim: _Aim, taken: np.ndarray, until: float) -> np.ndarray:
        """Solve for one aim, never falling behind what is there; fills the aim's value, bound and proof."""
        aim.value, aim.bound = int(aim.gain[taken].sum()), float(self._easy_bound(aim))
        aim.proven = aim.value >= aim.bound
        left = until - time.monotonic()
        if aim.proven or left <= 0:
            return taken
        answer = self._solve(aim, left)
        found = self._whole(answer.x)
        if found is not None and int(aim.gain[found].sum()) >= aim.value:
            taken = found
        aim.value = int(aim.gain[taken].sum())
        if answer.mip_dual_bound is not None and np.isfinite(answer.mip_dual_bound):
            aim.bound = min(aim.bound, -float(answer.mip_dual_bound))
        slack = max(_TOLERANCE, 1e-12 * abs(aim.bound))
        aim.proven = aim.value >= int(np.floor(aim.bound + slack))
        aim.bound = float(aim.value) if aim.proven else aim.bound
        return taken

    def _solve(self, aim: _Aim, seconds: float) -> Any:
        from scipy import optimize

        rows = [optimize.LinearConstraint(self._matrix, ub=self._upper)]
        for held in self._held:
            row = held.gain.astype(np.float64).reshape(1, -1)
            rows.append(optimize.LinearConstraint(row, lb=held.value - 0.5))
        return optimize.milp(
            -aim.gain.astype(np.float64), constraints=rows, integrality=1, bounds=optimize.Bounds(0, 1),
            options={"mip_rel_gap": 0.0, "time_limit": seconds, "disp": False},
        )  # fmt: skip

    def _easy_bound(self, aim: _Aim) -> int:
        """Each seeker with its best pair: nothing can be better."""
        best = np.zeros(int(self._seeker.max()) + 1, dtype=np.int64)
        np.maximum.at(best, self._seeker, aim.gain)
        return int(best.sum())

    def _whole(self, values: np.ndarray | None) -> np.ndarray | None:
        """Return the solver's answer as whole numbers, or None if it has none that stands up to counting."""
        if values is None:
            return None
        chosen = values > 0.5
        load = np.zeros(len(self._capacity), dtype=np.int64)
        np.add.at(load, self._offer[chosen], self._size[chosen])
        times = np.bincount(self._seeker[chosen], minlength=1)
        sound = bool((load <= self._capacity).all()) and int(times.max()) <= 1
        kept = all(int(aim.gain[chosen].sum()) >= aim.value for aim in self._held)
        return chosen if sound and kept else None

    def hold(self, aim: _Aim) -> None:
        """Keep the value of a proven aim from now on."""
        if aim.value > 0:
            self._held.append(aim)


def _check(problem: Problem, pairs: np.ndarray, taken: np.ndarray) -> None:
    chosen = pairs[taken]
    who, where = problem.seeker[chosen], problem.offer[chosen]
    load = np.zeros(problem.offers, dtype=np.int64)
    np.add.at(load, where, problem.size[who])
    if (load > problem.capacity).any() or np.bincount(who, minlength=1).max() > 1:
        raise SolverFailed("the whole-number answer breaks a capacity")
