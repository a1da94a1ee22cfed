"""Files as a whole: encodings, namespaces, archives, and everything that is no OpenImmo file."""

import tracemalloc

import pytest

from tests.housing.openimmo.files import document, encoded, flat, numbers, xml, zipped
from wurzelwerk.housing.openimmo import NotOpenImmo, read
from wurzelwerk.housing.openimmo.parse import MAX_BYTES


def only(data: bytes):
    """Return the one listing of a file that has exactly one."""
    found = read(data)
    assert (len(found.listings), found.refused) == (1, ())
    return found.listings[0]


def refusal(data: bytes) -> str:
    """Return the sentence with which a file as a whole is refused."""
    with pytest.raises(NotOpenImmo) as caught:
        read(data, filename="a.xml")
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "ISO-8859-15", "Windows-1252", "UTF-16"])
def test_declared_encoding_is_read_without_remark(encoding):
    found = read(encoded(document(flat()), encoding))
    assert found.listings[0].address.street == "Schützenstraße"
    assert found.remarks == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_byte_order_mark_or_zero_bytes_tell_the_encoding(encoding):
    text = '<?xml version="1.0"?>\n' + document(flat())
    assert only(text.encode(encoding)).contact.last_name == "Öztürk"


@pytest.mark.parametrize(
    ("written", "declared"),
    [("ISO-8859-1", "UTF-8"), ("UTF-8", "ISO-8859-1"), ("Windows-1252", "UTF-8"), ("UTF-8", "bogus-9")],
)
def test_wrong_declared_encoding_is_read_by_content_with_a_remark(written, declared):
    found = read(encoded(document(flat()), written, declared), filename="hafen.xml")
    assert found.listings[0].address.street == "Schützenstraße"
    assert len(found.remarks) == 1
    assert found.remarks[0].message.startswith(f"hafen.xml: Die Datei nennt die Zeichenkodierung {declared.upper()},")


def test_windows_characters_in_latin_1_are_read_as_windows_means_them():
    data = encoded(
        document(flat(freitexte="<objekttitel>Nähe Markt – 480 €</objekttitel>")), "Windows-1252", "ISO-8859-1"
    )
    assert only(data).texts.title == "Nähe Markt – 480 €"


@pytest.mark.parametrize("root", ['openimmo xmlns="http://www.openimmo.de"', 'openimmo xmlns="urn:anything:else"'])
def test_default_namespace_changes_nothing(root):
    assert only(xml(flat(), root=root)) == only(xml(flat()))


def test_prefixed_namespace_changes_nothing():
    text = document(flat()).replace("</", "</oi:").replace("<", "<oi:").replace("<oi:/oi:", "</oi:")
    text = text.replace("<oi:openimmo>", '<oi:openimmo xmlns:oi="http://www.openimmo.de">')
    assert only(encoded(text)) == only(xml(flat()))


def test_comments_and_cdata_inside_values_are_read_through():
    category = "<plz>44<!-- Nordstadt -->145</plz><ort><![CDATA[Dortmund & Umland]]></ort><strasse>Am Weg</strasse>"
    address = only(xml(flat(geo=category))).address
    assert (address.postcode, address.city) == ("44145", "Dortmund & Umland")


def test_control_characters_are_removed_with_a_remark_naming_the_line():
    found = read(xml(flat(freitexte="<objekttitel>Hell\x0b und &#7;ruhig</objekttitel>")))
    assert found.listings[0].texts.title == "Hell und ruhig"
    assert [(r.object, r.message) for r in found.remarks] == [
        (
            "",
            f"Datei: Zeile {found.remarks[0].line} enthält Steuerzeichen, die in XML nicht "
            "erlaubt sind; sie wurden entfernt.",
        )
    ]


def test_forbidden_character_reference_alone_is_removed():
    assert only(xml(flat(freitexte="<objekttitel>A&#0;B&#xFFFF;C&#228;</objekttitel>"))).texts.title == "ABCä"


BOMB = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE openimmo [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE openimmo SYSTEM "http://example.org/openimmo.dtd">'
PARAMETER = '<!DOCTYPE openimmo [<!ENTITY % p SYSTEM "http://example.org/p.dtd"> %p;]>'


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, REMOTE, PARAMETER, "<!-- x --><?y z?>" + BOMB])
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1"])
def test_doctype_is_refused_before_anything_is_expanded(doctype, encoding):
    text = doctype + document(flat(freitexte="<objekttitel>&x;</objekttitel>"))
    assert refusal(encoded(text, encoding)).startswith("Die Datei enthält eine Dokumenttyp-Definition (DOCTYPE).")


def test_quadratic_entities_cost_no_memory():
    text = f'<!DOCTYPE a [<!ENTITY a "{"x" * 1_000_000}">]><openimmo>{"&a;" * 1_000_000}</openimmo>'
    data = encoded(text)
    tracemalloc.start()
    refusal(data)
    assert tracemalloc.get_traced_memory()[1] < 10 * len(data)
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (b"", "Die Datei ist leer."),
        (b" \r\n\t ", "Die Datei ist leer."),
        (b"\xef\xbb\xbf\r\n", "Die Datei ist leer."),
        (b"Objektnummer;Miete\n17;480\n", "Die Datei ist kein XML. Sie beginnt mit „Objektnummer;Miete"),
        (b'{"openimmo": []}', "Die Datei ist kein XML."),
        (b"%PDF-1.7\n", "Die Datei ist kein XML, sondern ein PDF-Dokument."),
        (b"\x89PNG\r\n\x1a\n", "Die Datei ist kein XML, sondern ein Bild."),
        (b"\x1f\x8b\x08", "Die Datei ist kein XML, sondern ein gzip-Archiv"),
        (b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "Die Datei ist eine Webseite (HTML)"),
        (b"\n<HTML><head><title>Login</title>", "Die Datei ist eine Webseite (HTML)"),
        (b"<rss version='2.0'/>", "Die Datei ist XML, aber nicht OpenImmo: Das oberste Element heißt „rss“"),
        (b"<immoxml xmlns='http://www.immoxml.de'/>", "Die Datei ist im Format ImmoXML"),
        (b"<openimmo_feedback/>", "Die Datei ist eine OpenImmo-Rückmeldung"),
        (b"<IS24ImmobilienTransfer/>", "Die Datei ist im Format von ImmobilienScout24"),
        (b"<openimmo><anbieter></openimmo>", "Die Datei ist kein gültiges XML: In Zeile 1, Spalte"),
        (b"<openimmo><firma>A & B</firma></openimmo>", "Die Datei ist kein gültiges XML"),
        (b"<openimmo>&unbekannt;</openimmo>", "Die Datei ist kein gültiges XML"),
        (b"<openimmo><a b=c/></openimmo>", "Die Datei ist kein gültiges XML"),
        (b"<openimmo></openimmo><openimmo></openimmo>", "Die Datei ist kein gültiges XML"),
        (b"\x00" * 40, "Die Datei ist leer."),
        (bytes(range(256)) * 4, "Die Datei ist kein XML."),
    ],
)
def test_what_is_no_openimmo_file_is_refused_with_a_sentence(data, start):
    assert refusal(data).startswith(start)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_file_cut_by_a_lost_connection_is_refused_as_a_whole(share):
    data = xml(flat(), flat(verwaltung_techn=numbers("OB-2")))
    sentence = refusal(data[: int(len(data) * share)])
    assert sentence.startswith("Die Datei bricht in Zeile ")
    assert sentence.endswith("Bitte übertragen Sie sie noch einmal.")


def test_file_cut_inside_an_umlaut_is_refused_as_cut():
    data = xml(flat())
    assert refusal(data[: data.index("Öztürk".encode()) + 1]).startswith("Die Datei bricht in Zeile ")


def test_file_over_50_megabytes_is_refused_at_once():
    data = xml(flat()) + b" " * MAX_BYTES
    assert refusal(data) == "Die Datei ist größer als 50 MB. Bitte teilen Sie sie in mehrere Dateien."


def test_file_just_under_50_megabytes_is_read():
    filling = f"<!-- {'x' * (MAX_BYTES - 5_000)} -->"
    assert only(xml(flat()) + filling.encode()).key.value == "OB-0017"


def test_too_many_elements_are_refused():
    assert refusal(b"<openimmo>" + b"<a/>" * 3_000_001 + b"</openimmo>").startswith(
        "Die Datei enthält zu viele Elemente."
    )


@pytest.mark.parametrize("depth", [60, 500, 5_000])
def test_too_deep_nesting_is_refused(depth):
    data = b"<openimmo>" + b"<a>" * depth + b"</a>" * depth + b"</openimmo>"
    assert refusal(data).startswith(("Die Datei ist tiefer verschachtelt", "Die Datei ist kein gültiges XML"))


def test_large_embedded_text_is_no_reason_to_refuse_the_file():
    found = read(xml(flat(freitexte=f"<objektbeschreibung>{'ä' * 11_000_000}</objektbeschreibung>")))
    assert len(found.listings[0].texts.description) == 20_000
    assert "wurde nach 20000 Zeichen gekürzt" in found.remarks[0].message


def test_zip_with_one_xml_and_its_pictures_is_read():
    pictures = (
        "<anhang location='EXTERN' gruppe='BILD'><anhangtitel>Küche</anhangtitel>"
        "<daten><pfad>Bilder\\K1.JPG</pfad></daten></anhang>"
    )
    data = zipped(
        {"hafen.xml": xml(flat(anhaenge=pictures)), "bilder/k1.jpg": b"\xff\xd8\xffpicture", "__MACOSX/x.xml": b""}
    )
    found = read(data)
    assert [(a.title, a.content, a.path) for a in found.listings[0].attachments] == [
        ("Küche", b"\xff\xd8\xffpicture", "")
    ]
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (zipped({"a.jpg": b"x"}), "Das ZIP-Archiv enthält 0 XML-Dateien; erwartet wird genau eine."),
        (zipped({"a.xml": b"x", "b.xml": b"y"}), "Das ZIP-Archiv enthält 2 XML-Dateien; erwartet wird genau eine."),
        (zipped({"a.xml": xml(flat())})[:-30], "Das ZIP-Archiv ist beschädigt oder unvollständig."),
        (zipped({"a.xml": b" " * (MAX_BYTES + 1)}), "Die XML-Datei im ZIP-Archiv ist größer als 50 MB."),
        (
            zipped({"a.xml": zipped({"b.xml": xml(flat())})}),
            "Die Datei ist kein XML, sondern ein ZIP-Archiv in einem Archiv",
        ),
        (zipped({"a.xml": b""}), "Die Datei ist leer."),
        (zipped({f"b{n}.jpg": b"" for n in range(2_001)}), "Das ZIP-Archiv enthält zu viele Dateien."),
    ],
)
def test_zip_that_cannot_be_taken_is_refused_with_a_sentence(data, start):
    assert refusal(data).startswith(start)


def test_zip_with_a_damaged_document_is_refused():
    data = bytearray(zipped({"a.xml": xml(flat())}))
    data[60:90] = b"\x00" * 30
    assert refusal(bytes(data)).startswith("Die XML-Datei im ZIP-Archiv lässt sich nicht entpacken")
