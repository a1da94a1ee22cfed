"""Look up text ids in bulk: a hash table over machine words, without one Python object per field."""

import numpy as np

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MASKS = np.array([(1 << (8 * size)) - 1 for size in range(9)], dtype=np.uint64)
PADDING = 80
LONGEST = 64


def words_at(buffer: np.ndarray, starts: np.ndarray, lengths: np.ndarray, words: int) -> list[np.ndarray]:
    """Return the bytes of fields as `words` arrays of 8-byte words, cut off at each field's end.

    Args:
        buffer: uint8 bytes, padded with at least `PADDING` bytes after the last field.
        starts, lengths: int64 place and length in bytes of each field.
        words: how many words a field can take.
    """
    view = np.ndarray((len(buffer) - 7,), dtype="<u8", buffer=buffer, strides=(1,))
    taken = []
    for word in range(words):
        size = np.clip(lengths - 8 * word, 0, 8)
        taken.append(view[starts + 8 * word] & _MASKS[size])
    return taken


def _hash(words: list[np.ndarray], bits: int) -> np.ndarray:
    mixed = words[0] * _MULTIPLIER
    for word in words[1:]:
        mixed = ((mixed >> np.uint64(29)) ^ mixed ^ word) * _MULTIPLIER
    mixed ^= mixed >> np.uint64(32)
    return ((mixed * _MULTIPLIER) >> np.uint64(64 - bits)).astype(np.int64)


class Keys:
    """A fixed set of distinct ids, numbered 0..n-1, that finds the numbers of many fields at once.

    Args:
        ids: distinct ids as UTF-8 bytes, in the order of their numbers.
    """

    def __init__(self, ids: list[bytes]) -> None:
        self.count = len(ids)
        longest = max((len(one) for one in ids), default=1)
        self._longest = min(longest, LONGEST)
        self._long: dict[bytes, int] | None = None
        if longest > LONGEST:
            self._long = {one: number for number, one in enumerate(ids)}
        self._words = max(1, -(-self._longest // 8))
        buffer = np.frombuffer(b"".join(ids) + bytes(PADDING), dtype=np.uint8)
        self._lengths = np.fromiter((len(one) for one in ids), dtype=np.int64, count=self.count)
        starts = np.cumsum(self._lengths) - self._lengths
        self._own = words_at(buffer, starts, self._lengths, self._words)
        self._bits = max(4, int(4 * self.count).bit_length())
        self._fill()

    def _fill(self) -> None:
        self._table = np.full(1 << self._bits, -1, dtype=np.int32)
        waiting = np.arange(self.count)
        slot = _hash(self._own, self._bits)
        while len(waiting):
            free = self._table[slot] < 0
            self._table[slot[free]] = waiting[free]
            lost = self._table[slot] != waiting
            waiting = waiting[lost]
            slot = (slot[lost] + 1) & (len(self._table) - 1)

    def find(self, buffer: np.ndarray, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Return the number of each field's id as int32, -1 where the id is unknown."""
        if self._long is not None:
            return self._find_long(self._long, buffer, starts, lengths)
        words = words_at(buffer, starts, np.minimum(lengths, 8 * self._words), self._words)
        slot = _hash(words, self._bits)
        found = self._table[slot]
        same = self._same(found, words, lengths)
        open_ = np.flatnonzero((found >= 0) & ~same)
        found[~same] = -1
        self._probe(found, open_, slot, words, lengths)
        return found

    @staticmethod
    def _find_long(known: dict[bytes, int], buffer: np.ndarray, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Look ids of more than `LONGEST` bytes up one by one."""
        first = int(starts.min(initial=len(buffer)))
        raw = buffer[first : int((starts + lengths).max(initial=0))].tobytes()
        places = zip((starts - first).tolist(), lengths.tolist(), strict=True)
        numbers = (known.get(raw[start : start + length], -1) for start, length in places)
        return np.fromiter(numbers, dtype=np.int32, count=len(starts))

    def _probe(
        self, found: np.ndarray, open_: np.ndarray, slot: np.ndarray, words: list[np.ndarray], lengths: np.ndarray
    ) -> None:
        while len(open_):
            slot[open_] = (slot[open_] + 1) & (len(self._table) - 1)
            guess = self._table[slot[open_]]
            same = self._same(guess, [word[open_] for word in words], lengths[open_])
            found[open_[same]] = guess[same]
            open_ = open_[(guess >= 0) & ~same]

    def _same(self, numbers: np.ndarray, words: list[np.ndarray], lengths: np.ndarray) -> np.ndarray:
        if self.count == 0:
            return np.zeros(len(numbers), dtype=bool)
        same = (numbers >= 0) & (self._lengths[numbers] == lengths)
        for own, word in zip(self._own, words, strict=True):
            same &= own[numbers] == word
        return same
