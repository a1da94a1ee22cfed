"""Every half minute: who is to be reminded now, and to whom an earlier time can be offered.

Nothing is queued ahead. A reminder is due when its time has come and the appointment still stands; the row `Reminder`
with its unique columns lets each be made once, also by two processes at a time. A moved one is reminded of anew.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from wurzelwerk.appointments.whereabouts import place_to_tell
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.formats import day
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment
from wurzelwerk.outbox.actions import Letter, queue_message
from wurzelwerk.outbox.models import Message
from wurzelwerk.outbox.rules import address_for
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.link_actions import issue_link

from . import reminder_rules
from .choosing import clock_in_words, day_in_words, language_of, lives_there, times_to_move
from .models import EarlierOffer, EarlierWish, Reminder, Reminding
from .reminded import agreed_in, choices_of, meant
from .texts_of import APPOINTMENT

MOST_WISHES = 50
REMINDER, OFFER = "portal.reminder", "portal.offer"


def queue_due(at: datetime) -> int:
    """Queue the reminders whose time has come; return how many."""
    rules = {code: reminder_rules.hours(code, on=local_day(at)) for code in reminder_rules.REMINDERS}
    made = 0
    for code, before in rules.items():
        later = [other for other in rules.values() if other < before]
        after = max(later, default=timedelta())  # where the next one is due already, this one is not sent any more
        for appointment, reminding in _to_remind(at + after, at + before):
            made += _remind(appointment, reminding, code, at)
    return made


def _to_remind(after: datetime, until: datetime) -> Iterator[tuple[Appointment, Reminding]]:
    """Yield appointments that begin in a span, each with whom it is to be told."""
    rows = Appointment.objects.for_system(reason="what is to be reminded of")
    found = list(
        rows.filter(state=AppointmentState.PLANNED, starts_at__gt=after, starts_at__lte=until).select_related("akte")
    )
    agreed, chosen = agreed_in({row.akte_id for row in found}), choices_of(found)
    for row in found:
        yield from ((row, one) for one in meant(agreed.get(row.akte_id, ()), chosen.get(row.pk)))


def _remind(appointment: Appointment, reminding: Reminding, rule: str, at: datetime) -> bool:
    """Queue one reminder; False where it was made before."""
    rows = Reminder.objects.for_system(reason="whether this was reminded of")
    key = {"appointment": appointment, "starts_at": appointment.starts_at, "rule": rule, "person": reminding.person_id}
    if rows.filter(**key).exists() or _told_today(rows.filter(appointment=appointment, rule=rule), reminding, at):
        return False
    try:
        with transaction.atomic():
            reminder = Reminder.objects.create(akte=appointment.akte, made_at=at, **key)
            reminder.message, reminder.why_not = _queue(
                reminder, reminding, appointment, until=appointment.starts_at, kind="", at=at
            )
            reminder.save(update_fields=["message", "why_not"])
    except IntegrityError:
        return False
    return reminder.message is not None


def _told_today(rows: QuerySet[Reminder], reminding: Reminding, at: datetime) -> bool:
    """Whether somebody was told today by the same rule: who moves an appointment over and over sends nothing by it."""
    made = rows.filter(person=reminding.person_id, message__isnull=False).values_list("made_at", flat=True)
    return any(local_day(one) == local_day(at) for one in made)


def _queue(
    subject: GuardedModel, reminding: Reminding, about: Any, *, until: datetime, kind: str, at: datetime
) -> tuple[Message | None, str]:
    """Put a message about a time into the outbox; return it, or why it did not go. `kind`: "" or "offer"."""
    person = reminding.person
    language = language_of(person.pk)
    words_of = APPOINTMENT.of(language)
    words = words_of["messages"]
    when = {"day": day_in_words(about.starts_at, language), "time": clock_in_words(about.starts_at, language)}
    if reminding.channel == "sms":
        when["day"] = day(about.starts_at)
    values = {**when, "place": _place(about, words_of, sms=reminding.channel == "sms")}
    link = ""
    if settings.PUBLIC_URL:
        purpose = OFFER if kind else "portal.reminded"
        issued = issue_link(
            purpose=purpose, thing=subject, valid_until=until + reminder_rules.days("link_after", on=local_day(at)),
            language=language, by=Actor.system(REMINDER), at=at,
        )  # fmt: skip
        link = settings.PUBLIC_URL + issued.path
    text = _text(words, reminding.channel, kind, values, link)
    letter = Letter(
        reminding.channel,
        address_for(reminding.channel, email=person.email, phones=person.phones),
        text,
        title=words["mail_title"] if reminding.channel == "mail" else "",
        person=person.pk,
    )
    if not letter.address:
        return None, "Die Adresse fehlt inzwischen."
    try:
        return queue_message(
            akte=subject.akte, letter=letter, cause=OFFER if kind else REMINDER, until=until, subject=subject.pk,
            by=Actor.system(REMINDER), at=at,
        ), ""  # fmt: skip
    except HouseError as error:
        return None, error.message[:200]


def _place(about: Any, words: Any, *, sms: bool) -> str:
    """A room or an office; free words stay in the house, for whoever holds the telephone may read them."""
    known = place_to_tell(about) if isinstance(about, Appointment) else ""
    return known or (f"{words['where']} {words['as_agreed']}" if sms else words["as_agreed"])


def _text(words: Any, channel: str, kind: str, values: dict[str, str], link: str) -> str:
    if kind:
        return words[f"offer_{channel}"].format(**values, link=link)
    said = [words[channel].format(**values)]
    if link:
        said.append(words["mail_link" if channel == "mail" else "sms_link"].format(link=link))
    return ("\n\n" if channel == "mail" else " ").join(said)


def offer_earlier(at: datetime) -> int:
    """Offer earlier times that are free now to those who wait for one, once each; return how many messages were queued.

    Several may be offered the same time: whoever takes it first has it.
    """
    if not settings.PUBLIC_URL:
        return 0
    wishes = EarlierWish.objects.for_system(reason="who waits for an earlier time").filter(
        ended_at__isnull=True, appointment__state=AppointmentState.PLANNED, appointment__starts_at__gt=at
    )
    open_to = EarlierOffer.objects.for_system(reason="who has an offer already").filter(expires_at__gt=at)
    waiting = wishes.exclude(pk__in=open_to.values("wish_id")).order_by("wished_at", "pk")
    return sum(_offer(wish, at) for wish in waiting.select_related("appointment")[:MOST_WISHES])


def _offer(wish: EarlierWish, at: datetime) -> bool:
    agreed = Reminding.objects.for_system(reason="by which way somebody is told").filter(ended_at__isnull=True)
    reminding = agreed.filter(person_id=wish.person).select_related("person").first()
    if reminding is None or not lives_there(wish.person, wish.akte_id):
        return False
    made = EarlierOffer.objects.for_system(reason="what was offered before").filter(wish=wish)
    before = set(made.values_list("starts_at", flat=True))
    free = (slot for slot in times_to_move(wish.appointment, at=at) if slot.starts_at < wish.appointment.starts_at)
    slot = next((slot for slot in free if slot.starts_at not in before), None)
    if slot is None:
        return False
    expires = min(at + reminder_rules.hours("offer", on=local_day(at)), slot.starts_at)
    with transaction.atomic():
        offer = EarlierOffer.objects.create(
            akte=wish.akte, wish=wish, starts_at=slot.starts_at, ends_at=slot.ends_at, offered_at=at, expires_at=expires
        )
        message, _why = _queue(offer, reminding, offer, until=expires, kind="offer", at=at)
    return message is not None
