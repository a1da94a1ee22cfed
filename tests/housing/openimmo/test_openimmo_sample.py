"""The association's example file in the form OpenEstate keeps it, where the machine has it."""

import os
from pathlib import Path

import pytest

from wurzelwerk.housing.openimmo import NotOpenImmo, read, write

FOLDER = Path(os.environ.get("WURZELWERK_SHARED_DATA", "/nonexistent")) / "openimmo" / "openestate"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="WURZELWERK_SHARED_DATA does not name a folder with openimmo/openestate/*.xml"
)


def sample() -> bytes:
    """Return the example file's bytes."""
    return (FOLDER / "openimmo.xml").read_bytes()


def rental() -> bytes:
    """Return the example turned from a sale into a letting in euro a month."""
    data = sample().replace(b'KAUF="true" MIETE_PACHT="false"', b'KAUF="false" MIETE_PACHT="true"')
    return data.replace(b'iso_waehrung="DEM"', b'iso_waehrung="EUR"').replace(
        b'zeiteinheit="JAHR"', b'zeiteinheit="MONAT"'
    )


def test_sample_is_refused_as_a_sale_and_its_oddities_are_remarked():
    found = read(sample(), filename="openimmo.xml")
    assert found.listings == ()
    assert [(r.object, r.reason) for r in found.refused] == [
        (
            "111",
            "Objekt „111“ wurde nicht übernommen. Vermarktungsart: Nur Kauf: "
            "Das Objekt wird verkauft und nicht vermietet.",
        )
    ]
    assert [r.field for r in found.remarks] == [
        "preise/nettokaltmiete", "flaechen/wohnflaeche", "zustand_angaben/energiepass/gueltig_bis",
        "geo/strasse", "geo/geokoordinaten",
        "preise/kaution", "preise/waehrung@iso_waehrung", "anhaenge/anhang",
    ]  # fmt: skip
    assert "22,22 / 22,22 liegt außerhalb Deutschlands" in found.remarks[4].message
    assert "DEM" in found.remarks[6].message
    assert (found.transfer.scope, found.transfer.mode, found.senders[0].company) == (
        "VOLL",
        "NEW",
        "MusterMannFrau Immobilien",
    )


def test_same_flat_to_let_is_accepted():
    found = read(rental())
    assert (found.refused, [r.key.value for r in found.listings]) == ((), ["111"])
    record = found.listings[0]
    assert (record.rent.net_cold, record.rent.operating, record.rent.gross_cold, record.rent.deposit_months) == (
        1,
        1,
        2,
        3,
    )
    assert any(r.message.endswith("Genannt sind 1 €, die Teile ergeben 4 €. Bitte prüfen.") for r in found.remarks)
    assert (record.address.latitude, record.address.released, record.max_persons, record.lift) == (
        None,
        False,
        10,
        True,
    )


def test_same_flat_comes_back_from_our_own_export():
    first = read(rental())
    sender = first.listings[0].sender
    again = read(write(first.listings, sender=sender, at=first.transfer.timestamp, software="Probe", version="1"))
    assert again.listings == first.listings


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("immoxml.xml", "Die Datei ist im Format ImmoXML geschrieben"),
        ("is24.xml", "Die Datei ist im Format von ImmobilienScout24 geschrieben"),
        ("openimmo-feedback.xml", "Die Datei ist eine OpenImmo-Rückmeldung"),
    ],
)
def test_neighbouring_formats_are_told_apart(name, begin):
    with pytest.raises(NotOpenImmo) as caught:
        read((FOLDER / name).read_bytes())
    assert str(caught.value).startswith(begin)
