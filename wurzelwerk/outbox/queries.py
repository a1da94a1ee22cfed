"""Reads about the outbox: how much waits, and what stands in the way. Counts name nobody."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.formats import moment
from wurzelwerk.trust.actor import Actor

from . import sending_rules
from .backends import is_set_up
from .enums import Channel, MessageState
from .models import Beat, Invited, Inviting, Message

LOOKS_BACK = timedelta(days=7)
OPEN = (MessageState.WAITING, MessageState.SENDING)
NEEDS_SOMEBODY = (MessageState.FAILED, MessageState.UNCLEAR)


@dataclass(frozen=True)
class ChannelStanding:
    """How a channel does: what waits now, what became of the messages of the last seven days, what is in the way."""

    channel: str
    label: str
    is_set_up: bool
    waiting: int
    stuck: int
    sent: int
    failed: int
    unclear: int
    trouble: str


def standings(rows: QuerySet, *, at: datetime) -> list[ChannelStanding]:
    """Return how each channel does as far as these messages go (three queries)."""
    counts: Counter[tuple[str, str]] = Counter()
    recent = rows.filter(ended_at__gte=at - LOOKS_BACK).exclude(state__in=OPEN)
    for part in (rows.filter(state__in=OPEN), recent):
        for channel, state, number in part.order_by().values_list("channel", "state").annotate(number=Count("pk")):
            counts[channel, state] += number
    stuck = dict(_stuck(rows).values_list("channel").annotate(number=Count("pk")))
    return [
        ChannelStanding(
            channel=channel,
            label=str(Channel(channel).label),
            is_set_up=is_set_up(channel),
            waiting=sum(counts[channel, state] for state in OPEN),
            stuck=stuck.get(channel, 0),
            sent=counts[channel, MessageState.SENT],
            failed=counts[channel, MessageState.FAILED],
            unclear=counts[channel, MessageState.UNCLEAR],
            trouble=trouble(channel, at=at),
        )
        for channel in Channel.values
    ]


def _stuck(rows: QuerySet) -> QuerySet:
    return rows.filter(state=MessageState.WAITING, tries__gt=0).order_by()


def everything() -> QuerySet:
    """Return all messages, for counting alone."""
    return Message.objects.for_system(reason="counts and reasons without content")


def needing_somebody(actor: Actor, *, at: datetime) -> QuerySet:
    """Return what did not go out in the last days, or of which nobody knows, as far as the actor may see."""
    rows = Message.objects.visible_to(actor).filter(state__in=NEEDS_SOMEBODY, ended_at__gte=at - LOOKS_BACK)
    return rows.select_related("akte").order_by("-ended_at", "pk")


def trouble(channel: str, *, at: datetime) -> str:
    """Say in a German sentence what keeps messages of a channel from going out now; empty where nothing does.

    Says how many wait and why, never whose they are: for every page that leans on messages going out.
    """
    if not is_set_up(channel):
        return _("%(channel)s ist nicht eingerichtet; es geht nichts hinaus.") % {"channel": Channel(channel).label}
    stuck = _stuck(everything()).filter(channel=channel).aggregate(number=Count("pk"), latest=Max("error"))
    if stuck["number"]:
        said = ngettext(
            "%(error)s Eine Nachricht wartet und wird weiter versucht.",
            "%(error)s %(number)d Nachrichten warten und werden weiter versucht.",
            stuck["number"],
        )
        return said % {"error": stuck["latest"], "number": stuck["number"]}
    return silence(channel, at=at)


def silence(channel: str, *, at: datetime) -> str:
    """Say that the process which sends is not at work although something is due; empty where it is."""
    before = at - sending_rules.minutes("silent_after", on=local_day(at))
    due = everything().filter(state=MessageState.WAITING, channel=channel, try_at__lte=before)
    if not due.exists():
        return ""
    beat = Beat.objects.filter(pk=1).first()
    if beat and beat.at > before:
        return ""
    since = moment(beat.at) if beat else _("noch nie")
    return _("Der Versand läuft nicht (zuletzt: %(since)s). Die Nachrichten warten.") % {"since": since}


def troubles(*, at: datetime) -> list[str]:
    """Return what keeps messages from going out on the channels that are set up (for `outbox/banner.html`)."""
    return [said for channel in Channel.values if is_set_up(channel) and (said := trouble(channel, at=at))]


STATES = {
    MessageState.WAITING: (_l("wartet"), "info"), MessageState.SENDING: (_l("wartet"), "info"),
    MessageState.SENT: (_l("verschickt"), "success"), MessageState.FAILED: (_l("nicht verschickt"), "danger"),
    MessageState.UNCLEAR: (_l("ungewiss"), "warning"), MessageState.CANCELLED: (_l("verworfen"), ""),
}  # fmt: skip


@dataclass(frozen=True)
class GuestLine:
    """Somebody who was invited: `title` says to what the latest message asked, `said` and `why` what became of it."""

    row: Invited
    title: str
    said: str
    kind: str
    why: str


@dataclass(frozen=True)
class InvitingShown:
    """Whether a meeting's guests are invited by mail, who was; the addresses of the switch are the room's.

    `why_not`: why no mail goes out of this installation at all; empty where it does.
    """

    is_on: bool
    guests: list[GuestLine]
    url_on: str
    url_off: str
    why_not: str = ""


def inviting_of(subject: UUID, *, actor: Actor, urls: tuple[str, str]) -> InvitingShown:
    """Return what is shown of the invitations to a meeting, as far as the actor may see it (two queries)."""
    inviting = Inviting.objects.visible_to(actor).of(subject=subject).sole()
    rows = Invited.objects.visible_to(actor).of(inviting_id=inviting.pk) if inviting else ()
    guests = [_guest(row) for row in rows.select_related("message")] if inviting else []
    why_not = "" if is_set_up(Channel.MAIL) else _("E-Mail ist hier nicht eingerichtet; es geht nichts hinaus.")
    return InvitingShown(bool(inviting and inviting.is_on), guests, *urls, why_not)


def _guest(row: Invited) -> GuestLine:
    off = _("Absage") if row.is_off else _("Einladung")
    if row.message is None:
        said = _("nicht verschickt") if row.why_not else (_("ausgeladen") if row.is_off else _("verschickt"))
        return GuestLine(row, off, said, "danger" if row.why_not else "", row.why_not)
    said, kind = STATES[MessageState(row.message.state)]
    return GuestLine(row, row.message.title, str(said), kind, row.message.error)
