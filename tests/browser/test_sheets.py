"""A list from the file to the households and back, at the desk and on a telephone."""

import pytest

from wurzelwerk.cases.models import Person

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
