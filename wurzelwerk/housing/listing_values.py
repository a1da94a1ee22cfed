"""Between OpenImmo's records and the house's rows: the values of a listing, and the listing of a dwelling.

Reading what `to_listing` made gives the same values again. Amounts in euro, areas in square metres.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.network.models import District, Organisation

from . import law
from .enums import StepFree
from .models import AllocationRight, Dwelling, Letting
from .openimmo import (
    Address,
    Attachment,
    EnergyCertificate,
    ListingRecord,
    ObjectKey,
    Rent,
    Sender,
    Texts,
)
from .openimmo import AllocationRight as RightRecord
from .openimmo.records import OBID

OWN_MARK = "WW"
KINDS = {"ALLGEMEIN": "general", "BENENNUNG": "nomination", "BESETZUNG": "occupation"}
FORMS = {"UNMITTELBAR": "direct", "VERBUNDEN": "linked", "MITTELBAR": "indirect"}
LAWS = {"wofg": "wofg", "wfng nrw": "wfng_nrw", "vertrag": "contract"}
DESCRIPTION = 4_000


class Unusable(Exception):
    """A listing lacks what a dwelling must have; the message is a German sentence."""


@dataclass
class ListingValues:
    """Columns by name for each row that a listing becomes, and what had to be said about it."""

    building: dict[str, Any]
    dwelling: dict[str, Any]
    letting: dict[str, Any]
    available_from: date | None
    right: dict[str, Any] | None = None
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def remark(self, path: str, text: str) -> None:
        """Note a sentence about an element."""
        self.remarks.append((path, text))


@dataclass(frozen=True)
class Places:
    """The directory that names in a file are looked up in; read once a file."""

    districts: dict[str, District]
    holders: dict[str, Organisation]
    own: Organisation

    @classmethod
    def of(cls, own: Organisation) -> "Places":
        """Read districts and bodies (two queries)."""
        districts = {district.name.casefold(): district for district in District.objects.all()}
        holders = {}
        for body in Organisation.objects.all():
            holders[body.name.casefold()] = holders[body.short_name.casefold()] = body
        return cls(districts, holders, own)


def key_text(key: ObjectKey) -> str:
    """Return the key as it is kept with the dwelling, at most 200 characters."""
    return f"{key.kind}|{key.sender[:80]}|{key.value}"[:200]


def own_id(key: ObjectKey) -> UUID | None:
    """Return the dwelling that our own export named so."""
    text = key.value.removeprefix(OWN_MARK)
    if key.kind != OBID or text == key.value:
        return None
    try:
        return UUID(hex=text)
    except ValueError:
        return None


def obid_of(dwelling: Dwelling) -> str:
    """Return the name under which a dwelling leaves the house: the sender's own, else ours."""
    kind, _sep, rest = dwelling.openimmo_key.partition("|")
    return rest.partition("|")[2] if kind == OBID else f"{OWN_MARK}{dwelling.pk.hex}"


# -- in ---------------------------------------------------------------------------------------------------------------


def from_listing(record: ListingRecord, *, places: Places, on: date) -> ListingValues:
    """Return the values of a listing. Raises Unusable where rooms, area, rent or street are missing."""
    missing = [
        label
        for label, value in (
            (_("Straße"), record.address.street),
            (_("Zimmerzahl"), record.rooms),
            (_("Wohnfläche"), record.living_area),
            (_("Nettokaltmiete"), record.rent.net_cold),
        )
        if not value
    ]
    if missing:
        raise Unusable(_("Es fehlt: %(what)s.") % {"what": ", ".join(missing)})
    found = ListingValues({}, {}, {}, record.available_from)
    found.building = _building(record, places, found)
    found.dwelling = _dwelling(record, found, on)
    found.letting = _letting(record.rent, found)
    if record.allocation_right is not None:
        found.right = _right(record.allocation_right, found.dwelling["wbs_kind"], places, found, on)
    return found


def _rounded(value: Decimal | None, step: str) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(step), ROUND_HALF_UP)


def _building(record: ListingRecord, places: Places, found: ListingValues) -> dict[str, Any]:
    address = record.address
    values: dict[str, Any] = {
        "street": address.street[:100],
        "number": address.number[:20],
        "postcode": address.postcode[:10],
        "city": address.city[:80] or "Dortmund",
    }
    district = places.districts.get(address.district.casefold()) if address.district else None
    if district is not None:
        values["district"] = district
    else:
        named = (
            _("„%(name)s“ ist kein Stadtbezirk des Verzeichnisses. ") % {"name": address.district}
            if address.district
            else ""
        )
        found.remark("geo/regionaler_zusatz", named + _("Der Stadtbezirk bleibt offen. Bitte nachtragen."))
    stated = {"built_in": record.built, "has_lift": record.lift}
    values |= {name: value for name, value in stated.items() if value is not None}
    if address.latitude is not None and address.longitude is not None:
        values["latitude"] = _rounded(address.latitude, "0.00001")
        values["longitude"] = _rounded(address.longitude, "0.00001")
    return values


def _dwelling(record: ListingRecord, found: ListingValues, on: date) -> dict[str, Any]:
    rooms = _rounded(record.rooms, "0.1")
    if rooms != record.rooms:
        found.remark("flaechen/anzahl_zimmer", _("Die Zimmerzahl wurde auf eine Stelle gerundet."))
    if not Decimal(0) < rooms <= 30 or not 0 < record.living_area <= 1000:
        raise Unusable(_("Zimmerzahl oder Wohnfläche sind für eine Wohnung nicht möglich."))
    values = {
        "label": record.address.flat_number,
        "floor": record.address.floor,
        "rooms": rooms,
        "area": record.living_area,
        "step_free": _step_free(record),
        "pets_allowed": record.pets,
        "max_persons": record.max_persons,
        "wbs_kind": _wbs(record, found, on),
        "description": _description(record.texts, found),
    }
    return values | _energy(record.energy, found)


def _step_free(record: ListingRecord) -> str:
    if record.wheelchair:
        return StepFree.WHEELCHAIR
    if record.step_free is None:
        return StepFree.UNKNOWN
    return StepFree.YES if record.step_free else StepFree.NO


def _wbs(record: ListingRecord, found: ListingValues, on: date) -> str:
    """The kind of certificate; one that is demanded but not named becomes the usual one, with a remark."""
    kinds = law.choices("wbs_kinds", on=on)
    said = record.wbs_kind.casefold()
    for code, label in kinds:
        if said and said in {code.casefold(), label.casefold(), f"wbs {code}".casefold()}:
            return code
    if not said and not record.wbs_required:
        return ""
    usual, label = kinds[0]
    text = _("Die Art des WBS ist nicht bekannt; geführt als „%(label)s“. Bitte prüfen.") % {"label": label}
    found.remark("verwaltung_objekt/wbs_sozialwohnung", text)
    return usual


def _description(texts: Texts, found: ListingValues) -> str:
    whole = "\n\n".join(filter(None, (texts.description, texts.location, texts.equipment, texts.other)))
    if len(whole) > DESCRIPTION:
        found.remark("freitexte/objektbeschreibung", _("Die Beschreibung wurde nach 4.000 Zeichen gekürzt."))
    return whole[:DESCRIPTION].rstrip()


def _by_openimmo(name: str, code: str) -> str:
    return next((row.key for row in law.table(name) if row.value.get("openimmo") == code), "")


def _energy(energy: EnergyCertificate | None, found: ListingValues) -> dict[str, Any]:
    if energy is None:
        texts = dict.fromkeys(("energy_kind", "energy_carrier", "energy_class"), "")
        return texts | {"energy_value": None, "energy_valid_until": None}
    kind = _by_openimmo("energy_certificate_kinds", energy.kind) if energy.kind else ""
    if not kind:
        kind = {"NICHT_NOETIG": "not_required", "BEI_BESICHTIGUNG": "not_available"}.get(energy.vintage, "")
    value = energy.demand if kind == "demand" else energy.consumption
    carrier = _by_openimmo("energy_carriers", energy.carrier) if energy.carrier else ""
    if energy.carrier and not carrier:
        carrier = "alternative"
        text = _("„%(name)s“ ist nicht in der Liste; geführt als anderer Energieträger.") % {"name": energy.carrier}
        found.remark("zustand_angaben/energiepass/primaerenergietraeger", text)
    return {
        "energy_kind": kind,
        "energy_value": _rounded(energy.demand or energy.consumption if value is None else value, "0.1"),
        "energy_carrier": carrier,
        "energy_class": energy.efficiency_class if energy.efficiency_class in law.table("energy_classes").keys else "",
        "energy_valid_until": energy.valid_until,
    }


def _letting(rent: Rent, found: ListingValues) -> dict[str, Any]:
    operating = None if rent.gross_cold is None else rent.gross_cold - rent.net_cold
    if rent.surcharges:
        found.remark("preise/mietzuschlaege", _("Mietzuschläge sind in der Miete nicht enthalten. Bitte prüfen."))
    deposit = rent.deposit
    if deposit is None and rent.deposit_months is not None:
        deposit = _rounded(rent.deposit_months * rent.net_cold, "0.01")
    return {
        "net_cold": rent.net_cold, "operating_costs": operating, "heating_costs": rent.heating, "deposit": deposit
    }  # fmt: skip


def _right(right: RightRecord, wbs: str, places: Places, found: ListingValues, on: date) -> dict[str, Any]:
    """An allocation right is never lost: what the file leaves open gets the cautious reading and a remark."""
    if right.kind not in KINDS:
        found.remark(
            "belegungsrecht_art", _("Die Art ist offen; geführt als allgemeines Belegungsrecht. Bitte prüfen.")
        )
    start = right.valid_from or on
    if right.valid_from is None:
        found.remark("belegungsrecht_von", _("Der Beginn fehlt; geführt ab heute. Bitte nachtragen."))
    if right.valid_until and right.valid_until < start:
        raise Unusable(_("Das Belegungsrecht endet vor seinem Beginn."))
    code = LAWS.get(right.law.casefold(), "")
    if not code:
        code = _law_of(start)
        found.remark("belegungsrecht_gesetz", _("Die Grundlage ist offen; nach dem Beginn angenommen. Bitte prüfen."))
    holder = places.holders.get(right.holder.casefold())
    if holder is None:
        named = _(" Genannt ist „%(name)s“.") % {"name": right.holder} if right.holder else ""
        found.remark("belegungsrecht_inhaber", _("Wem das Recht zusteht, ist nicht bekannt; bitte prüfen.") + named)
    return {
        "kind": KINDS.get(right.kind, "general"),
        "form": FORMS.get(right.form, ""),
        "law": code,
        "holder": holder or places.own,
        "starts_on": start,
        "ends_on": right.valid_until,
        "after_effect_until": right.aftereffect_until if right.valid_until else None,
        "wbs_kind": wbs,
    }


def _law_of(start: date) -> str:
    """The law under which rights were granted on a day; the one whose granting has not ended comes last."""
    laws = [row for row in law.table("allocation_laws").all_on(start) if row.key != "contract"]
    until = {row.key: row.value.get("grants_until") for row in laws}
    ended = [code for code, day in until.items() if day and start <= date.fromisoformat(str(day))]
    open_laws = [code for code, day in until.items() if not day]
    return next(iter(ended or open_laws), "contract")


# -- out --------------------------------------------------------------------------------------------------------------


def to_listing(
    dwelling: Dwelling, letting: Letting, right: AllocationRight | None, *, photos: Iterable[Attachment] = ()
) -> ListingRecord:
    """Return the listing of a dwelling on offer."""
    building = dwelling.building
    return ListingRecord(
        openimmo_obid=obid_of(dwelling),
        action="CHANGE",
        as_of=dwelling.openimmo_as_of,
        object_kind="wohnung",
        address=_address(dwelling),
        rooms=dwelling.rooms,
        living_area=dwelling.area,
        rent=_rent(letting),
        wbs_required=bool(dwelling.wbs_kind),
        wbs_kind=dwelling.wbs_kind,
        allocation_right=_right_record(right) if right else None,
        max_persons=dwelling.max_persons,
        pets=dwelling.pets_allowed,
        available_from=letting.offer.available_from,
        barrier_free={StepFree.UNKNOWN: None, StepFree.NO: False}.get(dwelling.step_free, True),
        wheelchair=None if dwelling.step_free == StepFree.UNKNOWN else dwelling.step_free == StepFree.WHEELCHAIR,
        lift=building.has_lift,
        built=building.built_in,
        energy=_energy_record(dwelling),
        texts=Texts(title=letting.offer.title, description=dwelling.description),
        attachments=tuple(photos),
    )


def _address(dwelling: Dwelling) -> Address:
    building = dwelling.building
    return Address(
        street=building.street,
        number=building.number,
        postcode=building.postcode,
        city=building.city,
        district=building.district.name if building.district else "",
        floor=dwelling.floor,
        flat_number=dwelling.label,
        latitude=building.latitude,
        longitude=building.longitude,
        released=False,
    )


def _rent(letting: Letting) -> Rent:
    return Rent(
        net_cold=letting.net_cold,
        operating=letting.operating_costs,
        heating=letting.heating_costs,
        heating_included=None if letting.operating_costs is None else False,
        warm=letting.warm,
        deposit=letting.deposit,
    )


def _word(words: dict[str, str], code: str) -> str:
    return next((word for word, own in words.items() if own == code), "")


def _right_record(right: AllocationRight) -> RightRecord:
    return RightRecord(
        kind=_word(KINDS, right.kind),
        form=_word(FORMS, right.form),
        law=law.label("allocation_laws", right.law),
        valid_from=right.starts_on,
        valid_until=right.ends_on,
        aftereffect_until=right.after_effect_until,
        holder=right.holder.name,
    )


def _energy_record(dwelling: Dwelling) -> EnergyCertificate:
    kind = dwelling.energy_kind
    openimmo = law.table("energy_certificate_kinds").latest(kind).value["openimmo"] if kind else None
    carrier = dwelling.energy_carrier
    return EnergyCertificate(
        kind=openimmo or "",
        valid_until=dwelling.energy_valid_until,
        demand=dwelling.energy_value if kind == "demand" else None,
        consumption=None if kind == "demand" else dwelling.energy_value,
        carrier=law.table("energy_carriers").latest(carrier).value["openimmo"] if carrier else "",
        efficiency_class=dwelling.energy_class,
        vintage={"not_required": "NICHT_NOETIG", "not_available": "BEI_BESICHTIGUNG"}.get(kind, ""),
    )


def own_sender(organisation: Organisation) -> Sender:
    """Return the body as a sender of listings."""
    return Sender(company=organisation.name, number=organisation.code, anid=f"wurzelwerk-{organisation.code}")
