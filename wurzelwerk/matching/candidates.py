"""Find the pairs worth asking the rules about, without comparing all with all.

Rules that can, give a quick necessary test: codes that may go together (`Sieve`), or one amount with a limit
(`Ceiling`). Offers are bucketed by their codes and sorted by the amount inside each bucket; a seeker then takes the
front of every bucket that suits its own codes. What comes out is a superset of the allowed and the unclear pairs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from wurzelwerk.matching.ranges import spread
from wurzelwerk.matching.rules import Ceiling, RuleSet, Sieve, Table

MOST_BUCKETS = 4096
CHUNK = 1 << 20


@dataclass(frozen=True)
class Buckets:
    """Offers grouped by their codes, seekers with theirs.

    Attributes:
        sieves: the quick tests in use, the most selective first.
        offer_codes: int64 (buckets, sieves), in ascending order of their rows.
        order, first: offers sorted by bucket and amount; where each bucket begins (and the end).
        value: int64, amount of the offers in `order`. limit: int64, limit of each seeker.
    """

    sieves: tuple[Sieve, ...]
    offer_codes: np.ndarray
    order: np.ndarray
    first: np.ndarray
    value: np.ndarray
    limit: np.ndarray

    def walk(
        self, rows: np.ndarray, *, skip: int | None = None, still: Callable[[np.ndarray], np.ndarray] | None = None
    ) -> Iterator[tuple[int, np.ndarray]]:
        """Yield (bucket, seekers) for all seekers whose codes suit the bucket; empty ones are left out.

        Args:
            rows: int64, the seekers to be considered.
            skip: number of a quick test that is not asked.
            still: narrows the seekers on the way down, for walks that have enough of some.
        """
        yield from self._walk(0, 0, len(self.offer_codes), rows, skip, still)

    def _walk(
        self,
        level: int,
        begin: int,
        end: int,
        rows: np.ndarray,
        skip: int | None,
        still: Callable[[np.ndarray], np.ndarray] | None,
    ) -> Iterator[tuple[int, np.ndarray]]:
        if still is not None:
            rows = still(rows)
        if len(rows) == 0 or begin == end:
            return
        if level == len(self.sieves):
            yield begin, rows
            return
        sieve = self.sieves[level]
        codes = self.offer_codes[begin:end, level]
        edges = begin + np.flatnonzero(np.diff(codes, prepend=codes[0] - 1))
        for start, stop in zip(edges.tolist(), [*edges[1:].tolist(), end], strict=True):
            some = rows
            if level != skip:
                some = rows[sieve.may[:, self.offer_codes[start, level]][sieve.seeker[rows]]]
            yield from self._walk(level + 1, start, stop, some, skip, still)


def buckets_of(seekers: Table, offers: Table, rules: RuleSet, *, seeker_count: int, offer_count: int) -> Buckets:
    """Group offers by the quick tests of the rules."""
    quick = [rule.quick(seekers, offers) for rule in rules.hard]
    ceiling = next((one for one in quick if isinstance(one, Ceiling)), None)
    chosen, codes = [], np.zeros((offer_count, 0), dtype=np.int64)
    for one in sorted((one for one in quick if isinstance(one, Sieve)), key=_passing):
        wider = np.column_stack([codes, one.offer])
        if len(np.unique(wider, axis=0)) <= MOST_BUCKETS:
            chosen.append(one)
            codes = wider
    value = ceiling.value if ceiling else np.zeros(offer_count, dtype=np.int64)
    limit = ceiling.limit if ceiling else np.zeros(seeker_count, dtype=np.int64)
    offer_codes, bucket = _grouped(codes, offer_count)
    order = np.lexsort((np.arange(offer_count), value, bucket))
    first = np.searchsorted(bucket[order], np.arange(len(offer_codes) + 1))
    return Buckets(tuple(chosen), offer_codes, order, first, value[order], limit)


def _passing(sieve: Sieve) -> float:
    """Return the share of all pairs that pass a quick test."""
    seekers = np.bincount(sieve.seeker, minlength=sieve.may.shape[0])
    offers = np.bincount(sieve.offer, minlength=sieve.may.shape[1])
    return float(seekers @ sieve.may.astype(np.float64) @ offers) / max(1, len(sieve.seeker) * len(sieve.offer))


def _grouped(codes: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the different rows of codes, and which of them each row is."""
    if count == 0 or codes.shape[1] == 0:
        return np.zeros((min(count, 1), codes.shape[1]), dtype=np.int64), np.zeros(count, dtype=np.int64)
    rows, which = np.unique(codes, axis=0, return_inverse=True)
    return rows, which.reshape(-1)


def candidate_pairs(buckets: Buckets) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the candidate pairs in chunks as (seekers, offers), int64."""
    held: list[tuple[np.ndarray, np.ndarray]] = []
    size = 0
    for bucket, who in buckets.walk(np.arange(len(buckets.limit))):
        begin, end = buckets.first[bucket], buckets.first[bucket + 1]
        counts = np.searchsorted(buckets.value[begin:end], buckets.limit[who], side="right")
        for part in _parts(counts):
            some = counts[part]
            places = spread(np.full(len(some), begin), some)
            held.append((np.repeat(who[part], some), buckets.order[places]))
            size += len(places)
            if size >= CHUNK:
                yield _joined(held)
                held, size = [], 0
    if held:
        yield _joined(held)


def _parts(counts: np.ndarray) -> Iterator[slice]:
    """Yield slices of rows whose counts sum up to about a chunk."""
    total = np.cumsum(counts)
    begin = 0
    while begin < len(counts):
        before = int(total[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, before + CHUNK, side="right")))
        yield slice(begin, end)
        begin = end


def _joined(held: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    return np.concatenate([one for one, __ in held]), np.concatenate([other for __, other in held])
