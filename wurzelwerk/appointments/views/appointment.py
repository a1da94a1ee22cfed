"""Pages of one appointment: what is agreed, changing, moving, cancelling, its series."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.formats import local
from wurzelwerk.base.rooms import panels
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.outbox.queries import troubles
from wurzelwerk.trust.scopes import Scope

from .. import actions
from ..actions import Meeting
from ..forms.meetings import ChangeForm, ReachForm, SeriesChangeForm, shown_values
from ..invitations import calendar_file
from ..kinds import kind_label
from ..models import Booking, InterpreterRequest, Move, Series
from ..queries import may_write, places_of, team_of
from .answering import act, ask, found_or_404, household_address, household_of_appointment
from .answering import posted as sent
from .inviting import shown_inviting

MARKS = {
    "wahrgenommen": AppointmentState.KEPT,
    "nicht-erschienen": AppointmentState.MISSED,
    "abgesagt": AppointmentState.CANCELLED,
}
DATES = "termine"


def appointment(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Show an appointment with all that belongs to it."""
    row = found_or_404(Appointment, request, appointment)
    household = household_of_appointment(request, row)
    booking = _booking(request, row)
    names = Colleagues()
    moves = Move.objects.visible_to(request.actor).filter(booking=booking) if booking else Move.objects.none()
    requests = InterpreterRequest.objects.visible_to(request.actor).filter(appointment=row)
    siblings = Booking.objects.visible_to(request.actor).filter(series=booking.series_id) if booking else ()
    in_series = booking is not None and booking.series_id is not None
    context = {
        "row": names.add([row], "host_id")[0],
        "kind": kind_label(row.kind),
        "household": household,
        "trail": _trail(household),
        "booking": booking,
        "place": booking.place if booking else None,
        "moves": names.add(moves.visible_to(request.actor), "moved_by_id") if booking else [],
        "interpreters": list(requests),
        "series": list(siblings.select_related("appointment").order_by("series_on")) if in_series else [],
        "writes": may_write(request.actor, row, Scope.CALENDAR) and not row.case.closed_on,
        "is_planned": row.state == AppointmentState.PLANNED,
        "has_begun": row.starts_at <= clock.now(),
        "inviting": shown_inviting(request, row),
        "troubles": troubles(at=clock.now()),
    }
    context["parts"] = _parts(request, row, writes=context["writes"])
    return render(request, "appointments/appointment.html", context)


@dataclass(frozen=True)
class AppointmentPage:
    """What rooms are asked about that have a part on the page of an appointment."""

    row: Appointment
    writes: bool


def _parts(request: HttpRequest, row: Appointment, *, writes: bool) -> list[tuple[str, Mapping[str, Any]]]:
    """Templates of the rooms with their content, for those that have something to show."""
    page = AppointmentPage(row, writes)
    found = ((panel.template, panel.context(request, page)) for panel in panels("appointment"))
    return [(template, content) for template, content in found if content is not None]


def _booking(request: HttpRequest, row: Appointment) -> Booking | None:
    rows = Booking.objects.visible_to(request.actor).filter(appointment=row)
    return rows.select_related("place__site").first()


def _trail(household) -> list[tuple[str, str]]:
    return [(_("Haushalte"), reverse("household_list")), (household.name, household_address(household.pk))]


def _agreed(row: Appointment, booking: Booking | None) -> Meeting:
    place = booking.place if booking else None
    return Meeting(row.kind, row.starts_at, row.ends_at, row.host, place, row.place)


def _writable(request: HttpRequest, pk: UUID) -> Appointment:
    row = found_or_404(Appointment, request, pk, write=True)
    household_of_appointment(request, row)
    return row


def appointment_edit(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Change what is agreed, or put an appointment to another time."""
    row = _writable(request, appointment)
    household = household_of_appointment(request, row)
    editing = Editing(row, lambda: shown_values(_agreed(row, _booking(request, row))))
    form = ChangeForm(
        sent(request), team=_team(row), rooms=places_of(request.actor), today=clock.today(), initial=editing.initial
    )
    return ask(
        request,
        form,
        title=_("Termin ändern oder verlegen"),
        do=lambda at: actions.change_appointment(
            appointment=row,
            meeting=form.to_meeting(),
            reason=form.cleaned_data["reason"],
            double=form.cleaned_data["double"],
            by=request.actor,
            at=at,
        ),
        done=lambda moved: _("Der Termin ist verlegt.") if moved else _("Der Termin ist geändert."),
        undo=lambda moved: reverse("move_undo", args=[moved.pk]),
        to=_address(row),
        editing=editing,
        household=household,
        trail=[*_trail(household), (kind_label(row.kind), _address(row))],
    )


def _address(row: Appointment) -> str:
    return reverse("appointment", args=[row.pk])


def _team(row: Appointment):
    """The team, and whoever the appointment is with now."""
    team = team_of(row.akte, on=clock.today())
    return (team | type(row.host).objects.filter(pk=row.host_id)).distinct()


@require_POST
def move_undo(request: HttpRequest, move: UUID) -> HttpResponse:
    """Put an appointment back to where it was."""
    row = found_or_404(Move, request, move, write=True)
    return act(
        request,
        do=lambda at: actions.take_back_moving(move=row, by=request.actor, at=at),
        done=_("Der Termin liegt wieder, wo er war."),
        to=_address(row.booking.appointment),
    )


@require_POST
def appointment_mark(request: HttpRequest, appointment: UUID, mark: str) -> HttpResponse:
    """Record what became of an appointment: `mark` is a key of MARKS, or `offen` to take it back."""
    row = _writable(request, appointment)
    to = household_address(household_of_appointment(request, row).pk, DATES)
    if mark == "offen":
        return act(
            request,
            do=lambda at: actions.reopen_appointment(appointment=row, by=request.actor, at=at),
            done=_("Der Termin ist wieder offen."),
            to=to,
        )
    if mark not in MARKS:
        raise Http404
    close = partial(cases.close_appointment, state=MARKS[mark])
    end = actions.cancel_appointment if MARKS[mark] == AppointmentState.CANCELLED else close
    return act(
        request,
        do=lambda at: end(appointment=row, by=request.actor, at=at),
        done=_("Zum Termin ist vermerkt: %(state)s.") % {"state": MARKS[mark].label},
        undo=reverse("appointment_mark", args=[row.pk, "offen"]),
        to=to,
    )


def appointment_file(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Give one appointment as an iCalendar file, without the household's name."""
    row = found_or_404(Appointment, request, appointment)
    household_of_appointment(request, row)
    content = calendar_file(row, _booking(request, row), at=clock.now())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="termin.ics"'
    return answer


# -- the series -------------------------------------------------------------------------------------------------------


def _of_series(request: HttpRequest, pk: UUID) -> tuple[Appointment, Booking]:
    row = _writable(request, pk)
    booking = _booking(request, row)
    if booking is None or booking.series_id is None:
        raise Http404
    return row, booking


def series_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change time, colleague or place of a series, from this appointment on or of all."""
    row, booking = _of_series(request, pk)
    household = household_of_appointment(request, row)
    editing = Editing(row, lambda: shown_values(_agreed(row, _booking(request, row))), before=[booking.series])
    form = SeriesChangeForm(
        sent(request), team=_team(row), rooms=places_of(request.actor), today=clock.today(), initial=editing.initial
    )
    return ask(
        request,
        form,
        title=_("Terminreihe ändern"),
        do=lambda at: actions.change_series(
            appointment=row,
            reach=form.cleaned_data["reach"],
            change=form.to_change(),
            double=form.cleaned_data["double"],
            by=request.actor,
            at=at,
        ),
        done=lambda number: (
            ngettext("%(n)d Termin ist geändert.", "%(n)d Termine sind geändert.", number) % {"n": number}
        ),
        to=_address(row),
        editing=editing,
        household=household,
        lead=_("Was Sie einzeln verlegt haben, und was schon war, bleibt, wie es ist."),
        trail=[*_trail(household), (kind_label(row.kind), _address(row))],
    )


def series_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel one appointment of a series, this and all following, or all that are still to come."""
    row, booking = _of_series(request, pk)
    household = household_of_appointment(request, row)
    form = ReachForm(sent(request))
    return ask(
        request,
        form,
        title=_("Aus der Reihe absagen"),
        do=lambda at: actions.cancel_series(appointment=row, reach=form.cleaned_data["reach"], by=request.actor, at=at),
        done=lambda result: (
            ngettext("%(n)d Termin ist abgesagt.", "%(n)d Termine sind abgesagt.", result[1]) % {"n": result[1]}
        ),
        undo=lambda result: reverse("series_reopen", args=[booking.series_id, result[0]]),
        to=household_address(household.pk, DATES),
        cancel=_address(row),
        label=_("Absagen"),
        household=household,
        lead=_("Termin am %(day)s.") % {"day": f"{local(row.starts_at):%d.%m.%Y, %H:%M}"},
        trail=[*_trail(household), (kind_label(row.kind), _address(row))],
    )


@require_POST
def series_reopen(request: HttpRequest, series: UUID, batch: UUID) -> HttpResponse:
    """Bring back what was cancelled in one act."""
    row = found_or_404(Series, request, series, write=True)
    household = household_of_appointment(request, row)
    return act(
        request,
        do=lambda at: actions.reopen_series(series=row, mark=batch, by=request.actor, at=at),
        done=_("Die Termine sind wieder vereinbart."),
        to=household_address(household.pk, DATES),
    )
