"""Writes on messages: queue, cancel, repeat. Sending is the worker's, in `sending.py`."""

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
from .models import Message
from .rules import check_can_queue, check_can_repeat, check_may_reach, check_state


@dataclass(frozen=True)
class Letter:
    """What is to be sent to whom: see `Message`. `title` is a mail's subject line; an SMS has none."""

    channel: str
    address: str
    text: str
    title: str = ""
    person: UUID | None = None


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
    held.state, held.text, held.ended_at = MessageState.CANCELLED, "", at
    held.save(update_fields=["state", "text", "ended_at"])
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


def _held(message: Message) -> Message:
    """The row as it is now, kept from the worker meanwhile."""
    rows = Message.objects.for_system(reason="the same row, held")
    return rows.select_for_update().get(pk=message.pk)
