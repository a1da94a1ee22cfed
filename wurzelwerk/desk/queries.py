"""Reads of the desk; the first filter is visible_to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet
from django.http import Http404

from wurzelwerk.base import clock
from wurzelwerk.cases.models import Case, CaseParty, Household, HouseholdMember, Notice, Referral
from wurzelwerk.cases.visits import new_since
from wurzelwerk.network.models import Membership, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Circle
from wurzelwerk.trust.roles import ROLES

from .pages import HouseholdPage


def household_page(pk: UUID, *, actor: Actor, today: date) -> HouseholdPage:
    """Load the household page's subject: three queries. Raises Http404 for what the actor may not see."""
    rows = Household.objects.visible_to(actor).select_related("akte")
    rows = rows.annotate(new_since=new_since(actor, at=clock.now()))
    if (household := rows.of(id=pk).sole()) is None:
        raise Http404
    members = HouseholdMember.objects.visible_beside(household, actor).of(household_id=pk).filter(left_on__isnull=True)
    everybody = sorted(members.select_related("person").order_by(), key=lambda row: (row.position, row.pk.int))
    return HouseholdPage(
        household=household,
        actor=actor,
        today=today,
        case=_case_worked_in(household, actor),
        members=[row for row in everybody if row.is_here],
        expected=[row for row in everybody if not row.is_here],
    )


def _case_worked_in(household: Household, actor: Actor) -> Case | None:
    """The case in the household's own Akte; for others, too, those that grew from its referrals (one query more)."""
    akten = [household.akte_id]
    if household.circle_id not in actor.circles:
        own = Referral.objects.visible_to(actor).filter(household=household, receiver_akte__isnull=False)
        akten += own.order_by().values_list("receiver_akte_id", flat=True)
    cases = Case.objects.visible_to(actor).among(akte_id=akten)
    return first_case(sorted(cases, key=lambda case: case.pk.int, reverse=True), actor)


def first_case(cases: Iterable[Case], actor: Actor) -> Case | None:
    """Return the case to work in: the own body's before a foreign one's, open before closed, the latest."""
    return min(
        cases,
        key=lambda case: (
            case.circle_id not in actor.circles,
            case.closed_on is not None,
            -case.opened_on.toordinal(),
        ),
        default=None,
    )


def notices_of(actor: Actor) -> QuerySet[Notice]:
    """Return the notices to the actor, unread first, the newest first."""
    rows = Notice.objects.visible_to(actor).filter(recipient_id=actor.user_id)
    return rows.order_by(F("read_at").asc(nulls_first=True), "-made_at", "-pk")


def unread_notices(actor: Actor) -> int:
    """Count the notices that wait for the actor (one query, at most 99)."""
    rows = Notice.objects.visible_to(actor).filter(recipient_id=actor.user_id, read_at__isnull=True)
    return rows.order_by()[:99].count()


def household_of_case(case: Case, *, actor: Actor) -> Household | None:
    """Return the household that a case is about, also where the case belongs to a receiver of a referral."""
    parties = CaseParty.objects.visible_to(actor).filter(case=case, household__isnull=False)
    referrals = Referral.objects.visible_to(actor).filter(receiver_akte_id=case.akte_id)
    return (
        Household.objects.visible_to(actor)
        .filter(Q(pk__in=parties.values("household_id")) | Q(pk__in=referrals.values("household_id")))
        .first()
    )


@dataclass(frozen=True)
class WorkPlace:
    """A team for which the actor may look at the work: its key in addresses, its name and circle."""

    key: str
    name: str
    circle_id: UUID
    organisation_id: UUID
    site_id: UUID | None = None


@dataclass
class Workload:
    """One colleague's open cases: how many, how many unseen since the day asked for, the oldest contact."""

    user_id: UUID | None
    name: str
    open: int
    unseen: int
    oldest: date | None
    url: str = ""
    unseen_url: str = ""


def workload_places(actor: Actor) -> list[WorkPlace]:
    """Return the teams in which the actor assigns cases (one query), in order of names."""
    held = [m for m in actor.memberships if "case.assign" in ROLES[m.role].permissions]
    sites = {m.site_id for m in held if m.site_id}
    whole = {m.organisation_id for m in held if not m.site_id}
    circles = Circle.objects.filter(kind=Circle.Kind.TEAM).filter(
        Q(site_id__in=sites) | Q(organisation_id__in=whole, site__isnull=True)
    )
    found = [
        WorkPlace(
            key=circle.site.code if circle.site else circle.organisation.code,
            name=circle.site.name if circle.site else circle.organisation.short_name,
            circle_id=circle.pk,
            organisation_id=circle.organisation_id,
            site_id=circle.site_id,
        )
        for circle in circles.select_related("site", "organisation")
    ]
    return sorted(found, key=lambda place: place.name)


def people_at(place: WorkPlace, *, on: date) -> list[User]:
    """Return who works at a place on a day, in order of names (one query)."""
    held = Membership.objects.filter(organisation_id=place.organisation_id, valid_from__lte=on).exclude(valid_to__lt=on)
    held = held.filter(site_id=place.site_id) if place.site_id else held
    users = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    return list(users.only(*User.NAMED).order_by("last_name", "first_name", "pk"))


def work_of_team(circle_id: UUID, *, actor: Actor, before: date) -> list[Workload]:
    """Return who has how many open cases of a team (two queries); cases without anybody come first.

    `before`: cases with no contact since that day count as unseen.
    """
    unseen = Q(last_contact_on__lt=before) | Q(last_contact_on__isnull=True)
    cases = Case.objects.visible_to(actor).filter(circle_id=circle_id, closed_on__isnull=True)
    rows = (
        cases.order_by()
        .values("lead_id")
        .annotate(open=Count("pk"), unseen=Count("pk", filter=unseen), oldest=Min("last_contact_on"))
    )
    found = {row["lead_id"]: row for row in rows}
    names = {user.pk: user.display_name for user in User.objects.filter(pk__in=[pk for pk in found if pk])}
    lines = [Workload(pk, names.get(pk, ""), row["open"], row["unseen"], row["oldest"]) for pk, row in found.items()]
    return sorted(lines, key=lambda line: (line.user_id is not None, line.name))
