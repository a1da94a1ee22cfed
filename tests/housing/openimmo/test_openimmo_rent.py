"""Rents, costs and deposits: every notation, every contradiction."""

from decimal import Decimal

import pytest

from tests.housing.openimmo.files import flat, reason, taken, with_price, xml
from wurzelwerk.housing.openimmo import read


@pytest.mark.parametrize(
    ("written", "rent", "remarked"),
    [
        ("480.5", "480.50", False),
        ("1234", "1234", False),
        ("480,50", "480.50", True),
        ("1.234,50", "1234.50", True),
        ("1,234.50", "1234.50", True),
        ("1.234", "1234", True),
        ("1,234", "1234", True),
        ("480.500", "480.50", False),
        ("1 234,50 €", "1234.50", True),
        ("480,-", "480", True),
        ("EUR 480", None, True),
    ],
)
def test_rent_in_any_notation(written, rent, remarked):
    found = read(xml(with_price(nettokaltmiete=written)))
    if rent is None:
        assert found.refused[0].reason.endswith("Nettokaltmiete: „EUR 480“ ist keine Zahl.")
        return
    assert found.listings[0].rent.net_cold == Decimal(rent)
    assert [r.message for r in found.remarks if "gelesen" in r.message] == (
        [f"Objekt „WE-17“, Nettokaltmiete: „{written}“ wurde als {_german(rent)} gelesen."] if remarked else []
    )


def _german(number: str) -> str:
    whole, _dot, cents = number.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return grouped + ("," + cents if cents else "")


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"nettokaltmiete": "-480"}, "Nettokaltmiete: -480 ist negativ; das kann nicht stimmen."),
        (
            {"nettokaltmiete": "169200"},
            "Nettokaltmiete: 169.200 liegt außerhalb von 0 bis 20.000; das kann nicht stimmen.",
        ),
        ({"nettokaltmiete": "NaN"}, "Nettokaltmiete: „NaN“ ist keine Zahl."),
        ({"nettokaltmiete": "1e3"}, "Nettokaltmiete: „1e3“ ist keine Zahl."),
        ({"nebenkosten": "-1"}, "Nebenkosten: -1 ist negativ; das kann nicht stimmen."),
        ({"nebenkosten": "1.200"}, "Nebenkosten: „1.200“ lässt sich auf zwei Weisen lesen."),
        ({"heizkosten": "9" * 30}, f"Heizkosten: „{'9' * 30}“ ist keine Zahl."),
    ],
)
def test_impossible_amounts_refuse_the_object_as_a_whole(changes, end):
    assert reason(with_price(**changes)) == f"Objekt „WE-17“ wurde nicht übernommen. {end}"


def test_several_reasons_are_all_named():
    part = flat(preise="<nettokaltmiete>-1</nettokaltmiete>", flaechen="<wohnflaeche>-70</wohnflaeche>")
    assert reason(part) == (
        "Objekt „WE-17“ wurde nicht übernommen. Nettokaltmiete: -1 ist negativ; das kann nicht stimmen. "
        "Wohnfläche: -70 ist negativ; das kann nicht stimmen."
    )


def test_zero_rent_counts_as_not_stated():
    record, remarks = taken(with_price(nettokaltmiete="0.00"))
    assert record.rent.net_cold is None
    assert remarks == [
        ("preise/nettokaltmiete", "0 gilt als nicht angegeben."),
        ("preise/nettokaltmiete", "Sie fehlt. Bitte nachtragen."),
    ]


def test_kaltmiete_stands_in_for_a_missing_net_cold_rent():
    record, remarks = taken(with_price(nettokaltmiete="", kaltmiete="455"))
    assert record.rent.net_cold == 455
    assert remarks == [("preise/kaltmiete", "Sie fehlt; die Kaltmiete von 455 € wurde dafür übernommen. Bitte prüfen.")]


@pytest.mark.parametrize(
    ("changes", "gross_cold"),
    [
        ({}, "610.50"),
        ({"heizkosten_enthalten": "true", "nebenkosten": "210"}, "610.50"),
        ({"heizkosten_enthalten": "true", "heizkosten": ""}, None),
        ({"heizkosten_enthalten": "", "heizkosten": ""}, None),
        ({"heizkosten_enthalten": ""}, "610.50"),
        ({"nebenkosten": ""}, None),
    ],
)
def test_gross_cold_rent_is_only_known_where_heating_can_be_told_apart(changes, gross_cold):
    assert taken(with_price(**changes))[0].rent.gross_cold == (gross_cold and Decimal(gross_cold))


@pytest.mark.parametrize(("warm", "remarked"), [("690.50", False), ("691.50", False), ("691.51", True), ("610", True)])
def test_warm_rent_is_compared_with_its_parts(warm, remarked):
    remarks = taken(with_price(warmmiete=warm))[1]
    assert [field for field, text in remarks if "die Teile ergeben 690,50 €" in text] == (
        ["preise/warmmiete"] if remarked else []
    )


@pytest.mark.parametrize(
    ("changes", "euro", "months"),
    [
        ({"kaution": "961"}, 961, None),
        ({"kaution": "3 MM"}, None, 3),
        ({"kaution_text": "drei Monatsmieten"}, None, 3),
        ({"kaution_text": "2,5 Nettokaltmieten"}, None, Decimal("2.5")),
        ({"kaution": "961", "kaution_text": "2 monate"}, 961, 2),
        ({"kaution_text": "nach Vereinbarung"}, None, None),
    ],
)
def test_deposit_in_euro_or_in_months(changes, euro, months):
    record, remarks = taken(with_price(**changes))
    assert (record.rent.deposit, record.rent.deposit_months) == (euro, months)
    assert any("in Monatsmieten angegeben" in text for _field, text in remarks) == (months is not None)


@pytest.mark.parametrize("head", ['<waehrung iso_waehrung="DEM"/>', '<preis_zeiteinheit zeiteinheit="JAHR"/>'])
def test_amounts_in_another_currency_or_period_are_not_taken(head):
    record, remarks = taken(
        flat(preise=f"<nettokaltmiete>480</nettokaltmiete><nebenkosten>99</nebenkosten><kaution>5</kaution>{head}")
    )
    assert (record.rent.net_cold, record.rent.operating, record.rent.deposit) == (None, None, None)
    assert "wurden nicht übernommen" in remarks[-1][1]
