"""Writes on messages: queue, cancel, repeat; the switch of invitations. Sending is the worker's, in `sending.py`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_can_write

from . import facts
from .enums import MessageState
from .models import Invited, Inviting, Message
from .rules import check_can_queue, check_can_repeat, check_may_reach, check_state


@dataclass(frozen=True)
class Letter:
    """What is to be sent to whom: see `Message`. `title` and `calendar` are a mail's; an SMS has neither."""

    channel: str
    address: str
    text: str
    title: str = ""
    person: UUID | None = None
    calendar: str = ""


@transaction.atomic
def queue_message(
    *,
    akte: Akte,
    letter: Letter,
    cause: str,
    until: datetime,
    by: Actor,
    at: datetime,
    subject: UUID | None = None,
    send_at: datetime | None = None,
) -> Message:
    """Put a message into the outbox, in the transaction of its cause; it goes out when that is committed.

    Raises NotAllowed where the person asked for no such message (the sentence says so), WrongState where the channel is
    not set up or it is too late, BadInput without text.
    """
    message = Message(
        akte=akte,
        channel=letter.channel,
        address=letter.address,
        title=letter.title,
        text=letter.text,
        calendar=letter.calendar,
        person=letter.person,
        cause=cause,
        subject=subject,
        made_at=at,
        made_by_id=by.user_id,
        try_at=send_at or at,
        until=until,
    )
    check_can_queue(message, by=by, at=at)
    message.save()
    record(facts.MESSAGE_QUEUED, about=[], frame=frame_of(akte), at=at)
    return message


@transaction.atomic
def cancel_message(*, message: Message, by: Actor, at: datetime) -> None:
    """Let a message not go out; its text is emptied. Raises NotAllowed, WrongState (gone already, or under way)."""
    if not by.is_house and by.link is None:
        check_can_write(by, message)
    held = _held(message)
    allowed = {MessageState.WAITING, MessageState.FAILED, MessageState.UNCLEAR}
    check_state(held, allowed, _("Diese Nachricht ist schon hinausgegangen oder verworfen."))
    held.state, held.text, held.calendar, held.ended_at = MessageState.CANCELLED, "", "", at
    held.save(update_fields=["state", "text", "calendar", "ended_at"])
    record(facts.MESSAGE_CANCELLED, about=[], frame=frame_of(message.akte), at=at)


@transaction.atomic
def repeat_message(*, message: Message, by: Actor, at: datetime) -> None:
    """Queue once more what did not go out, or of which nobody knows. Raises NotAllowed, WrongState."""
    check_can_write(by, message)
    held = _held(message)
    check_can_repeat(held, at=at)
    check_may_reach(held)
    held.state, held.try_at, held.tries, held.ended_at, held.error = MessageState.WAITING, at, 0, None, ""
    held.save(update_fields=["state", "try_at", "tries", "ended_at", "error"])
    record(facts.MESSAGE_REPEATED, about=[], frame=frame_of(message.akte), at=at)


@transaction.atomic
def set_inviting(*, akte: Akte, subject: UUID, on: bool, by: Actor, at: datetime) -> Inviting:
    """Let those who take part in a meeting be invited by mail from now on, or no more; the other is the way back.

    Off: what still waits does not go out; who was invited is not told. Raises NotAllowed.
    """
    inviting = Inviting(akte=akte, subject=subject)
    check_can_write(by, inviting)
    rows = Inviting.objects.for_system(reason="the same meeting, held").select_for_update()
    inviting = rows.filter(subject=subject).first() or inviting
    inviting.is_on, inviting.set_at, inviting.set_by_id = on, at, by.user_id
    inviting.save()
    if not on:
        _stop_waiting(inviting, at)
    record(facts.INVITING_SET, about=[], frame=frame_of(akte), at=at)
    return inviting


def _stop_waiting(inviting: Inviting, at: datetime) -> None:
    """Whoever has not been told yet must be told anew when it is switched on again."""
    waiting = Message.objects.for_system(reason="invitations that wait").filter(state=MessageState.WAITING)
    guests = Invited.objects.for_system(reason="who is invited").filter(inviting=inviting, message__in=waiting)
    for guest in guests.select_related("message"):
        cancel_message(message=guest.message, by=Actor.system("outbox.inviting"), at=at)
        guest.version = None
        guest.save(update_fields=["version"])


def _held(message: Message) -> Message:
    """The row as it is now, kept from the worker meanwhile."""
    rows = Message.objects.for_system(reason="the same row, held")
    return rows.select_for_update().get(pk=message.pk)
