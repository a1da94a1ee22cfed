"""Writes between an office and people without an account. Who came by a link acts through the house, and only so."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.appointments import actions as calendar
from wurzelwerk.appointments.kinds import kind_of
from wurzelwerk.appointments.models import Place
from wurzelwerk.appointments.slots import Slot
from wurzelwerk.base.errors import WrongState
from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.cases.models import Appointment, Case, Person
from wurzelwerk.cases.notices import tell
from wurzelwerk.cases.rules import check_can_work
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import User
from wurzelwerk.outbox.models import Message
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.link_actions import use_link
from wurzelwerk.trust.links import Link
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_can_write

from . import facts
from .models import EarlierWish, Invitation, ReminderChoice, Reminding
from .rules import check_can_be_chosen, check_can_be_reminded, check_invitation, check_to_come

HOUSE = "Link"


@transaction.atomic
def agree_reminding(*, person: Person, channel: str, by: Actor, at: datetime) -> Reminding:
    """Record that somebody wants to be reminded by one way; another way ends with it. Raises NotAllowed."""
    agreed = Reminding(akte=person.akte, person=person, channel=channel, agreed_at=at, agreed_with_id=by.user_id)
    check_can_write(by, agreed)
    check_can_be_reminded(person, channel)
    standing = Reminding.objects.for_system(reason="the way that was agreed before")
    standing.filter(person=person, ended_at__isnull=True).update(ended_at=at)
    agreed.save()
    record(facts.REMINDERS_AGREED, about=[], frame=frame_of(person.akte), at=at)
    return agreed


@transaction.atomic
def end_reminding(*, reminding: Reminding, by: Actor, at: datetime) -> None:
    """Send somebody no more reminders; the person's own link may do it too.

    Raises NotAllowed, WrongState, LinkGone, LinkBusy.
    """
    if by.link is None:
        check_can_write(by, reminding)
    else:
        use_link(link=by.link, by=by, at=at)
    rows = Reminding.objects.for_system(reason="a reminding that was opened").filter(pk=reminding.pk)
    if not rows.filter(ended_at__isnull=True).update(ended_at=at, by_link=by.link is not None):
        raise WrongState(_("Diese Person wird schon nicht mehr erinnert."))
    record(facts.REMINDERS_ENDED, about=[], frame=frame_of(reminding.akte), at=at)


@transaction.atomic
def set_reminded(*, appointments: Sequence[Appointment], persons: Collection[UUID], by: Actor, at: datetime) -> None:
    """Say who of those who agreed is reminded of appointments to come; none of them: nobody is.

    Raises NotAllowed, WrongState (over or cancelled), BadInput (somebody who did not agree, or lives there no more).
    """
    for appointment in appointments:
        choices = [
            ReminderChoice(akte=appointment.akte, appointment=appointment, person=person, chosen_at=at,
                           chosen_by_id=by.user_id)
            for person in (sorted(persons) or [None])
        ]  # fmt: skip
        check_can_write(by, choices[0])
        check_to_come(appointment, at=at)
        check_can_be_chosen(appointment, persons)
        former = ReminderChoice.objects.for_system(reason="what was chosen before").filter(appointment=appointment)
        former.delete()
        ReminderChoice.objects.bulk_create(choices)
        record(facts.REMINDED_CHOSEN, about=about_case(appointment.case), frame=case_frame(appointment.case), at=at)


@transaction.atomic
def make_invitation(
    *, case: Case, kind: str, host: User, room: Place | None, until: date, by: Actor, at: datetime
) -> Invitation:
    """Let somebody choose a time by a link. Raises NotAllowed, WrongState (case closed), BadInput."""
    invitation = Invitation(akte=case.akte, case=case, kind=kind, host=host, room=room, until=until, made_at=at)
    invitation.made_by_id = by.user_id
    check_can_work(by, case, invitation)
    check_invitation(invitation, at=at)
    invitation.save()
    record(facts.INVITED, about=about_case(case), frame=case_frame(case), at=at)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, slot: Slot, link: Link, by: Actor, at: datetime) -> Appointment:
    """Book the time that somebody chose by a link. Of two at a time one comes first.

    Raises LinkGone, WrongState (chosen already), BadInput (taken meanwhile).
    """
    use_link(link=link, by=by, at=at)
    held = Invitation.objects.for_system(reason="opened by its link").select_for_update().get(pk=invitation.pk)
    if held.appointment_id:
        raise WrongState(_("Über diesen Link ist schon ein Termin gebucht."))
    check_invitation(held, at=at)
    meeting = calendar.Meeting(
        held.kind, slot.starts_at, slot.ends_at, held.host, held.room, place="" if held.room else _outside(held)
    )
    appointment = calendar.book(case=held.case, meeting=meeting, by=Actor.system(HOUSE), at=at)
    held.appointment = appointment
    held.save(update_fields=["appointment"])
    invitation.appointment = appointment
    _remind_whom_it_was_sent_to(held, appointment, at)
    record(facts.BOOKED_BY_LINK, about=about_case(held.case), frame=case_frame(held.case), at=at)
    tell(case=held.case, text=_("Über einen Link wurde ein Termin gebucht."), to=held.host, at=at, once=True)
    return appointment


def _remind_whom_it_was_sent_to(invitation: Invitation, appointment: Appointment, at: datetime) -> None:
    """Who got the link chose the time, and is who is reminded of it; where nobody got it, it is to be asked."""
    sent = Message.objects.for_system(reason="to whom an invitation was sent").filter(
        akte=invitation.akte_id, subject=invitation.pk, person__isnull=False
    )
    if person := sent.values_list("person", flat=True).first():
        ReminderChoice.objects.create(akte=appointment.akte, appointment=appointment, person=person, chosen_at=at)


def _outside(invitation: Invitation) -> str:
    site = invitation.akte.site
    return site.name if kind_of(invitation.kind).needs_room and site else ""


@transaction.atomic
def cancel_by_link(*, appointment: Appointment, link: Link, by: Actor, at: datetime, reason: str = "") -> None:
    """Cancel an appointment by its link, perhaps with a reason from the list. Raises LinkGone, WrongState."""
    use_link(link=link, by=by, at=at)
    check_to_come(appointment, at=at)
    calendar.cancel_appointment(appointment=appointment, by=Actor.system(HOUSE), at=at)
    _changed(appointment, at)
    said = _("Ein Termin wurde über einen Link abgesagt.")
    why = _(" Grund: %(reason)s.") % {"reason": reason} if reason else ""
    tell(case=appointment.case, text=said + why, to=appointment.host, at=at, once=True)


@transaction.atomic
def move_by_link(*, appointment: Appointment, slot: Slot, link: Link, by: Actor, at: datetime) -> None:
    """Put an appointment to a time chosen by its link. Raises LinkGone, WrongState, BadInput (taken meanwhile)."""
    use_link(link=link, by=by, at=at)
    check_to_come(appointment, at=at)
    calendar.move_appointment(
        appointment=appointment, starts_at=slot.starts_at, ends_at=slot.ends_at, by=Actor.system(HOUSE), at=at
    )
    wishes = EarlierWish.objects.for_system(reason="a time was chosen")
    wishes.filter(appointment=appointment, ended_at__isnull=True).update(ended_at=at)
    _changed(appointment, at)
    tell(
        case=appointment.case,
        text=_("Ein Termin wurde über einen Link verlegt."),
        to=appointment.host,
        at=at,
        once=True,
    )


@transaction.atomic
def set_earlier_wish(
    *, appointment: Appointment, person: Person, wanted: bool, link: Link, by: Actor, at: datetime
) -> None:
    """Wait for an earlier time, or no more. Raises LinkGone, WrongState."""
    use_link(link=link, by=by, at=at)
    check_to_come(appointment, at=at)
    EarlierWish.objects.for_system(reason="opened by a link").update_or_create(
        appointment=appointment,
        defaults={
            "akte": appointment.akte, "circle_id": appointment.circle_id, "person": person.pk, "wished_at": at,
            "ended_at": None if wanted else at,
        },
    )  # fmt: skip
    _changed(appointment, at)


def _changed(appointment: Appointment, at: datetime) -> None:
    case = appointment.case
    record(facts.CHANGED_BY_LINK, about=about_case(case), frame=case_frame(case), at=at)
