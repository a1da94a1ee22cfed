"""Letters by keyboard alone: begun, written, sent, to many, to an owner; every page of them stands at both widths."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from tests.conftest import NOW
from tests.letters.word import word_file
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Household
from wurzelwerk.housing.actions.portfolio import record_owner
from wurzelwerk.letters.models import Letter, Mailing, PartnerLetter
from wurzelwerk.letters.template_actions import keep_template
from wurzelwerk.trust.actor import Actor

from .chromium import needs_browser
from .desk import NARROW, WIDE, Desk

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


FREE = "Freier Brief – nur Anrede und Gruß stehen fest"


def actor(login: str) -> Actor:
    return Actor.of(get_user_model().objects.get(username=login))


@pytest.fixture
def household(city, open_household) -> Household:
    """The household of five in Amira's team, with a place to live."""
    row = Household.objects.visible_to(actor("amira")).get(akte=open_household().akte)
    place = {"kind": "own_flat", "street": "Beispielweg 3", "postcode": "44145", "city": "Dortmund"}
    cases.set_accommodation(household=row, by=actor("amira"), at=NOW, **place)
    return row


def sole(model):
    return model.objects.for_system(reason="test").get()


def test_letter_is_begun_written_and_sent_by_keyboard_alone(desk, household):
    amira = desk("amira").visit("letter_new", household.pk).stands("Brief schreiben")
    amira.keys.pick("Vorlage", FREE)
    amira.keys.press("Weiter zum Text")
    amira.reads("Bitte prüfen und ergänzen.").stands("Brief bearbeiten")
    amira.keys.fill({"Betreff": "Ihr Antrag", "Text": "wir haben den Antrag abgegeben."})
    amira.keys.press("Speichern und ansehen")
    amira.reads("Der Brief ist gespeichert.").stands("Ihr Antrag")
    expect(amira.page.get_by_alt_text("Seite 1 des Briefs, wie er gedruckt wird")).to_be_visible()
    amira.keys.press("Versand vermerken")
    amira.stands("Versand vermerken")
    amira.keys.pick("Wie?", "mit der Post")
    amira.keys.press("Versand vermerken")
    amira.reads("Der Versand ist vermerkt", "verschickt 10.03.2026, mit der Post").stands("Ihr Antrag")
    assert sole(Letter).sent_way == "post"
    amira.keys.press("Doch nicht verschickt")
    amira.reads("Der Brief ist wieder ein Entwurf.")
    amira.visit("letter_list", household.pk).reads("Ihr Antrag").stands("Briefe")


def test_letter_to_many_is_prepared_written_and_its_labels_chosen_by_keyboard_alone(desk, household):
    amira = desk("amira").visit("mailing_new").stands("Serienbrief vorbereiten")
    amira.keys.fill({"Sprache": "Arabisch", "Diese Auswahl merken als": "Arabisch"})
    amira.keys.press("Weiter zu Text und Liste")
    amira.reads("Noch ist nichts geschrieben.").stands("Serienbrief: Einladung zu einer Veranstaltung")
    amira.keys.fill({"Betreff": "Sommerfest", "Text": "wir laden Sie ein: am 1. Juni im Hof."})
    amira.keys.press("Briefe schreiben und ablegen")
    amira.reads("Samira Al-Khatib", "abgelegt").stands("Sommerfest")
    assert (sole(Mailing).state, sole(Letter).sent_way) == ("done", "post")
    amira.keys.fill({"Erstes Etikett auf Platz": "5"})
    amira.keys.to("Etiketten drucken (PDF)")
    amira.visit("mailing_list").stands("Serienbriefe").visit("mailing_new").stands()
    amira.keys.press("Arabisch")
    expect(amira.page.locator("#id_spoken")).to_have_value("ar")


def test_letter_to_an_owner_is_written_and_sent_by_keyboard_alone(desk, city):
    owner = record_owner(values={"name": "Hausgemeinschaft Nord", "city": "Dortmund"}, by=actor("jonas"), at=NOW)
    jonas = desk("jonas").visit("owner", owner.pk).stands("Hausgemeinschaft Nord")
    jonas.keys.press("Briefe")
    jonas.stands("Briefe")
    jonas.keys.press("Brief schreiben")
    jonas.stands("Brief schreiben")
    jonas.keys.pick("Vorlage", "Freier Brief – nur Anrede und Gruß stehen schon da")
    jonas.keys.press("Weiter zum Text")
    jonas.stands("Brief bearbeiten")
    jonas.keys.fill({"Betreff": "Danke", "Text": "wir danken Ihnen."})
    jonas.keys.press("Speichern und ansehen")
    jonas.reads("Der Brief ist gespeichert.").stands("Danke")
    jonas.keys.press("Versand vermerken")
    jonas.stands("Versand vermerken")
    jonas.keys.pick("Wie?", "mit der Post")
    jonas.keys.press("Versand vermerken")
    jonas.reads("bleibt, wie er verschickt wurde").stands("Danke")
    assert sole(PartnerLetter).sent_way == "post"


def looked_at(person: Desk, household: Household) -> None:
    """Look at the pages of templates and of a letter as they stand on this window."""
    keep_template(name="Probe", content=word_file("{{ person.name }}"), by=actor("elif"), at=NOW)
    for name, heading in (("office_template_list", "Briefvorlagen"), ("office_template_new", None)):
        person.visit(name).stands(heading)
    person.follow("Briefvorlagen", within=person.page.get_by_role("navigation", name="Sie sind hier"))
    person.visit("letter_new", household.pk).stands("Brief schreiben")
    person.tick(FREE).press("Weiter zum Text").stands("Brief bearbeiten")
    person.press("Speichern und ansehen").stands()
    person.visit("mailing_new").stands().press("Weiter zu Text und Liste").stands()
    person.visit("leaving").stands("Wer das Haus verlässt")
    person.visit("handover_note_new", household.pk).stands("Übergabenotiz schreiben")
    person.fill({"Worauf zu achten ist": "Ruft nach 16 Uhr an."}).press("Speichern").stands("Übergabenotizen")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_pages_of_letters_and_of_handing_over_stand_at_any_width(desk, household, width):
    looked_at(desk("elif", width=width), household)
