"""Invitations to meetings by mail: each round compares what stands now with what was told, and queues the difference.

Nothing is queued by hand, so that nothing can be forgotten: whoever moves a meeting, cancels it or brings it back, in
whichever room and by whichever way, causes the next message. A mail says when and where, never of whom or about what.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.formats import clock, weekday
from wurzelwerk.base.ical import Address, event, invitation
from wurzelwerk.trust.actor import Actor

from .actions import Letter, cancel_message, queue_message
from .backends import is_set_up
from .enums import Channel, MessageState
from .models import Invited, Inviting

CAUSE = "outbox.invitation"
GONE_OUT = (MessageState.SENT, MessageState.SENDING, MessageState.UNCLEAR)
REPLACED = (MessageState.WAITING, MessageState.FAILED, MessageState.UNCLEAR)
NAMED_AT_MOST = 160


@dataclass(frozen=True)
class When:
    """When and where a meeting takes place, or that it does not."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    cancelled: bool = False


@dataclass(frozen=True)
class Occasion:
    """A meeting as it stands. `summary`: what calendars call it; `office`: who invites; `phone`: where one may ask."""

    subject: UUID
    when: When
    guests: tuple[Address, ...]
    summary: str
    office: str
    phone: str = ""

    @property
    def wanted(self) -> Mapping[str, Address]:
        """Who is to be there, by mail address in small letters; nobody where it does not take place."""
        if self.when.cancelled:
            return {}
        return {one.email.strip().lower(): one for one in self.guests if one.email.strip()}


def standing(subjects: Iterable[UUID]) -> dict[UUID, Inviting]:
    """Return the meetings among these to which is invited by mail, each with its `guests` read (two queries)."""
    rows = Inviting.objects.for_system(reason="what is to be told").filter(is_on=True)
    found = {row.subject: row for row in rows.among(subject=list(subjects))}
    by_pk = {row.pk: [] for row in found.values()}
    guests = Invited.objects.for_system(reason="who was told")
    for guest in guests.among(inviting_id=list(by_pk)):
        by_pk[guest.inviting_id].append(guest)
    for row in found.values():
        row.told = by_pk[row.pk]
    return found


def subjects_on():
    """Return the ids of all meetings to which is invited by mail, to be asked within another query."""
    return Inviting.objects.for_system(reason="what is to be told").filter(is_on=True).values("subject")


def settle_all(occasions: Iterable[Occasion], *, at: datetime) -> int:
    """Queue what has to be told of these meetings; return how many messages were queued."""
    if not is_set_up(Channel.MAIL):
        return 0
    listed = list(occasions)
    known = standing(one.subject for one in listed)
    return sum(
        settle(one, at=at) for one in listed
        if one.subject in known and not _is_settled(known[one.subject], known[one.subject].told, one)
    )  # fmt: skip


def _told(inviting: Inviting) -> When | None:
    if inviting.starts_at is None:
        return None
    return When(inviting.starts_at, inviting.ends_at, inviting.place, inviting.cancelled)


def _is_settled(inviting: Inviting, guests: Iterable[Invited], occasion: Occasion) -> bool:
    told = {row.email for row in guests if not row.is_off and row.version == inviting.version}
    open_ = {row.email for row in guests if not row.is_off}
    return open_ == told == set(occasion.wanted) and (not occasion.wanted or _told(inviting) == occasion.when)


@transaction.atomic
def settle(occasion: Occasion, *, at: datetime) -> int:
    """Queue what has to be told of one meeting; of two processes at a time the second finds nothing left to do."""
    rows = Inviting.objects.for_system(reason="two processes send").select_for_update()
    inviting = rows.filter(subject=occasion.subject, is_on=True).first()
    if inviting is None:
        return 0
    before = _told(inviting) or occasion.when
    _take(inviting, occasion.when)
    guests = {row.email: row for row in Invited.objects.for_system(reason="who was told").filter(inviting=inviting)}
    queued = 0
    for email, guest in occasion.wanted.items():
        row = guests.pop(email, None) or Invited(akte=inviting.akte, inviting=inviting, email=email, is_off=True)
        if row.is_off or row.version != inviting.version:
            row.name, row.is_off = guest.name[:NAMED_AT_MOST], False
            queued += _tell(row, occasion, occasion.when, at)
    for row in guests.values():
        if not row.is_off:
            row.is_off = True
            queued += _tell(row, occasion, before, at)
    return queued


def _take(inviting: Inviting, when: When) -> None:
    if _told(inviting) == when:
        return
    inviting.version += 1
    inviting.starts_at, inviting.ends_at, inviting.place = when.starts_at, when.ends_at, when.place
    inviting.cancelled = when.cancelled
    inviting.save(update_fields=["version", "starts_at", "ends_at", "place", "cancelled"])


def _tell(row: Invited, occasion: Occasion, when: When, at: datetime) -> int:
    """Queue one message in place of one that still waits; who never was reached needs no cancellation."""
    system = Actor.system(CAUSE)
    if row.message is not None:
        row.reached = row.reached or row.message.state in GONE_OUT
        if row.message.state in REPLACED:
            cancel_message(message=row.message, by=system, at=at)
    row.message, row.why_not, row.version, row.told_at = None, "", row.inviting.version, at
    if row.reached or not row.is_off:
        row.sequence += 1
        try:
            row.message = queue_message(
                akte=row.inviting.akte, letter=_letter(row, occasion, when, at), cause=CAUSE, until=when.starts_at,
                subject=occasion.subject, by=system, at=at,
            )  # fmt: skip
        except HouseError as error:
            row.why_not = error.message[:200]
    row.save()
    return int(row.message is not None)


def _letter(row: Invited, occasion: Occasion, when: When, at: datetime) -> Letter:
    found = event(
        pk=occasion.subject, starts_at=when.starts_at, ends_at=when.ends_at, summary=occasion.summary,
        place=when.place, sequence=row.sequence - 1, at=at, cancelled=row.is_off,
    )  # fmt: skip
    organiser = Address(settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> "), occasion.office)
    file = invitation(found, organiser=organiser, guest=Address(row.email, row.name), cancelled=row.is_off)
    return Letter(Channel.MAIL, row.email, _text(row, occasion, when), title=_title(row), calendar=file)


def _title(row: Invited) -> str:
    if row.is_off:
        return _("Absage")
    return _("Einladung, geändert") if row.reached else _("Einladung")


def _text(row: Invited, occasion: Occasion, when: When) -> str:
    said = {
        "what": occasion.summary, "day": weekday(when.starts_at), "start": clock(when.starts_at),
        "end": clock(when.ends_at),
    }  # fmt: skip
    if row.is_off:
        lines = [_("%(what)s am %(day)s, %(start)s bis %(end)s: Diese Einladung ist zurückgenommen.") % said]
    else:
        lines = [_("%(what)s am %(day)s, %(start)s bis %(end)s") % said]
        lines += [_("Ort: %(place)s") % {"place": when.place}] if when.place else []
    lines.append(_("Ihr Kalenderprogramm kann die Nachricht übernehmen. Eine Antwort per E-Mail liest niemand."))
    lines.append(", ".join(filter(None, [occasion.office, occasion.phone and f"Telefon {occasion.phone}"])))
    return "\n\n".join(filter(None, lines))
