"""Stretches of time: cut out of one another, counted in steps. Nothing here knows a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

GRID = timedelta(minutes=5)
"""In steps of this a room belongs to somebody."""


@dataclass(frozen=True, order=True)
class Span:
    """From a moment (included) to another (not included), both aware."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Span") -> bool:
        """Say whether both share any time; one that begins when the other ends does not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    @property
    def minutes(self) -> int:
        """Its length, also across a change of the clocks."""
        return int((self.ends_at.astimezone(UTC) - self.starts_at.astimezone(UTC)).total_seconds() // 60)


def without(whole: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what is left of some stretches when others are cut out, in order."""
    left = sorted(whole)
    for cut in sorted(taken):
        left = [part for span in left for part in _cut(span, cut)]
    return left


def _cut(span: Span, cut: Span) -> Iterator[Span]:
    if not span.meets(cut):
        yield span
        return
    if span.starts_at < cut.starts_at:
        yield Span(span.starts_at, cut.starts_at)
    if cut.ends_at < span.ends_at:
        yield Span(cut.ends_at, span.ends_at)


def grid(span: Span) -> list[datetime]:
    """Return the beginnings (UTC) of all five minutes that a stretch touches."""
    first = span.starts_at.astimezone(UTC)
    at = first - timedelta(minutes=first.minute % 5, seconds=first.second, microseconds=first.microsecond)
    found = []
    while at < span.ends_at:
        found.append(at)
        at += GRID
    return found


def steps(span: Span, *, step: timedelta, length: timedelta) -> Iterator[Span]:
    """Yield stretches of a length within another, beginning on full steps of the hour."""
    first = span.starts_at.astimezone(UTC)
    minutes = int(step.total_seconds() // 60)
    over = timedelta(minutes=first.minute % minutes, seconds=first.second, microseconds=first.microsecond)
    at = first - over + step if over else first
    while at + length <= span.ends_at:
        yield Span(at, at + length)
        at += step
