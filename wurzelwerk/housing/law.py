"""Law and lists of housing as typed, dated values. Every figure comes from `housing/data/*.json`; none stands here.

`load_limits(on)` gives all amounts that hold on one day, each with its source. Lists (`allocation_kinds`,
`decline_reasons`, …) are read through `table(name)` and `choices(name, on=…)`. Every row says how certain it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta

from wurzelwerk.base.dated import Dated, DatedTable, load_table

DATA = Path(__file__).parent / "data"
CENTS = 100


@dataclass(frozen=True, slots=True)
class WbsSizes:
    """What a certificate allows: rooms *or* square metres, one of the two suffices."""

    square_metres: tuple[int, ...]
    rooms: tuple[int | None, ...]
    each_more_square_metres: int
    each_more_rooms: int
    tolerance_square_metres: int
    kitchen_up_to_square_metres: int

    def square_metres_for(self, persons: int) -> int:
        """Square metres without tolerance. Raises ValueError below one person."""
        return self._listed(self.square_metres, persons) or self._beyond(
            self.square_metres, self.each_more_square_metres, persons
        )

    def rooms_for(self, persons: int) -> int | None:
        """Rooms besides the kitchen; None for one person, where only the area counts. Raises ValueError below one."""
        if persons <= len(self.rooms):
            return self._listed(self.rooms, persons)
        return self._beyond(self.rooms, self.each_more_rooms, persons)

    def fits(self, *, persons: int, square_metres: Decimal | None, rooms: int | None) -> bool | None:
        """True where area (with tolerance) or rooms suffice, False where both are too much, None where a gap rules."""
        most_rooms = self.rooms_for(persons)
        by_rooms = False if most_rooms is None else None if rooms is None else rooms <= most_rooms
        most_area = self.square_metres_for(persons) + self.tolerance_square_metres
        by_area = None if square_metres is None else square_metres <= most_area
        if by_rooms or by_area:
            return True
        return None if by_rooms is None or by_area is None else False

    @staticmethod
    def _listed(values: tuple[int | None, ...], persons: int) -> int | None:
        if persons < 1:
            raise ValueError("Ein Haushalt hat mindestens eine Person.")
        return values[persons - 1] if persons <= len(values) else None

    @staticmethod
    def _beyond(values: tuple[int | None, ...], step: int, persons: int) -> int:
        return (values[-1] or 0) + step * (persons - len(values))


@dataclass(frozen=True, slots=True)
class IncomeLimits:
    """Chargeable yearly income of a household up to which a certificate is given; whole euro."""

    one_person: int
    two_persons: int
    each_more: int
    each_child: int
    excess_percent: int

    def limit_for(self, persons: int, children: int) -> Decimal:
        """The limit in euro for `persons`, `children` of them children in the sense of the law. Raises ValueError."""
        if persons < 1 or not 0 <= children <= persons:
            raise ValueError("Personen und Kinder passen nicht zusammen.")
        base = self.one_person if persons == 1 else self.two_persons + self.each_more * (persons - 2)
        return Decimal(base + self.each_child * children)

    def limit_with_excess(self, persons: int, children: int) -> Decimal:
        """The limit raised by the excess that the office may accept, in euro and cents."""
        return (self.limit_for(persons, children) * (100 + self.excess_percent) / 100).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class GrossColdLimits:
    """Rent without heating that the benefit office accepts, by persons of a Bedarfsgemeinschaft; euro a month."""

    limits: tuple[int, ...]
    place: str
    more_persons: str
    benefits: tuple[str, ...]

    def limit_for(self, persons: int) -> Decimal | None:
        """Euro a month; None above the table, where the office decides each case. Raises ValueError below one."""
        if persons < 1:
            raise ValueError("Eine Bedarfsgemeinschaft hat mindestens eine Person.")
        return Decimal(self.limits[persons - 1]) if persons <= len(self.limits) else None

    def cents(self) -> tuple[int, ...]:
        """The table in integer cents for the engine: index 0 is one person."""
        return tuple(limit * CENTS for limit in self.limits)


@dataclass(frozen=True, slots=True)
class MinimumArea:
    """Living space each person must have, in square metres."""

    square_metres_per_person: int
    single_room_with_ancillary_rooms: int
    single_room_without_ancillary_rooms: int

    def for_persons(self, persons: int) -> int:
        """Square metres a dwelling must have at least for `persons` (0 or more)."""
        return self.square_metres_per_person * persons


@dataclass(frozen=True, slots=True)
class DepositCap:
    """The highest deposit, in net-cold monthly rents, and the instalments the tenant may pay it in."""

    net_cold_rents: int
    instalments: int
    hint: str

    def highest(self, net_cold: Decimal) -> Decimal:
        """Euro, for a monthly net-cold rent in euro."""
        return net_cold * self.net_cold_rents


@dataclass(frozen=True, slots=True)
class WbsTerms:
    """How long and where a certificate holds, and the condition of lasting residence."""

    valid_months: int
    area: str
    lasting_residence: str
    lasting_residence_source: str
    expected_members_source: str

    def valid_until(self, issued_on: date) -> date:
        """The last day of validity: the day before the same day of the month, `valid_months` later.

        Issued 05.03.2026 → 04.03.2027; issued 29.02.2024 → 28.02.2025 (BGB §§ 187(2), 188(2) and (3)).
        """
        later = issued_on + relativedelta(months=self.valid_months)
        return later if later.day != issued_on.day else later - relativedelta(days=1)


@dataclass(frozen=True, slots=True)
class ChildAges:
    """Ages by which a household member counts as a child for the income limit."""

    always_below: int
    under_conditions_below: int


@dataclass(frozen=True, slots=True)
class HousingLimits:
    """Everything with a figure that holds on one day; each part carries its source and certainty."""

    on: date
    wbs_sizes: Dated[WbsSizes]
    wbs_terms: Dated[WbsTerms]
    income: Dated[IncomeLimits]
    child_ages: Dated[ChildAges]
    gross_cold: Dated[GrossColdLimits]
    minimum_area: Dated[MinimumArea]
    deposit: Dated[DepositCap]
    urgency_grounds: tuple[Dated[Mapping[str, Any]], ...]


def _wbs_sizes(fields: Mapping[str, Any]) -> WbsSizes:
    rest = {name: value for name, value in fields.items() if name != "sizes"}
    sizes = sorted(fields["sizes"], key=lambda size: size["persons"])
    if [size["persons"] for size in sizes] != list(range(1, len(sizes) + 1)):
        raise ValueError("Die Personenzahlen müssen bei 1 beginnen und lückenlos sein")
    return WbsSizes(tuple(s["square_metres"] for s in sizes), tuple(s["rooms"] for s in sizes), **rest)


def _gross_cold(fields: Mapping[str, Any]) -> GrossColdLimits:
    return GrossColdLimits(tuple(fields["limits"]), fields["place"], fields["more_persons"], tuple(fields["benefits"]))


@cache
def _typed(name: str) -> DatedTable[Any]:
    parsers = {
        "wbs_sizes": _wbs_sizes,
        "gross_cold_limits": _gross_cold,
        "wbs_terms": lambda fields: WbsTerms(**fields),
        "income_limits": lambda fields: IncomeLimits(**fields),
        "child_ages": lambda fields: ChildAges(**fields),
        "minimum_area": lambda fields: MinimumArea(**fields),
        "deposit_cap": lambda fields: DepositCap(**fields),
    }
    return load_table(DATA / f"{name}.json", parsers[name])


@cache
def load_limits(on: date) -> HousingLimits:
    """All limits that hold on the day. Raises `NotDated` (a German sentence) where a table has no row for it."""
    return HousingLimits(
        on=on,
        wbs_sizes=_typed("wbs_sizes").on(on),
        wbs_terms=_typed("wbs_terms").on(on),
        income=_typed("income_limits").on(on),
        child_ages=_typed("child_ages").on(on),
        gross_cold=_typed("gross_cold_limits").on(on),
        minimum_area=_typed("minimum_area").on(on),
        deposit=_typed("deposit_cap").on(on),
        urgency_grounds=table("urgency_grounds").all_on(on),
    )


@cache
def table(name: str) -> DatedTable[Mapping[str, Any]]:
    """A list of the room by file name, such as "decline_reasons". Raises `DatedDataError` where there is none."""
    return load_table(DATA / f"{name}.json")


def choices(name: str, *, on: date) -> list[tuple[str, str]]:
    """(code, German label) of every entry valid on the day, in the order of the file."""
    return table(name).choices(on)


def label(name: str, code: str) -> str:
    """The newest German label of a code, valid or not. Raises `NotDated` for a code the list never had."""
    return str(table(name).latest(code).value["label"])
