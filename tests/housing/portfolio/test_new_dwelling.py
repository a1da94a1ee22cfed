"""The one form that takes a dwelling in: everything or nothing, once, with a sentence at each field."""

from decimal import Decimal

import pytest

from wurzelwerk.housing.models import AllocationRight, Building, Dwelling, DwellingPhoto, Letting, Owner
from wurzelwerk.offers.models import Offer
from wurzelwerk.trust.models import Akte

from .conftest import picture, upload

URL = "/wohnungen/neu/"
TABLES = (Owner, Building, Dwelling, AllocationRight, Letting, Offer, DwellingPhoto)


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.for_system(reason="test").count() for model in TABLES}


NOTHING = {model.__name__: 0 for model in TABLES}


def only(model):
    return model.objects.for_system(reason="test").get()


def test_new_dwelling_keeps_everything_in_one_go(browser, form):
    answer = browser("jonas").post(URL, form(photos=[upload(picture())]))
    home = only(Dwelling)
    assert (answer.status_code, answer["Location"]) == (302, f"/wohnungen/{home.pk}/")
    assert rows() == {**NOTHING, **dict.fromkeys(NOTHING, 1)}
    assert (home.rooms, home.area, home.floor, home.label) == (Decimal("3.5"), Decimal("74.50"), 2, "2. OG links")
    assert (home.pets_allowed, home.max_persons, home.step_free, home.wbs_kind) == (False, 5, "yes", "a")
    assert home.description == "Helle Wohnung.\nRuhig."
    building, letting, right = only(Building), only(Letting), only(AllocationRight)
    assert (building.address, building.district_id, building.built_in, building.has_lift) == (
        "Musterweg 3", "nordmarkt", 1958, True,
    )  # fmt: skip
    assert (letting.net_cold, letting.gross_cold, letting.warm) == (
        Decimal("512.40"), Decimal("692.40"), Decimal("787.90"),
    )  # fmt: skip
    assert (right.kind, right.law, right.form, right.holder.code) == ("general", "wfng_nrw", "direct", "stadt")
    offer = only(Offer)
    assert (offer.state, offer.audience, offer.title, offer.district_id) == (
        "open", "network", "3,5 Zimmer, 74,5\u00a0m², Nordmarkt", "nordmarkt",
    )  # fmt: skip


def test_new_dwelling_for_a_known_house_takes_its_owner(browser, form, dwelling):
    held = dwelling()
    client = browser("jonas")
    known = dict.fromkeys(("new_owner", "street", "number", "postcode", "district", "built_in"))
    answer = client.post(URL, form(**known, building=str(held.building_id)))
    assert answer.status_code == 302
    assert (rows()["Owner"], rows()["Building"], rows()["Dwelling"]) == (1, 1, 2)
    assert only(Building).has_lift is True


def test_double_click_makes_one_dwelling(browser, form):
    client = browser("jonas")
    data = form(einmal="ein-schluessel")
    first, second = client.post(URL, data), client.post(URL, data)
    assert first["Location"] == second["Location"]
    assert rows()["Dwelling"] == 1


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"net_cold": "-500"}, "net_cold", "Diese Zahl darf nicht negativ sein."),
        ({"net_cold": "0"}, "net_cold", "Die Nettokaltmiete muss größer als 0 € sein."),
        ({"net_cold": "viel"}, "net_cold", None),
        ({"net_cold": ""}, "net_cold", "Bitte „Nettokaltmiete“ angeben."),
        ({"net_cold": "99999999"}, "net_cold", "Höchstens 20.000\u00a0€."),
        ({"operating_costs": "-1"}, "operating_costs", "Diese Zahl darf nicht negativ sein."),
        ({"rooms": "0"}, "rooms", "Mindestens 1."),
        ({"rooms": "2,75"}, "rooms", "Höchstens 1 Stellen nach dem Komma."),
        ({"area": "9999"}, "area", "Höchstens 1.000\u00a0m²."),
        ({"floor": "1,5"}, "floor", "Bitte eine ganze Zahl ohne Nachkommastellen angeben."),
        ({"max_persons": "0"}, "max_persons", "Mindestens 1."),
        ({"available_from": "31.02.2026"}, "available_from", None),
        ({"available_from": "bald"}, "available_from", None),
        ({"postcode": "4414"}, "postcode", "Eine Postleitzahl hat fünf Ziffern."),
        ({"street": "x" * 101}, "street", "Zu lang: höchstens 100 Zeichen, es sind 101."),
        ({"street": ""}, "street", "Bitte geben Sie die Straße an, oder wählen Sie ein bekanntes Haus."),
        ({"description": "x" * 4001}, "description", "Zu lang: höchstens 4000 Zeichen, es sind 4001."),
        ({"description": "a\x00b"}, "description", "Der Text enthält ein unsichtbares Zeichen, das nicht gespeichert werden kann."),
        ({"district": "atlantis"}, "district", "Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."),
        ({"wbs_kind": "zzz"}, "wbs_kind", "Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."),
        ({"new_owner": ""}, "owner", "Bitte wählen Sie, wem die Wohnung gehört, oder tragen Sie einen neuen Namen ein."),
        ({"owner": "kein-schluessel"}, "owner", "Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."),
        ({"right_kind": ""}, "right_kind", "Bitte wählen Sie die Art des Belegungsrechts."),
        ({"right_starts_on": ""}, "right_starts_on", "Bitte geben Sie den Beginn an."),
        ({"right_ends_on": "31.12.2019"}, "right_ends_on", "Das Ende liegt vor dem Beginn."),
        ({"right_law": "wofg"}, "right_law", "Nach diesem Gesetz werden seit 2010 keine neuen Rechte begründet. Bitte prüfen Sie Gesetz und Beginn."),
        ({"energy_value": "-3"}, "energy_value", "Der Energiewert muss größer als 0 sein."),
        ({"built_in": "2090"}, "built_in", "Dieses Baujahr kann nicht stimmen."),
    ],
)  # fmt: skip
def test_bad_input_is_said_at_its_field_and_nothing_is_written(browser, form, changes, field, sentence):
    answer = browser("jonas").post(URL, form(**changes))
    assert answer.status_code == 422
    errors = [str(error) for error in answer.context["form"].errors[field]]
    assert len(errors) == 1 if sentence is None else sentence in errors
    assert "Helle Wohnung." in answer.content.decode() or field == "description"
    assert rows() == NOTHING
    assert Akte.objects.for_system(reason="test").count() == 0


def test_photos_must_be_chosen_again_and_the_form_says_so(browser, form, files_kept):
    answer = browser("jonas").post(URL, form(net_cold="-5", photos=[upload(picture())]))
    assert "Bitte wählen Sie die Fotos noch einmal aus" in answer.content.decode()
    assert files_kept() == []


def test_foreign_owner_and_house_cannot_be_chosen(browser, form, dwelling, actor):
    held = dwelling()
    foreign = browser("goran").post(URL, form(owner=str(held.building.owner_id)))
    assert foreign.status_code == 404


def test_high_deposit_is_warned_of_with_its_source(browser, form):
    answer = browser("jonas").post(URL, form(deposit="2000"), follow=True)
    text = answer.content.decode()
    assert "über 3 Nettokaltmieten" in text
    assert "BGB § 551" in text


def test_form_is_filled_by_labels_and_has_no_script_in_the_page(browser):
    text = browser("katja").get(URL).content.decode()
    assert text.count("<label") >= 30
    assert "onclick" not in text
