"""What the columns of a list of dwellings may hold, and how others call them."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.sheets import cells
from wurzelwerk.sheets.importer import Field


def _field(key: str, label: str | Promise, words: str, *, looks: Callable[[str], bool] | None = None) -> Field:
    """A field; `words`: other heads for it, commas between them."""
    return Field(key, label, tuple(word.strip() for word in words.split(",")), looks=looks)


FIELDS = (
    _field(
        "owner",
        lazy("Eigentümer:in"),
        "eigentümer, eigentümerin, vermieter, vermieterin, anbieter, name, eigentümer name, hauseigentümer, owner, "
        "landlord, wohnungsunternehmen, gesellschaft",
    ),
    _field("contact_person", lazy("Ansprechperson"), "ansprechpartner, ansprechpartnerin, kontaktperson"),
    _field("phone", lazy("Telefon"), "tel, telefonnummer, telefon nr, rufnummer, handy, mobil, phone",
           looks=cells.looks_like_phone),
    _field("email", lazy("E-Mail"), "email, mail, e mail adresse, mailadresse", looks=cells.looks_like_mail),
    _field("street", lazy("Straße und Hausnummer"), "straße, strasse, str, adresse, anschrift, street, address, objekt",
           looks=cells.looks_like_street),
    _field("house_number", lazy("Hausnummer"), "hausnr, haus nr, hnr, hsnr"),
    _field("postcode", lazy("Postleitzahl"), "plz, zip, postcode, plz ort", looks=cells.looks_like_postcode),
    _field("city", lazy("Ort"), "stadt, city"),
    _field("district", lazy("Stadtbezirk"), "bezirk, stadtteil, ortsteil, district"),
    _field("label", lazy("Lage im Haus"), "lage, wohnung, wohnungsnummer, whg, whg nr, we, we nr, einheit"),
    _field("floor", lazy("Etage"), "geschoss, stockwerk, stock, og, floor"),
    _field("rooms", lazy("Zimmer"), "anzahl zimmer, zimmerzahl, zimmeranzahl, räume, zi, rooms"),
    _field("area", lazy("Wohnfläche in m²"), "wohnfläche, fläche, größe, qm, m2, quadratmeter, area"),
    _field("net_cold", lazy("Nettokaltmiete"), "kaltmiete, miete, nettomiete, grundmiete, nkm, miete kalt, rent"),
    _field("operating_costs", lazy("Betriebskosten ohne Heizung"), "betriebskosten, nebenkosten, bk, nk"),
    _field("heating_costs", lazy("Heizkosten"), "heizung, hk, heizkostenvorauszahlung"),
    _field("deposit", lazy("Kaution"), "mietkaution, sicherheit, deposit"),
    _field("available_from", lazy("Frei ab"), "frei, bezugsfrei, bezugsfrei ab, verfügbar ab, beziehbar ab, ab wann, "
           "mietbeginn, available from"),
    _field("max_persons", lazy("höchstens Personen"), "personen, max personen, personenzahl, anzahl personen"),
    _field("wbs_kind", lazy("nötiger WBS"), "wbs, wohnberechtigungsschein, wbs art, wbs nötig"),
    _field("step_free", lazy("stufenloser Zugang"), "stufenlos, barrierefrei, barrierearm, rollstuhlgerecht"),
    _field("has_lift", lazy("Aufzug"), "fahrstuhl, lift"),
    _field("pets_allowed", lazy("Haustiere erlaubt"), "haustiere, tiere, tierhaltung"),
    _field("built_in", lazy("Baujahr"), "bj, gebaut, erbaut"),
    _field("description", lazy("Beschreibung"), "bemerkung, bemerkungen, hinweise, notiz, ausstattung, text"),
)  # fmt: skip
