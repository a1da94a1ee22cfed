"""What a body without an account is told: exactly what was released for the stage it is at, and nothing else.

Read with the releases as they stand at this moment: who withdrew, or joined the household later, is not told of.
Addresses are never passed on, so that none that is guarded can be.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import segno
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import WrongState
from wurzelwerk.base.fields import joined
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import ReferralState
from wurzelwerk.cases.models import Person, PersonLanguage, Referral, ReferralEvent
from wurzelwerk.cases.passing_on import close_links
from wurzelwerk.cases.queries import present_members
from wurzelwerk.outbox.actions import Letter, cancel_message, queue_message
from wurzelwerk.outbox.enums import Channel, MessageState
from wurzelwerk.outbox.models import Message
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.link_actions import issue_link
from wurzelwerk.trust.links import Issued
from wurzelwerk.trust.queries import standing_consents
from wurzelwerk.trust.scopes import Basis

from .forms.choosing import label_or_code

PURPOSE = "counselling.referral"
"""For what its links are issued."""
REASON = "what a referral passes on by its link or on paper"


@dataclass(frozen=True)
class Told:
    """One thing that is passed on: what it is called, and its lines."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Passed:
    """All that is passed on now, and what follows with the acceptance (names of things only)."""

    told: list[Told] = field(default_factory=list)
    later: list[str] = field(default_factory=list)


def passed_on(referral: Referral, *, on: date) -> Passed:
    """Return what the receiver is told at the stage of the referral."""
    stages = ["request", "accepted"] if referral.state == ReferralState.ACCEPTED else ["request"]
    now = [code for stage in stages for code in referral.items.get(stage, ())]
    later = [code for stage, codes in referral.items.items() if stage not in stages for code in codes]
    people = _people(referral, on=on)
    told = [Told(label_or_code("release_items", code), tuple(_lines(code, referral, people))) for code in now]
    return Passed([one for one in told if one.lines], [label_or_code("release_items", code) for code in later])


def _people(referral: Referral, *, on: date) -> list[Person]:
    """Members of whom something may be said: with a release of their own, or all where a law says so."""
    members = present_members(referral.household)
    if referral.basis == Basis.CONSENT:
        consents = standing_consents(referral.akte, receiver_id=referral.receiver_id, purpose=referral.purpose, on=on)
        members = [pk for pk in members if pk in consents]
    rows = Person.objects.for_system(reason=REASON).in_bulk(members)
    return [rows[pk] for pk in members if pk in rows]


def _lines(code: str, referral: Referral, people: list[Person]) -> Iterable[str]:
    if code == "concern":
        return referral.concern.splitlines()
    named = [person for person in people if person.pk == referral.named]
    if code == "name":
        return [person.name for person in named]
    if code == "members":
        return [f"{one.name}, {one.birth_date.year}" if one.birth_date else one.name for one in people]
    return _reached(named) if code == "contact" else ()


def _reached(people: list[Person]) -> list[str]:
    languages = PersonLanguage.objects.for_system(reason=REASON).filter(person__in=[one.pk for one in people])
    spoken = [label_or_code("languages", row.code) + (_(" (Sprachmittlung nötig)") if row.needs_interpreter else "")
              for row in languages]  # fmt: skip
    lines = [line for one in people for line in (*one.phones, one.email, one.contact_warning) if line]
    return [*map(str, lines), *([", ".join(spoken)] if spoken else [])]


def messages_of(referral: Referral) -> list[ReferralEvent]:
    """Return questions and replies, the oldest first, for the page of the link."""
    rows = ReferralEvent.objects.for_system(reason=REASON).filter(referral=referral, news__in=["asked", "replied"])
    return list(rows.order_by("at", "pk"))


@transaction.atomic
def issue(referral: Referral, *, by: Actor, at: datetime) -> Issued:
    """Make a link to a referral that stands, good until its day; the former ones end, on their way or there.

    Raises NotAllowed, WrongState.
    """
    if referral.state not in {ReferralState.SENT, ReferralState.ACCEPTED} or referral.way != "link":
        raise WrongState(_("Zu dieser Überweisung lässt sich kein Link ausgeben."))
    until = joined(referral.open_until + timedelta(days=1), time(0))
    issued = issue_link(purpose=PURPOSE, thing=referral, valid_until=until, by=by, at=at)
    close_links(referral, at=at, but=issued.link)
    waiting = Message.objects.for_system(reason="a mail with a link that has ended").filter(
        akte=referral.akte_id, cause=PURPOSE, subject=referral.pk, state=MessageState.WAITING
    )
    for message in waiting:
        cancel_message(message=message, by=Actor.system("a newer link was given out"), at=at)
    return issued


def address_of(issued: Issued, base: str = "") -> str:
    """Return the whole address of a link; `base` is where the house was asked, where the settings do not say."""
    return f"{settings.PUBLIC_URL or base}{issued.path}"


def picture_of(address: str) -> str:
    """Return the address as a QR code, an SVG drawing."""
    return segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True)


@transaction.atomic
def mail_link(referral: Referral, to: str, *, by: Actor, at: datetime, base: str = "") -> None:
    """Put a mail with a new link into the outbox: from whom it comes and the address, no word about whom.

    `to`: to which mail address; kept on the referral, and that is where reminders go. `base`: as for `address_of`.

    Raises WrongState where mail is not set up.
    """
    office, address = referral.akte.controller.name, address_of(issue(referral, by=by, at=at), base)
    text = _(
        "Guten Tag,\n\n%(office)s bittet Sie um Unterstützung für einen Haushalt. Unter dieser Adresse sehen Sie, "
        "worum es geht, und antworten ohne Anmeldung:\n\n%(address)s\n\nDie Adresse gilt bis %(day)s und ist nur für "
        "Sie bestimmt. Bitte leiten Sie sie nicht weiter.\n"
    ) % {"office": office, "address": address, "day": f"{referral.open_until:%d.%m.%Y}"}
    letter = Letter(Channel.MAIL, to, text, title=_("Anfrage von %(office)s") % {"office": office})
    until = joined(referral.open_until + timedelta(days=1), time(0))
    queue_message(akte=referral.akte, letter=letter, cause=PURPOSE, until=until, subject=referral.pk, by=by, at=at)
    referral.sent_to = to
    referral.save(update_fields=["sent_to"])


def outside_purposes(on: date) -> list[tuple[str, str]]:
    """Return the purposes of referrals to bodies without an account."""
    rows = lists.table("release_purposes").all_on(on)
    return [(row.key, str(row.value["label"])) for row in rows if row.value.get("outside")]


def outside_items(on: date) -> list[tuple[str, str]]:
    """Return what can be passed on to them, in order of the stages."""
    rows = lists.table("release_stages").all_on(on)
    codes = dict.fromkeys(code for row in rows if row.value.get("outside") for code in row.value["data"])
    return [(code, lists.label("release_items", code)) for code in codes]
