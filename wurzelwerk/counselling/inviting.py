"""Who is invited to a conference by mail: everybody on its list with a mail address; done every half minute."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.ical import Address
from wurzelwerk.cases.enums import ConferenceState
from wurzelwerk.cases.models import Conference, Participant
from wurzelwerk.cases.queries import without_names
from wurzelwerk.outbox.inviting import Occasion, When, settle_all, subjects_on

REASON = "who is invited to what, when and where"


def queue_invitations(at: datetime) -> int:
    """Queue what those who are invited to conferences to come have to be told; return how many messages."""
    rows = Conference.objects.for_system(reason=REASON).filter(pk__in=subjects_on(), ends_at__gt=at)
    return settle_all(occasions(rows.select_related("akte__site", "akte__controller")), at=at)


def occasions(rows: Iterable[Conference]) -> list[Occasion]:
    """Return conferences as what is told of them (at most three queries)."""
    listed = list(rows)
    guests: dict[UUID, list[Address]] = {row.pk: [] for row in listed}
    invited = Participant.objects.for_system(reason=REASON).among(conference_id=list(guests))
    columns = ("conference_id", "name", "user__email", "helper__email")
    for conference, name, of_user, of_helper in invited.values_list(*columns):
        guests[conference].append(Address(of_user or of_helper or "", name))
    places = without_names({row.pk: row.place for row in listed}, {row.pk: row.akte_id for row in listed})
    return [_occasion(row, tuple(guests[row.pk]), places[row.pk]) for row in listed]


def _occasion(row: Conference, guests: tuple[Address, ...], place: str) -> Occasion:
    office = row.akte.site or row.akte.controller
    when = When(row.starts_at, row.ends_at, place, cancelled=row.state == ConferenceState.CANCELLED)
    return Occasion(row.pk, when, guests, summary=_("Besprechung"), office=office.name, phone=office.phone)
