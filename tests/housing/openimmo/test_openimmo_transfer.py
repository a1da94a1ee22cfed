"""Head, senders, updates, deletions and duplicates."""

from datetime import datetime

import pytest

from tests.housing.openimmo.files import HEAD, SENDER, document, encoded, flat, numbers, xml
from wurzelwerk.housing.openimmo import NotOpenImmo, Sender, read


def head(**attributes: str) -> str:
    """A head with these attributes."""
    return "<uebertragung " + " ".join(f'{name}="{value}"' for name, value in attributes.items()) + "/>"


def test_head_is_read():
    found = read(
        xml(
            flat(),
            head=head(
                umfang="VOLL",
                modus="NEW",
                version="1.2.7",
                sendersoftware="Probe",
                senderversion="3",
                timestamp="2026-03-05T10:00:00",
            ),
        )
    )
    assert (found.transfer.scope, found.transfer.mode, found.transfer.stated) == ("VOLL", "NEW", True)
    assert (found.transfer.software, found.transfer.timestamp) == ("Probe", datetime(2026, 3, 5, 10))
    assert found.covers_whole_stock
    assert found.remarks == ()


def test_missing_head_is_remarked_and_read_as_a_partial_change():
    found = read(xml(flat(), head=""), filename="alt.xml")
    assert (found.transfer.stated, found.transfer.scope, found.transfer.mode, len(found.listings)) == (
        False,
        "TEIL",
        "CHANGE",
        1,
    )
    assert [r.message for r in found.remarks] == [
        "alt.xml, Übertragung: Die Angaben zur Übertragung fehlen; die Datei "
        "wird als Änderung eines Teilbestands gelesen."
    ]
    assert not found.covers_whole_stock


def test_unknown_and_missing_head_values_are_remarked():
    found = read(xml(flat(), head=head(umfang="ALLES")))
    assert (found.transfer.scope, found.transfer.mode) == ("TEIL", "CHANGE")
    assert [r.message for r in found.remarks] == [
        "Datei, Übertragung: „ALLES“ ist als umfang nicht bekannt; es gilt TEIL.",
        "Datei, Übertragung: modus fehlt; es gilt CHANGE.",
    ]


def test_file_without_objects_never_covers_the_whole_stock():
    found = read(xml(head=head(umfang="VOLL", modus="NEW")))
    assert (found.listings, found.covers_whole_stock) == ((), False)
    assert [r.message for r in found.remarks] == ["Datei: Die Datei enthält kein Objekt."]


def test_nameless_refused_object_makes_the_stock_uncertain():
    found = read(xml(flat(), flat(verwaltung_techn=None), head=head(umfang="VOLL", modus="NEW")))
    assert (len(found.listings), len(found.refused), found.covers_whole_stock) == (1, 1, False)


def test_refused_object_is_still_mentioned():
    found = read(xml(flat(preise="<nettokaltmiete>-1</nettokaltmiete>"), head=head(umfang="VOLL", modus="NEW")))
    assert found.mentioned == {found.refused[0].key}
    assert found.covers_whole_stock


def test_two_senders_keep_their_objects_apart():
    both = document(flat(verwaltung_techn=numbers("", "WE-1"))).replace(
        "</openimmo>",
        f"<anbieter><firma>Zweite GmbH</firma>{flat(verwaltung_techn=numbers('', 'WE-1'))}</anbieter></openimmo>",
    )
    found = read(encoded(both))
    assert [s.company for s in found.senders] == ["Wohnen am Hafen eG", "Zweite GmbH"]
    assert [(r.key.value, r.key.sender) for r in found.listings] == [("WE-1", "WAH7"), ("WE-1", "Zweite GmbH")]


def test_two_senders_with_the_same_obid_are_both_refused():
    both = document(flat()).replace(
        "</openimmo>", f"<anbieter><firma>Zweite GmbH</firma>{flat()}</anbieter></openimmo>"
    )
    found = read(encoded(both))
    assert (found.listings, len(found.refused)) == ((), 2)
    assert "Zwei Anbieter der Datei verwenden dieselbe Kennung" in found.refused[0].reason


def test_sender_without_any_name_is_taken_and_remarked():
    found = read(xml(flat(verwaltung_techn=numbers("", "WE-1")), sender="<anbieternr/><firma/><openimmo_anid/>"))
    assert (found.senders, found.listings[0].key.sender) == ((Sender(),), "")
    assert "der Anbieter ist nicht genannt" in found.remarks[0].message


@pytest.mark.parametrize(
    ("written", "action", "remarked"),
    [("NEW", "NEW", 0), ("", "CHANGE", 0), ("change", "CHANGE", 0), ("DELETE", "DELETE", 0), ("UPDATE", "CHANGE", 1),
     ("Löschen", "DELETE", 1),
     ("REFERENZ", "REFERENZ", 0), ("ARCHIV", "ARCHIV", 0)],
)  # fmt: skip
def test_action_of_an_object(written, action, remarked):
    found = read(xml(flat(verwaltung_techn=numbers("OB", action=written))))
    assert (found.listings[0].action, len(found.remarks)) == (action, remarked)


def test_unknown_action_refuses_the_object():
    found = read(xml(flat(verwaltung_techn=numbers("OB", "WE-1", action="TAUSCH"))))
    assert found.refused[0].reason == "Objekt „WE-1“ wurde nicht übernommen. Aktion: „TAUSCH“ ist nicht bekannt."


def test_deletion_needs_nothing_but_a_number():
    bare = f"<immobilie><verwaltung_techn>{numbers('OB', action='DELETE')}</verwaltung_techn></immobilie>"
    broken = flat(preise="<nettokaltmiete>-1</nettokaltmiete>", verwaltung_techn=numbers("OC", action="DELETE"))
    found = read(xml(bare, broken))
    assert [(r.key.value, r.action) for r in found.listings] == [("OB", "DELETE"), ("OC", "DELETE")]
    assert (found.remarks, found.refused) == ((), ())


def test_object_without_action_in_a_deletion_file_is_deleted_with_a_remark():
    found = read(xml(flat(verwaltung_techn=numbers("OB", action="")), head=head(umfang="TEIL", modus="DELETE")))
    assert found.listings[0].action == "DELETE"
    assert [r.field for r in found.remarks] == ["verwaltung_techn/aktion"]


def version(rooms: int, as_of: str, **options: str) -> str:
    """The flat OB with that many rooms."""
    return flat(
        flaechen=f"<anzahl_zimmer>{rooms}</anzahl_zimmer>",
        verwaltung_techn=numbers("OB", "WE-1", as_of=as_of, **options),
    )


@pytest.mark.parametrize(
    ("versions", "rooms", "begin"),
    [
        ((version(2, "2026-03-05"), version(3, "2026-03-01")), 2, "es gilt die Fassung vom 05.03.2026."),
        ((version(2, "2026-03-01"), version(3, "2026-03-05")), 3, "es gilt die Fassung vom 05.03.2026."),
        ((version(2, "2026-03-05"), version(3, "2026-03-05")), 3, "es gilt die letzte Fassung."),
        ((version(2, ""), version(3, "")), 3, "es gilt die letzte Fassung."),
        ((version(2, "2026-03-05"), version(3, "")), 2, "es gilt die Fassung vom 05.03.2026."),
        ((version(2, "2026-03-05"), version(3, "2026-02-31")), 2, "es gilt die Fassung vom 05.03.2026."),
    ],
)
def test_of_two_versions_in_one_file_the_later_counts(versions, rooms, begin):
    found = read(xml(*versions))
    assert [r.rooms for r in found.listings] == [rooms]
    assert [r.message for r in found.remarks] == [
        f"Objekt „WE-1“, OpenImmo-Objektkennung: Das Objekt kommt in der Datei mehrfach vor; {begin}"
    ]


def test_refused_later_version_does_not_bring_back_the_earlier_one():
    found = read(xml(version(2, "2026-03-01"), version(-3, "2026-03-05")))
    assert (found.listings, len(found.refused)) == ((), 1)


def test_object_outside_of_any_sender_is_taken():
    found = read(encoded(f"<openimmo>{HEAD}{flat()}<anbieter>{SENDER}</anbieter></openimmo>"))
    assert [(r.key.value, r.sender) for r in found.listings] == [("OB-0017", Sender())]


def test_too_many_objects_are_refused_before_they_are_read():
    with pytest.raises(NotOpenImmo, match=r"^Die Datei enthält mehr als 20\.000 Objekte\."):
        read(xml("<immobilie/>" * 20_001))


def test_lines_are_known_far_down_in_a_file():
    found = read(xml("\n" * 100_000 + flat(flaechen="<wohnflaeche>x</wohnflaeche>")))
    assert abs(found.refused[0].line - 100_006) <= 1  # beyond 65,535 the parser knows the line of the element's end
