"""For every seeker left without: the three offers that came nearest, and what stood against each."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wurzelwerk.matching.candidates import Buckets
from wurzelwerk.matching.pairing import Pairing
from wurzelwerk.matching.promising import best_of
from wurzelwerk.matching.ranges import spread, starts_of
from wurzelwerk.matching.rules import MICRO, NO, YES, RuleSet, Table

NEAREST = 3
EXACT_PAIRS = 6_000_000
ENOUGH = 6
SAMPLE = 16
CHUNK = 1 << 20


@dataclass(frozen=True)
class Misses:
    """Up to three pairs a seeker, nearest first.

    Attributes:
        who, where: int64 (misses), sorted by seeker and nearness.
        against: int64 (misses), hard rules that do not say yes; 0 = allowed, but another came first.
        distance: float64 (misses).
    """

    who: np.ndarray
    where: np.ndarray
    against: np.ndarray
    distance: np.ndarray


def nearest_misses(
    seekers: Table, offers: Table, rules: RuleSet, pairing: Pairing, left: np.ndarray, *, offer_count: int
) -> Misses:
    """Return the nearest misses of the seekers `left` (int64, ascending).

    Allowed offers come first, the best score first; then those that the fewest rules stand against, the smallest
    distance first. Seekers with fewer than three allowed offers are held against all offers where the case is small
    enough, and otherwise against those that a single rule keeps away and a sample of the rest.
    """
    allowed = _best_allowed(pairing, left)
    have = np.bincount(np.searchsorted(left, allowed.who), minlength=len(left)) if len(left) else np.zeros(0, int)
    lacking = left[have < NEAREST]
    if len(lacking) == 0 or offer_count == 0:
        return allowed
    if len(lacking) * offer_count <= EXACT_PAIRS:
        parts = _everything(lacking, offer_count)
    else:
        parts = _neighbourhood(pairing, lacking, offer_count)
    found = [allowed, *(_refused(seekers, offers, rules, who, where) for who, where in parts)]
    return _first(_merged(found))


def _best_allowed(pairing: Pairing, left: np.ndarray) -> Misses:
    first = starts_of(pairing.who, int(pairing.who.max(initial=-1)) + 1)
    inside = left[left < len(first) - 1]
    lengths = np.diff(first)[inside]
    pairs = spread(first[inside], lengths)
    who, where = pairing.who[pairs].astype(np.int64), pairing.where[pairs].astype(np.int64)
    score = pairing.score[pairs]
    few = np.flatnonzero(best_of(who, len(first), MICRO - score, np.full(len(first), NEAREST)))
    order = few[np.lexsort((where[few], -score[few], who[few]))]
    who, where = who[order], where[order]
    keep = np.arange(len(who)) - np.searchsorted(who, who) < NEAREST
    count = int(keep.sum())
    return Misses(who[keep], where[keep], np.zeros(count, dtype=np.int64), np.zeros(count))


def _everything(lacking: np.ndarray, offer_count: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    step = max(1, CHUNK // offer_count)
    every = np.arange(offer_count)
    for begin in range(0, len(lacking), step):
        some = lacking[begin : begin + step]
        yield np.repeat(some, offer_count), np.tile(every, len(some))


def _neighbourhood(pairing: Pairing, lacking: np.ndarray, offer_count: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield pairs worth looking at: unclear, too dear, kept away by a single quick test, and a sample of the rest."""
    buckets = pairing.buckets
    unclear = np.flatnonzero(np.isin(pairing.unclear_who, lacking))
    yield pairing.unclear_who[unclear].astype(np.int64), pairing.unclear_where[unclear].astype(np.int64)
    seekers = len(buckets.limit)
    for skip in (None, *range(len(buckets.sieves))):
        yield from _relaxed(buckets, lacking, skip, np.zeros(seekers, dtype=np.int64))
    sample = np.linspace(0, offer_count - 1, min(SAMPLE, offer_count)).astype(np.int64)
    for begin in range(0, len(lacking), CHUNK // SAMPLE):
        some = lacking[begin : begin + CHUNK // SAMPLE]
        yield np.repeat(some, len(sample)), np.tile(sample, len(some))


def _relaxed(
    buckets: Buckets, lacking: np.ndarray, skip: int | None, taken: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield pairs that pass all quick tests but one: the amount (`skip` is None, just above the limit) or test `skip`.

    A seeker takes at most two offers of a bucket and stops after `ENOUGH`, counted in `taken`.
    """
    who_parts, where_parts = [], []
    for bucket, rows in buckets.walk(lacking, skip=skip, still=lambda rows: rows[taken[rows] < ENOUGH]):
        first, end = buckets.first[bucket], buckets.first[bucket + 1]
        fits = first + np.searchsorted(buckets.value[first:end], buckets.limit[rows], side="right")
        begin = fits if skip is None else np.maximum(fits - 2, first)
        count = np.clip((end if skip is None else fits) - begin, 0, 2)
        taken[rows] += count
        who_parts.append(np.repeat(rows, count))
        where_parts.append(buckets.order[spread(begin, count)])
    if who_parts:
        yield np.concatenate(who_parts), np.concatenate(where_parts)


def _refused(seekers: Table, offers: Table, rules: RuleSet, who: np.ndarray, where: np.ndarray) -> Misses:
    """Return the pairs that are not allowed, with what stands against them; the nearest three a seeker."""
    answers = rules.answers(seekers, offers, who, where)
    against = (answers != YES).sum(axis=0)
    firm = (answers == NO).sum(axis=0)
    distance = np.zeros(len(who))
    for number, rule in enumerate(rules.hard):
        rows = np.flatnonzero(answers[number] != YES)
        if len(rows):
            distance[rows] += rule.distance(seekers, offers, who[rows], where[rows])
    rows = np.flatnonzero(against > 0)
    found = Misses(who[rows], where[rows], against[rows], distance[rows] + firm[rows])
    return _first(found)


def _merged(found: list[Misses]) -> Misses:
    """Join findings, dropping pairs found twice."""
    who, where, against, distance = (
        np.concatenate([getattr(one, column) for one in found]) for column in ("who", "where", "against", "distance")
    )
    __, once = np.unique((who << 32) | where, return_index=True)
    once.sort()
    return Misses(who[once], where[once], against[once], distance[once])


def _first(found: Misses) -> Misses:
    """Keep the nearest three of each seeker; allowed ones stay in the order they have."""
    place = np.where(found.against == 0, np.arange(len(found.who)), 0)
    order = np.lexsort((found.where, place, found.distance, np.minimum(found.against, 1), found.who))
    who = found.who[order]
    keep = order[np.arange(len(who)) - np.searchsorted(who, who) < NEAREST]
    return Misses(found.who[keep], found.where[keep], found.against[keep], found.distance[keep])
