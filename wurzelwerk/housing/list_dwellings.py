"""Lists of dwellings with their owners: columns, which rows are one house, and what is written of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.sheets import cells
from wurzelwerk.sheets.cells import same_word
from wurzelwerk.sheets.importer import Against, Kept, Option, Progress, Remark, Row, Taken
from wurzelwerk.trust.actor import Actor

from . import list_alike, list_undo
from . import list_cells as read
from .actions.listed import ListedDwelling, ListedHouse, add_to_dwelling, take_in_house
from .list_fields import FIELDS
from .models import Dwelling
from .queries.portfolio import houses_at

Values = dict[str, Any]
RENT = (("net_cold", 20_000), ("operating_costs", 5_000), ("heating_costs", 5_000), ("deposit", 100_000))


@dataclass
class Listed:
    """What a row says: of the owner, the house, the dwelling and its rent; columns by name.

    `letting` is empty where no rent is said.
    """

    owner: Values
    building: Values
    dwelling: Values
    letting: Values
    available_from: date | None

    @property
    def where(self) -> tuple[str, ...]:
        """The address as it is compared."""
        return tuple(same_word(self.building[name]) for name in ("street", "number", "postcode", "city"))


class DwellingsImporter:
    """Dwellings with house, owner and rent, into the portfolio."""

    key = "dwellings"
    label = lazy("Wohnungen")
    one, many = lazy("Wohnung"), lazy("Wohnungen")
    hint = lazy(
        "Eine Zeile je Wohnung. Nötig sind Straße, Zimmer, Wohnfläche und, wo das Haus noch nicht bekannt ist, "
        "die Eigentümerin oder der Eigentümer. Mit Nettokaltmiete wird die Wohnung gleich angeboten."
    )
    joining = lazy("Kommt zu dem Haus, das schon übernommen ist.")
    permission = "housing.portfolio"
    fields = FIELDS
    option: Option | None = None
    batch = 60

    def lacking(self, chosen: set[str]) -> str:
        """A dwelling is nothing without these."""
        labels = {one.key: str(one.label) for one in FIELDS}
        missing = [labels[key] for key in ("street", "rooms", "area") if key not in chosen]
        return _("Bitte ordnen Sie diese Spalten zu: %(what)s.") % {"what": ", ".join(missing)} if missing else ""

    def settled(self, columns: list[str]) -> list[str]:
        """Nothing depends on other columns."""
        return columns

    def proposed_option(self, chosen: set[str]) -> str:
        """There is none."""
        return ""

    def read(self, row: Row, *, on: date) -> None:
        """Read a dwelling."""
        typed, note = row.cells, row.remarks.append
        owner = " ".join(typed.get("owner", "").split())
        letting = {
            name: read.rounded(name, typed.get(name, ""), note, least=0, most=most) for name, most in RENT
        }  # fmt: skip
        if typed.get("net_cold") and letting["net_cold"] == 0:
            note(Remark("net_cold", _("Die Nettokaltmiete muss größer als 0 € sein."), refuses=True))
        if not typed.get("net_cold"):
            note(
                Remark(
                    "net_cold", _("Ohne Nettokaltmiete kommt die Wohnung in den Bestand, wird aber nicht angeboten.")
                )
            )
        free = typed.get("available_from", "")
        row.values = Listed(
            owner={
                "name": cells.limited("owner", owner, 160, note), "is_company": read.is_company(owner),
                "contact_person": cells.limited("contact_person", typed.get("contact_person", ""), 120, note),
                "phone": cells.phones(typed.get("phone", ""), note, most=40),
                "email": cells.email(typed.get("email", ""), note),
            },
            building=_building(row, on), dwelling=_dwelling(row, on),
            letting=letting if typed.get("net_cold") else {},
            available_from=_free(free, note, on),
        )  # fmt: skip

    def gather(self, rows: Sequence[Row], *, option: str) -> None:
        """Rows of one owner at one address are one house; what one row says of owner and house holds for all."""
        known, groups = read.districts(), defaultdict(list)
        for row in rows:
            said = row.values
            said.building["district_id"] = read.district(row.cells.get("district", ""), row.remarks.append, known)
            if said.building["street"]:
                row.group = "|".join((same_word(said.owner["name"]), *said.where))
                groups[row.group].append(said)
        for together in groups.values():
            for name in ("built_in", "has_lift", "district_id"):
                value = next((said.building[name] for said in together if said.building[name] is not None), None)
                for said in together:
                    said.building[name] = value

    def find_alike(self, rows: Sequence[Row], *, actor: Actor, progress: Progress) -> None:
        """Find dwellings that are kept already, and rows that stand in the list twice."""
        list_alike.find_alike(rows, actor=actor, progress=progress)

    def shown(self, row: Row) -> str:
        """Address and flat."""
        said = row.values
        return f"{said.building['street']} {said.building['number']} {said.dwelling['label']}".strip()

    def take_in(self, groups: Sequence[Sequence[Row]], *, by: Actor, at: datetime) -> Taken:
        """Take houses in with their dwellings; what is there already of owners and houses is used."""
        before: dict[int, Any] = {}
        for group in groups:
            try:
                marks = take_in_house(house=_house(group, by), by=by, at=at)
            except BadInput as error:
                said = _("Zeile %(number)d: %(why)s")
                raise WrongState(said % {"number": group[0].number, "why": error.message}) from error
            before |= {row.number: marks[row.key] for row in group}
        return Taken(before=before)

    def complete(self, row: Row, target: UUID, *, by: Actor, at: datetime) -> Any:
        """Fill in what is not known of a dwelling and its house yet."""
        dwelling = Dwelling.objects.writable_by(by).select_related("building", "akte").get(pk=target)
        said = row.values
        return add_to_dwelling(dwelling=dwelling, values=said.dwelling, house=said.building, by=by, at=at)

    def against(self, kept: Sequence[Kept], *, actor: Actor, since: datetime) -> list[Against]:
        """Return which dwellings, houses and owners were changed or used."""
        return list_undo.against(kept, actor=actor)

    def take_back(
        self, kept: Sequence[Kept], *, events: Sequence[UUID], by: Actor, since: datetime, at: datetime
    ) -> None:
        """Take back dwellings, the houses and owners that came with them, and what was filled in."""
        list_undo.take_back(kept, by=by, at=at)

    def address(self, kept: Kept) -> str:
        """The page of the dwelling."""
        return reverse("dwelling", args=[kept.completed or kept.key])


def _free(text: str, note: cells.Note, on: date) -> date | None:
    if text.strip().casefold() in {"", "sofort", "ab sofort", "frei"}:
        return None
    return cells.day("available_from", text, note, on=on)


def _building(row: Row, on: date) -> Values:
    typed, note = row.cells, row.remarks.append
    place = cells.address(typed, note)
    if not place["street"]:
        note(Remark("street", _("In dieser Zeile steht keine Straße."), refuses=True))
    street, number = read.parted(place["street"])
    return {
        "street": cells.limited("street", street, 100, note), "number": cells.limited("house_number", number, 20, note),
        "postcode": place["postcode"], "city": place["city"] or "Dortmund", "district_id": None,
        "built_in": read.whole("built_in", typed.get("built_in", ""), note, least=1000, most=on.year + 5),
        "has_lift": cells.yes_or_no("has_lift", typed.get("has_lift", ""), note),
    }  # fmt: skip


def _dwelling(row: Row, on: date) -> Values:
    typed, note = row.cells, row.remarks.append
    for name, said in (("rooms", _("Die Zahl der Zimmer fehlt.")), ("area", _("Die Wohnfläche fehlt."))):
        if not typed.get(name):
            note(Remark(name, said, refuses=True))
    return {
        "label": cells.limited("label", typed.get("label", ""), 30, note),
        "floor": read.floor(typed.get("floor", ""), note),
        "rooms": read.rounded("rooms", typed.get("rooms", ""), note, least=Decimal("0.5"), most=30, step="0.1"),
        "area": read.rounded("area", typed.get("area", ""), note, least=1, most=1000),
        "step_free": read.step_free(typed.get("step_free", ""), note),
        "pets_allowed": cells.yes_or_no("pets_allowed", typed.get("pets_allowed", ""), note),
        "max_persons": read.whole("max_persons", typed.get("max_persons", ""), note, least=1, most=50),
        "wbs_kind": read.wbs(typed.get("wbs_kind", ""), note, on=on),
        "description": cells.limited("description", typed.get("description", ""), 4_000, note),
    }  # fmt: skip


def _house(group: Sequence[Row], by: Actor) -> ListedHouse:
    """A house with its dwellings; an owner who is not named is the one of the house that is kept already."""
    first = group[0].values
    building = group[0].place if group[0].joined else None
    if building is None and not first.owner["name"]:
        there = houses_at(by, {first.where}).get(first.where, ())
        if not there:
            said = _("Zeile %(number)d: Die Eigentümerin oder der Eigentümer fehlt.")
            raise WrongState(said % {"number": group[0].number})
        building = there[0].pk
    owner = first.owner
    for name in ("contact_person", "phone", "email"):
        owner[name] = next((row.values.owner[name] for row in group if row.values.owner[name]), "")
    return ListedHouse(
        place=group[0].place, known=building, owner=owner, building=first.building,
        dwellings=tuple(
            ListedDwelling(row.key, row.values.dwelling, row.values.letting, row.values.available_from) for row in group
        ),
    )  # fmt: skip


DWELLINGS = DwellingsImporter()
