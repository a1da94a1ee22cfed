"""What is known of a household, in the shape the claims are computed from, and the values proposed for its profile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import CharField, Value

from wurzelwerk.base.rooms import once
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import BirthKnown
from wurzelwerk.cases.models import Accommodation, EconomicSituation, HouseholdMember
from wurzelwerk.cases.queries import economy_of, home_of
from wurzelwerk.trust.actor import Actor

from ..claim import Standing
from ..claims import HousingClaims, claims_of
from ..enums import WbsState
from ..household_facts import BenefitUnit, Certificate, HouseholdFacts, Member, Presence
from ..law import load_limits
from ..models import SearchProfile

UNSAID = {"not_asked", "no_answer"}
BAND = Decimal(500)


@dataclass(frozen=True)
class Wishes:
    """Districts of a profile by name."""

    wished: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def profile_of(household_id: UUID, *, actor: Actor) -> SearchProfile | None:
    """Return the household's search profile as far as the actor may see it (one query)."""
    return SearchProfile.objects.visible_to(actor).of(household_id=household_id).sole()


def wishes_of(profile: SearchProfile) -> Wishes:
    """Return the districts of a visible profile (one query)."""
    wished = SearchProfile.wished.through.objects.filter(searchprofile=profile)
    excluded = SearchProfile.excluded.through.objects.filter(searchprofile=profile)
    rows = (
        wished.annotate(side=Value("wished", output_field=CharField()))
        .values_list("side", "district__order", "district__name")
        .union(
            excluded.annotate(side=Value("excluded", output_field=CharField())).values_list(
                "side", "district__order", "district__name"
            )
        )
    )
    found = sorted(rows)
    return Wishes(
        tuple(name for side, _order, name in found if side == "wished"),
        tuple(name for side, _order, name in found if side == "excluded"),
    )


def facts_of(
    members: Iterable[HouseholdMember],
    *,
    economy: EconomicSituation | None,
    accommodation: Accommodation | None,
    profile: SearchProfile | None,
    on: date,
) -> HouseholdFacts:
    """Put together what is known. `members`: with their `person`."""
    people = list(members)
    kinds = [kind for kind in (economy.income_kinds if economy else []) if kind not in UNSAID]
    benefit = next((code for kind in kinds if (code := benefit_of(kind))), None)
    units = sorted({str(member.benefit_unit) for member in people if member.benefit_unit is not None})
    asked = bool(kinds)
    draws = bool(benefit) if asked else None
    return HouseholdFacts(
        members=tuple(_member(member) for member in people),
        benefit_units=tuple(BenefitUnit(key, draws, benefit or "sgb2") for key in units) if draws is not False else (),
        benefits_asked=asked,
        yearly_income=economy.yearly_chargeable if economy else None,
        certificate=_certificate(profile),
        homeless=_is_without_home(accommodation, on),
    )


def benefit_of(income_kind: str) -> str | None:
    """Return the benefit that pays the rent for a kind of income (sgb2, sgb12, asylblg); None where none does."""
    return lists.table("income_kinds").latest(income_kind).value.get("benefit")


def _member(belonging: HouseholdMember) -> Member:
    return Member(
        key=str(belonging.pk),
        birth=belonging.person.birth_date,
        birth_year_only=belonging.person.birth_known == BirthKnown.YEAR,
        presence=Presence(belonging.presence),
        benefit_unit=None if belonging.benefit_unit is None else str(belonging.benefit_unit),
    )


def _certificate(profile: SearchProfile | None) -> Certificate | None:
    if profile is None or profile.wbs_state != WbsState.HELD:
        return None
    return Certificate(profile.wbs_valid_until, persons=profile.wbs_persons, kind=profile.wbs_kind)


def _is_without_home(accommodation: Accommodation | None, on: date) -> bool:
    if accommodation is None:
        return False
    return lists.table("dwelling_kinds").latest(accommodation.kind).value.get("housed") is False


def claims_for(page: Any, *, profile: SearchProfile | None) -> HousingClaims:
    """Compute what a household may claim (two queries). `page`: the subject of the household page."""
    economy = once(page, "cases.economy", lambda: economy_of(page.household, actor=page.actor))
    accommodation = once(page, "cases.home", lambda: home_of(page.household, actor=page.actor))
    everybody = [*page.members, *page.expected]
    facts = facts_of(everybody, economy=economy, accommodation=accommodation, profile=profile, on=page.today)
    return claims_of(facts, load_limits(page.today))


def proposed_profile(
    claims: HousingClaims, members: Iterable[HouseholdMember], *, must_leave_by: date | None
) -> dict[str, Any]:
    """Return the values that a new profile starts with, from household and claims; nothing is guessed."""
    holds = [claim for claim in claims.gross_cold if claim.standing is Standing.HOLDS and claim.share]
    unknown = any(claim.standing is Standing.UNKNOWN for claim in claims.gross_cold)
    units = [member for member in members if member.benefit_unit is not None and member.is_here]
    certain = [claim for claim in claims.urgency if claim.met]
    draws = True if holds else None if unknown else False
    return {
        "persons": max(claims.persons + claims.persons_expected, 1),
        "benefit_persons": holds[0].share[0] if holds and holds[0].share else len(units) if draws is None else 0,
        "draws_benefits": {True: "yes", False: "no", None: "unknown"}[draws],
        "needed_by": must_leave_by,
        "priority": "2" if certain else "3",
        "priority_ground": "; ".join(claim.sentence.partition(": ")[2].rstrip(".") for claim in certain)[:200],
    }


def table_limit(profile: SearchProfile, *, on: date) -> Decimal | None:
    """Return the benefit office's limit for the profile's Bedarfsgemeinschaft; None where none applies or is known."""
    if not profile.draws_benefits or not profile.benefit_persons:
        return None
    return load_limits(on).gross_cold.value.limit_for(profile.benefit_persons)


def income_band(household_id: UUID, *, reason: str) -> str:
    """Return the household's monthly net income as a coarse band; empty where it is not known.

    `reason`: why the band may be shown though the income itself is not open (the members released the band).
    """
    row = EconomicSituation.objects.for_system(reason=reason).filter(household_id=household_id).first()
    if row is None or row.monthly_net is None:
        return ""
    low = int(row.monthly_net // BAND * BAND)
    return f"{low:,} bis unter {low + int(BAND):,} € im Monat".replace(",", ".")
