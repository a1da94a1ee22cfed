"""Appointments agreed upon in one go: made, changed from one on or all, cancelled and brought back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.base.fields import joined
from wurzelwerk.base.ids import new_id
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.cases.models import Appointment, Case
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..calendar_rules import rule
from ..enums import Reach
from ..holding import check_room_free, hold, release
from ..models import Booking, Place, Series
from ..queries import booking_of, locked
from ..recurrence import days_of, without_holidays
from ..rules import check_changeable, check_host_free, check_span, lock_hosts
from .booking import Meeting, cancel_appointment, reopen_appointment


@dataclass(frozen=True)
class SeriesChange:
    """What a series is changed to: wall time and length of each of its appointments, with whom, where."""

    kind: str
    starts: time
    minutes: int
    host: User
    room: Place | None = None
    place: str = ""


@transaction.atomic
def make_series(
    *, case: Case, meeting: Meeting, every: str, by: Actor, at: datetime, until: date | None = None,
    times: int | None = None, double: bool = False,
) -> Series:  # fmt: skip
    """Make appointments in a rhythm from the first on; holidays are left out and kept in `skipped`.

    Each keeps the wall time of the first, also across a change of the clocks. Raises NotAllowed, WrongState, BadInput
    (no end, too many, a room held on some of the days, the host taken and not confirmed).
    """
    if until is None and times is None:
        raise BadInput(_("Bitte angeben, bis wann oder wie oft."), field="until")
    check_span(meeting.span)
    days, skipped = _checked_days(meeting, every, until, times, at)
    meetings = [_on(meeting, day) for day in days]
    lock_hosts([meeting.host.pk])
    clash = check_host_free(meeting.host, [one.span for one in meetings], confirmed=double)
    if meeting.room:
        check_room_free(meeting.room, [one.span for one in meetings])
    series = Series.objects.create(
        akte=case.akte, case=case, every=every, first_on=days[0], last_on=days[-1], skipped=skipped,
        made_by_id=by.user_id, made_at=at,
    )  # fmt: skip
    held = []
    for one in meetings:
        appointment = cases.make_appointment(
            case=case, kind=one.kind, starts_at=one.starts_at, ends_at=one.ends_at, place=one.where, host=one.host,
            by=by, at=at,
        )  # fmt: skip
        booking = Booking.objects.create(
            akte=case.akte, appointment=appointment, place=one.room, double=clash, series=series,
            series_on=local_day(one.starts_at),
        )  # fmt: skip
        held.append((booking.pk, one.span))
    if meeting.room:
        hold(meeting.room, held)
    record(facts.SERIES_MADE, about=about_case(case), frame=case_frame(case), at=at)
    return series


def _checked_days(
    meeting: Meeting, every: str, until: date | None, times: int | None, at: datetime
) -> tuple[list[date], list[str]]:
    most = rule("series_longest", on=local_day(at))
    found = days_of(local_day(meeting.starts_at), every, until=until, times=times, most=most)
    if len(found) > most:
        raise BadInput(_("Eine Reihe hat höchstens %(most)d Termine.") % {"most": most}, field="until")
    days, skipped = without_holidays(found)
    if len(days) < 2:
        raise BadInput(_("Eine Reihe hat mindestens zwei Termine."), field="until")
    return days, [one.on.isoformat() for one in skipped]


def _on(meeting: Meeting, day: date) -> Meeting:
    """The same meeting on another day: same wall time, same length."""
    starts_at = joined(day, formats.local(meeting.starts_at).time())
    return replace(meeting, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=meeting.span.minutes))


@transaction.atomic
def change_series(
    *, appointment: Appointment, reach: str, change: SeriesChange, by: Actor, at: datetime, double: bool = False
) -> int:
    """Change the appointments of a series that are still to come, from this one on or all; returns how many.

    What was changed by itself before stays as it is. Raises NotAllowed, WrongState (the series was cancelled
    meanwhile), BadInput.
    """
    bookings = _reached(appointment, reach, at)
    check_changeable(by, appointment)
    chosen = [one for one in bookings if not one.alone or one.appointment_id == appointment.pk]
    meetings = {one.pk: _changed(one, change) for one in chosen}
    spans = [one.span for one in meetings.values()]
    check_span(spans[0])
    lock_hosts({change.host.pk, *(one.appointment.host_id for one in chosen)})
    clash = check_host_free(change.host, spans, confirmed=double, leave=[one.appointment_id for one in chosen])
    release(booking_id=[one.pk for one in chosen])
    if change.room:
        check_room_free(change.room, spans)
    for one in chosen:
        _write(one, meetings[one.pk], clash)
    if change.room:
        hold(change.room, [(pk, one.span) for pk, one in meetings.items()])
    record(facts.SERIES_CHANGED, about=about_case(appointment.case), frame=case_frame(appointment.case), at=at)
    return len(chosen)


def _changed(booking: Booking, change: SeriesChange) -> Meeting:
    starts_at = joined(booking.series_on, change.starts)
    ends_at = starts_at + timedelta(minutes=change.minutes)
    return Meeting(change.kind, starts_at, ends_at, change.host, change.room, change.place)


def _write(booking: Booking, meeting: Meeting, clash: bool) -> None:
    row = booking.appointment
    row.kind, row.place, row.host = meeting.kind, meeting.where, meeting.host
    row.starts_at, row.ends_at = meeting.starts_at, meeting.ends_at
    row.save(update_fields=["kind", "place", "host", "starts_at", "ends_at"])
    booking.place, booking.double, booking.sequence = meeting.room, clash, booking.sequence + 1
    booking.save(update_fields=["place", "double", "sequence"])


@transaction.atomic
def cancel_series(*, appointment: Appointment, reach: str, by: Actor, at: datetime) -> tuple[UUID, int]:
    """Cancel the appointments of a series that are still to come, from this one on or all.

    Returns the mark under which `reopen_series` brings them back, and how many they are. Raises NotAllowed, WrongState.
    """
    mark, bookings = new_id(), _reached(appointment, reach, at)
    for booking in bookings:
        cancel_appointment(appointment=booking.appointment, ended_with=mark, by=by, at=at)
    record(facts.SERIES_CHANGED, about=about_case(appointment.case), frame=case_frame(appointment.case), at=at)
    return mark, len(bookings)


@transaction.atomic
def reopen_series(*, series: Series, mark: UUID, by: Actor, at: datetime) -> int:
    """Bring back what was cancelled in one act; returns how many. Raises NotAllowed, WrongState, BadInput (room)."""
    rows = Booking.objects.for_system(reason="what was cancelled in one act, by whom may write the series")
    found = list(rows.filter(series=series, ended_with=mark).order_by("series_on"))
    if not found:
        raise WrongState(_("Diese Termine sind schon wieder offen."))
    for booking in found:
        reopen_appointment(appointment=booking.appointment, by=by, at=at)
    record(facts.SERIES_CHANGED, about=about_case(series.case), frame=case_frame(series.case), at=at)
    return len(found)


def _reached(appointment: Appointment, reach: str, at: datetime) -> Sequence[Booking]:
    """The bookings that are meant, locked with their appointments: planned, to come, in order."""
    booking = booking_of(appointment)
    if booking.series_id is None:
        raise WrongState(_("Dieser Termin gehört zu keiner Reihe."))
    list(
        Series.objects.for_system(reason="two people act on one series")
        .select_for_update()
        .filter(pk=booking.series_id)
    )
    locked(appointment)
    rows = Booking.objects.for_system(reason="the other appointments of a series that may be changed")
    rows = rows.filter(series_id=booking.series_id, appointment__state=AppointmentState.PLANNED)
    if reach == Reach.ONE:
        rows = rows.filter(pk=booking.pk)
    elif reach == Reach.FOLLOWING:
        rows = rows.filter(series_on__gte=booking.series_on)
    found = list(rows.filter(appointment__ends_at__gt=at).select_related("appointment").order_by("series_on"))
    if not found or appointment.state != AppointmentState.PLANNED:
        raise WrongState(_("Diese Termine sind inzwischen abgesagt oder vorbei. Ihre Änderung ist nicht gespeichert."))
    return found
