"""Somebody leaves: the day is set, a note is written, the case handed over and the note read; by keyboard alone."""

import pytest
from django.contrib.auth import get_user_model

from tests.conftest import NOW
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import HandoverNote, Household
from wurzelwerk.network.models import Absence, Membership
from wurzelwerk.trust.actor import Actor

from .chromium import needs_browser
from .desk import NARROW, WIDE, Desk, Opener

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def household(city, open_household) -> Household:
    """Amira's household, with a task."""
    case, amira = open_household(), Actor.of(get_user_model().objects.get(username="amira"))
    cases.set_task(case=case, title="Jobcenter anrufen", due_on=NOW.date(), by=amira, at=NOW)
    return Household.objects.visible_to(amira).get(akte=case.akte)


def leaves(elif_: Desk) -> None:
    """Elif enters the day, and finds on Heute what is left."""
    elif_.visit("leaving").stands("Wer das Haus verlässt")
    elif_.keys.fill({"Wer verlässt das Haus?": "Amira Scholz", "Verlässt das Haus am": "31.03.2026"})
    elif_.keys.press("Eintragen")
    elif_.reads("Der Tag ist eingetragen.", "noch nicht übergeben: Fälle: 1, Aufgaben: 1").stands()
    elif_.visit("today").reads("Verlässt das Haus").stands()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_work_of_who_leaves_is_handed_over_with_a_note(desk: Opener, household, width):
    elif_, bernd = desk("elif", width=width), desk("bernd", width=width)
    leaves(elif_)
    elif_.keys.press("Arbeit übergeben: Amira Scholz")
    elif_.reads("Amira Scholz verlässt das Haus am 31.03.2026.").stands("Übergabe von Amira Scholz")
    elif_.keys.press("Übergabenotiz schreiben: Al-Khatib")
    elif_.stands("Übergabenotiz schreiben")
    elif_.keys.fill({"Worauf zu achten ist": "Ruft nach 16 Uhr an."})
    elif_.keys.press("Speichern")
    elif_.reads("Aufgabe: Jobcenter anrufen").stands("Übergabenotizen")
    elif_.visit("handover", Membership.objects.get(user__username="amira").user_id)
    elif_.keys.fill({"Alle Fälle (1)": "Bernd Yıldız"})
    elif_.keys.press("Vorschau")
    elif_.reads("Bernd Yıldız: Fälle: 1, Aufgaben: 1")
    elif_.keys.press("Jetzt übergeben")
    elif_.reads("Übergeben sind Fälle: 1, Aufgaben: 1.", "Alles ist übergeben.").stands()
    bernd.visit("household", household.pk).reads("Übergabenotiz für Sie", "Ruft nach 16 Uhr an.").stands("Al-Khatib")
    bernd.keys.press("Gelesen: Übergabenotiz")
    bernd.reads("Vermerkt: gelesen.").lacks("Ruft nach 16 Uhr an.")
    assert HandoverNote.objects.for_system(reason="test").get().read_by.username == "bernd"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_cover_of_a_single_case_is_changed_and_the_change_taken_back(desk: Opener, household, width):
    people = {login: get_user_model().objects.get(username=login) for login in ("amira", "bernd", "carla", "elif")}
    by = Actor.of(people["amira"])
    absence = cases.record_absence(user=people["amira"], kind="holiday", starts_on=NOW.date(),
                                   ends_on=NOW.date().replace(day=20), covers=[people["bernd"]], by=by, at=NOW)  # fmt: skip
    case = household.case_parties.visible_to(by).get().case
    cases.assign_covers(absence=absence, cases={case: people["carla"]}, by=by, at=NOW)
    elif_ = desk("elif", width=width).visit("absence_edit", absence.pk).stands()
    elif_.keys.press("Ändern: Al-Khatib")
    elif_.stands("Vertretung für einen Fall")
    elif_.keys.fill({"Bis einschließlich": "13.03.2026"})
    elif_.keys.press("Speichern")
    elif_.reads("Die Vertretung ist geändert.", "bis 13.03.2026").stands()
    elif_.keys.press("Rückgängig")
    elif_.reads("Die Änderung ist zurückgenommen.").stands()
    assert Absence.objects.get().covers.get(case=case).until is None
