"""Who is away when: the one place at which the calendar asks for absences."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from wurzelwerk.network.absences import away_on

Days = tuple[date, date]


def away(user_ids: Collection[UUID], *, first: date, last: date) -> dict[UUID, list[Days]]:
    """Return colleague -> whole days away (first and last, both included) that touch these days (one query)."""
    found = away_on(user_ids, first, last)
    return {user: [(one.from_, one.until) for one in rows] for user, rows in found.items()}
