"""Reads of searches and placements; names come from the sender's Akte, as long as it is open to the reader."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wurzelwerk.cases.enums import Presence, ReferralState
from wurzelwerk.cases.models import Household, HouseholdMember, PersonLanguage, Referral
from wurzelwerk.trust.actor import Actor

from ..enums import OPEN_PLACEMENT, PlacementState
from ..models import HousingSearch, Placement, SearchProfile

GOING = (*OPEN_PLACEMENT, PlacementState.PROMISED, PlacementState.CONTRACT)


def searches_of(actor: Actor) -> QuerySet[HousingSearch]:
    """Return the searches of the actor's body with the household's name and profile where these are open to it."""
    profiles = SearchProfile.objects.visible_to(actor).filter(household_id=OuterRef("household_ref"))
    households = Household.objects.visible_to(actor).filter(pk=OuterRef("household_ref"))
    going = Placement.objects.visible_to(actor).filter(search_id=OuterRef("pk"), state__in=GOING).order_by()
    return HousingSearch.objects.writable_by(actor).annotate(
        household_name=Subquery(households.values("name")[:1]),
        persons=Subquery(profiles.values("persons")[:1]),
        priority=Subquery(profiles.values("priority")[:1]),
        waiting_since=Subquery(profiles.values("waiting_since")[:1]),
        needed_by=Subquery(profiles.values("needed_by")[:1]),
        wbs_state=Subquery(profiles.values("wbs_state")[:1]),
        proposals=Coalesce(Subquery(going.values("search_id").annotate(n=Count("pk")).values("n")[:1]), 0),
    )


def names_of(household_refs: list[UUID], *, actor: Actor) -> dict[UUID, str]:
    """Return household id -> name for what is open to the actor (one query)."""
    rows = Household.objects.visible_to(actor).filter(pk__in=household_refs)
    return dict(rows.values_list("pk", "name"))


def waiting_referrals(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals for housing that wait for an answer of the actor's body, the oldest first."""
    rows = Referral.objects.visible_to(actor).filter(
        receiver_id__in=list(actor.organisation_ids), state=ReferralState.SENT, purpose="housing"
    )
    return rows.select_related("akte__controller", "akte__site", "sent_by").order_by("sent_at", "pk")


@dataclass(frozen=True)
class Contact:
    """Whom to speak with: an adult's name, phone and mail, and the languages they speak."""

    name: str
    phone: str
    email: str
    languages: tuple[str, ...]
    needs_interpreter: bool


def contacts_of(household_id: UUID, *, actor: Actor) -> list[HouseholdMember]:
    """Return the household's present members with their person and languages, as far as open (two queries)."""
    members = HouseholdMember.objects.visible_to(actor).filter(
        household_id=household_id, left_on__isnull=True, presence=Presence.PRESENT
    )
    found = list(members.select_related("person").order_by("position", "pk"))
    spoken: dict[UUID, list[PersonLanguage]] = {}
    languages = PersonLanguage.objects.visible_to(actor).filter(person_id__in=[one.person_id for one in found])
    for row in languages.order_by("pk"):
        spoken.setdefault(row.person_id, []).append(row)
    for one in found:
        one.spoken = spoken.get(one.person_id, [])
    return found


SHOWN_OF_A_PLACEMENT = (
    "state", "proposed_at", "viewing_at", "override_reason", "tenant_ref", "letting__offer__title",
    "letting__net_cold", "letting__operating_costs", "letting__dwelling__rooms", "letting__dwelling__area",
    "letting__dwelling__building__street", "letting__dwelling__building__number",
    "letting__dwelling__building__district_id",
)  # fmt: skip


def placements_of(household_ref: UUID, *, actor: Actor) -> list[Placement]:
    """Return a household's placements with dwelling and offer, the latest first (one query)."""
    rows = Placement.objects.visible_to(actor).of(household_ref=household_ref)
    rows = rows.select_related("letting__offer", "letting__dwelling__building").order_by()
    rows = rows.only(*SHOWN_OF_A_PLACEMENT)
    return sorted(rows, key=lambda row: (row.proposed_at, row.pk.int), reverse=True)


def placements_with(actor: Actor) -> QuerySet[Placement]:
    """Return the placements that the actor's body moves."""
    rows = Placement.objects.writable_by(actor)
    return rows.select_related("letting__offer", "letting__dwelling__building", "search__case")


def placements_waiting(actor: Actor) -> QuerySet[Placement]:
    """Return placements where the owner's answer is awaited, the longest first."""
    return placements_with(actor).filter(state=PlacementState.APPLIED).order_by("proposed_at", "pk")


def open_searches(actor: Actor) -> QuerySet[HousingSearch]:
    """Return what a round can take part in, for choices."""
    found = searches_of(actor).filter(Q(state="searching"))
    return found.order_by(F("household_name").asc(nulls_last=True), "pk")
