"""Minutes that other bodies may read: to whom they could be opened, to whom they are, and what of them is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from wurzelwerk.cases.enums import ConferenceState, ReferralState
from wurzelwerk.cases.minutes_rules import decisions_of, is_in_charge
from wurzelwerk.cases.models import Conference, OpenedMinutes, Participant, Referral
from wurzelwerk.network.models import Membership
from wurzelwerk.trust.actor import Actor

from .forms.choosing import label_or_code


@dataclass(frozen=True)
class Reader:
    """A body that took part: `opened` where it may read the minutes; `outdated`: they were changed since."""

    referral: Referral
    opened: OpenedMinutes | None
    outdated: bool


@dataclass(frozen=True)
class OpenedDecision:
    """A decision as it was opened."""

    text: str
    who: str
    due_on: date


def readers_of(conference: Conference, *, actor: Actor) -> list[Reader]:
    """Return the bodies that took part and work with the household by an accepted referral (at most five queries)."""
    if conference.state != ConferenceState.HELD:
        return []
    referrals = Referral.objects.visible_to(actor).of(case_id=conference.case_id)
    accepted = list(
        referrals.filter(state=ReferralState.ACCEPTED, receiver_akte__isnull=False).select_related("receiver")
    )
    if not accepted:
        return []
    there = Participant.objects.visible_to(actor).of(conference_id=conference.pk).filter(present=True)
    users = list(there.exclude(user=None).order_by().values_list("user_id", flat=True))
    bodies = set(Membership.objects.filter(user_id__in=users).values_list("organisation_id", flat=True))
    rows = OpenedMinutes.objects.visible_to(actor).of(conference_id=conference.pk).filter(closed_at__isnull=True)
    standing = {row.receiver_id: row for row in rows}
    now = (conference.minutes, decisions_of(conference)) if standing else None
    return [
        Reader(row, found := standing.get(row.receiver_id), found is not None and (found.text, found.decisions) != now)
        for row in accepted
        if row.receiver_id in bodies
    ]


def may_open(conference: Conference, *, actor: Actor, at: datetime) -> bool:
    """Say whether the actor is the one who opens minutes of this case to others."""
    return is_in_charge(actor, conference.case, at=at)


def named(rows: Iterable[OpenedMinutes]) -> list[OpenedMinutes]:
    """Return the rows, each with the name of its kind as `label`."""
    found = list(rows)
    for row in found:
        row.label = label_or_code("conference_kinds", row.kind)
    return found


def opened_decisions(row: OpenedMinutes) -> list[OpenedDecision]:
    """Return what was decided, as it was opened."""
    return [OpenedDecision(text, who, date.fromisoformat(until)) for text, who, until in row.decisions]
