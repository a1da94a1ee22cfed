"""Pages on which appointments are made: one, or a series; with free times to choose from."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wurzelwerk.base import clock, formats
from wurzelwerk.network.models import User
from wurzelwerk.outbox.queries import troubles

from .. import actions
from ..forms.meetings import AppointmentForm, MeetingForm, SeriesForm
from ..habits import habit_of
from ..models import Place, Series
from ..proposals import chosen, propose
from ..queries import OpenHousehold, places_of, team_of
from ..recurrence import holiday
from .answering import ask, household_address, opened_case, posted

FREE = "frei"
"""The buttons that look for free times, or take one: what is typed stays."""
DATES = "termine"


def appointment_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Make an appointment with a household."""
    subject = opened_case(request, household)
    if request.method == "POST" and FREE in request.POST:
        return _with_free_times(request, subject)
    form = _form(AppointmentForm, request, subject)
    return ask(
        request,
        form,
        title=_("Termin vereinbaren"),
        do=lambda at: actions.book(
            case=subject.case,
            meeting=form.to_meeting(),
            double=form.cleaned_data["double"],
            invites=form.cleaned_data["invites"],
            by=request.actor,
            at=at,
        ),
        done=_("Der Termin ist vereinbart."),
        to=household_address(household, DATES),
        template="appointments/new.html",
        **_page(request, subject),
    )


def _form(shape: type[MeetingForm], request: HttpRequest, subject: OpenHousehold, data=None) -> MeetingForm:
    site = subject.case.akte.site
    return shape(
        posted(request) if data is None else None,
        team=team_of(subject.case.akte, on=subject.today),
        rooms=places_of(request.actor),
        today=subject.today,
        initial={"place": site.name if site else "", "host": request.actor.user_id},
    )


def _page(request: HttpRequest, subject: OpenHousehold) -> dict:
    return {
        "household": subject.household,
        "trail": [
            (_("Haushalte"), reverse("household_list")),
            (subject.household.name, household_address(subject.household.pk)),
        ],
        "habit": habit_of(subject.case, actor=request.actor, at=clock.now()),
        "series_url": reverse("series_new", args=[subject.household.pk]),
        "troubles": troubles(at=clock.now()),
    }


def _with_free_times(request: HttpRequest, subject: OpenHousehold) -> HttpResponse:
    """Show the form again with free times to choose from, or with the one that was chosen put in."""
    form = _form(AppointmentForm, request, subject, data=())
    asked, data = request.POST[FREE], request.POST.copy()
    for name, value in chosen(asked).items():
        data[name] = value
    form.refill(data)
    context = _page(request, subject) | {"form": form, "title": _("Termin vereinbaren")}
    context["cancel"] = household_address(subject.household.pk, DATES)
    if "|" not in asked:
        context |= _free_times(request, form, whole_team=asked == "team")
    return render(request, "appointments/new.html", context)


def _free_times(request: HttpRequest, form: MeetingForm, *, whole_team: bool) -> dict:
    """Free times for what was typed so far; without a kind there is nothing to look for."""
    kind = str(form.initial.get("kind") or "")
    if kind not in dict(form.fields["kind"].choices) or not kind:
        return {"searched": _("Bitte wählen Sie zuerst die Art des Termins.")}
    team: list[User] = list(form.fields["host"].queryset)
    hosts = team if whole_team else [one for one in team if str(one.pk) == str(form.initial.get("host"))]
    rooms: list[Place] = list(form.fields["room"].queryset) if "room" in form.fields else []
    room = next((one for one in rooms if str(one.pk) == str(form.initial.get("room"))), None)
    typed = str(form.initial.get("minutes") or "")
    minutes = int(typed) if typed.isdecimal() and len(typed) < 4 and 5 <= int(typed) <= 720 else None
    found = propose(kind, hosts, room=room, rooms=rooms, at=clock.now(), minutes=minutes)
    return {"proposals": found, "searched": "" if found else _("In den nächsten vier Wochen ist nichts frei.")}


def series_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Make a series of appointments with a household."""
    subject = opened_case(request, household)
    form = _form(SeriesForm, request, subject)

    def make(at):
        data = form.cleaned_data
        series = actions.make_series(
            case=subject.case, meeting=form.to_meeting(), every=data["every"], until=data["until"],
            times=data["times"], double=data["double"], by=request.actor, at=at,
        )  # fmt: skip
        if data["invites"]:
            rows = series.bookings.for_system(reason="what was just made").select_related("appointment")
            for booking in rows:
                actions.set_inviting(appointment=booking.appointment, on=True, by=request.actor, at=at)
        return series

    return ask(
        request,
        form,
        title=_("Terminreihe vereinbaren"),
        do=make,
        done=told_of_series,
        to=household_address(household, DATES),
        **_page(request, subject),
    )


def told_of_series(series: Series) -> str:
    """Say how many appointments a series has, until when, and which holidays were left out."""
    number = series.bookings.for_system(reason="how many were just made").count()
    said = ngettext(
        "Die Reihe ist vereinbart: %(number)d Termin bis %(last)s.",
        "Die Reihe ist vereinbart: %(number)d Termine bis %(last)s.",
        number,
    ) % {"number": number, "last": formats.day(series.last_on)}
    if not series.skipped:
        return said
    days = [date.fromisoformat(text) for text in series.skipped]
    named = ", ".join(f"{formats.day(day)} ({holiday(day)})" for day in days)
    return said + " " + _("Ausgelassen: %(days)s.") % {"days": named}
