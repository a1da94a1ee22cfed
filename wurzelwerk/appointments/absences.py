"""Who is away when: the one place at which the calendar asks for absences."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

Days = tuple[date, date]


def away(user_ids: Collection[UUID], *, first: date, last: date) -> dict[UUID, list[Days]]:
    """Return colleague -> whole days away (first and last, both included) that touch these days."""
    return {}
