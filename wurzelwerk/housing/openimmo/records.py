"""What an OpenImmo file says, as plain frozen data.

Money is euro a month (Decimal, two places) unless said otherwise; areas are square metres. `None` means "the file
does not say". Every record cleans its texts and rounds its numbers when it is made, so that two records are equal
when they say the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from wurzelwerk.housing.openimmo import values
from wurzelwerk.housing.openimmo.text import PLACEHOLDERS, clean_line, clean_text

OBID = "openimmo_obid"
EXTERN = "objektnr_extern"
INTERN = "objektnr_intern"

HOUSE_NUMBER = re.compile(
    r"^(?P<street>.*[^\W\d].*?)\s+(?P<number>[0-9]{1,4}\s?[a-zA-Z]?(?:\s?[-–/+]\s?[0-9]{1,4}\s?[a-zA-Z]?)?)$"
)
BARE_STREET = {"straße", "strasse", "str.", "weg", "platz", "allee", "ring", "haus", "block", "siedlung"}


def split_house_number(street: str) -> tuple[str, str]:
    """("Berliner Straße 3") -> ("Berliner Straße", "3"); number "" where none can be told from the name."""
    found = HOUSE_NUMBER.match(street)
    if not found or found["street"].lower() in BARE_STREET:
        return street, ""
    return found["street"], found["number"]


def _rounded(places: str) -> Callable[[Decimal | None], Decimal | None]:
    step = Decimal(places)
    return lambda value: None if value is None else Decimal(value).quantize(step, ROUND_HALF_UP)


def _said(clean: Callable[[str], str]) -> Callable[[str], str]:
    """As `clean`; a lone dash, which many programs write for "nothing", becomes ""."""

    def said(text: str) -> str:
        cleaned = clean(text)
        return "" if cleaned in PLACEHOLDERS else cleaned

    return said


def _line(default: str = "") -> Any:
    return field(default=default, metadata={"clean": _said(clean_line)})


def _block() -> Any:
    return field(default="", metadata={"clean": _said(clean_text)})


def _number(places: str = "0.01") -> Any:
    return field(default=None, metadata={"clean": _rounded(places)})


class Cleaned:
    """Runs each field's own cleaning once, when the record is made."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for item in fields(self):  # type: ignore[arg-type]
            clean = item.metadata.get("clean")
            if clean is not None:
                object.__setattr__(self, item.name, clean(getattr(self, item.name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender(Cleaned):
    """Who sends the dwellings (`anbieter`). Each part may be empty."""

    company: str = _line()  # firma
    number: str = _line()  # anbieternr
    anid: str = _line()  # openimmo_anid

    @property
    def key(self) -> str:
        """The best identification there is: openimmo_anid, else anbieternr, else firma, else ""."""
        return self.anid or self.number or self.company


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Cleaned):
    """The head of the file (`uebertragung`). `stated` is False where the file has none."""

    stated: bool = True
    scope: str = "TEIL"  # VOLL: the sender's whole stock; TEIL: a part of it
    mode: str = "CHANGE"  # NEW, CHANGE, DELETE
    version: str = _line()
    software: str = _line()
    software_version: str = _line()
    email: str = _line()
    timestamp: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectKey:
    """By what a dwelling is recognised again. `sender` is "" for an openimmo_obid, which is unique everywhere."""

    kind: str  # OBID, EXTERN or INTERN
    value: str
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Cleaned):
    """Where the dwelling is. A house number written into the street is taken out of it."""

    street: str = _line()
    number: str = _line()
    postcode: str = _line()
    city: str = _line()
    district: str = _line()
    country: str = _line("DEU")  # ISO 3166-1 alpha-3
    floor: int | None = None  # 0 = ground floor
    flat_number: str = _line()
    latitude: Decimal | None = _number("0.000001")  # degrees north, WGS 84
    longitude: Decimal | None = _number("0.000001")  # degrees east
    released: bool | None = None  # may be published

    def __post_init__(self) -> None:
        Cleaned.__post_init__(self)
        if self.street and not self.number:
            street, number = split_house_number(self.street)
            object.__setattr__(self, "street", street)
            object.__setattr__(self, "number", number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rent(Cleaned):
    """Euro a month. `operating` includes heating exactly when `heating_included` is True."""

    net_cold: Decimal | None = _number()
    operating: Decimal | None = _number()
    heating: Decimal | None = _number()
    heating_included: bool | None = None
    surcharges: Decimal | None = _number()
    warm: Decimal | None = _number()
    all_in: Decimal | None = _number()  # Pauschalmiete
    deposit: Decimal | None = _number()  # euro, once
    deposit_text: str = _line()

    @property
    def deposit_months(self) -> Decimal | None:
        """The deposit in months of net-cold rent, where `deposit_text` says so ("3 Monatsmieten")."""
        return values.months_of_rent(self.deposit_text)

    @property
    def gross_cold(self) -> Decimal | None:
        """Net-cold plus operating costs without heating; None where the file leaves one of them open."""
        if self.net_cold is None or self.operating is None:
            return None
        if self.heating_included:
            if self.heating is None or self.heating > self.operating:
                return None
            return self.net_cold + self.operating - self.heating
        if self.heating_included is None and self.heating is None:
            return None
        return self.net_cold + self.operating


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyCertificate(Cleaned):
    """The energy certificate as § 87 GEG wants it in an advertisement. Values in kWh/(m²·a)."""

    kind: str = _line()  # BEDARF, VERBRAUCH
    valid_until: date | None = None
    consumption: Decimal | None = _number()
    demand: Decimal | None = _number()
    includes_hot_water: bool | None = None
    carrier: str = _line()  # GAS, OEL, FERN, … or as written
    power_value: Decimal | None = _number()
    heat_value: Decimal | None = _number()
    efficiency_class: str = _line()  # A+ … H
    issued_on: date | None = None
    vintage: str = _line()  # 2008, 2014, OHNE, NICHT_NOETIG, BEI_BESICHTIGUNG
    building_kind: str = _line()  # WOHN, NICHTWOHN


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRight(Cleaned):
    """Belegungsrecht, by our own convention in user defined fields (see docs/openimmo.md)."""

    kind: str = _line("UNBEKANNT")  # ALLGEMEIN, BENENNUNG, BESETZUNG, UNBEKANNT
    form: str = _line()  # UNMITTELBAR, VERBUNDEN, MITTELBAR; "" = not said
    law: str = _line()  # WoFG, WFNG NRW, Vertrag, or as written
    valid_from: date | None = None
    valid_until: date | None = None
    aftereffect_until: date | None = None  # Nachwirkungsfrist
    holder: str = _line()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Cleaned):
    """Whom to ask about the dwelling."""

    first_name: str = _line()
    last_name: str = _line()
    company: str = _line()
    phone: str = _line()
    mobile: str = _line()
    email: str = _line()


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts(Cleaned):
    """The free texts; line breaks are kept in all but the title."""

    title: str = _line()
    location: str = _block()
    equipment: str = _block()
    description: str = _block()
    other: str = _block()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Cleaned):
    """A picture or document: its `content`, or the `path` of a file or an address that is never fetched."""

    group: str = _line()  # TITELBILD, BILD, GRUNDRISS, DOKUMENTE, …
    title: str = _line()
    format: str = _line()  # as written: JPG, image/jpeg, …
    path: str = _line()  # "" where content is there
    content: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        Cleaned.__post_init__(self)
        if self.content is not None and self.path:
            raise ValueError("an attachment has content or a path, never both")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRecord(Cleaned):
    """One dwelling to let, as the file describes it."""

    sender: Sender = Sender()
    openimmo_obid: str = _line()
    number_extern: str = _line()
    number_intern: str = _line()
    action: str = "CHANGE"  # NEW, CHANGE, DELETE, REFERENZ, ARCHIV
    as_of: date | None = None  # stand_vom
    listed_from: date | None = None
    listed_until: date | None = None
    object_kind: str = _line()  # wohnung, haus, zimmer; "" = not said
    object_type: str = _line()  # ETAGE, DACHGESCHOSS, …
    also_for_sale: bool = False
    also_commercial: bool = False
    address: Address = Address()
    rooms: Decimal | None = _number()
    bedrooms: Decimal | None = _number()
    living_area: Decimal | None = _number()  # m²
    rent: Rent = Rent()
    wbs_required: bool | None = None
    wbs_kind: str = _line()  # from the user defined field wbs_art
    allocation_right: AllocationRight | None = None
    max_persons: int | None = None
    pets: bool | None = None
    available_from: date | None = None
    available_text: str = _line()
    let: bool | None = None  # vermietet
    barrier_free: bool | None = None
    wheelchair: bool | None = None
    senior_friendly: bool | None = None
    lift: bool | None = None
    built: int | None = None  # year
    energy: EnergyCertificate | None = None
    texts: Texts = Texts()
    contact: Contact = Contact()
    attachments: tuple[Attachment, ...] = ()
    line: int | None = field(default=None, compare=False)  # where it stands in the file

    def __post_init__(self) -> None:
        Cleaned.__post_init__(self)
        if self.available_from is None and self.available_text:
            object.__setattr__(self, "available_from", values.day_in_words(self.available_text))
        if self.energy == EnergyCertificate():
            object.__setattr__(self, "energy", None)

    @property
    def key(self) -> ObjectKey | None:
        """openimmo_obid, else objektnr_extern, else objektnr_intern within the sender; None where all are empty."""
        return object_key(self.sender, obid=self.openimmo_obid, extern=self.number_extern, intern=self.number_intern)

    @property
    def step_free(self) -> bool | None:
        """True where barrier-free or fit for a wheelchair is stated, False where it is denied, else None."""
        stated = [value for value in (self.barrier_free, self.wheelchair) if value is not None]
        return any(stated) if stated else None

    @property
    def available_now(self) -> bool:
        """The file says in words that the dwelling is free at once."""
        return bool(re.search(r"\b(sofort|bezugsfrei|bezugsfertig)\b", self.available_text, re.IGNORECASE))


def object_key(sender: Sender, *, obid: str, extern: str, intern: str) -> ObjectKey | None:
    """The key of an object with these three numbers, each of which may be empty."""
    if obid:
        return ObjectKey(kind=OBID, value=obid)
    if extern:
        return ObjectKey(kind=EXTERN, value=extern, sender=sender.key)
    if intern:
        return ObjectKey(kind=INTERN, value=intern, sender=sender.key)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something a person should know; the object was taken all the same. `object` is "" for the file as a whole."""

    object: str
    field: str  # element path, for example preise/nettokaltmiete; "" for none
    message: str  # a German sentence that names object and field
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An object that was not taken, and why. `key` is None where it has none."""

    object: str
    reason: str
    line: int | None = None
    key: ObjectKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenImmoFile:
    """Everything one file says. `mentioned` holds the keys of all objects, refused ones included."""

    transfer: Transfer
    senders: tuple[Sender, ...]
    listings: tuple[ListingRecord, ...]
    remarks: tuple[Remark, ...]
    refused: tuple[Refusal, ...]
    mentioned: frozenset[ObjectKey]

    @property
    def covers_whole_stock(self) -> bool:
        """True where the sender says so (VOLL), there is something in it, and every object could be told by a key.

        Only then does a dwelling's absence from `mentioned` mean that it is off the market.
        """
        nameless = any(refusal.key is None for refusal in self.refused)
        return self.transfer.stated and self.transfer.scope == "VOLL" and bool(self.mentioned) and not nameless
