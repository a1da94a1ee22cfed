"""What is written is read back as it was; what could not be is not written."""

import string
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from wurzelwerk.housing.openimmo import (
    Address,
    AllocationRight,
    Attachment,
    Contact,
    EnergyCertificate,
    ListingRecord,
    Rent,
    Sender,
    Texts,
    mapping,
    read,
    write,
)

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
SENDER = Sender(company="Wohnen am Hafen eG", number="A-7", anid="WAH7")
NAUGHTY = [
    "",
    "-",
    " ",
    "\x00\x0b\x1f",
    "<script>alert(1)</script>",
    "]]>",
    "<![CDATA[x]]>",
    "&amp;&lt;&#0;",
    "a\u202eb\u2066",
    "\ufeffBOM",
    "عربي ١٢٣",
    "Ø̈́̃",
    "e\u0301",
    "\U0001f3e0",
    "\ud800",
    "\uffff",
    "Zeile\r\nzwei\rdrei\u2028vier",
    "<br><br/>",
    "<b<br>r>",
    "1.234,50",
    "null",
    "'; DROP TABLE offers; --",
    "../../etc/passwd",
    "\t\ttab",
    "\x85\xa0",
    "Straße 12",
    "17. Juni 135",
    "Am Weg 3 - 5",
]


def words(limit: int = 60):
    """Any text up to a length, naughty ones included."""
    return (st.sampled_from(NAUGHTY) | st.text(st.characters(exclude_categories=[]), max_size=limit)).map(
        lambda text: text[:limit]
    )


def amount(low: int, high: int):
    """Nothing, or a number with two places."""
    return st.none() | st.decimals(low, high, places=2, allow_nan=False)


def among(*codes: str):
    """Nothing, or one of these codes."""
    return st.sampled_from(["", *codes])


YES_NO = st.sampled_from([True, False, None])
DAYS = st.none() | st.dates(date(1801, 1, 1), date(2199, 12, 31))
KEYS = st.text(string.ascii_letters + string.digits + "äß-/.: ", min_size=1, max_size=30).filter(
    lambda key: key.strip(" -")
)

rents = st.builds(
    Rent,
    net_cold=amount(1, 20_000),
    operating=amount(0, 5_000),
    heating=amount(0, 5_000),
    heating_included=YES_NO,
    surcharges=amount(0, 5_000),
    warm=amount(1, 30_000),
    all_in=amount(1, 30_000),
    deposit=amount(0, 100_000),
    deposit_text=words(),
)
addresses = st.builds(
    Address,
    street=words(),
    number=words(10),
    postcode=words(10),
    city=words(),
    district=words(),
    floor=st.none() | st.integers(-3, 60),
    flat_number=words(10),
    released=YES_NO,
)
located = st.builds(
    lambda address, north, east: replace(address, latitude=north, longitude=east),
    addresses,
    st.decimals("47.3", "55", places=6),
    st.decimals("5.9", "15", places=6),
)
certificates = st.builds(
    EnergyCertificate,
    kind=among("BEDARF", "VERBRAUCH"),
    valid_until=DAYS,
    consumption=amount(1, 2_000),
    demand=amount(1, 2_000),
    includes_hot_water=YES_NO,
    carrier=among("GAS", "FERN") | words(),
    power_value=amount(0, 2_000),
    heat_value=amount(0, 2_000),
    efficiency_class=among("A+", "H"),
    issued_on=DAYS,
    vintage=among("2014", "OHNE"),
    building_kind=among("WOHN"),
)
rights = st.builds(
    AllocationRight,
    kind=st.sampled_from(["ALLGEMEIN", "BENENNUNG", "BESETZUNG", "UNBEKANNT"]),
    form=among("UNMITTELBAR", "MITTELBAR"),
    law=among("WoFG", "WFNG NRW", "Vertrag"),
    valid_from=DAYS,
    valid_until=DAYS,
    aftereffect_until=DAYS,
    holder=words(),
)
contents = st.builds(
    Attachment, group=among("BILD"), title=words(), format=words(20), content=st.binary(min_size=1, max_size=50)
)
paths = st.builds(
    Attachment,
    group=among("BILD"),
    title=words(),
    path=st.sampled_from(["a.jpg", "ä b.PDF", "https://example.org/x?y=1&z=2"]),
)
listings = st.builds(
    ListingRecord,
    sender=st.just(SENDER),
    openimmo_obid=KEYS,
    number_extern=words(20),
    number_intern=words(20),
    action=st.sampled_from(["NEW", "CHANGE", "DELETE", "REFERENZ", "ARCHIV"]),
    as_of=DAYS,
    listed_from=DAYS,
    listed_until=DAYS,
    object_kind=st.sampled_from(["wohnung", "haus", "zimmer"]),
    object_type=words(30),
    also_for_sale=st.booleans(),
    also_commercial=st.booleans(),
    address=addresses | located,
    rooms=amount(1, 50),
    bedrooms=amount(0, 50),
    living_area=amount(1, 2_000),
    rent=rents,
    wbs_required=YES_NO,
    wbs_kind=words(20),
    allocation_right=st.none() | rights,
    max_persons=st.none() | st.integers(1, 50),
    pets=YES_NO,
    available_from=DAYS,
    available_text=words(),
    let=YES_NO,
    barrier_free=YES_NO,
    wheelchair=YES_NO,
    senior_friendly=YES_NO,
    lift=YES_NO,
    built=st.none() | st.integers(1000, 2100),
    energy=st.none() | certificates,
    texts=st.builds(Texts, title=words(), location=words(), equipment=words(), description=words(200), other=words()),
    contact=st.builds(
        Contact,
        first_name=words(),
        last_name=words(),
        company=words(),
        phone=words(30),
        mobile=words(30),
        email=st.sampled_from(["", "a@example.org"]),
    ),
    attachments=st.lists(contents | paths, max_size=3).map(tuple),
)


def export(*records: ListingRecord, **options: str) -> bytes:
    """Write with the tests' own sender."""
    return write(records, sender=SENDER, at=AT, software="Wurzelwerk", version="0.1.0", **options)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(listings, max_size=3, unique_by=lambda record: record.key))
def test_reading_what_was_written_gives_the_same_records(records):
    found = read(export(*records))
    assert found.refused == ()
    assert found.listings == tuple(records)


@settings(max_examples=60, deadline=None)
@given(words(), words(), words())
def test_any_sender_comes_back(company, number, anid):
    sender = Sender(company=company, number=number, anid=anid)
    record = ListingRecord(sender=sender, number_extern="WE-1")
    found = read(write([record], sender=sender, at=AT, software="W", version="1"))
    assert (found.senders, found.listings) == ((sender,), (record,))


def test_head_names_software_scope_and_time():
    transfer = read(export(ListingRecord(sender=SENDER, openimmo_obid="OB"), scope="VOLL", mode="NEW")).transfer
    assert (
        transfer.scope,
        transfer.mode,
        transfer.version,
        transfer.software,
        transfer.software_version,
        transfer.timestamp,
    ) == (
        "VOLL",
        "NEW",
        "1.2.7",
        "Wurzelwerk",
        "0.1.0",
        AT,
    )


def test_sections_and_elements_stand_in_the_order_of_the_format():
    record = ListingRecord(
        sender=SENDER,
        openimmo_obid="OB",
        rent=Rent(net_cold=Decimal(480), deposit=Decimal(961)),
        living_area=Decimal(70),
        wbs_required=True,
        wbs_kind="A",
        texts=Texts(title="T"),
        lift=True,
        built=1960,
        attachments=(Attachment(path="a.jpg"),),
    )
    flat = etree.fromstring(export(record)).find("anbieter/immobilie")
    assert [section.tag for section in flat] == [
        "objektkategorie",
        "geo",
        "kontaktperson",
        "preise",
        "flaechen",
        "ausstattung",
        "zustand_angaben",
        "freitexte",
        "anhaenge",
        "verwaltung_objekt",
        "verwaltung_techn",
    ]
    assert [item.tag for item in flat.find("preise")] == ["nettokaltmiete", "waehrung", "kaution"]
    assert [item.tag for item in flat.find("verwaltung_techn")] == [
        "objektnr_extern",
        "aktion",
        "openimmo_obid",
        "weitergabe_generell",
    ]


@pytest.mark.parametrize(
    "record",
    [
        ListingRecord(),
        ListingRecord(openimmo_obid="OB", action="TAUSCH"),
        ListingRecord(openimmo_obid="OB", object_kind="schloss"),
        ListingRecord(openimmo_obid="OB", rent=Rent(net_cold=Decimal(-1))),
        ListingRecord(openimmo_obid="OB", rent=Rent(net_cold=Decimal(0))),
        ListingRecord(openimmo_obid="OB", living_area=Decimal(5_000)),
        ListingRecord(openimmo_obid="OB", energy=EnergyCertificate(efficiency_class="Z")),
    ],
)
def test_what_could_not_be_read_back_is_not_written(record):
    with pytest.raises(ValueError, match=r"^(Ein )?Objekt .*\.$"):
        export(record)


def test_same_object_twice_is_not_written():
    record = ListingRecord(openimmo_obid="OB")
    with pytest.raises(ValueError, match=r"^Das Objekt „OB“ kommt zweimal vor\.$"):
        export(record, record)


def test_manual_names_every_element_that_is_read():
    manual = (Path(__file__).parents[3] / "docs" / "openimmo.md").read_text(encoding="utf-8")
    rows = [*mapping.FIELDS, *mapping.RIGHT_FIELDS, mapping.WBS_KIND]
    assert [row.path for row in rows if f"`{row.path}`" not in manual or str(row.label) not in manual] == []
