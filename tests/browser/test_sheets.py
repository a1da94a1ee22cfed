"""A list from the file to the households and back, at the desk and on a telephone."""

import pytest

from wurzelwerk.cases.models import Person
from wurzelwerk.housing.models import Dwelling

from .chromium import needs_browser
from .desk import NARROW, WIDE, Opener

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]
LIST = (
    "Belegung Haus Nord;;;;\r\n\r\nHaushalt;Vorname;Nachname;Geburtsdatum;Telefon\r\n"
    "H1;Ali;Çelik;31.02.1990;0231 123456\r\nH1;Ayşe;Çelik;1988;\r\nH2;سميرة;الخطيب;05.04.1990;0176 5554443\r\n"
    "H3;Aise;Celik;1988;\r\nH4;Olena;Shevchenko;1.2.1975;0231-ABC\r\n"
)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_list_goes_its_way_at_desk_and_on_a_telephone(desk: Opener, width):
    amira = desk("amira", width=width).visit("sheet_list").stands("Listen einlesen")
    file = {"name": "haus-nord.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    amira.page.get_by_label("Datei").set_input_files(file)
    amira.submit("Weiter").stands("Spalten zuordnen")
    amira.submit("Zeilen prüfen", "Das ist eine Vorschau").stands("haus-nord.csv")
    amira.reads("Den 31.02.1990 gibt es im Kalender nicht.")
    amira.submit("Übernehmen", "aufgenommen").stands("haus-nord.csv")
    assert Person.objects.for_system(reason="test").count() == 2
    amira.follow("Zurücknehmen").stands("Übernahme zurücknehmen")
    amira.submit("Zurücknehmen", "Von dieser Liste ist nichts mehr übernommen").stands("haus-nord.csv")
    amira.follow("Liste löschen").stands("Liste löschen")
    amira.submit("Löschen", "Die Liste ist gelöscht").stands("Listen einlesen")
    assert Person.objects.for_system(reason="test").count() == 0


DWELLINGS = (
    "Eigentümer;Straße;PLZ;Lage;Zimmer;Wohnfläche;Kaltmiete\r\nWohnbau Probe eG;Musterweg 3;44145;2. OG links;3,5;74,5;512,40\r\n"
    "Wohnbau Probe eG;Musterweg 3;44145;EG rechts;2;51;\r\nErika Beispiel;Am Platz 1;44135;;1;30;teuer\r\n"
)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_dwellings_go_their_way_at_desk_and_on_a_telephone(desk: Opener, width):
    jonas = desk("jonas", width=width).visit("sheet_list").stands("Listen einlesen")
    file = {"name": "bestand.csv", "mimeType": "text/csv", "buffer": DWELLINGS.encode()}
    jonas.page.get_by_label("Datei").set_input_files(file)
    jonas.submit("Weiter").stands("Spalten zuordnen")
    jonas.submit("Zeilen prüfen", "Das ist eine Vorschau").stands("bestand.csv")
    jonas.reads("„teuer“ ist keine Zahl. Bitte zum Beispiel 1.234,50 schreiben.")
    jonas.submit("Übernehmen", "aufgenommen").stands("bestand.csv")
    assert Dwelling.objects.for_system(reason="test").count() == 2
    jonas.follow("Zurücknehmen").stands("Übernahme zurücknehmen")
    jonas.submit("Zurücknehmen", "Von dieser Liste ist nichts mehr übernommen").stands("bestand.csv")
    assert Dwelling.objects.for_system(reason="test").count() == 0
