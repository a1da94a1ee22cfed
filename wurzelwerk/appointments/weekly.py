"""On which days a weekly time comes back, and what of the field's meetings takes colleagues' time besides."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.fields import joined
from wurzelwerk.cases.enums import ConferenceState, InvitationAnswer
from wurzelwerk.cases.models import Participant

from .models import WeeklyTime
from .spans import Span


def weekly_within(user_ids: Collection[UUID], span: Span) -> list[tuple[WeeklyTime, Span]]:
    """Return the weekly times of colleagues that fall into a stretch, each with its own (one query)."""
    first, last = local_day(span.starts_at), local_day(span.ends_at)
    rows = WeeklyTime.objects.filter(Q(last_on__isnull=True) | Q(last_on__gte=first), user_id__in=list(user_ids))
    rows = rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=span.starts_at), first_on__lte=last)
    return [(row, one) for row in rows for one in times_of(row, span)]


def times_of(row: WeeklyTime, span: Span) -> Iterator[Span]:
    """Yield when a weekly time takes place within a stretch; a change of the clocks leaves its wall time alone."""
    begins = max(row.first_on, local_day(span.starts_at) - timedelta(days=1))
    day = begins + timedelta(days=(row.weekday - begins.weekday()) % 7)
    until = min(filter(None, [row.last_on, local_day(span.ends_at)]))
    while day <= until:
        found = Span(joined(day, row.starts), joined(day, row.ends))
        if found.meets(span) and not (row.ended_at and found.starts_at >= row.ended_at):
            yield found
        day += timedelta(days=7)


def conferences_within(user_ids: Collection[UUID], span: Span, *, reason: str) -> QuerySet[Participant]:
    """Return who of these colleagues takes part in a conference in a stretch; who said no does not."""
    rows = Participant.objects.for_system(reason=reason).filter(
        user_id__in=list(user_ids), conference__starts_at__lt=span.ends_at, conference__ends_at__gt=span.starts_at
    )
    return rows.exclude(conference__state=ConferenceState.CANCELLED).exclude(answer=InvitationAnswer.NO).order_by()
