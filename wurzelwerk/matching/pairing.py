"""Ask the rules about all candidate pairs: which are allowed, how good they are, what has to be clarified."""

from dataclasses import dataclass

import numpy as np

from wurzelwerk.matching import candidates
from wurzelwerk.matching.errors import TooLarge
from wurzelwerk.matching.rules import NO, UNKNOWN, RuleSet, Table
from wurzelwerk.matching.words import number
from wurzelwerk.matching.words import translate as _

MOST_PAIRS = 120_000_000


@dataclass(frozen=True)
class Pairing:
    """The outcome for all pairs.

    Attributes:
        who, where: int32 (allowed pairs), sorted by seeker, then offer.
        score: int64 (allowed pairs), millionths.
        unclear: int64 (seekers, hard rules): offers that only unknown answers stand against, counted by rule.
        unclear_who, unclear_where: int32, up to `UNCLEAR_KEPT` unclear pairs a seeker.
        buckets: the quick tests, kept for the search for near misses.
    """

    who: np.ndarray
    where: np.ndarray
    score: np.ndarray
    unclear: np.ndarray
    unclear_who: np.ndarray
    unclear_where: np.ndarray
    buckets: candidates.Buckets


UNCLEAR_KEPT = 3


def pair_up(seekers: Table, offers: Table, rules: RuleSet, *, seeker_count: int, offer_count: int) -> Pairing:
    """Return all allowed pairs with their scores.

    Raises:
        TooLarge: more allowed pairs than fit into memory.
    """
    buckets = candidates.buckets_of(seekers, offers, rules, seeker_count=seeker_count, offer_count=offer_count)
    unclear = np.zeros((seeker_count, len(rules.hard)), dtype=np.int64)
    kept: list[tuple[np.ndarray, ...]] = []
    open_: list[tuple[np.ndarray, np.ndarray]] = []
    total = 0
    for who, where in candidates.candidate_pairs(buckets):
        answers = rules.answers(seekers, offers, who, where)
        refused = (answers == NO).any(axis=0)
        doubtful = (answers == UNKNOWN).any(axis=0) & ~refused
        _count_unclear(unclear, who[doubtful], answers[:, doubtful])
        open_.append(_first_few(who[doubtful], where[doubtful]))
        passed = ~refused & ~doubtful
        one, other = who[passed], where[passed]
        kept.append((one.astype(np.int32), other.astype(np.int32), rules.scores(seekers, offers, one, other)))
        total += len(one)
        if total > MOST_PAIRS:
            message = _("Mehr als {count} mögliche Paare; bitte die Runde teilen.")
            raise TooLarge(message.format(count=number(MOST_PAIRS)))
    return Pairing(*_sorted_pairs(kept), unclear, *_sorted_open(open_), buckets)


def _count_unclear(unclear: np.ndarray, who: np.ndarray, answers: np.ndarray) -> None:
    for rule in range(answers.shape[0]):
        unclear[:, rule] += np.bincount(who[answers[rule] == UNKNOWN], minlength=len(unclear))


def _first_few(who: np.ndarray, where: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keep a few pairs of each seeker, those with the smallest offer numbers."""
    order = np.lexsort((where, who))
    who, where = who[order].astype(np.int32), where[order].astype(np.int32)
    place = np.arange(len(who)) - np.searchsorted(who, who)
    return who[place < UNCLEAR_KEPT], where[place < UNCLEAR_KEPT]


def _sorted_pairs(kept: list[tuple[np.ndarray, ...]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if not kept:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64)
    who, where, score = (np.concatenate([part[place] for part in kept]) for place in range(3))
    kept.clear()
    order = np.argsort((who.astype(np.int64) << 32) | where, kind="stable")
    return who[order], where[order], score[order]


def _sorted_open(open_: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    if not open_:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    return _first_few(np.concatenate([one for one, __ in open_]), np.concatenate([other for __, other in open_]))
