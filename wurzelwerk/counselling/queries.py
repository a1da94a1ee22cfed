"""Reads of counselling; the first filter is visible_to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from wurzelwerk.base import clock
from wurzelwerk.cases.enums import Presence
from wurzelwerk.cases.models import Case, Household, HouseholdMember, Note, PersonLanguage, Referral, ShortContact
from wurzelwerk.cases.queries import households_by_akte
from wurzelwerk.cases.visits import new_since
from wurzelwerk.network.models import Membership, Programme, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.models import Akte

from .enums import SERVICE

GERMAN = "de"


RowT = TypeVar("RowT")


@dataclass(frozen=True)
class NamedHousehold:
    """A household as other rows name it."""

    pk: UUID
    name: str


@dataclass
class OpenHousehold:
    """A household as the actor may see it; also the subject of the panels.

    `case`: the case in which the actor works with it, or None. `members`: who lives in it today, with person;
    `expected`: who is not born or not here yet. `new_since`: when the actor's last visit ended, or None.
    """

    household: Household
    case: Case | None
    members: list[HouseholdMember]
    actor: Actor
    today: date
    expected: list[HouseholdMember] = field(default_factory=list)
    new_since: datetime | None = None

    def may_write(self, scope: str) -> bool:
        """Say whether the actor may change content of this scope in the household's Akte."""
        return may_write(self.actor, self.household, scope)


def may_write(actor: Actor, row: GuardedModel, scope: str) -> bool:
    """Say whether an actor may change content of a scope in the Akte in which a row lies."""
    if actor.keeps(row.circle_id, scope, write=True):
        return True
    return actor.holds_grant(row.akte_id, scope, write=True)


def may_read(actor: Actor, row: GuardedModel, scope: str) -> bool:
    """Say whether an actor may read content of a scope in the Akte in which a row lies."""
    return actor.keeps(row.circle_id, scope) or actor.holds_grant(row.akte_id, scope)


def worked_case(household: Household, *, actor: Actor) -> Case | None:
    """Return the case in which the actor works with a household: open before closed, the latest.

    The body that keeps the Akte works in its counselling case, also who covers for another team of it; a body to which
    the household was referred in its own.
    """
    cases = Case.objects.visible_to(actor)
    if household.circle_id in actor.circles or actor.works_for([household.akte.controller_id]):
        cases = cases.filter(akte_id=household.akte_id, service=SERVICE)
    else:
        referred = Referral.objects.visible_to(actor).filter(household=household, receiver_akte__isnull=False)
        cases = cases.filter(akte_id__in=referred.values("receiver_akte_id"), circle_id__in=list(actor.circles))
    return (
        cases.select_related("akte", "lead", "programme")
        .order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "pk")
        .first()
    )


def household_of_row(row: GuardedModel, *, actor: Actor) -> UUID | None:
    """Return the id of the household that a row is about: of its own Akte, or of the one it was referred from."""
    # Two look-ups by index instead of one with OR, which would walk through a team's whole list.
    households = Household.objects.visible_to(actor)
    own = households.filter(akte_id=row.akte_id).order_by("formed_at").values_list("pk", flat=True).first()
    if own is not None:
        return own
    referred = Referral.objects.visible_to(actor).filter(receiver_akte_id=row.akte_id)
    return households.filter(pk__in=referred.values("household_id")).values_list("pk", flat=True).first()


def open_household(pk: UUID, *, actor: Actor, today: date) -> OpenHousehold:
    """Return a household with its case and members. Raises Household.DoesNotExist, also for the foreign."""
    rows = Household.objects.visible_to(actor).select_related("akte")
    household = rows.annotate(new_since=new_since(actor, at=clock.now())).get(pk=pk)
    everybody = members_of(household, actor=actor)
    return OpenHousehold(
        household=household,
        case=worked_case(household, actor=actor),
        members=[row for row in everybody if row.is_here],
        expected=[row for row in everybody if not row.is_here],
        actor=actor,
        today=today,
        new_since=household.new_since,
    )


def members_of(household: Household, *, actor: Actor) -> list[HouseholdMember]:
    """Return who belongs to the household now, also who is not born or not here yet, in order, with person."""
    rows = HouseholdMember.objects.visible_to(actor).filter(household=household, left_on__isnull=True)
    return list(rows.select_related("person"))


def former_members(household: Household, *, actor: Actor) -> list[HouseholdMember]:
    """Return who has left the household, with person."""
    rows = HouseholdMember.objects.visible_to(actor).filter(household=household, left_on__isnull=False)
    return list(rows.select_related("person").order_by("-left_on", "pk"))


def languages_of(members: Iterable[HouseholdMember], *, actor: Actor) -> dict[UUID, list[PersonLanguage]]:
    """Return person id -> languages: the one that needs interpreting first, German last."""
    found: dict[UUID, list[PersonLanguage]] = {}
    ids = [member.person_id for member in members]
    rows = PersonLanguage.objects.visible_to(actor).among(person_id=ids).order_by()
    for row in sorted(rows, key=lambda one: (not one.needs_interpreter, one.code == GERMAN, str(one.pk))):
        found.setdefault(row.person_id, []).append(row)
    return found


def is_minor(member: HouseholdMember, *, on: date) -> bool:
    """Say whether somebody else signs for a member: under 18, or not born yet."""
    return member.presence == Presence.UNBORN or not member.person.is_adult(on=on)


def colleagues(akte: Akte, *, on: date) -> QuerySet[User]:
    """Return the people who may be charged with work in an Akte: the team that keeps it."""
    valid = Membership.objects.filter(organisation_id=akte.controller_id, valid_from__lte=on).exclude(valid_to__lt=on)
    if akte.site_id:
        valid = valid.filter(site_id=akte.site_id)
    users = User.objects.filter(is_active=True, pk__in=valid.values("user_id"))
    return users.order_by("last_name", "first_name", "pk")


def at_work_beside(actor: Actor) -> list[User]:
    """Return the people of the actor's sites (of the whole body, where somebody has no site) who work today."""
    sites = [m.site_id for m in actor.memberships if m.site_id]
    whole = [m.organisation_id for m in actor.memberships if not m.site_id]
    valid = Membership.objects.filter(Q(site_id__in=sites) | Q(organisation_id__in=whole), valid_from__lte=actor.on)
    users = User.objects.filter(is_active=True, pk__in=valid.exclude(valid_to__lt=actor.on).values("user_id"))
    return list(users.only(*User.NAMED).order_by("last_name", "first_name", "pk"))


def programmes_of(actor: Actor, *, on: date) -> QuerySet[Programme]:
    """Return the programmes that run on a day and in which the actor's organisation takes part."""
    rows = Programme.objects.filter(starts_on__lte=on, ends_on__gte=on)
    return rows.filter(organisations__in=list(actor.organisation_ids)).distinct()


class HouseholdNames:
    """The households that the rows of a page are about: the one of the row's own Akte, or the one referred to it.

    All are looked up together when the first is asked for, as far as the actor may see them: one query, three where
    rows lie in Akten that a referral opened.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._wanted: set[UUID] = set()
        self._found: dict[UUID, NamedHousehold] = {}

    def add(self, rows: Iterable[RowT]) -> list[RowT]:
        """Return the rows, each with its household as `about`: a NamedHousehold, or what counts as nothing."""
        found = list(rows)
        self._wanted.update(row.akte_id for row in found)
        for row in found:
            row.about = SimpleLazyObject(partial(self._of, row.akte_id))
        return found

    def _of(self, akte_id: UUID) -> NamedHousehold | None:
        if self._wanted:
            wanted, self._wanted = self._wanted, set()
            self._found |= self._look_up(wanted)
        return self._found.get(akte_id)

    def _look_up(self, akten: set[UUID]) -> dict[UUID, NamedHousehold]:
        households = Household.objects.visible_to(self._actor)
        own = households.among(akte_id=akten).order_by("-formed_at").values_list("akte_id", "pk", "name")
        found = {akte_id: NamedHousehold(pk, name) for akte_id, pk, name in own}
        if not (left := akten - found.keys()):
            return found
        referrals = Referral.objects.visible_to(self._actor).among(receiver_akte_id=left).order_by("sent_at")
        sent = dict(referrals.values_list("receiver_akte_id", "household_id"))
        names = dict(households.among(id=sent.values()).values_list("pk", "name")) if sent else {}
        return found | {akte_id: NamedHousehold(pk, names[pk]) for akte_id, pk in sent.items() if pk in names}


def akte_labels(actor: Actor, akte_ids: Iterable[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """Return Akte -> (household's name, address of its page) for what the actor may see."""
    found = households_by_akte(akte_ids, actor=actor)
    return {akte: (row.name, reverse("household", args=[row.pk])) for akte, row in found.items()}


def own_contacts(actor: Actor) -> QuerySet[ShortContact]:
    """Short contacts that the actor recorded."""
    return ShortContact.objects.visible_to(actor).filter(taken_by_id=actor.user_id)


def own_cases(actor: Actor) -> QuerySet[Case]:
    """Cases that the actor is in charge of."""
    return Case.objects.visible_to(actor).filter(lead_id=actor.user_id)


def own_notes(actor: Actor) -> QuerySet[Note]:
    """Journal entries that the actor wrote."""
    return Note.objects.visible_to(actor).filter(author_id=actor.user_id)
