"""A morning at the contact point, by keyboard alone: a queue, a telephone, and a woman who has no papers with her."""

import pytest
from playwright.sync_api import expect

from wurzelwerk.cases.models import Appointment, Note, Person, ShortContact

from .chromium import needs_browser
from .desk import Desk, Opener

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]
REASON = "test"


def count(model) -> int:
    return model.objects.for_system(reason=REASON).count()


def goes(person: Desk, text: str, hit: str, heading: str) -> None:
    """Ctrl-K, some letters, Enter on the first hit, which is this one."""
    keys, hits = person.page.keyboard, person.page.locator("#suchtreffer").get_by_role("option")
    keys.press("ControlOrMeta+k")
    keys.insert_text(text)
    expect(hits.first).to_contain_text(hit)
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(person.page.get_by_role("heading", level=1)).to_have_text(heading)


def test_morning_at_the_contact_point_needs_no_mouse(desk: Opener, open_household):
    open_household()
    amira = desk("amira")
    somebody_asks_without_a_name(amira)
    the_telephone_rings(amira)
    a_woman_comes_without_papers(amira)
    the_talk_is_written_down(amira)
    they_meet_again(amira)
    assert (count(ShortContact), count(Note), count(Appointment)) == (1, 1, 1)


def somebody_asks_without_a_name(amira: Desk) -> None:
    """Topic, language, minutes: counted, and the next one may come."""
    goes(amira, "Kurzkontakt", "Kurzkontakt festhalten", "Kurzkontakte")
    for key in ("w", "Tab", "t", "Tab", "Enter"):
        amira.page.keyboard.press(key)
    amira.reads("Festgehalten:")


def the_telephone_rings(amira: Desk) -> None:
    """“Here is Jussuf” – found as heard, born 1988."""
    goes(amira, "Jussuf Al Chatib", "Yusuf Al-Khatib", "Al-Khatib")
    amira.reads("Yusuf Al-Khatib")


def a_woman_comes_without_papers(amira: Desk) -> None:
    """One name, in her own letters too; the year of her birth; Tigrinya, with somebody who translates."""
    goes(amira, "aufnehmen", "Haushalt aufnehmen", "Haushalt aufnehmen")
    amira.keys.fill({"Vorname": "Semhar", "Geburtsdatum": "1994", "Sprache": "Tigrinya", "Sprachmittlung nötig": True})
    amira.keys.press("Haushalt aufnehmen")
    amira.reads("ist aufgenommen.", "Tigrinya").stands("Semhar")
    semhar = Person.objects.for_system(reason=REASON).get(given_name="Semhar")
    assert (semhar.family_name, semhar.birth_text) == ("", "1994")
    amira.keys.press("Bearbeiten : Semhar")
    amira.keys.fill({"Name in eigener Schrift": "ሰምሃር"})
    amira.keys.press("Speichern")
    amira.reads("ሰምሃር")
    goes(amira, "ሰምሃር", "Semhar", "Semhar")


def the_talk_is_written_down(amira: Desk) -> None:
    """What was said, in a line."""
    amira.keys.press("Eintrag schreiben")
    amira.keys.fill({"Eintrag": "Schläft seit drei Wochen bei einer Bekannten in der Nordstadt, kennt hier niemanden."})
    amira.keys.press("Speichern")
    amira.reads("Schläft seit drei Wochen").stands("Semhar")


def they_meet_again(amira: Desk) -> None:
    """An appointment with somebody who translates; it stands on Heute."""
    amira.keys.press("Termin")
    amira.keys.fill({"Am": "12.03.2026", "Beginn": "10:30"})
    amira.keys.press("Speichern")
    amira.reads("12.03.2026")
    goes(amira, "Heute", "Heute", "Guten Tag, Amira")
    amira.reads("10:30", "Semhar").stands()
