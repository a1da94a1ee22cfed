"""A whole round: who may be proposed what, the best allocation, reserves, near misses, and the proof of it all.

Proposes and explains, never decides. The result stands on its own: hash of the inputs, versions of the rules, figures
of the proof. Nothing here knows what is being offered.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from wurzelwerk.matching import allocation, misses, reserve
from wurzelwerk.matching.allocation import LEXICOGRAPHIC, Placement
from wurzelwerk.matching.errors import BadInput
from wurzelwerk.matching.explain import Explanation, Miss, explain, explain_many, miss_texts
from wurzelwerk.matching.pairing import Pairing, pair_up
from wurzelwerk.matching.ranges import starts_of
from wurzelwerk.matching.rules import RuleSet, Table, fingerprint, forbidden_columns
from wurzelwerk.matching.tables import Problem, problem
from wurzelwerk.matching.words import translate as _

RESERVE = 5


@dataclass(frozen=True)
class RoundResult:
    """The outcome of a round; row numbers refer to `seekers` and `offers`, which are sorted by id.

    Attributes:
        objective: ``lexicographic`` or ``score``.
        seekers, offers: the tables in id order.
        rules: the rules asked.
        pairing: all allowed pairs, and what has to be clarified.
        problem: what was solved; pair numbers are those of `pairing`.
        placement: the allocation with its proof.
        misses: up to three near misses of every seeker left.
        reserve_pairs, reserve_first: ordered reserve, offer after offer.
        inputs_hash: SHA-256 of both tables.
    """

    objective: str
    seekers: Table
    offers: Table
    rules: RuleSet
    pairing: Pairing
    problem: Problem
    placement: Placement
    misses: misses.Misses
    reserve_pairs: np.ndarray
    reserve_first: np.ndarray
    inputs_hash: str

    @property
    def placed(self) -> np.ndarray:
        """Row numbers (int64) of the seekers placed, ascending."""
        return np.flatnonzero(self.placement.pair >= 0)

    @property
    def left(self) -> np.ndarray:
        """Row numbers (int64) of the seekers left without, ascending."""
        return np.flatnonzero(self.placement.pair < 0)

    def placements(self) -> list[tuple[str, str, float]]:
        """Return (seeker id, offer id, score 0..1) of every placement."""
        pairs = self.placement.pair[self.placed]
        where, scores = self.pairing.where[pairs].tolist(), (self.pairing.score[pairs] / 1_000_000).tolist()
        return [
            (self.seekers.ids[one], self.offers.ids[other], score)
            for one, other, score in zip(self.placed.tolist(), where, scores, strict=True)
        ]

    def placement_explanations(self) -> list[Explanation]:
        """Explain every placement, in the order of `placements`."""
        where = self.pairing.where[self.placement.pair[self.placed]]
        return explain_many(self.seekers, self.offers, self.rules, self.placed, where.astype(np.int64))

    def explain(self, seeker_id: str, offer_id: str) -> Explanation:
        """Explain any pair on demand. Raises BadInput for an id that was not in the round."""
        return explain(
            self.seekers, self.offers, self.rules,
            seeker=_row(self.seekers.ids, seeker_id), offer=_row(self.offers.ids, offer_id),
        )  # fmt: skip

    def reserves(self) -> dict[str, list[str]]:
        """Return for every offer with a reserve the seeker ids in order."""
        first, who = self.reserve_first.tolist(), self.pairing.who[self.reserve_pairs].tolist()
        return {
            name: [self.seekers.ids[one] for one in who[first[row] : first[row + 1]]]
            for row, name in enumerate(self.offers.ids)
            if first[row + 1] > first[row]
        }

    def near_misses(self) -> dict[str, list[Miss]]:
        """Return for every seeker left up to three near misses, nearest first."""
        found: dict[str, list[Miss]] = {self.seekers.ids[one]: [] for one in self.left.tolist()}
        texts = miss_texts(self.seekers, self.offers, self.rules, self.misses.who, self.misses.where, self._by_class())
        for one, text in zip(self.misses.who.tolist(), texts, strict=True):
            found[self.seekers.ids[one]].append(text)
        return found

    def _by_class(self) -> np.ndarray:
        """Tell for every near miss whether its offer went to a more urgent class."""
        worst = np.full(len(self.offers.ids), np.iinfo(np.int64).max)
        pairs = self.placement.pair[self.placed]
        worst[self.pairing.where[pairs]] = self.problem.priority[self.placed]
        return worst[self.misses.where] < self.problem.priority[self.misses.who]

    def to_clarify(self) -> dict[str, int]:
        """Return rule name -> pairs that only open questions stand against, counted where this rule is open."""
        totals = self.pairing.unclear.sum(axis=0).tolist()
        return {rule.name: total for rule, total in zip(self.rules.hard, totals, strict=True) if total}

    def to_clarify_of(self, seeker_id: str) -> dict[str, int]:
        """Return the same for one seeker: how many offers wait for an answer to each rule."""
        counts = self.pairing.unclear[_row(self.seekers.ids, seeker_id)].tolist()
        return {rule.name: count for rule, count in zip(self.rules.hard, counts, strict=True) if count}

    def rule_versions(self) -> dict[str, str]:
        """Return rule name -> version, weights included."""
        return self.rules.versions()


def run_round(
    seekers: Table,
    offers: Table,
    rules: RuleSet,
    objective: str = LEXICOGRAPHIC,
    *,
    reserve_length: int = RESERVE,
    time_limit: float = 60.0,
) -> RoundResult:
    """Run a round; each offer takes one seeker.

    Args:
        seekers: a frozen dataclass of columns with at least `ids`, `priority` (1 = most urgent) and `waiting_since`
            (days since 1970-01-01, negative: unknown, counts as 0 days waited).
        offers: a frozen dataclass of columns with at least `ids`.
        rules: hard and soft rules over these two tables.
        objective: ``lexicographic`` or ``score``.
        reserve_length: entries of each offer's reserve at most.

    Raises:
        BadInput: an id twice, or a column the engine must not see. TooLarge: more than can be held or solved exactly.
    """
    for table in (seekers, offers):
        _check(table)
    seekers, offers = in_id_order(seekers), in_id_order(offers)
    count, other = len(seekers.ids), len(offers.ids)
    pairing = pair_up(seekers, offers, rules, seeker_count=count, offer_count=other)
    since = seekers.waiting_since
    waited = np.where(since < 0, 0, int(since.max(initial=0)) - since)
    asked = problem(
        size=np.ones(count), priority=seekers.priority, waited=waited, capacity=np.ones(other),
        seeker=pairing.who, offer=pairing.where, score=pairing.score,
    )  # fmt: skip
    placement = allocation.allocate(asked, objective=objective, time_limit=time_limit)
    placed = placement.pair >= 0
    near = misses.nearest_misses(seekers, offers, rules, pairing, np.flatnonzero(~placed), offer_count=other)
    pairs, first = reserve.reserves(pairing, placed, seekers.priority, waited, offer_count=other, most=reserve_length)
    hashed = fingerprint(seekers, offers)
    return RoundResult(objective, seekers, offers, rules, pairing, asked, placement, near, pairs, first, hashed)


def ranking_for_offer(result: RoundResult, offer_id: str) -> list[tuple[str, float]]:
    """Return all seekers allowed for one offer, in the order of the aims, with their scores 0..1."""
    row = _row(result.offers.ids, offer_id)
    pairs = np.flatnonzero(result.pairing.where == row)
    who, score = result.pairing.who[pairs], result.pairing.score[pairs]
    order = np.lexsort((who, -result.problem.waited[who], -score, result.problem.priority[who]))
    return [(result.seekers.ids[int(who[one])], int(score[one]) / 1_000_000) for one in order.tolist()]


def ranking_for_seeker(result: RoundResult, seeker_id: str) -> list[tuple[str, float]]:
    """Return all offers allowed for one seeker, best score first, with their scores 0..1."""
    row = _row(result.seekers.ids, seeker_id)
    first = starts_of(result.pairing.who, len(result.seekers.ids))
    pairs = np.arange(first[row], first[row + 1])
    order = np.lexsort((result.pairing.where[pairs], -result.pairing.score[pairs]))
    where, score = result.pairing.where[pairs], result.pairing.score[pairs]
    return [(result.offers.ids[int(where[one])], int(score[one]) / 1_000_000) for one in order.tolist()]


def _row(ids: list[str], wanted: str) -> int:
    try:
        return ids.index(wanted)
    except ValueError:
        raise BadInput(_("„{name}“ war nicht in dieser Runde.").format(name=wanted)) from None


def _check(table: Table) -> None:
    hidden = forbidden_columns(table)
    if hidden:
        raise BadInput(_("Diese Spalten darf die Zuordnung nicht sehen: {names}.").format(names=", ".join(hidden)))
    if len(set(table.ids)) != len(table.ids):
        raise BadInput(_("Eine Kennung kommt zweimal vor."))


def in_id_order(table: Table) -> Table:
    """Return the table sorted by id, so that the order of the input never matters."""
    order = sorted(range(len(table.ids)), key=table.ids.__getitem__)
    if order == list(range(len(order))):
        return table
    rows = np.array(order, dtype=np.int64)
    sorted_ = {
        one.name: getattr(table, one.name)[rows]
        for one in fields(table)
        if isinstance(getattr(table, one.name), np.ndarray)
    }
    return replace(table, ids=[table.ids[row] for row in order], **sorted_)
