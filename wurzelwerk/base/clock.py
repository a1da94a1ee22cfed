"""The one clock. Actions get the time passed in; only faces and jobs read it here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """Return the aware present, or the time set by `frozen`."""
    return _frozen.get() or timezone.now()


def today() -> date:
    """Return the present day in the city's time zone."""
    return local_day(now())


def local_day(at: datetime) -> date:
    """Return the calendar day of an aware time in the city's time zone."""
    return timezone.localtime(at).date()


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Hold the clock at `at` (aware) for tests and the demo city."""
    token = _frozen.set(at)
    try:
        yield at
    finally:
        _frozen.reset(token)
