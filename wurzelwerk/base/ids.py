"""Identifiers: time-ordered for rows, purely random where a key must tell nothing."""

import os
import random
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .clock import now

_entropy: ContextVar[Callable[[int], bytes]] = ContextVar("entropy", default=os.urandom)
_COUNTER_BITS = 26


class _Steps:
    """Counts the ids that one process makes within one millisecond."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest = (0, 0)

    def next(self, milliseconds: int, count: int = 1) -> int:
        """Return 0 for the first id of a millisecond, then 1, 2, …; `count` steps are taken from there."""
        with self._lock:
            step = self._latest[1] + 1 if self._latest[0] == milliseconds else 0
            self._latest = (milliseconds, step + count - 1)
            return step


_steps = _Steps()


def new_id() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562): ordered by the house's clock, so that indexes stay compact.

    Ids of one process and one millisecond rise too (RFC 9562, 6.2, method 1: 26 bits behind the time count up), so
    that rows which one action writes at one time keep their order.
    """
    return new_ids(1)[0]


def new_ids(count: int) -> list[uuid.UUID]:
    """Return so many of them in rising order, drawn at once: for many rows that are written together."""
    milliseconds = int(now().timestamp() * 1000)
    first, drawn = _steps.next(milliseconds, count), _entropy.get()(6 * count)
    base = (milliseconds & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | 0x2 << 62
    found = []
    for place in range(count):
        high, low = divmod((first + place) & ((1 << _COUNTER_BITS) - 1), 1 << 14)
        tail = int.from_bytes(drawn[6 * place : 6 * place + 6], "big")
        found.append(uuid.UUID(int=base | high << 64 | low << 48 | tail))
    return found


def random_key() -> uuid.UUID:
    """Return a UUID version 4: a pseudonym that betrays neither time nor order."""
    return uuid.UUID(bytes=_entropy.get()(16), version=4)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Draw identifiers from a seed, so that an invented world comes out the same; never for real data."""
    token = _entropy.set(random.Random(seed).randbytes)  # noqa: S311 - invented worlds only
    try:
        yield
    finally:
        _entropy.reset(token)
