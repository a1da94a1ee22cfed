"""Who is away when. The kind of an absence concerns the person and their lead alone: nothing here tells it.

away_on([user.pk], date(2026, 3, 16), date(2026, 3, 20))   -> {user_id: [Away, …]}; one query
away_until([user.pk], on=today)                            -> {user_id: last day}; one query
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from .models import Absence


@dataclass(frozen=True)
class Away:
    """Somebody is away from one day to another, both included."""

    absence_id: UUID
    user_id: UUID
    from_: date
    until: date


def away_on(users: Iterable[UUID], from_: date, until: date) -> dict[UUID, list[Away]]:
    """Return user id -> their absences that touch the days from `from_` to `until`, in order (one query).

    Who is not away in these days is not in it.
    """
    rows = Absence.objects.filter(
        user_id__in=list(users), cancelled_at__isnull=True, starts_on__lte=until, ends_on__gte=from_
    )
    found: dict[UUID, list[Away]] = {}
    for row in rows.order_by("starts_on").values_list("pk", "user_id", "starts_on", "ends_on"):
        found.setdefault(row[1], []).append(Away(*row))
    return found


def away_until(users: Iterable[UUID], *, on: date) -> dict[UUID, date]:
    """Return user id -> last day of the absence in which they are on a day (one query)."""
    return {user: rows[-1].until for user, rows in away_on(users, on, on).items()}
