"""Who is what to whom in a household, who has custody of the children, who is expected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.formats import day
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import Presence
from wurzelwerk.cases.models import Custody, Household, HouseholdMember, Kinship, Person, Separation
from wurzelwerk.trust.actor import Actor

from .queries import OpenHousehold, is_minor

NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Custodians:
    """Who has custody of a child, as stated. `clear`: whether that alone says who signs for the child."""

    pk: UUID
    kind: str
    label: str
    clear: bool
    holders: tuple[UUID, ...]
    names: tuple[str, ...]
    outside: str
    hint: str
    document: str
    since: date | None
    until: date | None

    @property
    def everybody(self) -> tuple[str, ...]:
        """The names of all who have it, those of the household first."""
        return (*self.names, *((self.outside,) if self.outside else ()))

    @property
    def is_joint(self) -> bool:
        """Whether several decide together."""
        return len(self.everybody) > 1


@dataclass(frozen=True)
class KinLine:
    """One relation in words; `period` is empty where nothing is known of it."""

    kinship: Kinship
    person: str
    kind: str
    other: str
    period: str
    is_over: bool


@dataclass(frozen=True)
class ChildLine:
    """A child of the household with the present custody and former ones."""

    member: HouseholdMember
    custody: Custodians | None
    former: tuple[Custodians, ...]

    @property
    def is_open(self) -> bool:
        """Whether nobody knows yet who signs for the child."""
        is_born = self.member.presence != Presence.UNBORN
        return is_born and (self.custody is None or not self.custody.clear)


def persons_of(subject: OpenHousehold) -> dict[UUID, str]:
    """Return id -> name of everybody in the household's Akte, present members first (one query)."""
    rows = Person.objects.visible_beside(subject.household, subject.actor).of(akte_id=subject.household.akte_id)
    names = {row.pk: row.name for row in rows.order_by("pk")}
    order = [member.person_id for member in (*subject.members, *subject.expected)]
    return {pk: names[pk] for pk in dict.fromkeys([*order, *names]) if pk in names}


def custodians_of(subject: OpenHousehold, names: Mapping[UUID, str]) -> dict[UUID, list[Custodians]]:
    """Return child -> custody, the present one first, as far as the actor may see it (two queries)."""
    rows = list(Custody.objects.visible_beside(subject.household, subject.actor).of(akte_id=subject.household.akte_id))
    return told(rows, names)


def told(rows: Iterable[Custody], names: Mapping[UUID, str]) -> dict[UUID, list[Custodians]]:
    """Return child -> custody in words for rows that were read by the guard (one query)."""
    rows = list(rows)
    holders: dict[UUID, list[UUID]] = {}
    through = Custody.holders.through
    for custody, person in through.objects.filter(custody_id__in=[row.pk for row in rows]).values_list(
        "custody_id", "person_id"
    ):
        holders.setdefault(custody, []).append(person)
    found: dict[UUID, list[Custodians]] = {}
    for row in rows:
        found.setdefault(row.child_id, []).append(_told(row, holders.get(row.pk, []), names))
    return found


def _told(row: Custody, holders: list[UUID], names: Mapping[UUID, str]) -> Custodians:
    rule = lists.table("custody_kinds").latest(row.kind).value
    known = tuple(pk for pk in names if pk in set(holders))
    return Custodians(
        pk=row.pk,
        kind=row.kind,
        label=str(rule["label"]),
        clear=bool(rule["clear"]),
        holders=known,
        names=tuple(names[pk] for pk in known),
        outside=row.outside,
        hint=str(rule.get("hint", "")),
        document=row.document,
        since=row.since,
        until=row.until,
    )


def present(custodies: Iterable[Custodians], *, on: date) -> Custodians | None:
    """Return the custody that stands on a day."""
    return next((one for one in custodies if one.until is None or one.until > on), None)


def children_of(subject: OpenHousehold, names: Mapping[UUID, str]) -> list[ChildLine]:
    """Return the children of the household with their custody (two queries)."""
    found = custodians_of(subject, names)
    lines = []
    for member in (*subject.members, *subject.expected):
        if is_minor(member, on=subject.today):
            rows = found.get(member.person_id, [])
            now = present(rows, on=subject.today)
            lines.append(ChildLine(member, now, tuple(one for one in rows if one is not now)))
    return lines


def kin_of(subject: OpenHousehold, names: Mapping[UUID, str]) -> list[KinLine]:
    """Return the relations within the household's Akte and to others, those that hold first (one query)."""
    rows = Kinship.objects.visible_beside(subject.household, subject.actor).of(akte_id=subject.household.akte_id)
    lines = [_kin_line(row, names, subject.today) for row in rows.filter(removed_at__isnull=True)]
    order = {pk: place for place, pk in enumerate(names)}
    return sorted(lines, key=lambda line: (line.is_over, order.get(line.kinship.person_id, len(order))))


def _kin_line(row: Kinship, names: Mapping[UUID, str], today: date) -> KinLine:
    former = _("frühere Person")
    kinds = lists.table("kinship_kinds")
    return KinLine(
        kinship=row,
        person=names.get(row.person_id, former),
        kind=lists.label("kinship_kinds", row.kind) if row.kind in kinds.keys else row.kind,
        other=names.get(row.other_id, former) if row.other_id else row.outside,
        period=period(row.since, row.until),
        is_over=row.until is not None and row.until < today,
    )


def period(since: date | None, until: date | None) -> str:
    """Return a period in words, empty where neither end is known."""
    parts = [_("seit %(day)s") % {"day": day(since)} if since else ""]
    parts.append(_("bis %(day)s") % {"day": day(until)} if until else "")
    return " ".join(filter(None, parts))


def separations_of(subject: OpenHousehold) -> list[Separation]:
    """Return how the household parted, the latest first, each with the new household if it is open (two queries)."""
    rows = Separation.objects.visible_beside(subject.household, subject.actor).of(household_id=subject.household.pk)
    found = list(rows.filter(undone_at__isnull=True))
    made = [row.made_id for row in found if row.made_id]
    open_to = {row.pk: row for row in Household.objects.visible_to(subject.actor).among(id=made)} if made else {}
    for row in found:
        row.new_household = open_to.get(row.made_id)
    return found


def outside_custodians(ids: Iterable[UUID], *, actor: Actor) -> dict[UUID, str]:
    """Return custody id -> who signs from outside the household, as far as the actor may see it."""
    rows = Custody.objects.visible_to(actor).among(id=list(ids)).exclude(outside="")
    return dict(rows.order_by().values_list("pk", "outside"))
