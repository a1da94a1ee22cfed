"""From the round to the keys: proposals, the owner's promise that only one can have, and every step back."""

import re

from playwright.sync_api import expect

from . import pictures
from .counselling_steps import HOUSEHOLD, NAME
from .desk import Desk

HOME, OTHER = "Musterweg 4", "Schützenstraße 42 a"
PUBLIC = {HOME: "5 Zimmer, 105 m², Innenstadt-Nord", OTHER: "4 Zimmer, 88 m²"}
"""How the network calls the dwellings, whose address only their own body sees."""
WHY = "Die Schule der Kinder liegt in derselben Straße."


def round_is_run(jonas: Desk) -> None:
    """A round proposes the dwelling to the most urgent household and keeps the next in reserve."""
    jonas.menu("Runden").stands("Vermittlungsrunden")
    jonas.press("Neue Runde").reads("beste Verteilung bewiesen").stands()
    line = jonas.page.get_by_role("row").filter(has_text=HOME)
    expect(line).to_contain_text(HOUSEHOLD)
    line.locator("summary").click()
    expect(line).to_contain_text("Okoye")
    pictures.take(jonas.page, "runde")


def round_explains(jonas: Desk) -> None:
    """Who is left and why, what is to be clarified, what to win, and any single pair."""
    _part(jonas, "Ohne Wohnung").reads("Bergmann", "über der Mietgrenze")
    _part(jonas, "Zu klären").reads("Dimitrova")
    _part(jonas, "Ohne Haushalt").reads(OTHER)
    _part(jonas, "Akquise").reads("+1 Wohnung", "bruttokalt")
    _part(jonas, "Einzelnes Paar").choose("Haushalt", "Bergmann").choose("Wohnung", HOME)
    jonas.press("Erklären").reads("passt nicht", "Größe nach Wohnberechtigungsschein").stands()


def _part(jonas: Desk, tab: str) -> Desk:
    tabs = jonas.page.get_by_role("navigation", name="Ergebnis der Runde")
    tabs.get_by_role("link", name=re.compile(f"^{tab}")).click()
    expect(tabs.get_by_role("link", name=re.compile(f"^{tab}"))).to_have_attribute("aria-current", re.compile("."))
    return jonas.stands()


def round_is_followed(jonas: Desk) -> None:
    """She proposes what the round says."""
    _part(jonas, "Vorschläge").follow(f"Vorschlagen: {HOUSEHOLD}").stands("Wohnung vorschlagen")
    jonas.submit("Vorschlagen", "Die Wohnung ist vorgeschlagen").stands()


def round_is_overridden(person: Desk, household: str, dwelling: str) -> None:
    """Without a written reason that is refused at its field, with what was chosen kept; with one it is kept."""
    person.visit("placement_new").stands("Wohnung vorschlagen")
    person.choose("Haushalt", household).choose("Wohnung", dwelling).press("Vorschlagen")
    person.reads("Bitte begründen Sie die Abweichung.").stands("Wohnung vorschlagen")
    reason = person.page.get_by_label("Begründung der Abweichung")
    expect(reason).to_be_focused()
    expect(person.page.get_by_role("combobox", name="Haushalt")).to_have_value(household)
    reason.fill(WHY)
    person.submit("Vorschlagen", "Die Wohnung ist vorgeschlagen").stands().reads("Abweichend von der Runde", WHY)


def dwelling_is_viewed(jonas: Desk) -> None:
    """A viewing is arranged; the household wants the dwelling; the owner is asked."""
    jonas.menu("Suchen").stands("Suchen").follow(HOUSEHOLD).stands(HOUSEHOLD)
    jonas.follow(PUBLIC[HOME]).stands(PUBLIC[HOME]).reads(HOME).follow("Besichtigung vereinbaren").stands(
        "Besichtigung vereinbaren"
    )
    jonas.fill({"Tag": "12.03.2026", "Uhrzeit": "16:00"})
    jonas.submit("Besichtigung vereinbaren", "„Besichtigung vereinbaren“ ist eingetragen.").stands()
    promise_is_asked_for(jonas)


def promise_is_asked_for(person: Desk) -> None:
    """Ask the owner for a promise."""
    person.follow("Zusage erbitten").stands("Zusage erbitten")
    person.submit("Zusage erbitten", "„Zusage erbitten“ ist eingetragen.").stands()


def two_promise_one_dwelling(jonas: Desk, katja: Desk) -> None:
    """Two people have the same page open; one promise is kept, the other is told why not."""
    promise_is_asked_for(katja)
    for person in (jonas, katja):
        person.follow("Zusage eintragen").stands("Zusage eintragen")
    jonas.submit("Zusage eintragen", "„Zusage eintragen“ ist eingetragen.").stands()
    jonas.reads("Zurückgezogen und benachrichtigt", PUBLIC[OTHER])
    katja.press("Zusage eintragen").reads("Diese Wohnung ist inzwischen einem anderen Haushalt zugesagt.").stands()


def contract_is_taken_back_and_redone(jonas: Desk) -> None:
    """A stage is taken back with a reason, and taken again; both stand in the history."""
    _contract(jonas)
    pictures.take(jonas.page, "vermittlung")
    jonas.follow("Letzten Schritt zurücknehmen").stands("Letzten Schritt zurücknehmen")
    jonas.fill({"Begründung": "Das Datum im Vertrag war falsch."})
    jonas.submit("Letzten Schritt zurücknehmen").reads("Zurück zu: zugesagt").stands()
    _contract(jonas)


def _contract(jonas: Desk) -> None:
    jonas.follow("Mietvertrag eintragen").stands("Mietvertrag eintragen")
    expect(jonas.page.get_by_label("Mietbeginn", exact=True)).to_have_value("01.04.2026")
    jonas.submit("Mietvertrag eintragen", "„Mietvertrag eintragen“ ist eingetragen.").stands()


def keys_are_handed_over(jonas: Desk) -> None:
    """The keys: the search is done, after-care is planned."""
    jonas.follow("Schlüssel übergeben").stands("Schlüssel übergeben")
    jonas.submit("Schlüssel übergeben", "„Schlüssel übergeben“ ist eingetragen.").stands()


def counsellor_is_told(amira: Desk, household: str) -> None:
    """Every step stands among her notices, without a name; after-care stands on the household's page and her tasks."""
    amira.menu("Hinweise").stands("Hinweise")
    amira.reads("Vorgeschlagen", "Zusage", "Zurückgezogen", "Schlüssel übergeben").lacks(NAME)
    amira.visit("household", household).stands(HOUSEHOLD)
    care = amira.panel("Nachbetreuung")
    for text in ("nach 4 Wochen", "nach 6 Monaten", "nach 12 Monaten", "07.04.2026", "10.09.2026", "10.03.2027"):
        expect(care).to_contain_text(text)
    expect(amira.panel("Weg in die Wohnung")).to_contain_text("Schlüsselübergabe")


def sight_is_lost(jonas: Desk, household: str, search: str) -> None:
    """What was passed on is gone at once; his own record of the contract stays."""
    jonas.visit("housing_search", search).stands("Weitergabe beendet").lacks("0231 000111", "Lina")
    answer = jonas.page.request.get(f"{jonas.address}/haushalte/{household}/")
    assert answer.status == 404
    jonas.visit("today").stands().menu("Suchen").stands("Suchen").lacks("Lina", NAME)
