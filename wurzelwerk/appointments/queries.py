"""Reads of the calendar; the first filter is visible_to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import SimpleLazyObject

from wurzelwerk.cases.enums import Presence
from wurzelwerk.cases.models import Appointment, Case, Household, HouseholdMember, Referral
from wurzelwerk.network.models import Membership, Site, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.models import Pseudonym
from wurzelwerk.trust.queries import keys_of

from .models import Booking, Place


def locked(appointment: Appointment) -> Appointment:
    """Lock an appointment and read it anew: who comes second sees what the first did."""
    rows = Appointment.objects.for_system(reason="two people act on one appointment")
    appointment.refresh_from_db(from_queryset=rows.select_for_update())
    return appointment


def booking_of(appointment: Appointment) -> Booking:
    """Return the calendar's side of an appointment; one that was made elsewhere gets it now. Only inside a write."""
    rows = Booking.objects.for_system(reason="the other side of an appointment that was read by its own guard")
    found = rows.select_related("place__site").filter(appointment=appointment).first()
    return found or Booking.objects.create(akte=appointment.akte, appointment=appointment)


def case_key_of(case: Case) -> UUID:
    """Return the pseudonym of a case."""
    return keys_of(Pseudonym.Kind.CASE, [case.pk])[case.pk]


@dataclass
class OpenHousehold:
    """A household whose appointments the actor may see, and the case in which the actor works with it."""

    household: Household
    case: Case
    actor: Actor
    today: date

    @cached_property
    def members(self) -> list[HouseholdMember]:
        """Who lives in the household now, with person (one query)."""
        rows = HouseholdMember.objects.visible_beside(self.household, self.actor).of(household_id=self.household.pk)
        return list(rows.filter(left_on__isnull=True, presence=Presence.PRESENT).select_related("person"))


def may_write(actor: Actor, row: GuardedModel, scope: str) -> bool:
    """Say whether an actor may change content of a scope in the Akte in which a row lies."""
    return actor.keeps(row.circle_id, scope, write=True) or actor.holds_grant(row.akte_id, scope, write=True)


def worked_case(household: Household, *, actor: Actor) -> Case | None:
    """Return the case in which the actor works with a household: the own body's, open before closed, the latest."""
    akten = [household.akte_id]
    if household.circle_id not in actor.circles:
        referred = Referral.objects.visible_to(actor).filter(household=household, receiver_akte__isnull=False)
        akten += referred.order_by().values_list("receiver_akte_id", flat=True)
    cases = Case.objects.visible_to(actor).among(akte_id=akten).select_related("akte__site")
    return min(
        (case for case in cases if case.circle_id in actor.circles),
        key=lambda case: (case.closed_on is not None, -case.opened_on.toordinal(), case.pk.int),
        default=None,
    )


def household_of_row(row: GuardedModel, *, actor: Actor) -> Household | None:
    """Return the household that a row is about: of its own Akte, or of the one it was referred from."""
    households = Household.objects.visible_to(actor)
    own = households.of(akte_id=row.akte_id).order_by("formed_at").first()
    if own is not None:
        return own
    referred = Referral.objects.visible_to(actor).filter(receiver_akte_id=row.akte_id)
    return households.filter(pk__in=referred.values("household_id")).first()


@dataclass(frozen=True)
class NamedHousehold:
    """A household as other rows name it."""

    pk: UUID
    name: str


class HouseholdNames:
    """The households that the rows of a page are about, looked up together (one query, three with referrals)."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._wanted: set[UUID] = set()
        self._found: dict[UUID, NamedHousehold] = {}

    def add(self, rows: Iterable) -> list:
        """Return the rows, each with its household as `about`: a NamedHousehold, or what counts as nothing."""
        found = list(rows)
        self._wanted.update(row.akte_id for row in found)
        for row in found:
            row.about = SimpleLazyObject(lambda akte_id=row.akte_id: self.of(akte_id))
        return found

    def of(self, akte_id: UUID) -> NamedHousehold | None:
        """Return the household of an Akte, as far as the actor may see it."""
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


def team_of(akte, *, on: date) -> QuerySet[User]:
    """Return the people with whom an appointment in an Akte can be: the team that keeps it."""
    return _members(on, organisation_id=akte.controller_id, **({"site_id": akte.site_id} if akte.site_id else {}))


def colleagues_at(actor: Actor, *, on: date) -> QuerySet[User]:
    """Return the actor's team: everybody of the site, or of the body that has none; the actor included."""
    home = actor.home
    if home is None:
        return User.objects.filter(pk=actor.user_id)
    return _members(on, organisation_id=home.organisation_id, **({"site_id": home.site_id} if home.site_id else {}))


def _members(on: date, **where: UUID) -> QuerySet[User]:
    valid = Membership.objects.filter(valid_from__lte=on, **where).exclude(valid_to__lt=on)
    return User.objects.filter(is_active=True, pk__in=valid.values("user_id")).order_by("last_name", "first_name", "pk")


def sites_of(actor: Actor) -> QuerySet[Site]:
    """Return the sites whose rooms concern the actor: the own ones, or all of a body for which one works as a whole."""
    own = {held.site_id for held in actor.memberships if held.site_id}
    whole = {held.organisation_id for held in actor.memberships if not held.site_id}
    return Site.objects.filter(Q(pk__in=own) | Q(organisation_id__in=whole)).order_by("name")


def places_of(actor: Actor) -> QuerySet[Place]:
    """Return the rooms that the actor may book, site by site."""
    return Place.objects.filter(site__in=sites_of(actor), removed_at__isnull=True).select_related("site")


def past_of(case_ids: Iterable[UUID], *, actor: Actor, before: datetime) -> QuerySet[Appointment]:
    """Return what took place or was missed in cases, the latest first."""
    rows = Appointment.objects.visible_to(actor).among(case_id=list(case_ids)).filter(starts_at__lt=before)
    return rows.filter(state__in=["kept", "missed"]).order_by("-starts_at", "-pk")
