"""Reads of owners, dwellings and lettings; the first filter is visible_to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Count, DecimalField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery

from wurzelwerk.base.dated import Dated
from wurzelwerk.cases.models import Household
from wurzelwerk.network.models import District
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.sheets.cells import same_word
from wurzelwerk.trust.actor import Actor

from .. import law
from ..models import AllocationRight, Building, Dwelling, DwellingPhoto, Letting, Owner, Placement

Address = tuple[str, ...]
GROSS_COLD = ExpressionWrapper(
    F("net_cold") + F("operating_costs"), output_field=DecimalField(max_digits=10, decimal_places=2)
)
"""Euro a month, without heating; empty where the operating costs are not known."""


def districts_within(code: str) -> list[str]:
    """Return the codes of a district and of its parts (one query)."""
    return list(District.objects.filter(Q(pk=code) | Q(parent_id=code)).values_list("pk", flat=True))


def dwelling_rows(actor: Actor) -> QuerySet[Dwelling]:
    """Return the actor's homes with their latest letting's: offer_state, net_cold, gross_cold, free_from."""
    latest = (
        Letting.objects.visible_to(actor)
        .filter(dwelling=OuterRef("pk"))
        .order_by("-is_current", "-offer__opened_at", "pk")
    )
    return (
        Dwelling.objects.visible_to(actor)
        .select_related("building__district", "building__owner")
        .annotate(
            offer_state=Subquery(latest.values("offer__state")[:1]),
            net_cold=Subquery(latest.values("net_cold")[:1]),
            gross_cold=Subquery(latest.annotate(total=GROSS_COLD).values("total")[:1]),
            free_from=Subquery(latest.values("offer__available_from")[:1]),
        )
    )


def owner_rows(actor: Actor) -> QuerySet[Owner]:
    """Return the actor's owners with the number of their dwellings and of those on offer."""
    held = Q(buildings__dwellings__archived_at__isnull=True)
    on_offer = Q(buildings__dwellings__lettings__is_current=True)
    return Owner.objects.visible_to(actor).annotate(
        dwellings=Count("buildings__dwellings", filter=held, distinct=True),
        open_dwellings=Count("buildings__dwellings", filter=held & on_offer, distinct=True),
    )


def network_lettings(actor: Actor) -> QuerySet[Letting]:
    """Return the open lettings that the actor may see, whoever keeps them."""
    return (
        Letting.objects.visible_to(actor)
        .filter(is_current=True, offer__state=OfferState.OPEN)
        .select_related("offer__district", "dwelling", "akte__controller")
        .annotate(gross_cold_sum=GROSS_COLD)
    )


@dataclass(frozen=True)
class PersonLimit:
    """One line of the comparison with the benefit office's table; `over` is what the rent is above it, in euro."""

    persons: int
    limit: Decimal
    over: Decimal


@dataclass(frozen=True)
class RentComparison:
    """For how many persons a dwelling fits: from `least` (rent; None above the table) to `most` (area)."""

    lines: tuple[PersonLimit, ...]
    least: int | None
    most: int
    limits: Dated
    area: Dated


def compare_rent(gross_cold: Decimal | None, living_area: Decimal, *, on: date) -> RentComparison | None:
    """Compare a gross-cold rent (euro a month) and an area (m²) with the tables of a day; None without a rent."""
    if gross_cold is None:
        return None
    limits = law.load_limits(on)
    table = limits.gross_cold.value.limits
    lines = tuple(
        PersonLimit(persons, Decimal(limit), max(Decimal(0), gross_cold - limit))
        for persons, limit in enumerate(table, 1)
    )
    return RentComparison(
        lines=lines,
        least=next((line.persons for line in lines if not line.over), None),
        most=int(living_area // limits.minimum_area.value.square_metres_per_person),
        limits=limits.gross_cold,
        area=limits.minimum_area,
    )


@dataclass(frozen=True)
class RightOnPage:
    """An allocation right with its words and how near its end is: "", "warning", "over" or "ahead"."""

    right: AllocationRight
    kind: str
    form: str
    law: str
    wbs: str
    end: date | None
    nearness: str


def describe_right(right: AllocationRight, *, on: date) -> RightOnPage:
    """Put a right into words, with a warning in the months before its end."""
    end = right.after_effect_until or right.ends_on
    nearness = ""
    if right.starts_on > on:
        nearness = "ahead"
    elif end and end < on:
        nearness = "over"
    elif end:
        months = max(law.table("right_lapse").on(on).value["months_before"])
        nearness = "warning" if on >= end - relativedelta(months=months) else ""
    return RightOnPage(
        right=right,
        kind=law.label("allocation_kinds", right.kind),
        form=law.label("allocation_forms", right.form) if right.form else "",
        law=law.label("allocation_laws", right.law),
        wbs=law.label("wbs_kinds", right.wbs_kind) if right.wbs_kind else "",
        end=end,
        nearness=nearness,
    )


def lapse_steps(end: date, *, on: date) -> int | None:
    """Return the smallest of the warning's months (12, 6, 3) that lies ahead of an end; None before the first."""
    months = sorted(law.table("right_lapse").on(on).value["months_before"])
    return next((step for step in months if on >= end - relativedelta(months=step)), None)


def missing_advert_duties(dwelling: Dwelling, *, on: date) -> list[Dated]:
    """Return what an advertisement must say about energy and the dwelling does not, each with its source."""
    if dwelling.energy_kind == "not_required":
        return []
    said = {name: getattr(dwelling, name, None) for name in law.table("advert_duties").keys}
    said["built_in"] = dwelling.building.built_in
    if dwelling.energy_kind == "not_available":
        said["energy_kind"] = ""
    return [row for row in law.table("advert_duties").all_on(on) if not said.get(row.key)]


@dataclass(frozen=True)
class PlacementLine:
    """A placement of the current letting as the page shows it; `household` is empty where the actor may not see it."""

    placement: Placement
    household: str


@dataclass(frozen=True)
class DwellingPage:
    """Everything the page of a dwelling shows."""

    dwelling: Dwelling
    lettings: Sequence[Letting]
    rights: Sequence[RightOnPage]
    photos: Sequence[DwellingPhoto]
    placements: Sequence[PlacementLine]

    @property
    def current(self) -> Letting | None:
        """The letting that is in preparation, open or promised."""
        return next((letting for letting in self.lettings if letting.is_current), None)

    @property
    def latest(self) -> Letting | None:
        """The current letting, else the last one."""
        return self.current or next(iter(self.lettings), None)


def dwelling_page(dwelling: Dwelling, *, actor: Actor, on: date) -> DwellingPage:
    """Read what belongs to a dwelling (five queries)."""
    lettings = list(
        Letting.objects.visible_to(actor)
        .filter(dwelling=dwelling)
        .select_related("offer")
        .order_by("-is_current", "-offer__opened_at", "pk")
    )
    rights = AllocationRight.objects.visible_to(actor).filter(dwelling=dwelling).select_related("holder")
    return DwellingPage(
        dwelling=dwelling,
        lettings=lettings,
        rights=[describe_right(right, on=on) for right in rights],
        photos=list(DwellingPhoto.objects.visible_to(actor).filter(dwelling=dwelling)),
        placements=_placements([letting.pk for letting in lettings if letting.is_current], actor),
    )


def _placements(lettings: Iterable[UUID], actor: Actor) -> list[PlacementLine]:
    rows = list(Placement.objects.visible_to(actor).filter(letting__in=list(lettings)).order_by("-proposed_at", "pk"))
    seen = Household.objects.visible_to(actor).filter(pk__in={row.household_ref for row in rows})
    names = dict(seen.values_list("pk", "name")) if rows else {}
    return [PlacementLine(row, names.get(row.household_ref, "")) for row in rows]


def houses_at(actor: Actor, addresses: Collection[Address]) -> dict[Address, list[Building]]:
    """Return (street, number, postcode, place) -> the houses there that the actor may write (one query).

    Compared as `same_word` does; a house of which no postcode or place is known is at every address of its street.
    """
    wanted: dict[tuple[str, str], list[Address]] = defaultdict(list)
    for address in addresses:
        wanted[address[:2]].append(address)
    found: dict[Address, list[Building]] = defaultdict(list)
    for house in Building.objects.writable_by(actor).order_by("pk"):
        street, number, *town = map(same_word, (house.street, house.number, house.postcode, house.city))
        for address in wanted.get((street, number), ()):
            if all(not here or not there or here == there for here, there in zip(town, address[2:], strict=True)):
                found[address].append(house)
    return found


def dwellings_in(actor: Actor, houses: Sequence[UUID]) -> dict[UUID, list[Dwelling]]:
    """Return house -> its dwellings that the actor may write (one query)."""
    found: dict[UUID, list[Dwelling]] = defaultdict(list)
    rows = Dwelling.objects.writable_by(actor).among(building_id=list(houses)).select_related("building")
    for flat in rows.order_by("pk"):
        found[flat.building_id].append(flat)
    return found


def owner_choices(actor: Actor) -> QuerySet[Owner]:
    """Return the owners to choose from, by name."""
    return Owner.objects.visible_to(actor).order_by("name", "pk")


def building_choices(actor: Actor) -> QuerySet[Building]:
    """Return the houses to choose from, by street."""
    return Building.objects.visible_to(actor).select_related("owner").order_by("street", "number", "pk")
