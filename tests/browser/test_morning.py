"""A morning at the contact point, by keyboard alone: a queue, a telephone, and a woman who has no papers with her."""

import pytest
from playwright.sync_api import expect

from tests.house.world import patterns
from wurzelwerk.cases.models import Appointment, Household, Note, Person, ShortContact

from . import pictures
from .chromium import needs_browser
from .desk import Desk, Opener

pytestmark = [*needs_browser, pytest.mark.journey, pytest.mark.screenshots, pytest.mark.django_db(transaction=True)]
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


def opens(person: Desk, link: str, heading: str) -> None:
    """Tab to a link, Enter, and wait for the page that it leads to."""
    before = person.page.url
    person.keys.press(link)
    expect(person.page).not_to_have_url(before)
    expect(person.page.get_by_role("heading", level=1)).to_have_text(heading)


def test_morning_at_the_contact_point_needs_no_mouse(desk: Opener, open_household):
    open_household()
    amira = desk("amira")
    somebody_asks_without_a_name(amira)
    the_telephone_rings(amira)
    a_woman_comes_without_papers(amira)
    the_talk_is_written_down(amira)
    they_meet_again(amira)
    what_stands_there_is_shown_in_the_manual(amira)
    assert (count(ShortContact), count(Note), count(Appointment)) == (1, 1, 1)


def somebody_asks_without_a_name(amira: Desk) -> None:
    """Topic, language, minutes: counted, and the next one may come."""
    goes(amira, "Kurzkontakt", "Kurzkontakt festhalten", "Kurzkontakte")
    for key in ("w", "Tab", "t", "Tab", "Enter"):
        amira.page.keyboard.press(key)
    amira.reads("Festgehalten:")
    pictures.take(amira.page, "kurzkontakte")


def the_telephone_rings(amira: Desk) -> None:
    """“Here is Jussuf” – found as heard, born 1988."""
    goes(amira, "Jussuf Al Chatib", "Yusuf Al-Khatib", "Al-Khatib")
    amira.reads("Yusuf Al-Khatib")


def a_woman_comes_without_papers(amira: Desk) -> None:
    """One name, in her own letters too; the year of her birth; Tigrinya, with somebody who translates."""
    goes(amira, "aufnehmen", "Haushalt aufnehmen", "Haushalt aufnehmen")
    amira.keys.fill({"Vorname": "Semhar", "Geburtsdatum": "1994", "Sprache": "Tigrinya", "Sprachmittlung nötig": True})
    pictures.take(amira.page, "aufnahme")
    amira.keys.press("Haushalt aufnehmen")
    amira.reads("ist aufgenommen.", "Tigrinya").stands("Semhar")
    semhar = Person.objects.for_system(reason=REASON).get(given_name="Semhar")
    assert (semhar.family_name, semhar.birth_text) == ("", "1994")
    opens(amira, "Bearbeiten: Semhar", "Semhar")
    amira.keys.fill({"Name in eigener Schrift": "ሰምሃር"})
    amira.keys.press("Speichern")
    amira.reads("ሰምሃር")
    goes(amira, "ሰምሃር", "Semhar", "Semhar")


def the_talk_is_written_down(amira: Desk) -> None:
    """What was said, in a line."""
    opens(amira, "Eintrag schreiben", "Journaleintrag schreiben")
    said = "Schläft seit drei Wochen bei einer Bekannten in der Nordstadt, kennt hier niemanden."
    amira.keys.fill({"Eintrag": said, "Art": "Gespräch", "Thema": "Wohnen"})
    amira.keys.press("Speichern")
    amira.reads("Der Eintrag steht im Journal.", said).stands("Semhar")


def they_meet_again(amira: Desk) -> None:
    """An appointment with somebody who translates; it stands on Heute."""
    opens(amira, "Termin", "Termin vereinbaren")
    amira.keys.fill({"Art": "Erstgespräch (60 Minuten)", "Am": "12.03.2026", "Beginn": "10:30"})
    amira.keys.press("Speichern")
    amira.reads("12.03.2026")
    opens(amira, "Heute", "Guten Tag, Amira")
    amira.reads("10:30", "Semhar").stands()


IN_THE_MANUAL = {
    "kalender": "calendar_week", "journal": "journal", "plan": "plan", "dokumente": "document_list", "briefe": "letter_new",
    "familie": "family", "helferkreis": "support_circle", "aufgaben": "task_list", "abwesenheit": "absence_list",
    "mein-monat": "my_month", "listen": "sheet_list", "erinnerungen": "reminder_list",
}  # fmt: skip
"""Picture -> the page that it shows."""


def what_stands_there_is_shown_in_the_manual(amira: Desk) -> None:
    """Every page of the morning once more, as it stands now."""
    household = Household.objects.for_system(reason=REASON).get(name="Semhar").pk
    for picture, name in IN_THE_MANUAL.items():
        needs = patterns()[name].pattern.converters
        amira.visit(name, *([household] if needs else [])).stands()
        pictures.take(amira.page, picture)
