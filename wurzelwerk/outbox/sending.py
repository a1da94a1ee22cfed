"""The worker: sends what is due, each message at most once.

A message is claimed in a transaction of its own before it is handed over, and marked after. If the process dies in
between (kill -9, power), the message stays claimed; after some minutes it counts as `unclear` and is never sent again
by itself: the page says so, and a person decides. What was surely not taken is tried again, at growing intervals, until
it would be useless.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base import clock
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.rooms import ticks

from . import sending_rules
from .backends import Away, Later, NotTaken, Outgoing, Refused, Unclear, is_set_up, way_out
from .enums import Channel, MessageState
from .models import Beat, Inviting, Message
from .rules import check_may_reach

log = logging.getLogger(__name__)
MOST_AT_ONCE = 200
ENDED = (MessageState.SENT, MessageState.FAILED, MessageState.UNCLEAR, MessageState.CANCELLED)


def _messages():
    return Message.objects.for_system(reason="the worker sends what is due")


def tick(*, at: datetime) -> int:
    """Let the rooms queue what has become due, then send; return how many messages went out."""
    for work in ticks():
        try:
            work(at)
        except Exception as error:  # noqa: BLE001 - what one room cannot do keeps no other's messages back
            log.error("%s.%s failed: %s", work.__module__, work.__name__, type(error).__name__)
    sent = send_due(at=at)
    Beat.objects.update_or_create(pk=1, defaults={"at": at})
    return sent


def send_due(*, at: datetime) -> int:
    """Send every message whose time has come; return how many were taken.

    Where a channel's server is away, one message a round is tried on it and no more.
    """
    give_up_claims(at=at)
    _drop_late(at)
    sent = 0
    for channel in filter(is_set_up, Channel.values):
        for _number in range(MOST_AT_ONCE):
            message = _claim(channel, at)
            if message is None:
                break
            outcome = _hand_over(message)
            _mark(message, outcome, at)
            sent += outcome is None
            if isinstance(outcome, Away):
                break
    return sent


def give_up_claims(*, at: datetime) -> int:
    """Mark as unclear what was claimed long ago and never marked: whoever claimed it is dead. Return how many."""
    before = at - sending_rules.minutes("unclear_after", on=local_day(at))
    said = _("Der Versand brach ab. Ob die Nachricht ankam, ist ungewiss.")
    return _messages().filter(state=MessageState.SENDING, claimed_at__lte=before).update(
        state=MessageState.UNCLEAR, ended_at=at, error=said
    )  # fmt: skip


def _drop_late(at: datetime) -> None:
    """What would come too late does not go out any more."""
    said = _("Die Nachricht wäre zu spät gekommen.")
    late = _messages().filter(state=MessageState.WAITING, until__lte=at)
    late.filter(error="").update(error=said)
    late.update(state=MessageState.FAILED, ended_at=at)


def _claim(channel: str, at: datetime) -> Message | None:
    """Take the next message of a channel, so that no other process takes it; None where nothing is due."""
    due = _messages().filter(state=MessageState.WAITING, channel=channel, try_at__lte=at, until__gt=at)
    while (pk := due.order_by("try_at", "pk").values_list("pk", flat=True).first()) is not None:
        claimed = due.filter(pk=pk).update(state=MessageState.SENDING, claimed_at=at)
        if claimed:
            return _messages().get(pk=pk)
    return None


def _hand_over(message: Message) -> NotTaken | None:
    """Give a message to its way out; return what that said instead of taking it. No transaction is open meanwhile."""
    try:
        check_may_reach(message)  # the person may have asked for it to stop since
    except HouseError as error:
        return Refused(error.message)
    outgoing = Outgoing(str(message.pk), message.address, message.title, message.text, message.calendar)
    try:
        way_out(message.channel).send(outgoing)
    except NotTaken as said:
        return said
    except Exception:  # noqa: BLE001 - a way out of somebody else's; one message must not stop the others
        log.warning("a way out for %s failed in an unforeseen way", message.channel)
        return Unclear(_("Beim Versand ging etwas Unerwartetes schief."))
    return None


@transaction.atomic
def _mark(message: Message, outcome: NotTaken | None, at: datetime) -> None:
    """Write down what became of a message that was claimed."""
    message.tries += 1
    message.claimed_at = None
    message.error = str(outcome)[:200] if outcome else ""
    if isinstance(outcome, Later):
        message.state = MessageState.WAITING
        message.try_at = at + sending_rules.pause(message.tries, on=local_day(at))
    else:
        message.ended_at = at
        message.state = MessageState.SENT if outcome is None else MessageState.FAILED
        if isinstance(outcome, Unclear):
            message.state = MessageState.UNCLEAR
        if outcome is None:
            message.text = message.calendar = ""
    message.save(update_fields=["tries", "claimed_at", "error", "state", "try_at", "ended_at", "text", "calendar"])


def forget(*, at: datetime) -> int:
    """Empty the texts of what came too late, delete what was done with long ago; return how many were deleted.

    With it goes who was invited to meetings that are as long over: addresses of people from outside.
    """
    unsent = _messages().filter(state__in=[MessageState.FAILED, MessageState.UNCLEAR], until__lte=at)
    unsent.exclude(text="").update(text="", calendar="")
    old = at - sending_rules.kept_for(on=local_day(at))
    deleted, _by_model = _messages().filter(state__in=ENDED, ended_at__lt=old).delete()
    Inviting.objects.for_system(reason="whom nobody needs to reach any more").filter(ends_at__lt=old).delete()
    return deleted


def work(*, every: float, stopping: Callable[[], bool]) -> None:
    """Go on sending until asked to stop; what fails is said and tried again in the next round."""
    while not stopping():
        close_old_connections()
        try:
            tick(at=clock.now())
        except Exception as error:  # noqa: BLE001 - its text may name a recipient, so that only its kind is said
            log.error("the outbox could not be worked off: %s", type(error).__name__)
        waited = 0.0
        while waited < every and not stopping():
            time.sleep(0.2)
            waited += 0.2
