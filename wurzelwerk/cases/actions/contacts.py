"""Contacts of people who give no name: record, count an open hour, link to a case, take back, clear old lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.base.formats import local
from wurzelwerk.evidence.ledger import record, void
from wurzelwerk.evidence.types import Frame
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.trust.actions import open_akte
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.circles import team_circle
from wurzelwerk.trust.models import Akte, Circle
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_can_write, check_permission

from .. import facts, lists, rules
from ..enums import CONTACTS, Channel
from ..ledger import about_case, case_frame, case_key
from ..models import Case, OpenHour, ShortContact


@dataclass(frozen=True)
class ContactGroup:
    """So many people of an open hour with the same topic and language; `minutes` are those of each."""

    topic: str
    number: int
    minutes: int
    language: str = ""


@transaction.atomic
def record_contact(
    *,
    topic: str,
    minutes: int,
    channel: str,
    occurred_at: datetime,
    by: Actor,
    at: datetime,
    language: str = "",
    line: str = "",
) -> ShortContact:
    """Record that somebody came without a name; it lies with the actor's own team.

    `language` "" means not asked; `line` is kept for a dated number of days. Raises NotAllowed, WrongState, BadInput.
    """
    check_permission(by, "contact.record")
    line = " ".join(line.split())
    rules.check_contact(topic=topic, language=language, minutes=minutes, day=local_day(at))
    rules.check_contact_time(occurred_at, at=at)
    rules.check_line(line)
    contact = ShortContact(
        akte=_team_akte(by=by, at=at),
        topic=topic,
        language=language,
        minutes=minutes,
        channel=Channel(channel),
        occurred_at=occurred_at,
        taken_by_id=by.user_id,
        recorded_at=at,
        line=line,
        line_until=_line_until(local_day(occurred_at)) if line else None,
    )
    check_can_write(by, contact)
    contact.event = _record_contact(contact, frame_of(contact.akte), at)
    contact.save()
    return contact


def _line_until(day: date) -> date:
    return day + timedelta(days=lists.number("contact_rules", "line_days", on=day))


def _record_contact(contact: ShortContact, frame: Frame, at: datetime) -> UUID:
    """Record the contact's fact and return its event."""
    recorded = record(
        facts.SHORT_CONTACT,
        about=[],
        frame=frame,
        at=at,
        occurred_on=local_day(contact.occurred_at),
        dimensions={
            "topic": contact.topic,
            "language": contact.language or facts.NOT_ASKED,
            "channel": contact.channel,
            "hour": f"{local(contact.occurred_at):%H}",
            "length": _length(contact.minutes),
        },
    )
    return recorded[0].event


def _length(minutes: int) -> str:
    if minutes <= 10:
        return "to_10"
    return "to_30" if minutes <= 30 else "longer"


def _team_akte(*, by: Actor, at: datetime) -> Akte:
    """Return the Akte in which the actor's team keeps its short contacts; opened with the first of them."""
    home = by.home
    if home is None:
        raise WrongState(_("Ihr Zugang gehört zu keiner Stelle. Bitte wenden Sie sich an die Verwaltung der Zugänge."))
    controller = Organisation.objects.get(pk=home.organisation_id)
    site = Site.objects.filter(pk=home.site_id).first() if home.site_id else None
    circle = team_circle(organisation=controller, site=site)
    if kept := _kept_akte(circle):
        return kept
    Circle.objects.select_for_update().get(pk=circle.pk)  # two colleagues may begin at the same moment
    return _kept_akte(circle) or open_akte(controller=controller, site=site, subject=CONTACTS, by=by, at=at)


def _kept_akte(circle: Circle) -> Akte | None:
    rows = Akte.objects.for_system(reason="where a team keeps its short contacts").of(circle_id=circle.pk)
    return rows.filter(subject=CONTACTS).select_related("controller", "site").sole()


@transaction.atomic
def record_open_hour(
    *, starts_at: datetime, ends_at: datetime, groups: Sequence[ContactGroup], by: Actor, at: datetime
) -> OpenHour:
    """Record everybody who came to an open consultation hour in one act, as contacts spread evenly over the hour.

    Raises NotAllowed, WrongState, BadInput (no length, to come, nobody, too many, something the lists do not offer).
    """
    check_permission(by, "contact.record")
    rules.check_open_hour(starts_at, ends_at, [group.number for group in groups], at=at)
    for group in groups:
        rules.check_contact(topic=group.topic, language=group.language, minutes=group.minutes, day=local_day(at))
    hour = OpenHour(
        akte=_team_akte(by=by, at=at), starts_at=starts_at, ends_at=ends_at, held_by_id=by.user_id, recorded_at=at
    )
    check_can_write(by, hour)
    hour.save()
    frame = frame_of(hour.akte)
    contacts = list(_contacts_of(hour, groups))
    for contact in contacts:
        contact.event = _record_contact(contact, frame, at)
    ShortContact.objects.bulk_create(contacts)
    return hour


def _contacts_of(hour: OpenHour, groups: Sequence[ContactGroup]) -> list[ShortContact]:
    people = _mixed(groups)
    apart = (hour.ends_at - hour.starts_at) / len(people)
    return [
        ShortContact(
            akte=hour.akte,
            topic=group.topic,
            language=group.language,
            minutes=group.minutes,
            channel=Channel.DESK,
            occurred_at=hour.starts_at + apart * place,
            taken_by_id=hour.held_by_id,
            recorded_at=hour.recorded_at,
            open_hour=hour,
        )
        for place, group in enumerate(people)
    ]


def _mixed(groups: Sequence[ContactGroup]) -> list[ContactGroup]:
    """One entry a person, each group spread over the whole, because nobody noted who came when."""
    places = [((turn + 0.5) / group.number, number, group) for number, group in enumerate(groups)
              for turn in range(group.number)]  # fmt: skip
    return [group for _place, _number, group in sorted(places, key=lambda one: one[:2])]


@transaction.atomic
def take_back_contact(*, contact: ShortContact, by: Actor, at: datetime) -> None:
    """Delete a contact that its author recorded today by mistake. Raises NotAllowed, WrongState."""
    rules.check_own_contact(by, contact, taken_by=contact.taken_by_id, at=at)
    _forget([contact], at)


@transaction.atomic
def take_back_open_hour(*, open_hour: OpenHour, by: Actor, at: datetime) -> int:
    """Delete an open hour of today with its contacts; returns how many. Raises NotAllowed, WrongState."""
    rules.check_own_contact(by, open_hour, taken_by=open_hour.held_by_id, at=at)
    contacts = list(ShortContact.objects.writable_by(by).of(open_hour_id=open_hour.pk))
    _forget(contacts, at)
    open_hour.delete()
    return len(contacts)


def _forget(contacts: list[ShortContact], at: datetime) -> None:
    if any(contact.case_id for contact in contacts):
        raise WrongState(_("Ein zugeordneter Kurzkontakt lässt sich erst zurücknehmen, wenn die Zuordnung gelöst ist."))
    for contact in contacts:
        void(facts.SHORT_CONTACT, event=contact.event, at=at)
        contact.delete()


@transaction.atomic
def link_contact(*, contact: ShortContact, case: Case, by: Actor, at: datetime) -> None:
    """Link an earlier contact to the case of somebody who came back. Raises NotAllowed, WrongState."""
    rules.check_can_link(by, contact, case, at=at)
    contact.case, contact.linked_at, contact.linked_by_id = case, at, by.user_id
    contact.save(update_fields=["case", "linked_at", "linked_by"])
    record(facts.CONTACT_LINKED, about=about_case(case), frame=case_frame(case), at=at)


@transaction.atomic
def unlink_contact(*, contact: ShortContact, by: Actor, at: datetime) -> None:
    """Take back that a contact belongs to a case. Raises NotAllowed, WrongState."""
    if contact.case is None:
        raise WrongState(_("Dieser Kurzkontakt ist keinem Fall zugeordnet."))
    check_can_write(by, contact)
    rules.check_can_work(by, contact.case, contact)
    case, linked_at = contact.case, contact.linked_at
    contact.case = contact.linked_at = contact.linked_by = None
    contact.save(update_fields=["case", "linked_at", "linked_by"])
    void(facts.CONTACT_LINKED, case_key=case_key(case), recorded_at=linked_at, at=at)


@transaction.atomic
def clear_contact_lines(*, by: Actor, at: datetime) -> int:
    """Clear the lines whose last day has passed; the nightly job's. Returns how many. Raises NotAllowed."""
    if not by.is_house:
        raise NotAllowed(_("Das tut nur der nächtliche Lauf."))
    expired = ShortContact.objects.for_system(reason="lines that have expired").filter(line_until__lt=local_day(at))
    akten = list(expired.order_by().values_list("akte_id", flat=True).distinct())
    cleared = expired.update(line="", line_until=None)
    for akte in Akte.objects.for_system(reason="where lines expired").filter(pk__in=akten):
        record(facts.CONTACT_LINES_CLEARED, about=[], frame=frame_of(akte), at=at)
    return cleared
