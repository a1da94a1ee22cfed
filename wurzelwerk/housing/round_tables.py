"""From the room's tables to the columns of a round: never name, origin, religion, language or residence.

Everything is read as the actor may see it: a household whose release has ended is not in the round.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from wurzelwerk.network.models import District
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.trust.actor import Actor

from . import columns, law
from .columns import NONE, UNKNOWN
from .enums import BINDING_PLACEMENT, PlacementState, SearchState, StepFree, WbsState
from .models import AllocationRight, HousingSearch, Letting, Placement, SearchProfile

EPOCH = date(1970, 1, 1)
FREE_OF_WBS = {"", "none"}
ENDED = {
    PlacementState.DECLINED: "Diese Wohnung wurde schon vorgeschlagen; die Vermieterseite hat abgesagt.",
    PlacementState.REFUSED: "Diese Wohnung wurde schon vorgeschlagen; der Haushalt hat sie abgelehnt.",
}


@dataclass(frozen=True)
class RoundTables:
    """What a round is run on. `earlier`: (search id, letting id) -> how an earlier proposal ended."""

    households: columns.Households
    dwellings: columns.Dwellings
    earlier: dict[tuple[str, str], str]


def round_tables(actor: Actor, *, on: date) -> RoundTables:
    """Fill both tables for the body that the actor works for (eight queries, whatever the size)."""
    names = _names(on, _rights(actor, on))
    seekers = seekers_of(actor)
    lettings = list(open_lettings(actor))
    rights: dict[UUID, list[AllocationRight]] = {}
    for right in _rights(actor, on):
        rights.setdefault(right.dwelling_id, []).append(right)
    earlier = Placement.objects.visible_to(actor).filter(state__in=list(ENDED), letting__in=lettings)
    return RoundTables(
        households=_households(seekers, names, on),
        dwellings=_dwellings(lettings, rights, names, actor.home.organisation_id if actor.home else None),
        earlier={
            (str(search), str(letting)): ENDED[PlacementState(state)]
            for search, letting, state in earlier.values_list("search_id", "letting_id", "state")
        },
    )


def seekers_of(actor: Actor) -> list[tuple[HousingSearch, SearchProfile]]:
    """Return the searching households with a visible profile that have no promise yet."""
    promised = Placement.objects.visible_to(actor).filter(state__in=BINDING_PLACEMENT).values("household_ref")
    searches = (
        HousingSearch.objects.writable_by(actor)
        .filter(state=SearchState.SEARCHING)
        .exclude(household_ref__in=promised)
        .select_related("akte")
        .order_by("pk")
    )
    found = list(searches)
    profiles = (
        SearchProfile.objects.visible_to(actor)
        .filter(household_id__in=[search.household_ref for search in found])
        .select_related("akte__controller")
        .prefetch_related("wished", "excluded")
    )
    by_household = {profile.household_id: profile for profile in profiles}
    return [(search, by_household[search.household_ref]) for search in found if search.household_ref in by_household]


def open_lettings(actor: Actor) -> Iterable[Letting]:
    """Return the body's own open lettings of today."""
    return (
        Letting.objects.writable_by(actor)
        .filter(is_current=True, offer__state=OfferState.OPEN)
        .select_related("offer", "dwelling__building")
        .order_by("pk")
    )


def _rights(actor: Actor, on: date) -> list[AllocationRight]:
    rights = AllocationRight.objects.visible_to(actor).filter(starts_on__lte=on).select_related("holder")
    ending = (
        Q(after_effect_until__gte=on) | Q(after_effect_until__isnull=True, ends_on__gte=on) | Q(ends_on__isnull=True)
    )
    return list(rights.filter(ending).order_by("pk"))


def _names(on: date, rights: list[AllocationRight]) -> columns.Names:
    kinds = tuple(str(row.key) for row in law.table("wbs_kinds").all_on(on))
    districts = tuple(str(district) for district in District.objects.order_by("order", "code"))
    holders = sorted({right.holder.short_name for right in rights if right.kind != "general"})
    return columns.Names(quarters=districts, wbs_kinds=kinds, circles=tuple(holders))


def _households(rows: list, names: columns.Names, on: date) -> columns.Households:
    parts = _parts()
    sizes = law.load_limits(on)
    table: dict[str, list[int]] = {name: [] for name in columns.HOUSEHOLD_DEFAULTS}
    for _search, profile in rows:
        filled = _limits(profile, sizes) | _certificate(profile, names, sizes, on)
        table["priority"].append(profile.priority)
        table["waiting_since"].append(_days(profile.waiting_since))
        table["persons"].append(profile.persons)
        table["step_free"].append(_needs_step_free(profile.step_free))
        table["pets"].append(int(profile.pets))
        table["move_by"].append(_days(profile.needed_by) if profile.needed_by else NONE)
        table["quarters_excluded"].append(_mask(profile.excluded.all(), parts))
        table["quarters_wished"].append(_mask(profile.wished.all(), parts))
        table["circles"].append(_named_by(profile, names))
        for name in ("wbs", "wbs_rooms", "wbs_area", "gross_cold_limit", "affordable_rent"):
            table[name].append(filled[name])
    return columns.households([str(search.pk) for search, _profile in rows], names, **table)


def _named_by(profile: SearchProfile, names: columns.Names) -> int:
    """A household that the right's holder refers counts as named by it."""
    controller = profile.akte.controller.short_name
    return 1 << names.circles.index(controller) if controller in names.circles else 0


def _limits(profile: SearchProfile, limits: law.HousingLimits) -> dict[str, int]:
    """Rent limits in cents; the office's limit counts for its share of the household."""
    if profile.draws_benefits is None:
        return {"gross_cold_limit": UNKNOWN, "affordable_rent": NONE}
    if not profile.draws_benefits:
        return {"gross_cold_limit": NONE, "affordable_rent": _cents(profile.most_warm)}
    if profile.most_gross_cold is not None:
        return {"gross_cold_limit": _cents(profile.most_gross_cold), "affordable_rent": NONE}
    persons = profile.benefit_persons
    limit = limits.gross_cold.value.limit_for(persons) if persons else None
    if limit is None:
        return {"gross_cold_limit": UNKNOWN, "affordable_rent": NONE}
    whole = _cents(limit) * profile.persons // persons
    return {"gross_cold_limit": whole, "affordable_rent": NONE}


def _certificate(profile: SearchProfile, names: columns.Names, limits: law.HousingLimits, on: date) -> dict[str, int]:
    wbs = UNKNOWN
    if profile.wbs_state == WbsState.NONE:
        wbs = NONE
    elif profile.wbs_state == WbsState.HELD and profile.wbs_kind in names.wbs_kinds:
        expired = profile.wbs_valid_until is not None and profile.wbs_valid_until < on
        wbs = UNKNOWN if expired else names.wbs_kinds.index(profile.wbs_kind)
    size = {"wbs_rooms": UNKNOWN, "wbs_area": UNKNOWN}
    if profile.wbs_persons and profile.wbs_persons != profile.persons:
        sizes = limits.wbs_sizes.value
        rooms = sizes.rooms_for(profile.wbs_persons)
        size = {
            "wbs_rooms": UNKNOWN if rooms is None else 10 * rooms,
            "wbs_area": 100 * sizes.square_metres_for(profile.wbs_persons),
        }
    return {"wbs": wbs, **size}


def _dwellings(lettings: list[Letting], rights: dict, names: columns.Names, body: UUID | None) -> columns.Dwellings:
    """Fill the table of dwellings; a right that the body holds itself reserves nothing against its own proposals."""
    table: dict[str, list[int]] = {name: [] for name in columns.DWELLING_DEFAULTS}
    order = {code: place for place, code in enumerate(_district_codes())}
    for letting in lettings:
        dwelling = letting.dwelling
        own = rights.get(dwelling.pk, [])
        others = [one.holder.short_name for one in own if one.kind != "general" and one.holder_id != body]
        quarter = letting.offer.district_id or dwelling.building.district_id
        table["rooms"].append(int(dwelling.rooms * 10))
        table["area"].append(int(dwelling.area * 100))
        table["gross_cold"].append(_cents(letting.gross_cold))
        table["heating"].append(_cents(letting.heating_costs))
        table["wbs"].append(_kind_needed(dwelling.wbs_kind, own, names))
        table["wbs_holders_only"].append(int(any(one.kind == "general" for one in own)))
        table["circle"].append(names.circles.index(others[0]) if others else NONE)
        table["step_free"].append(_is_step_free(dwelling.step_free))
        table["quarter"].append(order.get(quarter, UNKNOWN))
        table["available_from"].append(_days(letting.offer.available_from) if letting.offer.available_from else NONE)
        table["pets"].append(UNKNOWN if dwelling.pets_allowed is None else int(dwelling.pets_allowed))
        table["max_persons"].append(dwelling.max_persons or NONE)
    return columns.dwellings([str(letting.pk) for letting in lettings], names, **table)


def _kind_needed(code: str, rights: list[AllocationRight], names: columns.Names) -> int:
    asked = next((right.wbs_kind for right in rights if right.wbs_kind in names.wbs_kinds), code)
    if asked in FREE_OF_WBS:
        return NONE
    return names.wbs_kinds.index(asked) if asked in names.wbs_kinds else UNKNOWN


def _district_codes() -> list[str]:
    return list(District.objects.order_by("order", "code").values_list("code", flat=True))


def _parts() -> dict[str, int]:
    """District -> bits of itself and of its parts."""
    rows = list(District.objects.order_by("order", "code").values_list("code", "parent_id"))
    bits = {code: 1 << place for place, (code, _parent) in enumerate(rows)}
    masks = dict(bits)
    for code, parent in rows:
        if parent:
            masks[parent] |= bits[code]
    return masks


def _mask(districts: Iterable[District], parts: dict[str, int]) -> int:
    mask = 0
    for district in districts:
        mask |= parts.get(district.pk, 0)
    return mask


def _needs_step_free(value: str) -> int:
    return {StepFree.NO: 0, StepFree.UNKNOWN: UNKNOWN}.get(StepFree(value), 1)


def _is_step_free(value: str) -> int:
    return {StepFree.NO: 0, StepFree.UNKNOWN: UNKNOWN}.get(StepFree(value), 1)


def _cents(amount: Decimal | None) -> int:
    return UNKNOWN if amount is None else int(amount * 100)


def _days(day: date | None) -> int:
    return UNKNOWN if day is None else (day - EPOCH).days
