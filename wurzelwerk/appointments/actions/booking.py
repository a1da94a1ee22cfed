"""An appointment is made, changed, put to another time, cancelled; the room and the host are held with it.

Whoever acts by a link, without an account, acts through the house (`Actor.system`): the caller has shown who it is.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.cases.models import Appointment, Case
from wurzelwerk.evidence.ledger import record, void
from wurzelwerk.network.models import User
from wurzelwerk.outbox.actions import set_inviting
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..holding import hold, release
from ..models import Booking, Move, Place
from ..queries import booking_of, case_key_of, locked
from ..rules import check_changeable, check_host_free, check_span, check_to_come, lock_hosts
from ..spans import Span


@dataclass(frozen=True)
class Meeting:
    """All that is agreed about an appointment. `room`: one of the house's; `place`: words for anywhere else."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    host: User
    room: Place | None = None
    place: str = ""

    @property
    def span(self) -> Span:
        """From when to when."""
        return Span(self.starts_at, self.ends_at)

    @property
    def where(self) -> str:
        """Where it takes place, in words."""
        return f"{self.room.name}, {self.room.site.name}" if self.room else self.place.strip()


@transaction.atomic
def book(
    *, case: Case, meeting: Meeting, by: Actor, at: datetime, double: bool = False, invites: bool = False
) -> Appointment:
    """Make an appointment and hold room and host. `double`: also where the host has something else then.

    `invites`: whoever takes part is invited by mail, and told of every change (`inviting.py`).
    Raises NotAllowed, WrongState, BadInput (field "room" where somebody else holds it, "double" for the host).
    """
    check_span(meeting.span)
    lock_hosts([meeting.host.pk])
    clash = check_host_free(meeting.host, [meeting.span], confirmed=double)
    appointment = cases.make_appointment(
        case=case, kind=meeting.kind, starts_at=meeting.starts_at, ends_at=meeting.ends_at, place=meeting.where,
        host=meeting.host, by=by, at=at,
    )  # fmt: skip
    booking = Booking.objects.create(akte=case.akte, appointment=appointment, place=meeting.room, double=clash)
    if meeting.room:
        hold(meeting.room, [(booking.pk, meeting.span)])
    if invites:
        set_inviting(akte=case.akte, subject=appointment.pk, on=True, by=by, at=at)
    return appointment


@transaction.atomic
def change_appointment(
    *, appointment: Appointment, meeting: Meeting, by: Actor, at: datetime, reason: str = "", double: bool = False
) -> Move | None:
    """Change what is agreed; another time, host or room is a move, which is returned and can be taken back.

    Raises NotAllowed, WrongState (cancelled or marked meanwhile), BadInput.
    """
    locked(appointment)
    check_changeable(by, appointment)
    check_span(meeting.span)
    booking = booking_of(appointment)
    former = _agreed(appointment, booking)
    if (meeting.kind, meeting.where) == (former.kind, appointment.place) and _same_time(meeting, former):
        return None
    moved = None
    if not _same_time(meeting, former):
        check_to_come(meeting.span, at=at)
        moved = _remember(booking, former, reason, by, at)
    else:
        record(facts.APPOINTMENT_CHANGED, about=about_case(appointment.case), frame=case_frame(appointment.case), at=at)
    _put(appointment, booking, meeting, double=double)
    return moved


@transaction.atomic
def move_appointment(
    *, appointment: Appointment, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime,
    host: User | None = None, reason: str = "", double: bool = False,
) -> Move | None:  # fmt: skip
    """Put an appointment to another time, perhaps with another colleague; the room stays. Raises like `book`."""
    former = _agreed(appointment, booking_of(appointment))
    meeting = replace(former, starts_at=starts_at, ends_at=ends_at, host=host or former.host)
    return change_appointment(appointment=appointment, meeting=meeting, reason=reason, double=double, by=by, at=at)


@transaction.atomic
def take_back_moving(*, move: Move, by: Actor, at: datetime) -> None:
    """Put an appointment back to where it was before its latest move. Raises NotAllowed, WrongState, BadInput."""
    booking = move.booking
    appointment = booking.appointment
    locked(appointment)
    check_changeable(by, appointment)
    moves = Move.objects.for_system(reason="only the latest is taken back").filter(booking=booking)
    latest = moves.filter(undone_at__isnull=True).order_by("-moved_at", "-pk").first()
    if latest is None or latest.pk != move.pk:
        raise WrongState(_("Der Termin ist seitdem noch einmal geändert worden."))
    former = replace(
        _agreed(appointment, booking), starts_at=move.starts_at, ends_at=move.ends_at, host=move.host, room=move.place
    )
    _put(appointment, booking, former, double=True)
    move.undone_at = at
    move.save(update_fields=["undone_at"])
    void(facts.APPOINTMENT_MOVED, case_key=case_key_of(appointment.case), recorded_at=move.moved_at, at=at)


@transaction.atomic
def cancel_appointment(*, appointment: Appointment, by: Actor, at: datetime, ended_with: UUID | None = None) -> None:
    """Cancel an appointment and give back its room. Raises NotAllowed, WrongState."""
    locked(appointment)
    cases.close_appointment(appointment=appointment, state=AppointmentState.CANCELLED, by=by, at=at)
    booking = booking_of(appointment)
    booking.sequence += 1
    booking.ended_with = ended_with
    booking.save(update_fields=["sequence", "ended_with"])
    release(booking_id=[booking.pk])


@transaction.atomic
def reopen_appointment(*, appointment: Appointment, by: Actor, at: datetime) -> None:
    """Take back what was recorded of an appointment; a cancelled one takes its room again.

    Raises NotAllowed, WrongState, BadInput where the room has been given to somebody else.
    """
    locked(appointment)
    was_cancelled = appointment.state == AppointmentState.CANCELLED
    cases.reopen_appointment(appointment=appointment, by=by, at=at)
    if not was_cancelled:
        return
    booking = booking_of(appointment)
    booking.sequence += 1
    booking.ended_with = None
    booking.save(update_fields=["sequence", "ended_with"])
    if booking.place:
        hold(booking.place, [(booking.pk, Span(appointment.starts_at, appointment.ends_at))])


def _agreed(appointment: Appointment, booking: Booking) -> Meeting:
    return Meeting(
        appointment.kind, appointment.starts_at, appointment.ends_at, appointment.host, booking.place, appointment.place
    )


def _same_time(meeting: Meeting, former: Meeting) -> bool:
    """Whether both take place at the same time, with the same colleague, in the same room."""
    return (meeting.span, meeting.host, meeting.room) == (former.span, former.host, former.room)


def _remember(booking: Booking, former: Meeting, reason: str, by: Actor, at: datetime) -> Move:
    case = booking.appointment.case
    record(facts.APPOINTMENT_MOVED, about=about_case(case), frame=case_frame(case), at=at)
    return Move.objects.create(
        akte=booking.akte, booking=booking, case=case, starts_at=former.starts_at, ends_at=former.ends_at,
        host=former.host, place=former.room, reason=reason.strip(), moved_by_id=by.user_id, moved_at=at,
    )  # fmt: skip


def _put(appointment: Appointment, booking: Booking, meeting: Meeting, *, double: bool) -> None:
    """Write what is agreed now into the rows, and hold the room anew."""
    if (meeting.span, meeting.host.pk) != (Span(appointment.starts_at, appointment.ends_at), appointment.host_id):
        lock_hosts({appointment.host_id, meeting.host.pk})
        booking.double = check_host_free(meeting.host, [meeting.span], confirmed=double, leave=[appointment.pk])
    booking.place, booking.sequence = meeting.room, booking.sequence + 1
    booking.alone = booking.series_id is not None
    booking.save(update_fields=["double", "place", "sequence", "alone"])
    appointment.kind, appointment.place, appointment.host = meeting.kind, meeting.where, meeting.host
    appointment.starts_at, appointment.ends_at = meeting.starts_at, meeting.ends_at
    appointment.save(update_fields=["kind", "place", "host", "starts_at", "ends_at"])
    release(booking_id=[booking.pk])
    if meeting.room:
        hold(meeting.room, [(booking.pk, meeting.span)])
