"""Jonas's part before the round: the request is accepted, dwellings come in by file and by hand."""

import io
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.housing.openimmo.files import document, encoded, flat, numbers

from . import pictures
from .counselling_steps import HOUSEHOLD, NAME, SECRET
from .desk import Desk

DWELLING = {
    "oder neu: Name": "Hausgemeinschaft Musterweg",
    "Unternehmen oder Gemeinschaft": True,
    "Straße": "Musterweg",
    "Hausnummer": "4",
    "Postleitzahl": "44147",
    "Stadtbezirk": "Innenstadt-Nord",
    "Zimmer": "5",
    "Wohnfläche": "105",
    "Etage": "0",
    "Stufenloser Zugang": "ja, stufenlos",
    "Nötiger WBS": "WBS – Einkommensgruppe A",
    "Nettokaltmiete": "900",
    "Betriebskosten ohne Heizung": "210,50",
    "Heizkosten": "120",
    "Kaution": "1.800",
    "Frei ab": "01.04.2026",
    "Art": "Besetzungsrecht",
    "Form": "unmittelbare Belegung",
    "Eingeräumt nach": "WFNG NRW",
    "Inhaber:in": "Ankerplatz",
    "Beginn": "01.01.2020",
    "Ende": "31.12.2039",
    "Energieausweis": "Verbrauchsausweis",
    "Endenergie": "96",
    "Effizienzklasse": "C",
    "Energieträger": "Fernwärme",
    "Baujahr": "1962",
    "Beschreibung": "Ruhige Lage, zwei Bäder.",
}


def request_waits(jonas: Desk) -> None:
    """The request stands on „Heute“ and says for how many persons, and no name."""
    jonas.stands().reads("5 Personen", "Familie mit drei Kindern, Auszug bis Ende Juni nötig.").lacks(NAME)
    jonas.menu("Suchen").stands("Suchen").lacks(NAME)


def request_is_accepted(jonas: Desk) -> str:
    """Accepting opens profile and contact, nothing else; returns the search's key."""
    jonas.page.get_by_role("main").get_by_role("link", name=re.compile("^Annehmen")).click()
    jonas.stands("Anfrage annehmen").lacks(NAME).reads("Das Journal der Beratung bleibt verschlossen.")
    jonas.submit("Anfrage annehmen", "Die Suche ist übernommen.").stands(HOUSEHOLD)
    jonas.reads(f"Samira {NAME}", "0231 000111", "Sprachmittlung nötig", "nach Tabelle")
    pictures.take(jonas.page, "suche")
    return re.search(r"/suchen/([0-9a-f-]{36})/", jonas.page.url)[1]


def journal_stays_closed(jonas: Desk, household: str) -> None:
    """No page that he can reach holds the journal, residence or income of the household."""
    jonas.visit("household", household).stands(HOUSEHOLD).lacks(
        SECRET, "§ 25 Abs. 2", "2.150,00", "Beispielweg 3\u0000"
    )
    for name in ("journal", "note_new", "release_list"):
        answer = jonas.page.request.get(jonas.address + f"/haushalte/{household}/" + PARTS[name])
        assert (name, answer.status) == (name, 404)
    for address in reachable(jonas):
        answer = jonas.page.request.get(jonas.address + address)
        assert SECRET not in answer.text(), address


PARTS = {"journal": "journal/", "note_new": "journal/neu/", "release_list": "freigaben/"}
LINKS = "() => [...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))"


def reachable(person: Desk, *, most: int = 40) -> list[str]:
    """Addresses that the page in the window and the main navigation link to."""
    found = [href.partition("#")[0] for href in person.page.evaluate(LINKS)]
    own = dict.fromkeys(href for href in found if href.startswith("/") and not href.startswith("/static/"))
    return list(own)[:most]


def listing(folder: Path) -> Path:
    """An OpenImmo file in ISO-8859-1: one dwelling with a remark, one that is refused."""
    size = "<wohnflaeche>88</wohnflaeche><anzahl_zimmer>4</anzahl_zimmer>"
    rent = "<nettokaltmiete>1150</nettokaltmiete><nebenkosten>160</nebenkosten><warmmiete>1470</warmmiete>"
    rent += "<heizkosten_enthalten>false</heizkosten_enthalten><heizkosten>100</heizkosten>"
    free = "<abdatum>2026-04-01</abdatum><wbs_sozialwohnung>true</wbs_sozialwohnung>"
    good = flat(
        flaechen=size, preise=rent, verwaltung_objekt=free, verwaltung_techn=numbers("OB-1", "WE-1", as_of="2026-03-05")
    )
    bought = flat(
        objektkategorie='<nutzungsart WOHNEN="true"/><vermarktungsart KAUF="true" MIETE_PACHT="false"/>'
        "<objektart><wohnung/></objektart>",
        verwaltung_techn=numbers("OB-2", "WE-2", as_of="2026-03-05"),
    )
    path = folder / "anker.xml"
    path.write_bytes(encoded(document(good, bought), "ISO-8859-1"))
    return path


def file_is_read_in(jonas: Desk, folder: Path) -> None:
    """The file is checked first; then what is good is taken in, with remarks, and the rest refused with its reason."""
    jonas.menu("Wohnungen").stands("Wohnungen")
    jonas.follow("Einlesen").stands("OpenImmo-Datei einlesen")
    jonas.page.get_by_label("OpenImmo-Datei").set_input_files(listing(folder))
    jonas.submit("Prüfen", "Das ist eine Vorschau").stands("anker.xml")
    jonas.reads("WE-2", "Abgelehnt", "Hinweise")
    jonas.submit("Übernehmen", "Die Datei wird übernommen.").reads("neu aufgenommen").stands("anker.xml")
    pictures.take(jonas.page, "openimmo")


def photo(folder: Path) -> Path:
    """A picture of a house, drawn."""
    path = folder / "haus.jpg"
    picture = Image.new("RGB", (1200, 800), "#9cc3d5")
    picture.paste("#c0714f", (250, 260, 950, 800))
    for left in range(330, 900, 150):
        for top in (340, 520):
            picture.paste("#f4ecd8", (left, top, left + 80, top + 110))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=85)
    path.write_bytes(stream.getvalue())
    return path


def dwelling_is_taken_in(jonas: Desk, folder: Path) -> None:
    """A dwelling by hand, by keyboard alone but for the photo; rent is summed up while typing."""
    jonas.menu("Wohnungen").follow("Wohnung aufnehmen").stands("Wohnung aufnehmen")
    jonas.keys.fill(DWELLING)
    jonas.reads("1.110,50 €", "1.230,50 €")
    jonas.page.get_by_label("Fotos").set_input_files(photo(folder))
    jonas.stands()
    jonas.keys.press("Wohnung aufnehmen")
    jonas.reads("Die Wohnung ist aufgenommen und offen für die Vermittlung.").stands()
    jonas.reads("Musterweg 4", "Besetzungsrecht", "WFNG NRW", "Verbrauchsausweis", "1.110,50 €")
    expect(jonas.page.locator("main img").first).to_be_visible()
    pictures.take(jonas.page, "wohnung")
    jonas.menu("Wohnungen").stands("Wohnungen").reads("Musterweg 4", "Schützenstraße 42 a")
