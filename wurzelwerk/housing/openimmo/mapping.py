"""The table: which element of OpenImmo 1.2.7 is which field of a record.

One table serves reading, writing and docs/openimmo.md. Rows stand in the order in which OpenImmo wants its elements.
`path` is "section/element", with "@attribute" where the value is an attribute. Ranges tell typing errors
from values: outside `low`…`high` nothing is taken, outside `odd_low`…`odd_high` a remark asks to look again. They are
judgements of plausibility, not law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LINE, TEXT, MONEY, NUMBER, WHOLE, YEAR, FLOOR, YES_NO = (
    "line",
    "text",
    "money",
    "number",
    "whole",
    "year",
    "floor",
    "yes_no",
)
DAY, LAST_DAY, CODE, OPEN_CODE, EMAIL = "day", "last_day", "code", "open_code", "email"


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the table. `refuse`: an impossible value refuses the whole object instead of being left out."""

    path: str
    target: str
    kind: str
    label: str | Promise
    limit: int = 200  # characters
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(1_000_000)
    odd_low: Decimal | None = None
    odd_high: Decimal | None = None
    refuse: bool = False
    zero_is_empty: bool = False  # many programs write 0 for "not filled in"
    fallbacks: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[tuple[str, ...], str]:
        """("geo/land@iso_land") -> (("geo", "land"), "iso_land"); attribute "" where the text is meant."""
        path, _at, attribute = self.path.partition("@")
        return tuple(path.split("/")), attribute


def _same(*codes: str) -> dict[str, str]:
    return {code: code for code in codes}


COUNTRIES = _same("DEU") | {"DE": "DEU", "D": "DEU", "DEUTSCHLAND": "DEU", "GERMANY": "DEU"}
CARRIERS = _same(
    "OEL", "GAS", "ELEKTRO", "ALTERNATIV", "SOLAR", "ERDWAERME", "LUFTWP", "FERN", "BLOCK", "WASSER-ELEKTRO", "PELLET",
    "KOHLE", "HOLZ",
) | {
    "ÖL": "OEL", "HEIZÖL": "OEL", "ERDGAS": "GAS", "STROM": "ELEKTRO", "FERNWÄRME": "FERN", "FERNWAERME": "FERN",
    "ERDWÄRME": "ERDWAERME", "PELLETS": "PELLET", "WÄRMEPUMPE": "LUFTWP", "BHKW": "BLOCK",
}  # fmt: skip
CLASSES = _same("A+", "A", "B", "C", "D", "E", "F", "G", "H")
CERTIFICATES = _same("BEDARF", "VERBRAUCH") | {"BEDARFSAUSWEIS": "BEDARF", "VERBRAUCHSAUSWEIS": "VERBRAUCH"}
VINTAGES = _same("2008", "2014", "OHNE", "NICHT_NOETIG", "BEI_BESICHTIGUNG")
BUILDINGS = _same("WOHN", "NICHTWOHN")


def _euro(
    path: str,
    target: str,
    label: str | Promise,
    high: int,
    *,
    odd: tuple[int, int] | None = None,
    refuse: bool = False,
    zero_is_empty: bool = False,
) -> Field:
    low, top = (Decimal(odd[0]), Decimal(odd[1])) if odd else (None, None)
    return Field(
        path,
        target,
        MONEY,
        label,
        high=Decimal(high),
        odd_low=low,
        odd_high=top,
        refuse=refuse,
        zero_is_empty=zero_is_empty,
    )


def _number(
    path: str,
    target: str,
    label: str | Promise,
    high: int,
    *,
    odd: tuple[int, int] | None = None,
    refuse: bool = False,
    zero_is_empty: bool = False,
) -> Field:
    low, top = (Decimal(odd[0]), Decimal(odd[1])) if odd else (None, None)
    return Field(
        path,
        target,
        NUMBER,
        label,
        high=Decimal(high),
        odd_low=low,
        odd_high=top,
        refuse=refuse,
        zero_is_empty=zero_is_empty,
    )


CERTIFICATE = "zustand_angaben/energiepass"

FIELDS: tuple[Field, ...] = (
    Field("geo/plz", "address.postcode", LINE, _("Postleitzahl"), limit=10),
    Field("geo/ort", "address.city", LINE, _("Ort"), limit=100),
    Field(
        "geo/geokoordinaten@breitengrad",
        "address.latitude",
        NUMBER,
        _("Breitengrad"),
        low=Decimal(-90),
        high=Decimal(90),
    ),
    Field(
        "geo/geokoordinaten@laengengrad",
        "address.longitude",
        NUMBER,
        _("Längengrad"),
        low=Decimal(-180),
        high=Decimal(180),
    ),
    Field("geo/strasse", "address.street", LINE, _("Straße"), limit=120),
    Field("geo/hausnummer", "address.number", LINE, _("Hausnummer"), limit=20),
    Field("geo/land@iso_land", "address.country", OPEN_CODE, _("Land"), limit=40, codes=COUNTRIES),
    Field("geo/etage", "address.floor", FLOOR, _("Etage"), low=Decimal(-3), high=Decimal(60)),
    Field("geo/wohnungsnr", "address.flat_number", LINE, _("Wohnungsnummer"), limit=30),
    Field("geo/regionaler_zusatz", "address.district", LINE, _("Regionaler Zusatz"), limit=100),
    Field(
        "kontaktperson/email_direkt",
        "contact.email",
        EMAIL,
        _("E-Mail"),
        limit=254,
        fallbacks=("kontaktperson/email_zentrale",),
    ),
    Field(
        "kontaktperson/tel_durchw",
        "contact.phone",
        LINE,
        _("Telefon"),
        limit=40,
        fallbacks=("kontaktperson/tel_zentrale",),
    ),
    Field("kontaktperson/tel_handy", "contact.mobile", LINE, _("Mobiltelefon"), limit=40),
    Field("kontaktperson/name", "contact.last_name", LINE, _("Name"), limit=100),
    Field("kontaktperson/vorname", "contact.first_name", LINE, _("Vorname"), limit=100),
    Field("kontaktperson/firma", "contact.company", LINE, _("Firma der Kontaktperson"), limit=150),
    _euro(
        "preise/nettokaltmiete",
        "rent.net_cold",
        _("Nettokaltmiete"),
        20_000,
        odd=(50, 5_000),
        refuse=True,
        zero_is_empty=True,
    ),
    _euro("preise/warmmiete", "rent.warm", _("Warmmiete"), 30_000, refuse=True, zero_is_empty=True),
    _euro("preise/nebenkosten", "rent.operating", _("Nebenkosten"), 5_000, odd=(1, 1_500), refuse=True),
    Field("preise/heizkosten_enthalten", "rent.heating_included", YES_NO, _("Heizkosten enthalten")),
    _euro("preise/heizkosten", "rent.heating", _("Heizkosten"), 5_000, odd=(0, 1_000), refuse=True),
    _euro("preise/mietzuschlaege", "rent.surcharges", _("Mietzuschläge"), 5_000, odd=(0, 1_000), refuse=True),
    _euro("preise/pauschalmiete", "rent.all_in", _("Pauschalmiete"), 30_000, refuse=True, zero_is_empty=True),
    _euro("preise/kaution", "rent.deposit", _("Kaution"), 100_000),
    Field("preise/kaution_text", "rent.deposit_text", LINE, _("Kaution in Worten"), limit=100),
    _number(
        "flaechen/wohnflaeche", "living_area", _("Wohnfläche"), 2_000, odd=(12, 300), refuse=True, zero_is_empty=True
    ),
    _number(
        "flaechen/anzahl_zimmer", "rooms", _("Anzahl der Zimmer"), 50, odd=(1, 10), refuse=True, zero_is_empty=True
    ),
    _number("flaechen/anzahl_schlafzimmer", "bedrooms", _("Anzahl der Schlafzimmer"), 50, odd=(0, 8)),
    Field("ausstattung/fahrstuhl@PERSONEN", "lift", YES_NO, _("Personenaufzug")),
    Field("ausstattung/rollstuhlgerecht", "wheelchair", YES_NO, _("Rollstuhlgerecht")),
    Field("ausstattung/barrierefrei", "barrier_free", YES_NO, _("Barrierefrei")),
    Field("ausstattung/seniorengerecht", "senior_friendly", YES_NO, _("Seniorengerecht")),
    Field("zustand_angaben/baujahr", "built", YEAR, _("Baujahr"), low=Decimal(1000), high=Decimal(2100)),
    Field(f"{CERTIFICATE}/epart", "energy.kind", CODE, _("Art des Energieausweises"), codes=CERTIFICATES),
    Field(f"{CERTIFICATE}/gueltig_bis", "energy.valid_until", LAST_DAY, _("Energieausweis gültig bis")),
    _number(
        f"{CERTIFICATE}/energieverbrauchkennwert",
        "energy.consumption",
        _("Energieverbrauchskennwert"),
        2_000,
        odd=(5, 600),
        zero_is_empty=True,
    ),
    Field(f"{CERTIFICATE}/mitwarmwasser", "energy.includes_hot_water", YES_NO, _("Energiewert mit Warmwasser")),
    _number(
        f"{CERTIFICATE}/endenergiebedarf",
        "energy.demand",
        _("Endenergiebedarf"),
        2_000,
        odd=(5, 600),
        zero_is_empty=True,
    ),
    Field(
        f"{CERTIFICATE}/primaerenergietraeger",
        "energy.carrier",
        OPEN_CODE,
        _("Energieträger"),
        limit=60,
        codes=CARRIERS,
    ),
    _number(f"{CERTIFICATE}/stromwert", "energy.power_value", _("Energiewert Strom"), 2_000),
    _number(f"{CERTIFICATE}/waermewert", "energy.heat_value", _("Energiewert Wärme"), 2_000),
    Field(f"{CERTIFICATE}/wertklasse", "energy.efficiency_class", CODE, _("Energieeffizienzklasse"), codes=CLASSES),
    Field(f"{CERTIFICATE}/ausstelldatum", "energy.issued_on", DAY, _("Energieausweis ausgestellt am")),
    Field(f"{CERTIFICATE}/jahrgang", "energy.vintage", CODE, _("Jahrgang des Energieausweises"), codes=VINTAGES),
    Field(
        f"{CERTIFICATE}/gebaeudeart", "energy.building_kind", CODE, _("Gebäudeart im Energieausweis"), codes=BUILDINGS
    ),
    Field("freitexte/objekttitel", "texts.title", LINE, _("Titel"), limit=200),
    Field("freitexte/lage", "texts.location", TEXT, _("Lagebeschreibung"), limit=5_000),
    Field("freitexte/ausstatt_beschr", "texts.equipment", TEXT, _("Ausstattungsbeschreibung"), limit=5_000),
    Field("freitexte/objektbeschreibung", "texts.description", TEXT, _("Objektbeschreibung"), limit=20_000),
    Field("freitexte/sonstige_angaben", "texts.other", TEXT, _("Sonstige Angaben"), limit=5_000),
    Field("verwaltung_objekt/objektadresse_freigeben", "address.released", YES_NO, _("Adresse freigegeben")),
    Field("verwaltung_objekt/verfuegbar_ab", "available_text", LINE, _("Verfügbar ab"), limit=100),
    Field("verwaltung_objekt/abdatum", "available_from", DAY, _("Verfügbar ab (Datum)")),
    Field("verwaltung_objekt/wbs_sozialwohnung", "wbs_required", YES_NO, _("Nur mit Wohnberechtigungsschein")),
    Field("verwaltung_objekt/vermietet", "let", YES_NO, _("Vermietet")),
    Field(
        "verwaltung_objekt/max_personen",
        "max_persons",
        WHOLE,
        _("Höchstzahl der Personen"),
        low=Decimal(1),
        high=Decimal(50),
    ),
    Field("verwaltung_objekt/haustiere", "pets", YES_NO, _("Haustiere erlaubt")),
    Field("verwaltung_techn/objektnr_intern", "number_intern", LINE, _("Objektnummer intern"), limit=100, refuse=True),
    Field("verwaltung_techn/objektnr_extern", "number_extern", LINE, _("Objektnummer extern"), limit=100, refuse=True),
    Field("verwaltung_techn/aktiv_von", "listed_from", DAY, _("Aktiv von")),
    Field("verwaltung_techn/aktiv_bis", "listed_until", DAY, _("Aktiv bis")),
    Field("verwaltung_techn/openimmo_obid", "openimmo_obid", LINE, _("OpenImmo-Objektkennung"), limit=100, refuse=True),
    Field("verwaltung_techn/stand_vom", "as_of", DAY, _("Stand vom")),
)

BY_TARGET: Mapping[str, Field] = {row.target: row for row in FIELDS}

# Our own convention inside user_defined_simplefield (attribute feldname); see docs/openimmo.md.
RIGHT_KINDS = _same("ALLGEMEIN", "BENENNUNG", "BESETZUNG", "UNBEKANNT") | {
    "ALLGEMEINES BELEGUNGSRECHT": "ALLGEMEIN", "BENENNUNGSRECHT": "BENENNUNG", "BESETZUNGSRECHT": "BESETZUNG",
}  # fmt: skip
RIGHT_FORMS = _same("UNMITTELBAR", "VERBUNDEN", "MITTELBAR")
RIGHT_LAWS = {"WOFG": "WoFG", "WFNG NRW": "WFNG NRW", "WFNG": "WFNG NRW", "WFNG_NRW": "WFNG NRW", "VERTRAG": "Vertrag"}
RIGHT_FIELDS: tuple[Field, ...] = (
    Field("belegungsrecht_art", "kind", CODE, _("Art des Belegungsrechts"), codes=RIGHT_KINDS, refuse=True),
    Field("belegungsrecht_form", "form", CODE, _("Form des Belegungsrechts"), codes=RIGHT_FORMS),
    Field("belegungsrecht_gesetz", "law", OPEN_CODE, _("Grundlage des Belegungsrechts"), limit=100, codes=RIGHT_LAWS),
    Field("belegungsrecht_von", "valid_from", DAY, _("Belegungsrecht von")),
    Field("belegungsrecht_bis", "valid_until", LAST_DAY, _("Belegungsrecht bis")),
    Field("belegungsrecht_nachwirkung_bis", "aftereffect_until", LAST_DAY, _("Nachwirkung des Belegungsrechts bis")),
    Field("belegungsrecht_inhaber", "holder", LINE, _("Inhaberin des Belegungsrechts"), limit=150),
)
WBS_KIND = Field("wbs_art", "wbs_kind", LINE, _("Art des Wohnberechtigungsscheins"), limit=40)

ACTIONS = _same("NEW", "CHANGE", "DELETE", "REFERENZ", "ARCHIV") | {
    "NEU": "NEW", "INSERT": "NEW", "ADD": "NEW", "UPDATE": "CHANGE", "AENDERN": "CHANGE",
    "LOESCHEN": "DELETE", "LÖSCHEN": "DELETE", "REMOVE": "DELETE", "REFERENCE": "REFERENZ", "ARCHIVE": "ARCHIV",
}  # fmt: skip

# objektart: the element's name, and the attribute that tells the type
DWELLINGS = {"wohnung": "wohnungtyp", "haus": "haustyp", "zimmer": "zimmertyp"}
