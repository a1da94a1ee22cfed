"""A family that was taken in twice: found by its telephone number, compared, made one, and parted again."""

import pytest

from wurzelwerk.cases.models import Household, Merge

from .chromium import needs_browser
from .desk import NARROW, WIDE

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


def take_in(amira, given_name: str, phone: str) -> None:
    amira.visit("household_new").fill({"Vorname": given_name, "Familienname": "Haddad", "Telefon": phone})
    amira.submit("Haushalt aufnehmen", "ist aufgenommen.")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_family_taken_in_twice_is_made_one_and_parted(desk, width):
    amira = desk("amira", width=width)
    take_in(amira, "Amal", "0231 5550001")
    take_in(amira, "Amal Maria", "0231 5550001")
    amira.follow("Doppelt aufgenommen?").stands("Doppelt aufgenommen?")
    amira.fill({"Name, Telefon, Geburtsdatum oder Aktenzeichen": "0231 5550001"}).press("Suchen")
    amira.reads("Gefunden").stands("Doppelt aufgenommen?")
    amira.page.get_by_role("link", name="Vergleichen").first.click()
    amira.reads("Beide Akten", "Wer ist dieselbe Person?", "Das kommt hinüber").stands("Akten zusammenführen")
    amira.choose("Amal Maria Haddad ist", "Amal Haddad").press("Vorschau aktualisieren")
    amira.reads("Vorname").stands("Akten zusammenführen")
    amira.page.get_by_label("Amal Maria", exact=True).check()
    amira.submit("Zusammenführen", "Die Akten sind zusammengeführt.")
    amira.reads("Amal Maria Haddad", "Zusammengeführt mit").stands()
    assert Merge.objects.for_system(reason="test").filter(undone_at__isnull=True).count() == 1
    dropped = Merge.objects.for_system(reason="test").get().dropped_household_id
    amira.visit("household", dropped).reads("ist mit dieser Akte zusammengeführt").stands()
    amira.follow("Wieder trennen").stands("Akten wieder trennen?")
    amira.submit("Trennen", "Die Akten sind wieder getrennt.").stands()
    amira.visit("household", dropped).reads("Amal Maria Haddad").lacks("ist mit dieser Akte zusammengeführt")
    assert Household.objects.for_system(reason="test").filter(akte__merged_into__isnull=True).count() == 2


def test_undo_stands_in_the_message(desk):
    amira = desk("amira")
    take_in(amira, "Amal", "0231 5550001")
    take_in(amira, "Amal", "0231 5550001")
    amira.follow("Doppelt aufgenommen?")
    amira.page.get_by_role("link", name="Vergleichen").first.click()
    amira.submit("Zusammenführen", "Die Akten sind zusammengeführt.")
    amira.submit("Rückgängig", "Die Akten sind wieder getrennt.").stands()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_somebody_twice_in_one_household_becomes_one(desk, width):
    amira = desk("amira", width=width)
    take_in(amira, "Amal", "0231 5550001")
    household = Household.objects.for_system(reason="test").get()
    amira.visit("member_new", household.pk).fill({"Vorname": "Amal", "Familienname": "Haddad"})
    amira.choose("Beziehung", "Geschwister").submit("Speichern", "gehört jetzt zum Haushalt")
    amira.follow("Doppelt aufgenommen?").reads("Steht jemand zweimal in diesem Haushalt?").stands()
    amira.press("Einträge vergleichen").stands("Doppelt geführte Person")
    amira.submit("Zusammenführen", "Die beiden Einträge sind einer geworden.")
    amira.reads("Doppelt geführte Person zusammengeführt am").stands()
    amira.follow("Wieder trennen").stands("Einträge wieder trennen?")
    amira.submit("Trennen", "Es sind wieder zwei Einträge.").stands()
