"""Whether reminders help: how many appointments were missed with one and without, by month. Counts only."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wurzelwerk.appointments.figures import FiguresPage, Line
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.formats import month
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.outbox.enums import MessageState

from .models import Reminder

OVER = (AppointmentState.KEPT, AppointmentState.MISSED)
WENT_OUT = (MessageState.SENT, MessageState.UNCLEAR)


@dataclass(frozen=True)
class ByReminder:
    """A month, or all of them: what became of appointments with a reminder, and of those without."""

    label: str
    reminded: Line
    others: Line


def by_reminder(request: HttpRequest, page: FiguresPage) -> Mapping[str, Any] | None:
    """Return the months with their counts, the sum last; None where nothing is counted (two queries).

    Reminded is who was told of this very time: a moved appointment counts with what was told of it since. What was sent
    so long ago that its message is forgotten counts as sent.
    """
    rows = page.rows.filter(state__in=OVER).order_by().values_list("pk", "starts_at", "state")
    told = Reminder.objects.visible_to(page.actor).filter(
        Q(message__isnull=True) | Q(message__state__in=WENT_OUT), why_not="", starts_at__gte=page.span.starts_at,
        starts_at__lt=page.span.ends_at,
    )  # fmt: skip
    reminded = set(told.order_by().values_list("appointment_id", "starts_at"))
    counts: Counter[tuple[date, bool, str]] = Counter()
    for pk, starts_at, state in rows:
        counts[local_day(starts_at).replace(day=1), (pk, starts_at) in reminded, state] += 1
    if not counts:
        return None
    months = sorted({first for first, _told, _state in counts})
    lines = [_line(month(first), [first], counts) for first in months]
    return {"months": [*lines, _line(_("zusammen"), months, counts)] if len(lines) > 1 else lines}


def _line(label: str, months: list[date], counts: Counter) -> ByReminder:
    def part(told: bool) -> Line:
        return Line(label, *(sum(counts[first, told, state] for first in months) for state in OVER))

    return ByReminder(label, part(True), part(False))
