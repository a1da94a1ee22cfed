"""What becomes of links, wishes and messages when somebody leaves a household; in the same transaction."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.dispatch import receiver

from wurzelwerk.cases.merge_moving import change, changed
from wurzelwerk.cases.signals import people_left
from wurzelwerk.outbox.actions import cancel_message
from wurzelwerk.outbox.enums import MessageState
from wurzelwerk.outbox.models import Message
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.link_actions import revoke_link
from wurzelwerk.trust.links import Link
from wurzelwerk.trust.models import Akte

from .models import EarlierOffer, EarlierWish, Reminder

REASON = "what somebody who left holds of an Akte"
GOING_OUT = (MessageState.WAITING, MessageState.SENDING)


@receiver(people_left, dispatch_uid="portal.people_left")
def end_what_they_hold(
    *, akte: Akte, persons: Collection[UUID], parted: bool, at: datetime, **_kwargs: Any
) -> list[dict[str, Any]]:
    """Send them nothing more, offer them nothing, open nothing to them; return what was changed, but for messages.

    A slip names nobody: where a household was parted, every link about its appointments ends.
    """
    house = Actor.system("somebody left the household")
    rows = Message.objects.for_system(reason=REASON).filter(akte=akte, person__in=persons)
    for message in rows.filter(state__in=[MessageState.WAITING, MessageState.FAILED, MessageState.UNCLEAR]):
        cancel_message(message=message, by=house, at=at)
    wishes = EarlierWish.objects.for_system(reason=REASON).filter(akte=akte, person__in=persons, ended_at__isnull=True)
    kept = [change(wish, ended_at=at) for wish in wishes]
    for link in _links(akte, persons, parted=parted, at=at):
        revoke_link(link=link, by=house, at=at)
        kept.append(changed(link, revoked_at=None))
    return kept


def _links(akte: Akte, persons: Collection[UUID], *, parted: bool, at: datetime) -> QuerySet[Link]:
    """The links that end: those sent to who goes; or all but those still on their way to who stays."""
    standing = Link.objects.for_system(reason=REASON).filter(
        Link.stands(at=at), akte=akte, purpose__startswith="portal."
    )
    told = Message.objects.for_system(reason=REASON).filter(akte=akte, subject__isnull=False)
    if parted:
        on_their_way = told.filter(state__in=GOING_OUT).exclude(person__in=persons)
        return standing.exclude(subject__in=on_their_way.values("subject"))
    theirs = {
        *Reminder.objects.for_system(reason=REASON).filter(akte=akte, person__in=persons).values_list("pk", flat=True),
        *EarlierOffer.objects.for_system(reason=REASON)
        .filter(akte=akte, wish__person__in=persons)
        .values_list("pk", flat=True),
        *told.filter(person__in=persons).values_list("subject", flat=True),
    }
    return standing.filter(subject__in=theirs)
