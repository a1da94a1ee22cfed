"""The journey "cover for a colleague", by keyboard alone: a sick call in the morning, what waits, a task done, a hand-over."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from tests.conftest import NOW
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Task
from wurzelwerk.network.models import Absence
from wurzelwerk.trust.actor import Actor

from .chromium import needs_browser
from .desk import NARROW, Desk, Opener

pytestmark = [*needs_browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def amiras_task(desk: Opener, open_household) -> Task:
    """A task of Amira's that is overdue."""
    case = open_household()
    amira = Actor.of(get_user_model().objects.get(username="amira"))
    return cases.set_task(case=case, title="Jobcenter anrufen", due_on=NOW.date(), by=amira, at=NOW)


def sick_call(elif_: Desk) -> None:
    """Elif enters that Amira is ill and Bernd covers."""
    elif_.visit("absence_new").stands("Abwesenheit eintragen")
    elif_.keys.fill({"Wer ist abwesend?": "Amira Scholz", "Art": "krank", "Bis einschließlich": "13.03.2026",
                     "Vertretung": "Bernd Yıldız"})  # fmt: skip
    elif_.keys.press("Eintragen")
    elif_.reads("Die Abwesenheit ist eingetragen.").stands("Abwesenheiten")


def test_colleague_is_covered_by_keyboard_alone(desk, amiras_task):
    elif_, bernd = desk("elif"), desk("bernd")
    sick_call(elif_)
    bernd.visit("today").reads("Sie vertreten Amira Scholz")
    bernd.keys.press("Gesehen: Amira Scholz")
    bernd.reads("Sie wissen von der Vertretung")
    bernd.keys.press("Vertretung 1")
    bernd.reads("Jobcenter anrufen", "für Amira Scholz").stands()
    bernd.keys.press("Erledigt: Jobcenter anrufen")
    bernd.stands("Aufgabe erledigt")
    bernd.keys.fill({"Ergebnis": "Termin am Freitag"})
    bernd.keys.press("Erledigt")
    bernd.reads("Die Aufgabe ist erledigt.")
    assert Task.objects.for_system(reason="test").get().done_by.username == "bernd"
    elif_.visit("today_team").stands()
    elif_.keys.press("Amira Scholz")
    expect(elif_.page.get_by_role("link", name="Arbeit übergeben")).to_be_visible()
    elif_.keys.press("Arbeit übergeben")
    elif_.stands("Übergabe von Amira Scholz")
    elif_.keys.fill({"Alle Fälle (1)": "Bernd Yıldız"})
    elif_.keys.press("Vorschau")
    elif_.reads("Bernd Yıldız: Fälle: 1", "Es bleibt nichts.").stands()
    elif_.keys.press("Jetzt übergeben")
    elif_.reads("Übergeben sind Fälle: 1.").stands()
    assert amiras_task.case.__class__.objects.for_system(reason="test").get().lead.username == "bernd"


def test_pages_stand_on_a_telephone(desk, amiras_task):
    elif_ = desk("elif", width=NARROW)
    sick_call(elif_)
    for name, heading in (("today_team", None), ("task_list", "Aufgaben"), ("caseload", "Auslastung")):
        elif_.visit(name, query="?wer=team" if name == "task_list" else "").stands(heading)
    elif_.visit("absence_edit", Absence.objects.get().pk).stands()
    expect(elif_.page.get_by_role("button", name="Zurücknehmen")).to_be_visible()
