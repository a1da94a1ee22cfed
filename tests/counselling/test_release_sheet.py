"""The release sheet: both languages on it, German binding, the marks, and nothing that leaks."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from wurzelwerk.base.errors import BadInput
from wurzelwerk.cases import lists
from wurzelwerk.counselling.release_sheet import (
    TEXTS,
    Interpreter,
    Office,
    ReleaseSheet,
    is_reviewed,
    languages,
    render_release_sheet,
    texts,
)

SHEET = ReleaseSheet(
    reference="FR-2026-00417",
    person="Amal Al-Khatib",
    from_office=Office("Stadt Dortmund, Anlaufstelle Hörde", "Hörder Bahnhofstraße 16, 44263 Dortmund"),
    to_office=Office("Wohnwerk Dortmund gGmbH", "Rheinische Straße 171, 44147 Dortmund"),
    stages=frozenset({"search", "viewing", "interest"}),
    valid_until=date(2027, 5, 21),
    contact="0231 50-0",
    made_at=datetime(2026, 11, 21, 10, 0, tzinfo=UTC),
    interpreter=Interpreter("Samira Haddad", "ar"),
)
FOREIGN = [code for code in languages() if code != "de"]


def read(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def structure(node):
    """Every element of the structure tree, in order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif hasattr(node, "get"):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from structure(node["/K"])


def shape(value):
    return {key: shape(part) for key, part in value.items()} if isinstance(value, dict) else None


def test_sheet_exists_in_seven_languages():
    assert languages() == ("de", "ar", "bg", "en", "ro", "tr", "uk")


@pytest.mark.parametrize("code", FOREIGN)
def test_every_language_has_every_sentence(code):
    own, german = texts(code), texts("de")
    assert shape(own) == shape(german)
    assert "" not in json.dumps(own, ensure_ascii=False).split('"')[1::4]


def test_german_words_are_those_of_the_lists():
    german = texts("de")
    for name, part in (("release_stages", "stages"), ("release_items", "items"), ("release_never", "never")):
        assert german[part] == {code: lists.label(name, code) for code in lists.table(name).keys}


@pytest.mark.parametrize("code", FOREIGN)
def test_translations_are_marked_as_not_reviewed(code):
    assert is_reviewed(code) is False
    _, text = read(render_release_sheet(SHEET, language=code))
    assert "Verbindlich ist der deutsche Text. Diese Übersetzung wurde noch nicht geprüft." in text
    if texts(code)["direction"] == "ltr":
        assert texts(code)["unreviewed"] in text


def test_reviewed_translation_carries_no_mark(monkeypatch):
    reviewed = {**texts("en"), "reviewed": True}
    monkeypatch.setattr(
        "wurzelwerk.counselling.release_sheet.texts", lambda code: reviewed if code == "en" else texts(code)
    )
    _, text = read(render_release_sheet(SHEET, language="en"))
    assert ("noch nicht geprüft" in text, reviewed["unreviewed"] in text, reviewed["binding"] in text) == (
        False,
        False,
        True,
    )


@pytest.mark.parametrize("code", [code for code in FOREIGN if code != "ar"])
def test_both_languages_stand_on_one_sheet(code):
    reader, text = read(render_release_sheet(SHEET, language=code))
    for words in (texts("de"), texts(code)):
        for key in ("voluntary", "withdraw", "rights", "copy", "intro"):
            assert words["clauses"][key] in text
    assert len(reader.pages) == 2


def test_arabic_stands_beside_german_word_by_word():
    _, text = read(render_release_sheet(SHEET, language="ar"))
    wanted = {
        word
        for word in texts("ar")["clauses"]["withdraw"].replace("،", " ").replace(".", " ").replace(":", " ").split()
        if "ل" not in word
    }
    assert [word for word in sorted(wanted) if word not in text] == []


@pytest.mark.parametrize("code", languages())
def test_document_is_tagged_german_and_marks_the_other_language(code):
    reader, _ = read(render_release_sheet(SHEET, language=code))
    root = reader.trailer["/Root"]
    tagged = {
        node["/A"]["/Lang"] if "/Lang" in node.get("/A", {}) else node.get("/Lang")
        for node in structure(root["/StructTreeRoot"]["/K"])
    }
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("de-DE", True)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert code == "de" or code in tagged


@pytest.mark.parametrize("code", languages())
def test_no_letter_is_smaller_than_eleven_points(code):
    sizes = set()
    for page in PdfReader(io.BytesIO(render_release_sheet(SHEET, language=code))).pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size: (
                sizes.add(round(abs(cm[3] * tm[3] * size), 2)) if text.strip() else None
            )
        )
    assert min(sizes) >= 11


def test_ticks_are_read_aloud():
    reader, _ = read(render_release_sheet(SHEET, language="de"))
    alts = [str(node["/Alt"]) for node in structure(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]) if "/Alt" in node]
    assert alts == ["angekreuzt"] * 3 + ["nicht angekreuzt"] * 2


def test_stage_of_minutes_stands_on_the_sheet_only_where_it_was_chosen():
    minutes = "Protokoll der Besprechung, an der die Stelle teilgenommen hat"
    chosen = replace(SHEET, stages=SHEET.stages | {"minutes"})
    found = [read(render_release_sheet(sheet, language="de"))[1] for sheet in (SHEET, chosen)]
    assert [minutes in " ".join(text.split()) for text in found] == [False, True]


def test_german_alone_fits_one_page():
    assert len(read(render_release_sheet(SHEET, language="de"))[0].pages) == 1


def test_child_is_released_through_its_custodians():
    child = replace(SHEET, person="Yusuf Al-Khatib", custodians=("Amal Al-Khatib", "Omar Al-Khatib"))
    reader, text = read(render_release_sheet(child, language="ro"))
    assert "Kind Yusuf Al-Khatib" in text
    assert text.count("Unterschrift der sorgeberechtigten Person:") == 2
    assert (
        texts("de")["clauses"]["intro_child"] in text,
        texts("de")["clauses"]["intro"] in text,
        len(reader.pages),
    ) == (True, False, 2)


def test_title_metadata_and_file_name_name_nobody():
    reader, _ = read(render_release_sheet(SHEET, language="ar"))
    outside = json.dumps(
        [str(reader.metadata), reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode(), SHEET.file_name],
        ensure_ascii=False,
    )
    assert [word for word in ("Amal", "Khatib", "Samira", "Haddad", "Wohnwerk") if word in outside] == []
    assert (reader.metadata.title, SHEET.file_name) == (
        "Freigabe zur Weitergabe von Daten",
        "freigabe-FR-2026-00417.pdf",
    )


def test_file_name_cannot_leave_its_folder():
    assert replace(SHEET, reference="../../etc/passwd ä").file_name == "freigabe-etc-passwd.pdf"


@pytest.mark.parametrize(
    "name",
    [
        "*Stern*",
        "#import x",
        "$a$ [b] {c}",
        "Łukasz Žižek",
        "O'Neill",
        "Оксана Їжак",
        "von und zu Müller-Lüdenscheidt-Kloebner der Ältere",
    ],
)
def test_names_survive_unchanged(name):
    assert name in read(render_release_sheet(replace(SHEET, person=name), language="uk"))[1]


def test_without_interpreter_it_says_so():
    _, text = read(render_release_sheet(replace(SHEET, interpreter=None), language="tr"))
    assert (
        "Sprachmittlung: ohne Sprachmittlung" in text,
        "Sözlü çeviri: sözlü çeviri olmadan" in text,
        "Unterschrift Sprachmittlung" in text,
    ) == (True, True, False)


def test_interpreting_language_is_named_in_both_languages():
    _, text = read(render_release_sheet(SHEET, language="en"))
    assert ("Sprachmittlung: Arabisch, Samira Haddad" in text, "Interpreting: Arabic, Samira Haddad" in text) == (
        True,
        True,
    )


def test_same_sheet_gives_the_same_bytes():
    assert render_release_sheet(SHEET, language="ar") == render_release_sheet(replace(SHEET), language="ar")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"stages": frozenset()}, "stages"),
        ({"stages": frozenset({"everything"})}, "stages"),
        ({"purpose": "advertising"}, "purpose"),
        ({"person": "  "}, "person"),
        ({"to_office": Office(" ")}, "to_office"),
        ({"contact": ""}, "contact"),
        ({"valid_until": date(2026, 11, 20)}, "valid_until"),
    ],
)
def test_incomplete_sheet_is_refused_at_its_field(change, field):
    with pytest.raises(BadInput) as error:
        render_release_sheet(replace(SHEET, **change), language="de")
    assert error.value.field == field


def test_unknown_language_is_refused():
    with pytest.raises(BadInput) as error:
        render_release_sheet(SHEET, language="../de")
    assert error.value.field == "language"


def test_nothing_but_the_texts_lies_in_their_folder():
    assert {path.suffix for path in TEXTS.iterdir()} == {".json"}


@pytest.mark.parametrize("code", FOREIGN)
def test_longest_names_and_five_signatures_fit_two_pages(code):
    sheet = replace(
        SHEET,
        person="Maria-Magdalena Konstantina von und zu Müller-Lüdenscheidt-Kloebner de la Fuente y Villanueva",
        custodians=("Alexandra-Wilhelmine Hohenzollern-Sigmaringen", "محمد عبد الرحمن بن عبد الله الخطيب"),
        from_office=Office(
            "Arbeitsgemeinschaft der Integrationsagenturen Dortmund-Nord, Beratung", "Hof 8, 44135 Dortmund"
        ),
        to_office=Office(
            "Gesellschaft für gemeinnütziges Wohnen mbH, Wohnraumakquise Nord", "Platz 77, 44139 Dortmund"
        ),
        contact="0231 9999-12345, widerruf-und-datenschutz@anlaufstelle-beispiel.example.org",
    )
    assert len(read(render_release_sheet(sheet, language=code))[0].pages) == 2


def test_word_wider_than_its_column_breaks_instead_of_running_over():
    pages = read(render_release_sheet(replace(SHEET, person="A" * 70), language="en"))[0].pages
    lines = [line for page in pages for line in page.extract_text().splitlines() if "AAA" in line]
    assert max(line.count("A") for line in lines) <= 33
