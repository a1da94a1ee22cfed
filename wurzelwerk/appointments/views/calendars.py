"""The calendar's pages: my day, my week, my team's week, a room's week."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock, formats
from wurzelwerk.base.forms import DayField, Form
from wurzelwerk.base.rooms import panels
from wurzelwerk.trust.scopes import Scope

from ..entries import by_day, entries_of, entries_of_place, monday_of, week_of, whole_days, without_empty_weekend
from ..figures import FiguresPage, figures_of
from ..queries import colleagues_at, places_of
from ..recurrence import holiday

DAY = "tag"
FIGURES = "appointment_figures"
"""The page of figures, to which other rooms add what they know."""
FAR = (date(2000, 1, 1), date(2099, 12, 31))


class JumpForm(Form):
    """Jump to a day."""

    marks_optional = False
    tag = DayField(label=lazy("Gehe zu"), required=False, earliest=FAR[0], latest=FAR[1])


def tabs_of(here: str, on: date) -> list[dict[str, object]]:
    """Return the tabs of the calendar, all at the same day."""
    pages = (
        ("calendar_day", _("Tag")), ("calendar_week", _("Woche")), ("calendar_team", _("Team")),
        ("place_list", _("Räume")), ("appointment_figures", _("Auswertung")),
    )  # fmt: skip
    return [{"label": label, "url": _at(reverse(name), on), "active": name == here} for name, label in pages]


def _at(address: str, on: date) -> str:
    return address if on == clock.today() else f"{address}?{DAY}={on.isoformat()}"


def _asked(request: HttpRequest) -> tuple[date, JumpForm]:
    """The day that the page is about; today where none, or none that can be read, is asked for."""
    today = clock.today()
    form = JumpForm(request.GET if DAY in request.GET else None)
    if form.is_bound and form.is_valid() and form.cleaned_data["tag"]:
        return form.cleaned_data["tag"], form
    return today, form


def _frame(request: HttpRequest, here: str, on: date, form: JumpForm, *, step: int, address: str = "") -> dict:
    url = address or request.path
    before, after = on - timedelta(days=step), on + timedelta(days=step)
    return {
        "tabs": tabs_of(here, on),
        "jump": form,
        "on": on,
        "today": clock.today(),
        "before_url": _at(url, before) if before >= FAR[0] else "",
        "after_url": _at(url, after) if after <= FAR[1] else "",
        "today_url": url if on != clock.today() else "",
        "by_week": step == len(week_of(on)),
    }


def calendar_day(request: HttpRequest) -> HttpResponse:
    """Show my day."""
    on, form = _asked(request)
    found = entries_of([request.user.pk], whole_days(on, on), actor=request.actor)[request.user.pk]
    context = {"days": by_day(found, [on], today=clock.today()), "title": formats.weekday(on)}
    return render(request, "appointments/calendar.html", _frame(request, "calendar_day", on, form, step=1) | context)


def calendar_week(request: HttpRequest) -> HttpResponse:
    """Show my week."""
    on, form = _asked(request)
    days = week_of(on)
    found = entries_of([request.user.pk], whole_days(days[0], days[-1]), actor=request.actor)[request.user.pk]
    shown = without_empty_weekend(by_day(found, days, today=clock.today()))
    context = {"days": shown, "title": _week_title(days)}
    return render(request, "appointments/calendar.html", _frame(request, "calendar_week", on, form, step=7) | context)


def _week_title(days: Sequence[date]) -> str:
    number = days[0].isocalendar().week
    span = {"week": number, "first": formats.day(days[0]), "last": formats.day(days[-1])}
    return _("Woche %(week)d: %(first)s bis %(last)s") % span


def calendar_team(request: HttpRequest) -> HttpResponse:
    """Show the week of everybody in my team: a column each."""
    on, form = _asked(request)
    days = week_of(on)
    team = list(colleagues_at(request.actor, on=clock.today()))
    found = entries_of([one.pk for one in team], whole_days(days[0], days[-1]), actor=request.actor)
    today = clock.today()
    columns = {one.pk: by_day(found[one.pk], days, today=today) for one in team}
    rows = [
        {
            "on": day,
            "is_today": day == today,
            "holiday": holiday(day),
            "cells": [(one.display_name, columns[one.pk][number]) for one in team],
        }
        for number, day in enumerate(days)
    ]
    rows = [row for row in rows if row["on"].weekday() < 5 or any(cell.entries for _name, cell in row["cells"])]
    context = {"team": [one.display_name for one in team], "rows": rows, "title": _week_title(days)}
    return render(request, "appointments/team.html", _frame(request, "calendar_team", on, form, step=7) | context)


def calendar_place(request: HttpRequest, place: UUID) -> HttpResponse:
    """Show a room's week."""
    room = places_of(request.actor).filter(pk=place).first()
    if room is None:
        raise Http404
    on, form = _asked(request)
    days = week_of(on)
    found = entries_of_place(room, whole_days(days[0], days[-1]), actor=request.actor)
    shown = without_empty_weekend(by_day(found, days, today=clock.today()))
    context = {"days": shown, "title": f"{room.name}, {_week_title(days)}", "room": room}
    return render(request, "appointments/calendar.html", _frame(request, "place_list", on, form, step=7) | context)


class PeriodForm(Form):
    """From when to when appointments are counted."""

    marks_optional = False
    von = DayField(label=lazy("Von"), required=False)
    bis = DayField(label=lazy("Bis"), required=False)


def appointment_figures(request: HttpRequest) -> HttpResponse:
    """Count the team's appointments by kind and weekday, kept and missed; no name stands behind a figure."""
    if not request.actor.home_circles(Scope.CALENDAR):
        raise Http404
    today = clock.today()
    first, last = monday_of(today) - timedelta(weeks=12), today
    form = PeriodForm(request.GET or None, initial={"von": first, "bis": last})
    if form.is_bound and form.is_valid():
        first, last = form.cleaned_data["von"] or first, form.cleaned_data["bis"] or last
    context = {"form": form, "tabs": tabs_of("appointment_figures", today), "first": first, "last": last}
    if first <= last:
        page = FiguresPage(request.actor, whole_days(first, last), clock.now())
        context["figures"] = figures_of(page)
        shown = ((panel, panel.context(request, page)) for panel in panels(FIGURES))
        context["panels"] = [(panel.template, found) for panel, found in shown if found is not None]
    return render(request, "appointments/figures.html", context)
