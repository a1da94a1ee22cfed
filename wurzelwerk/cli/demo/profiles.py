"""What invented households look for."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from wurzelwerk.cases.models import Accommodation, EconomicSituation, Household
from wurzelwerk.housing.actions.search import ProfileData
from wurzelwerk.housing.enums import StepFree, WbsState
from wurzelwerk.network.models import District
from wurzelwerk.trust.actor import Actor

BENEFITS = {"sgb2", "sgb12", "asylblg"}


def invent_profile(rng: Random, household: Household, *, by: Actor, on: date) -> ProfileData:
    """Invent a profile in line with what is known of the household."""
    members = list(household.members.visible_to(by).filter(left_on__isnull=True).select_related("person"))
    economy = EconomicSituation.objects.visible_to(by).filter(household=household).first()
    home = Accommodation.objects.visible_to(by).filter(household=household, until__isnull=True).first()
    drawing = bool(BENEFITS & set(economy.income_kinds)) if economy else None
    priority, ground = _priority(rng, home)
    held = rng.random() < 0.86
    wished, excluded = _districts(rng, home)
    return ProfileData(
        persons=len(members),
        benefit_persons=len(members) if drawing else 0,
        draws_benefits=drawing,
        most_gross_cold=_decided(len(members)) if drawing else None,
        most_warm=_affordable(economy) if drawing is False else None,
        step_free=StepFree.YES if rng.random() < 0.09 else StepFree.NO,
        pets=rng.random() < 0.06,
        wbs_state=WbsState.HELD if held else rng.choice((WbsState.APPLIED, WbsState.NONE, WbsState.UNKNOWN)),
        wbs_kind="a" if held else "",
        wbs_persons=len(members) if held else None,
        wbs_valid_until=on + timedelta(days=364) if held else None,
        wished=wished,
        excluded=excluded,
        needed_by=home.must_leave_by if home and home.must_leave_by and home.must_leave_by > on else None,
        priority=priority,
        priority_ground=ground,
    )


def _decided(persons: int) -> Decimal | None:
    """Above six persons the office decides case by case; here it has."""
    return Decimal(1310 + 150 * (persons - 6)) if persons > 6 else None


def _affordable(economy: EconomicSituation | None) -> Decimal | None:
    if economy is None or economy.monthly_net is None:
        return None
    return (economy.monthly_net * Decimal("0.45")).quantize(Decimal(10))


def _priority(rng: Random, home: Accommodation | None) -> tuple[int, str]:
    if home and home.kind in {"no_home", "emergency"}:
        return 1, "Wohnungslosigkeit"
    draw = rng.random()
    if draw < 0.08:
        return 1, "Schwangerschaft, beengte Unterkunft"
    if draw < 0.3:
        return 2, "Kinder in einer Gemeinschaftsunterkunft"
    return 3, ""


def _districts(rng: Random, home: Accommodation | None) -> tuple[tuple[District, ...], tuple[District, ...]]:
    everywhere = list(District.objects.order_by("order"))
    if rng.random() < 0.45:
        return (), ()
    wished = set(rng.sample(everywhere, rng.randint(1, 3)))
    if home and home.district:
        wished.add(home.district)
    rest = [district for district in everywhere if district not in wished]
    excluded = rng.sample(rest, rng.randint(1, 3)) if rng.random() < 0.25 else []
    return tuple(sorted(wished, key=lambda d: d.order)), tuple(excluded)
