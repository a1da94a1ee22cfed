"""Amira's part of the journey: intake, plan, journal, appointment, the pathway's beginning, passing on."""

import io
import re

from playwright.sync_api import expect
from pypdf import PdfReader

from . import pictures
from .desk import Desk

NAME = "Al-Khatib"
HOUSEHOLD = NAME
SECRET = "Streit mit dem Bruder in Hagen"
FIRST = {
    "Vorname": "Samira",
    "Familienname": NAME,
    "Geburtsdatum": "04.05.1990",
    "Bedarfsgemeinschaft": "Bedarfsgemeinschaft 1",
    "Sprache": "Arabisch",
    "Weitere Sprache": "Deutsch",
    "Sprachmittlung nötig": True,
    "Telefon": "0231 000111",
}
PRINTED = {
    "Text im Dokument": "Aufenthaltserlaubnis § 25 Abs. 2 AufenthG",
    "Gültig bis": "01.06.2027",
    "Nebenbestimmung": "Erwerbstätigkeit erlaubt",
}
OTHERS = (
    {"Vorname": "Yusuf", "Geburtsdatum": "01.01.1988", "Beziehung zur Ansprechperson": "Lebensgefährt:in"},
    {"Vorname": "Lina", "Geburtsdatum": "30.09.2014", "Beziehung zur Ansprechperson": "Kind"},
    {"Vorname": "Omar", "Geburtsdatum": "28.02.2017", "Beziehung zur Ansprechperson": "Kind"},
    {"Vorname": "Nour", "Geburtsdatum": "24.12.2023", "Beziehung zur Ansprechperson": "Kind"},
)
HOME = {
    "Art der Unterkunft": "Übergangseinrichtung",
    "Straße und Hausnummer": "Beispielweg 3",
    "Postleitzahl": "44147",
    "Ort": "Dortmund",
    "Stadtbezirk": "Innenstadt-Nord",
    "Wohnt dort seit": "01.11.2024",
    "Muss verlassen werden bis": "30.06.2026",
    "Grundsicherung für Arbeitsuchende (Jobcenter)": True,
    "Kindergeld": True,
    "Nettoeinkommen im Monat": "2.150,00",
    "Programm": "Wurzeln schlagen! Gutes Wohnen",
    "Anliegen": "Wohnung finden",
    "Dringlichkeit": "sofort",
    "Beschreibung": "Fünf Personen in einem Zimmer",
}


def take_household_in(amira: Desk) -> None:
    """Take a family of five in, by keyboard alone."""
    amira.menu("Haushalt aufnehmen").stands("Haushalt aufnehmen")
    keys = amira.keys
    keys.fill(FIRST)
    keys.press("Aufenthalt – nicht erfragt")
    keys.pick("Aufenthalt", "wie im Dokument aufgedruckt")
    keys.fill(PRINTED)
    for number, other in enumerate(OTHERS, 2):
        keys.press("Weitere Person")
        expect(amira.page.get_by_role("heading", name=f"Person {number}")).to_be_visible()
        expect(amira.page.get_by_label("Vorname").nth(number - 1)).to_be_focused()
        keys.fill(other)
    keys.press("Aufenthalt – nicht erfragt")
    keys.pick("Aufenthalt", "EU-Freizügigkeit nach eigener Angabe")
    keys.fill(HOME)
    amira.stands()
    keys.press("Haushalt aufnehmen")
    amira.reads(f"„{HOUSEHOLD}“ ist aufgenommen.").stands(HOUSEHOLD)


def household_is_complete(amira: Desk) -> str:
    """Everything that was typed stands on the household's page; returns the household's key."""
    amira.reads("5 Personen, davon 3 Kinder", "„Aufenthaltserlaubnis § 25 Abs. 2 AufenthG“, gültig bis 01.06.2027")
    amira.reads("EU-Freizügigkeit nach eigener Angabe", "Übergangseinrichtung", "30.06.2026")
    amira.reads("Arabisch, Deutsch", "2.150,00 €", "Wohnung finden", "Wurzeln schlagen! Gutes Wohnen")
    return re.search(r"/haushalte/([0-9a-f-]{36})/", amira.page.url)[1]


def plan_is_made(amira: Desk) -> None:
    """A need leads to a goal and the goal to a step that is due soon."""
    plan = amira.panel("Plan")
    amira.follow("Ziel: Wohnung finden", within=plan).stands("Ziel vereinbaren")
    amira.fill({"Ziel": "Jedes Kind soll einen Platz für die Hausaufgaben haben."})
    amira.submit("Speichern", "Das Ziel ist vereinbart.").stands()
    amira.follow("Schritt: Jedes Kind soll einen Platz für die Hausaufgaben haben.").stands("Schritt planen")
    amira.fill({"Was ist zu tun?": "WBS beim Wohnungsamt beantragen", "Bis wann?": "12.03.2026"})
    amira.choose("Wer macht das?", "Amira Scholz").submit("Speichern").reads("WBS beim Wohnungsamt beantragen").stands()


def talk_is_written_down(amira: Desk) -> None:
    """A journal entry, that nobody else may ever read."""
    amira.follow("Eintrag schreiben").stands("Journaleintrag schreiben")
    amira.choose("Art", "Gespräch").choose("Thema", "Familie")
    amira.fill({"Eintrag": f"Frau {NAME} erzählt vom {SECRET}. Sie schläft schlecht."})
    amira.submit("Speichern").reads(SECRET).stands()


def appointment_is_made(amira: Desk) -> None:
    """An appointment this afternoon and a task for tomorrow."""
    dates = amira.panel("Termine")
    amira.follow("Termin", within=dates).stands("Termin vereinbaren")
    amira.choose("Art", "Beratung (45 Minuten)").fill(
        {"Am": "10.03.2026", "Beginn": "14:30", "Ort": "Beispielstraße 12"}
    )
    amira.submit("Speichern").reads("14:30").stands()
    amira.follow("Aufgabe", within=amira.panel("Aufgaben")).stands("Aufgabe stellen")
    amira.fill({"Aufgabe": "Sprachmittlung für die Besichtigung anfragen", "Fällig am": "11.03.2026"})
    amira.submit("Speichern", "Die Aufgabe ist gestellt.").stands()


def today_shows_it(amira: Desk) -> None:
    """Appointment, task and step stand on „Heute“."""
    amira.menu("Heute").stands()
    amira.reads("14:30", HOUSEHOLD, "WBS beim Wohnungsamt beantragen", "Sprachmittlung für die Besichtigung")
    pictures.take(amira.page, "heute")


def pathway_starts(amira: Desk, household: str) -> None:
    """The way into a home begins; what may be claimed stands there with its source."""
    amira.visit("household", household).press("Weg beginnen").reads("Der Weg in die Wohnung ist begonnen.").stands()
    claims = amira.panel("Was der Haushalt beanspruchen kann")
    for text in ("110 m² oder 5 Räume", "5 m² mehr gelten als geringfügig", "gilt seit", "keine Rechtsberatung"):
        expect(claims).to_contain_text(text)
    expect(claims.get_by_text("unbekannt").first).to_be_visible()


def profile_is_kept(amira: Desk) -> None:
    """The search profile is proposed from what is known, and kept."""
    amira.follow("Suchprofil anlegen").stands("Suchprofil")
    expect(amira.page.get_by_label("Personen", exact=True)).to_have_value("5")
    expect(amira.page.get_by_label("Personen in der Bedarfsgemeinschaft")).to_have_value("5")
    amira.choose("WBS", "liegt vor").choose("Art des WBS", "WBS – Einkommensgruppe A")
    amira.fill({"WBS für Personen": "5", "WBS gültig bis": "31.12.2026"})
    amira.submit("Speichern", "Das Suchprofil ist gespeichert.").stands()
    profile = amira.panel("Suchprofil")
    for text in ("liegt vor", "31.12.2026", "nach Tabelle"):
        expect(profile).to_contain_text(text)
    pictures.take(amira.page, "haushalt")


def releases_are_prepared(amira: Desk, household: str) -> None:
    """A sheet for each adult in German and Arabic; the children's are signed by their mother."""
    amira.visit("release_list", household).stands("Freigaben")
    amira.follow("Freigabe vorbereiten").stands("Freigabe vorbereiten")
    amira.choose("An welche Stelle?", "Wohnungsgesellschaft Ankerplatz eG (Demo)")
    for adult in ("Samira", "Yusuf"):
        amira.choose(f"{adult} {NAME}: Sprache des Blattes", "Arabisch (Übersetzung nicht geprüft)")
    amira.fill({"Sprachmittlung durch": "Frau Haddad"})
    amira.submit("Blätter erstellen", "Die Blätter sind bereit.").stands("Freigaben")
    amira.reads("unterschreibt auch für", "Die Übersetzung ist nicht geprüft; es gilt der deutsche Text.")


def sheet_is_printed(amira: Desk) -> None:
    """The sheet is a tagged PDF with both languages' text and without a name in its file name."""
    with amira.page.expect_download() as waiting:
        amira.page.get_by_role("link", name=f"Blatt Samira {NAME}").click()
    download = waiting.value
    assert NAME.lower() not in download.suggested_filename.lower()
    reader = PdfReader(io.BytesIO(download.path().read_bytes()))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"].startswith("de")
    assert f"Samira {NAME}" in text
    assert "Ankerplatz" in text
    assert re.search("[\u0621-\u064a]{4}", text), "no Arabic text"


def signatures_are_recorded(amira: Desk) -> None:
    """Both adults signed; then the referral goes out."""
    for adult in ("Samira", "Yusuf"):
        amira.follow(f"Unterschrieben: {adult} {NAME}").stands("Unterschrift vermerken")
        amira.submit("Unterschrift vermerken", "Die Unterschrift ist vermerkt.").stands("Freigaben")
    amira.reads("vollständig")
    pictures.take(amira.page, "freigaben")
    amira.follow("Überweisen an Ankerplatz").stands("An Ankerplatz überweisen")
    amira.fill({"Nachricht ohne Namen": "Familie mit drei Kindern, Auszug bis Ende Juni nötig."})
    amira.submit("Überweisung senden", "Die Überweisung ist gesendet.").stands("Freigaben")


def sender_sees_what_is_shared(amira: Desk, household: str) -> None:
    """Who sees what, and why, stands beside the releases and on the household's page."""
    amira.visit("release_list", household).stands("Freigaben")
    shared = amira.page.get_by_role("complementary")
    expect(shared).to_contain_text("Ankerplatz")
    expect(shared).to_contain_text("Suchprofil")
    expect(shared).not_to_contain_text("Journal")
    amira.visit("household", household)
    amira.page.locator("summary", has_text="Wer kann das sehen, und warum?").click()
    expect(amira.page.locator(".ww-seen").first).to_contain_text("Ankerplatz")
    amira.stands()


def passing_on_ends(amira: Desk, household: str) -> None:
    """Amira ends the passing on; what ends and what stays is said before."""
    amira.visit("release_list", household).follow("Weitergabe beenden: Ankerplatz").stands("Weitergabe beenden?")
    amira.reads("Die Stelle sieht ab sofort nichts mehr in dieser Akte")
    amira.fill({"Grund": "Auf Wunsch der Familie"})
    amira.submit("Weitergabe beenden", "Die Weitergabe ist beendet.").stands("Freigaben")
