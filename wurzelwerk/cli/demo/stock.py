"""The dwellings of the story: sixty invented owners, their houses, rents and allocation rights."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from wurzelwerk.base.errors import HouseError
from wurzelwerk.housing.actions.lettings import open_letting, withdraw_letting
from wurzelwerk.housing.actions.portfolio import add_building, record_owner
from wurzelwerk.housing.actions.taking_in import Intake, take_in_dwelling
from wurzelwerk.housing.models import Building, Dwelling, Letting, Owner
from wurzelwerk.network.models import Organisation
from wurzelwerk.offers.enums import OfferState

from .names import OWNER_BODIES, OWNER_FAMILIES, OWNER_GIVEN, POSTCODES, STREETS
from .pictures import facade
from .world import World

OWNERS, DWELLINGS = 60, 250
ROOMS = (1, 2, 3, 4, 5)
ROOM_WEIGHTS = (14, 28, 32, 19, 7)
LAYS = ("links", "rechts", "Mitte", "Hinterhaus", "Dachgeschoss", "")
PHOTOS_UNTIL = 45
NORTH = {"hafen", "nordmarkt", "borsigplatz"}


@dataclass
class Landlord:
    """An owner of the story with the houses that the enterprise knows so far."""

    owner: Owner
    buildings: list[Building] = field(default_factory=list)


class Stock:
    """Wins owners and dwellings over the months; a dwelling that is free again is offered again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.landlords: list[Landlord] = []
        self.number = 0
        self.holder = Organisation.objects.get(code="ankerplatz")
        self.city = Organisation.objects.get(code="stadt")

    def win_owner(self) -> None:
        """An owner agrees to work with the enterprise."""
        rng, number = self.world.rng, len(self.landlords)
        company = number < len(OWNER_BODIES)
        family = OWNER_FAMILIES[number % len(OWNER_FAMILIES)]
        given = rng.choice(OWNER_GIVEN)
        district = rng.choice(sorted(STREETS))
        values = {
            "name": OWNER_BODIES[number] if company else f"{given} {family}",
            "is_company": company,
            "contact_person": f"{given} {family}" if company else "",
            "phone": f"0231 000-{rng.randint(100, 999)}",
            "street": f"{rng.choice(STREETS[district])} {rng.randint(1, 99)}",
            "postcode": POSTCODES[district],
            "city": "Dortmund",
        }
        by = self.world.actor(rng.choice(("jonas", "katja")))
        self.landlords.append(Landlord(record_owner(values=values, by=by, at=self.world.at)))

    def win_dwelling(self) -> None:
        """A dwelling comes in, mostly in a house that is known already."""
        rng, at = self.world.rng, self.world.at
        landlord = rng.choice(self.landlords)
        login = rng.choice(("jonas", "katja"))
        by = self.world.actor(login)
        building = self._house(landlord, login)
        self.number += 1
        rooms = rng.choices(ROOMS, ROOM_WEIGHTS)[0]
        pictures = [facade(self.number)] if self.number <= PHOTOS_UNTIL else []
        intake = Intake(
            owner=landlord.owner,
            owner_values={},
            building=building,
            building_values={},
            dwelling_values=self._dwelling(rng, rooms, building, at.date()),
            letting_values=self._rent(rng, rooms),
            available_from=at.date() + timedelta(days=rng.randint(0, 60)),
            right_values=self._right(rng, at.date()),
            pictures=pictures,
        )
        dwelling = take_in_dwelling(intake=intake, by=by, at=at)
        if rng.random() < 0.9:
            self.world.later((30, 90), lambda: self._withdraw(dwelling))
        self.world.later((240, 420), lambda: self._again(dwelling, rooms))

    def _house(self, landlord: Landlord, login: str) -> Building:
        rng = self.world.rng
        if landlord.buildings and rng.random() < 0.6:
            return rng.choice(landlord.buildings)
        places = sorted(STREETS)
        district = rng.choices(places, [3 if place in NORTH else 1 for place in places])[0]
        values = {
            "street": rng.choice(STREETS[district]),
            "number": str(rng.randint(1, 120)),
            "postcode": POSTCODES[district],
            "city": "Dortmund",
            "district_id": district,
            "built_in": rng.choice((1904, 1911, 1928, 1953, 1957, 1962, 1968, 1974, 1983, 1996, 2012)),
            "has_lift": rng.random() < 0.2,
        }
        building = add_building(owner=landlord.owner, values=values, by=self.world.actor(login), at=self.world.at)
        if building not in landlord.buildings:
            landlord.buildings.append(building)
        return building

    def _dwelling(self, rng: Random, rooms: int, building: Building, on: date) -> dict[str, Any]:
        area = Decimal(rng.randint(14, 22) * rooms + 16)
        kind = rng.choice(("demand", "consumption", ""))
        step_free = rng.choices(("no", "yes", "wheelchair", "unknown"), (62, 16, 4, 18))[0]
        values: dict[str, Any] = {
            "label": rng.choice(LAYS),
            "floor": rng.randint(0, 4),
            "rooms": Decimal(rooms),
            "area": area,
            "step_free": step_free,
            "pets_allowed": rng.choice((True, False, None)),
            "max_persons": rooms + 2 if rng.random() < 0.3 else None,
            "wbs_kind": "a" if rng.random() < 0.45 else "",
            "energy_kind": kind,
            "description": "",
        }
        if kind:
            values |= {
                "energy_value": Decimal(rng.randint(70, 210)),
                "energy_carrier": rng.choice(("gas", "district", "oil", "heat_pump_air")),
                "energy_class": rng.choice("CDEFG"),
                "energy_valid_until": on + timedelta(days=rng.randint(200, 3000)),
            }
        return values

    def _rent(self, rng: Random, rooms: int) -> dict[str, Decimal]:
        area = rooms * 18 + 16
        net = Decimal(round(area * rng.uniform(6.1, 8.6) / 5) * 5)
        return {
            "net_cold": net,
            "operating_costs": Decimal(round(area * rng.uniform(2.1, 2.9))),
            "heating_costs": Decimal(round(area * rng.uniform(1.2, 1.9))),
            "deposit": net * rng.choice((2, 3)),
        }

    def _right(self, rng: Random, on: date) -> dict[str, Any] | None:
        if rng.random() > 0.35:
            return None
        starts = on - timedelta(days=rng.randint(300, 5000))
        return {
            "kind": rng.choices(("general", "nomination", "occupation"), (70, 20, 10))[0],
            "form": "direct",
            "law": "wfng_nrw" if starts.year >= 2010 else "wofg",
            "holder": rng.choice((self.holder, self.city)),
            "starts_on": starts,
            "ends_on": on + timedelta(days=rng.choice((120, 300, 900, 2500))),
            "grant_document": f"Bescheid {starts.year}-{rng.randint(100, 999)} (erfunden)",
        }

    def _withdraw(self, dwelling: Dwelling) -> None:
        by, at = self.world.actor("katja"), self.world.at
        current = Letting.objects.visible_to(by).filter(dwelling=dwelling, is_current=True).first()
        if current is None:
            return
        try:
            withdraw_letting(letting=current, by=by, at=at)
        except HouseError:
            return  # a household is on its way to it

    def _again(self, dwelling: Dwelling, rooms: int) -> None:
        """After some time the dwelling is free again, where it was let or withdrawn."""
        by, at = self.world.actor("jonas"), self.world.at
        lettings = Letting.objects.visible_to(by).filter(dwelling=dwelling)
        if lettings.filter(is_current=True).exists() or lettings.filter(offer__state=OfferState.TAKEN).exists():
            return
        values = self._rent(self.world.rng, rooms)
        open_letting(dwelling=dwelling, values=values, available_from=at.date(), by=by, at=at)
