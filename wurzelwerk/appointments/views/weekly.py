"""Pages of one's own time that comes back every week."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.formats import WEEKDAYS

from .. import actions
from ..forms.weekly import NewWeeklyTimeForm, WeeklyTimeForm, stored_weekly
from ..models import WeeklyTime
from .answering import act, ask, posted

KEPT = timedelta(days=90)
"""For so long the page shows what was ended."""


def weekly_times(request: HttpRequest) -> HttpResponse:
    """Show my weekly times, and those that were ended lately."""
    rows = WeeklyTime.objects.filter(user_id=request.actor.user_id)
    lately = rows.filter(ended_at__gt=clock.now() - KEPT).order_by("-ended_at")
    listed = [*rows.filter(ended_at__isnull=True), *lately]
    for row in listed:
        row.day = WEEKDAYS[row.weekday]
        row.over = bool(row.last_on and row.last_on < clock.today())
    context = {"rows": [row for row in listed if not row.ended_at], "ended": [row for row in listed if row.ended_at]}
    return render(request, "appointments/weekly.html", context | {"trail": _trail()[:1]})


def _trail() -> list[tuple[str, str]]:
    return [(_("Kalender"), reverse("calendar_week")), (_("Wöchentliche Zeiten"), reverse("weekly_times"))]


def _own(request: HttpRequest, pk: UUID) -> WeeklyTime:
    return get_object_or_404(WeeklyTime, pk=pk, user_id=request.actor.user_id)


def weekly_time_new(request: HttpRequest) -> HttpResponse:
    """Keep a stretch of every week for myself."""
    today = clock.today()
    initial = {"weekday": today.weekday(), "first_on": today}
    form = NewWeeklyTimeForm(posted(request), initial=initial)
    return ask(
        request,
        form,
        title=_("Wöchentliche Zeit eintragen"),
        do=lambda at: actions.keep_weekly(data=form.to_data(), by=request.actor, at=at),
        done=_("Die Zeit steht jede Woche im Kalender."),
        undo=lambda made: reverse("weekly_time_end", args=[made.pk]),
        to=reverse("weekly_times"),
        trail=_trail(),
    )


def weekly_time_edit(request: HttpRequest, weekly: UUID) -> HttpResponse:
    """Change a weekly time."""
    row = _own(request, weekly)
    editing = Editing(row, lambda: stored_weekly(row))
    form = WeeklyTimeForm(posted(request), initial=editing.initial)
    return ask(
        request,
        form,
        title=_("Wöchentliche Zeit ändern"),
        do=lambda at: actions.change_weekly(weekly=row, data=form.to_data(), by=request.actor, at=at),
        done=_("Die wöchentliche Zeit ist geändert."),
        to=reverse("weekly_times"),
        editing=editing,
        trail=_trail(),
    )


@require_POST
def weekly_time_end(request: HttpRequest, weekly: UUID) -> HttpResponse:
    """Let a weekly time not come back any more."""
    row = _own(request, weekly)
    return act(
        request,
        do=lambda at: actions.end_weekly(weekly=row, by=request.actor, at=at),
        done=_("Die wöchentliche Zeit ist beendet."),
        undo=reverse("weekly_time_resume", args=[row.pk]),
        to=reverse("weekly_times"),
    )


@require_POST
def weekly_time_resume(request: HttpRequest, weekly: UUID) -> HttpResponse:
    """Take back that a weekly time was ended."""
    row = _own(request, weekly)
    return act(
        request,
        do=lambda at: actions.resume_weekly(weekly=row, by=request.actor, at=at),
        done=_("Die Zeit steht wieder jede Woche im Kalender."),
        to=reverse("weekly_times"),
    )
