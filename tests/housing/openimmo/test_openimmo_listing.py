"""One object: what is read from it, what is remarked, what refuses it."""

import base64
from datetime import date
from decimal import Decimal

import pytest

from tests.housing.openimmo.files import PARTS, flat, numbers, reason, taken, xml, zipped
from wurzelwerk.housing.openimmo import AllocationRight, Attachment, read


def own_fields(**fields: str) -> str:
    """A flat with user defined simple fields."""
    inside = "".join(
        f'<user_defined_simplefield feldname="{n}">{t}</user_defined_simplefield>' for n, t in fields.items()
    )
    return flat(verwaltung_objekt=inside)


def test_plain_flat_is_read_without_a_remark():
    record, remarks = taken(flat())
    assert remarks == []
    assert (record.key.kind, record.key.value, record.key.sender) == ("openimmo_obid", "OB-0017", "")
    assert (record.sender.company, record.sender.number, record.sender.anid) == ("Wohnen am Hafen eG", "A-7", "WAH7")
    assert (record.address.street, record.address.number, record.address.postcode) == (
        "Schützenstraße",
        "42 a",
        "44145",
    )
    assert (record.address.latitude, record.address.longitude) == (Decimal("51.523600"), Decimal("7.468100"))
    assert (record.address.floor, record.address.released) == (2, None)
    assert (record.rooms, record.living_area) == (3, Decimal("72.40"))
    assert (record.rent.net_cold, record.rent.gross_cold, record.rent.warm) == (
        Decimal("480.50"),
        Decimal("610.50"),
        Decimal("690.50"),
    )
    assert (record.rent.deposit, record.rent.deposit_months) == (961, None)
    assert (record.wbs_required, record.available_from, record.as_of) == (True, date(2026, 9, 1), date(2026, 3, 5))
    assert (record.object_kind, record.object_type, record.action) == ("wohnung", "ETAGE", "CHANGE")
    assert (record.contact.email, record.contact.phone, record.contact.last_name) == (
        "hafen@example.org",
        "0231 4711",
        "Öztürk",
    )


@pytest.mark.parametrize("text", ["true", "1", "ja", "JA", " True "])
def test_yes_in_any_notation(text):
    assert taken(flat(ausstattung=f"<barrierefrei>{text}</barrierefrei>"))[0].step_free is True


@pytest.mark.parametrize("text", ["false", "0", "nein", "No"])
def test_no_in_any_notation(text):
    assert taken(flat(ausstattung=f"<barrierefrei>{text}</barrierefrei>"))[0].step_free is False


def test_neither_yes_nor_no_is_left_out_with_a_remark():
    record, remarks = taken(flat(ausstattung='<barrierefrei>teils</barrierefrei><fahrstuhl PERSONEN="1"/>'))
    assert (record.barrier_free, record.lift) == (None, True)
    assert remarks == [("ausstattung/barrierefrei", "„teils“ ist weder ja noch nein. Der Wert wurde nicht übernommen.")]


def test_tiny_flat_is_taken_with_a_remark():
    record, remarks = taken(flat(flaechen="<wohnflaeche>1</wohnflaeche><anzahl_zimmer>1</anzahl_zimmer>"))
    assert (record.living_area, remarks) == (1, [("flaechen/wohnflaeche", "1 ist auffällig wenig. Bitte prüfen.")])


def _category(usage: str, marketing: str, kind: str = "<wohnung/>") -> str:
    return flat(objektkategorie=f"<nutzungsart {usage}/><vermarktungsart {marketing}/><objektart>{kind}</objektart>")


@pytest.mark.parametrize(
    ("part", "end"),
    [
        (
            _category('WOHNEN="1"', 'KAUF="true" MIETE_PACHT="false"'),
            "Vermarktungsart: Nur Kauf: Das Objekt wird verkauft und nicht vermietet.",
        ),
        (
            _category('WOHNEN="1"', 'ERBPACHT="1"'),
            "Vermarktungsart: Nur Erbpacht oder Leasing: Das Objekt wird nicht vermietet.",
        ),
        (
            _category('WOHNEN="1"', 'MIETE_PACHT="0"'),
            "Vermarktungsart: Es ist nicht als Mietobjekt gekennzeichnet (MIETE_PACHT).",
        ),
        (_category('GEWERBE="true"', 'MIETE_PACHT="1"'), "Nutzungsart: Es ist Gewerbe, kein Wohnraum."),
        (_category('WOHNEN="0"', 'MIETE_PACHT="1"'), "Nutzungsart: Es ist nicht als Wohnraum gekennzeichnet (WOHNEN)."),
        (
            _category('WOHNEN="1"', 'MIETE_PACHT="1"', '<parken parken_typ="CARPORT"/>'),
            "Objektart: „parken“ ist keine Wohnung.",
        ),
    ],
)
def test_what_is_no_dwelling_to_let_is_refused(part, end):
    assert reason(part) == f"Objekt „WE-17“ wurde nicht übernommen. {end}"


def test_flat_for_rent_and_for_sale_is_taken_with_a_remark():
    record, remarks = taken(_category('WOHNEN="1" GEWERBE="1"', 'KAUF="1" MIETE_PACHT="1"'))
    assert (record.also_for_sale, record.also_commercial) == (True, True)
    assert [field for field, _text in remarks] == ["objektkategorie/nutzungsart", "objektkategorie/vermarktungsart"]


def test_flat_without_category_but_with_a_rent_is_taken_with_remarks():
    record, remarks = taken(flat(objektkategorie="<objektart><wohnung/></objektart>"))
    assert record.object_kind == "wohnung"
    assert [field for field, _text in remarks] == ["objektkategorie/nutzungsart", "objektkategorie/vermarktungsart"]


@pytest.mark.parametrize(
    ("geo", "field", "begin"),
    [
        (
            '<geokoordinaten breitengrad="22.22" laengengrad="22.22"/>',
            "geo/geokoordinaten",
            "Der Punkt 22,22 / 22,22 liegt außerhalb Deutschlands",
        ),
        (
            '<geokoordinaten breitengrad="7.46" laengengrad="51.52"/>',
            "geo/geokoordinaten",
            "Breitengrad und Längengrad sind vertauscht",
        ),
        ('<geokoordinaten breitengrad="51.52"/>', "geo/geokoordinaten", "Breitengrad oder Längengrad fehlt"),
        ('<geokoordinaten breitengrad="0" laengengrad="0"/>', "geo/geokoordinaten", "Der Punkt 0 / 0 liegt außerhalb"),
        (
            '<geokoordinaten breitengrad="951" laengengrad="7.4"/>',
            "geo/geokoordinaten@breitengrad",
            "951 liegt außerhalb von -90 bis 90",
        ),
        ("<plz>4145</plz>", "geo/plz", "„4145“ hat nicht fünf Ziffern."),
        (
            "<strasse>Hafenweg 3-5</strasse>",
            "geo/hausnummer",
            "Sie stand in der Straße; „Hafenweg 3-5“ wurde als „Hafenweg“ und „3-5“",
        ),
        ('<land iso_land="AUT"/>', "geo/land@iso_land", "Die Wohnung liegt laut Datei nicht in Deutschland (AUT)."),
        ("<etage>2. OG</etage>", "geo/etage", "„2. OG“ wurde als 2 gelesen."),
        ("<etage>DG</etage>", "geo/etage", "„DG“ ist keine Zahl."),
        ("<etage>2.5</etage>", "geo/etage", "„2.5“ ist keine ganze Zahl."),
    ],
)
def test_doubtful_location_is_remarked(geo, field, begin):
    record, remarks = taken(
        flat(geo="<ort>Dortmund</ort>" + geo + ("" if "strasse" in geo else "<strasse>Weg</strasse>"))
    )
    assert any(name == field and text.startswith(begin) for name, text in remarks)
    assert (record.address.latitude, record.address.longitude) == (None, None)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2027-06-30", date(2027, 6, 30)),
        ("2027-06-30T00:00:00+02:00", date(2027, 6, 30)),
        ("30.06.2027", date(2027, 6, 30)),
        ("30.6.27", date(2027, 6, 30)),
        ("06-2027", date(2027, 6, 30)),
        ("02/2028", date(2028, 2, 29)),
        ("2027-06", date(2027, 6, 30)),
        ("Juni 2027", date(2027, 6, 30)),
        ("30. Juni 2027", date(2027, 6, 30)),
        ("20270630", date(2027, 6, 30)),
        ("2027", date(2027, 12, 31)),
        ("31.06.2027", None),
        ("30.02.2028", None),
        ("13-2027", None),
        ("bald", None),
        ("0000-00-00", None),
    ],
)
def test_end_of_the_energy_certificate_in_any_notation(written, day):
    record, remarks = taken(
        flat(zustand_angaben=f"<energiepass><epart>bedarf</epart><gueltig_bis>{written}</gueltig_bis></energiepass>")
    )
    assert record.energy.valid_until == day
    assert len(remarks) == (0 if written.startswith("2027-06-30") else 1)


def test_energy_certificate_is_read_and_its_contradictions_are_said():
    inside = """<energiepass><epart>VERBRAUCH</epart><gueltig_bis>2020-01-01</gueltig_bis>
        <endenergiebedarf>95,4 kWh/(m²*a)</endenergiebedarf><mitwarmwasser>1</mitwarmwasser>
        <primaerenergietraeger>Fernwärme</primaerenergietraeger><wertklasse>a+</wertklasse>
        <ausstelldatum>2024-01-01</ausstelldatum><jahrgang>2014</jahrgang><gebaeudeart>wohn</gebaeudeart></energiepass>"""
    record, remarks = taken(flat(zustand_angaben="<baujahr>ca. 1962</baujahr>" + inside))
    energy = record.energy
    assert (energy.kind, energy.demand, energy.carrier, energy.efficiency_class) == (
        "VERBRAUCH",
        Decimal("95.40"),
        "FERN",
        "A+",
    )
    assert (energy.vintage, energy.building_kind, energy.includes_hot_water, record.built) == (
        "2014",
        "WOHN",
        True,
        1962,
    )
    assert [field for field, _text in remarks] == [
        "zustand_angaben/baujahr", "zustand_angaben/energiepass/endenergiebedarf", "zustand_angaben/energiepass",
        "zustand_angaben/energiepass",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("inside", "day", "now"),
    [
        ("<verfuegbar_ab>sofort</verfuegbar_ab>", None, True),
        ("<verfuegbar_ab>ab 01.07.26</verfuegbar_ab>", date(2026, 7, 1), False),
        ("<verfuegbar_ab>nach Absprache</verfuegbar_ab>", None, False),
        ("<verfuegbar_ab>01.07.2026</verfuegbar_ab><abdatum>2026-08-01</abdatum>", date(2026, 8, 1), False),
        ("<abdatum>2026-02-31</abdatum>", None, False),
    ],
)
def test_availability_in_words_or_as_a_date(inside, day, now):
    record = taken(flat(verwaltung_objekt=inside))[0]
    assert (record.available_from, record.available_now) == (day, now)


def test_allocation_right_is_read_from_user_defined_fields():
    record, remarks = taken(
        own_fields(
            belegungsrecht_art="Benennungsrecht", belegungsrecht_gesetz="WFNG NRW", belegungsrecht_von="2020-01-01",
            belegungsrecht_bis="12/2040", belegungsrecht_inhaber="Stadt Dortmund",
            belegungsrecht_form="mittelbar", wbs_art="B",
        )
    )  # fmt: skip
    assert record.allocation_right == AllocationRight(
        kind="BENENNUNG",
        form="MITTELBAR",
        law="WFNG NRW",
        valid_from=date(2020, 1, 1),
        valid_until=date(2040, 12, 31),
        holder="Stadt Dortmund",
    )
    assert (record.wbs_kind, [field for field, _text in remarks]) == ("B", ["belegungsrecht_bis"])


def test_allocation_right_is_read_from_the_other_two_notations():
    plain = '<plaintext fieldname="belegungsrecht_art" fieldvalue="BESETZUNG"/>'
    anyfield = f"<user_defined_anyfield>{plain}</user_defined_anyfield>"
    extend = (
        "<user_defined_extend><feld><name>Belegungsrecht_Art</name><wert>ALLGEMEIN</wert></feld></user_defined_extend>"
    )
    assert taken(flat(verwaltung_objekt=anyfield))[0].allocation_right.kind == "BESETZUNG"
    assert taken(flat(verwaltung_objekt=extend))[0].allocation_right.kind == "ALLGEMEIN"


def test_allocation_right_without_its_kind_is_kept_as_unknown():
    record, remarks = taken(own_fields(belegungsrecht="ja"))
    assert (record.allocation_right, remarks) == (
        AllocationRight(),
        [("belegungsrecht_art", "Sie ist nicht bekannt. Bitte nachtragen.")],
    )


def test_denied_allocation_right_is_none():
    assert taken(own_fields(belegungsrecht="nein"))[0].allocation_right is None


def test_unreadable_allocation_right_refuses_the_dwelling_it_binds():
    assert "Art des Belegungsrechts: „geheim“ ist nicht bekannt" in reason(own_fields(belegungsrecht_art="geheim"))


def _picture(data: str, title: str = "Bad") -> str:
    head = f"<anhangtitel>{title}</anhangtitel><format>JPG</format>"
    return f'<anhang location="X" gruppe="bild">{head}<daten>{data}</daten></anhang>'


@pytest.mark.parametrize(
    ("data", "attachment", "begin"),
    [
        (f"<anhanginhalt>{base64.b64encode(b'abc').decode()}</anhanginhalt>", {"content": b"abc"}, None),
        ("<anhanginhalt>kein base64!</anhanginhalt>", None, "Sein Inhalt ist beschädigt"),
        (
            "<pfad>https://example.org/a.jpg</pfad>",
            {"path": "https://example.org/a.jpg"},
            "Er liegt unter https://example.org/a.jpg. Fremde",
        ),
        ("<pfad>file:///etc/passwd</pfad>", None, "„file:///etc/passwd“ ist keine Webadresse"),
        ("<pfad>javascript:alert(1)</pfad>", None, "„javascript:alert(1)“ ist keine Webadresse"),
        ("<pfad>../../etc/passwd</pfad>", {"path": "passwd"}, "Die Datei „passwd“ liegt der Übertragung nicht bei."),
        ("<pfad>C:\\Bilder\\a.jpg</pfad>", {"path": "a.jpg"}, "Die Datei „a.jpg“ liegt der Übertragung nicht bei."),
        ("<pfad/>", None, None),
    ],
)
def test_attachments_are_taken_from_the_file_and_never_fetched(data, attachment, begin):
    record, remarks = taken(flat(anhaenge=_picture(data)))
    assert record.attachments == (
        (Attachment(group="BILD", title="Bad", format="JPG", **attachment),) if attachment else ()
    )
    assert [text[: len(begin or "")] for _field, text in remarks] == ([begin] if begin else [])


def test_too_large_or_too_many_attachments_are_left_out_with_a_remark():
    large = base64.b64encode(bytes(10_000_001)).decode()
    record, remarks = taken(
        flat(anhaenge=_picture(f"<anhanginhalt>{large}</anhanginhalt>") + _picture("<pfad>a.jpg</pfad>") * 51)
    )
    assert len(record.attachments) == 49
    assert remarks[0] == ("anhaenge/anhang", "Es sind 52; übernommen wurden die ersten 50.")
    assert remarks[1] == ("anhaenge/anhang", "Er ist größer als 10 MB und wurde nicht übernommen.")


def test_too_large_picture_in_a_zip_is_left_out_with_a_remark():
    found = read(zipped({"a.xml": xml(flat(anhaenge=_picture("<pfad>a.jpg</pfad>"))), "a.jpg": bytes(10_000_001)}))
    assert found.listings[0].attachments == ()
    assert found.remarks[0].message.endswith("Sie ist größer als 10 MB oder beschädigt und wurde nicht übernommen.")


def test_too_long_texts_are_cut_with_a_remark():
    record, remarks = taken(flat(freitexte=f"<objekttitel>{'T' * 300}</objekttitel>"))
    assert record.texts.title == "T" * 200
    assert remarks == [("freitexte/objekttitel", "Der Text ist 300 Zeichen lang und wurde nach 200 Zeichen gekürzt.")]


def test_too_long_number_is_never_cut():
    assert "OpenImmo-Objektkennung: Der Text ist 101 Zeichen lang, erlaubt sind 100." in reason(
        flat(verwaltung_techn=numbers("x" * 101))
    )


def test_placeholders_and_broken_addresses_are_not_taken():
    record, remarks = taken(
        flat(kontaktperson="<name>-</name><email_direkt>nur so</email_direkt><tel_zentrale>0231 1</tel_zentrale>")
    )
    assert (record.contact.last_name, record.contact.email, record.contact.phone) == ("", "", "0231 1")
    assert remarks == [
        ("kontaktperson/email_direkt", "„nur so“ ist keine E-Mail-Adresse. Der Wert wurde nicht übernommen.")
    ]


@pytest.mark.parametrize(
    ("inside", "kind", "value", "sender"),
    [
        (numbers("OB", "EX", "IN"), "openimmo_obid", "OB", ""),
        (numbers("", "EX", "IN"), "objektnr_extern", "EX", "WAH7"),
        (numbers("", "", "IN"), "objektnr_intern", "IN", "WAH7"),
    ],
)
def test_key_falls_back_within_the_sender(inside, kind, value, sender):
    record, remarks = taken(flat(verwaltung_techn=inside))
    assert (record.key.kind, record.key.value, record.key.sender) == (kind, value, sender)
    assert [field for field, _text in remarks] == (
        [] if kind == "openimmo_obid" else ["verwaltung_techn/openimmo_obid"]
    )


def test_object_without_any_number_is_refused():
    assert reason(flat(verwaltung_techn=None)).startswith(
        "Objekt „1. Objekt“ wurde nicht übernommen. OpenImmo-Objektkennung: Es fehlen"
    )


def test_let_dwelling_is_taken_with_a_remark():
    record, remarks = taken(flat(verwaltung_objekt="<vermietet>true</vermietet>"))
    assert (record.let, remarks) == (
        True,
        [("verwaltung_objekt/vermietet", "Die Wohnung ist laut Datei schon vermietet. Bitte prüfen.")],
    )


def test_every_remark_names_the_object_its_line_and_a_sentence():
    found = read(
        xml(
            flat(
                flaechen="<wohnflaeche>x</wohnflaeche>",
                preise="<waehrung iso_waehrung='USD'/>",
                geo=PARTS["geo"] + "<plz>1</plz>",
            )
        )
    )
    for item in [*found.remarks]:
        assert item.message.startswith("Objekt „WE-17“, ")
        assert item.message.endswith(".")
    assert found.refused[0].line == 6
