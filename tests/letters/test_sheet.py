"""The sheet: what is in the window of the envelope, both languages, the marks, and nothing that leaks."""

import io
import json
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from wurzelwerk.letters.filling import APART, TOGETHER
from wurzelwerk.letters.sheet import letter_pages, letter_pdf
from wurzelwerk.letters.wording import TEXTS, languages, templates, words

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
MM = 72 / 25.4
TEN = ("ar", "bg", "en", "fa", "fr", "pl", "ro", "ru", "tr", "uk")


def printed(*letters):
    """Return the PDF of letters, opened."""
    authors = {letter.author_id: letter.author for letter in letters}
    return PdfReader(io.BytesIO(letter_pdf(letters, authors=authors, at=AT)))


def placed(page):
    """Return (text, mm from the left, mm from the top) of every run of text on a page."""
    found = []

    def see(text, cm, tm, _font, _size):
        if text.strip():
            across = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            up = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((text.strip(), across / MM, 297 - up / MM))

    page.extract_text(visitor_text=see)
    return found


def said(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def shape(value):
    return {key: shape(part) for key, part in value.items()} if isinstance(value, dict) else None


def test_address_stands_in_the_window_of_the_envelope(begin):
    """DIN 5008 form B: the field is 20 to 105 mm from the left and 45 to 90 mm from the top; the address below 62.7 mm."""
    letter = begin()
    letter.address = "\n".join(
        ["Samira Al-Khatib-Mustermann von und zu Beispielhausen", *["Zeile"] * 4, "44145 Dortmund"]
    )
    runs = placed(printed(letter).pages[0])
    lines = [(x, y) for text, x, y in runs if text.startswith(("Samira Al-Khatib-M", "Zeile", "44145 Dortmund"))]
    assert len(lines) == 6
    assert [(x, y) for x, y in lines if not (24 < x < 26 and 62.7 < y < 90)] == []
    back = [(x, y) for text, x, y in runs if text.startswith("Stadt") and "·" in text and 45 < y < 62.7]
    assert len(back) == 1
    subject = next(y for text, _x, y in runs if text.startswith("Einladung zum Termin"))
    assert 98 < subject < 105


@pytest.mark.parametrize("length", [60, 35])
def test_longest_line_of_an_address_does_not_leave_the_window(begin, length):
    letter = begin()
    letter.address = "W" * length + "\n44145 Dortmund"
    town = next(y for text, _x, y in placed(printed(letter).pages[0]) if text.startswith("44145 Dortmund"))
    assert 62.7 < town < 90


def test_sentences_of_the_template_stand_in_both_languages(begin):
    text = said(printed(begin(language="en")))
    for one in (
        "Einladung zum Termin", "Invitation to an appointment", "Guten Tag Samira Al-Khatib,", "Hello Samira Al-Khatib,",
        "Tag: Donnerstag, 12. März 2026", "Day: Thursday, 12 March 2026" , "Uhrzeit: 10:30 Uhr", "Time: 10:30",
        "Verbindlich ist der deutsche Text. Die Übersetzung wurde noch nicht geprüft.",
        "The German text is binding. This translation has not been reviewed yet.", "Kind regards",
    ):  # fmt: skip
        assert one in text.replace("\u00a0", " ")


def test_changed_sentence_stands_in_german_only_and_takes_the_interpreters(begin):
    letter = begin(language="tr")
    letter.text = letter.text.replace("kostenlos und vertraulich", "heute im ersten Stock")
    assert "(yalnızca Almanca)" in said(printed(letter))
    letter.own_text = "Bugün birinci katta."
    assert "yalnızca Almanca" not in said(printed(letter))
    assert "Bugün birinci katta." in said(printed(letter))


def test_language_without_translation_shows_what_the_interpreter_wrote(begin):
    letter = begin("free", language="ti")
    letter.text, letter.own_text = "Wir sehen uns am Montag.", "ሰኑይ ክንራኸብ ኢና።"
    assert "ሰኑይ" in said(printed(letter))


def test_arabic_runs_from_right_to_left_and_keeps_numbers_together(begin):
    letter = begin(language="ar")
    letter.refresh_from_db()
    phone = letter.values["stelle.telefon"][1]
    assert any(f"{APART}{phone}{TOGETHER}" in one for one in letter.beside.values())
    runs = placed(printed(letter).pages[0])
    title = next(x for text, x, _y in runs if "دعوة" in text)
    assert title > 110


def test_file_names_nobody_and_is_tagged(begin):
    reader = printed(begin())
    root = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], reader.metadata.title) == (True, "de-DE", "Schreiben")
    assert "Samira" not in str(dict(reader.metadata)) + root["/Metadata"].get_object().get_data().decode()


def test_each_letter_of_several_begins_on_a_sheet_of_its_own_and_counts_its_pages(begin):
    long, short = begin(language=""), begin("certificate")
    long.text = "\n\n".join(["Ein Absatz. " * 40] * 9)
    pages = [page.extract_text() for page in printed(long, short).pages]
    count = len(pages) - 1
    assert [" ".join(page.split())[-13:] for page in pages] == [
        *(f"Seite {number} von {count}" for number in range(1, count + 1)), "Seite 1 von 1",
    ]  # fmt: skip


def test_preview_is_a_picture_a_page(begin):
    letter = begin()
    assert [page[:4] for page in letter_pages(letter, author=letter.author)] == [b"\x89PNG"]


def test_what_people_type_is_never_markup(begin):
    letter = begin("free", language="")
    letter.text, letter.subject = '#panic() *fett* $x$ [Klammer]\n- #import "x"', "]] {x} // <b>"
    text = said(printed(letter))
    assert "#panic() *fett* $x$ [Klammer]" in text
    assert "]] {x} // <b>" in text


def test_letters_are_translated_into_ten_languages():
    assert languages() == TEN


@pytest.mark.parametrize("code", TEN)
def test_every_language_has_every_sentence_with_the_same_fields(code):
    own, german = words(code), words("de")
    assert shape(own) == shape(german)
    assert "" not in json.dumps(own, ensure_ascii=False).split('"')[1::4]
    assert own["reviewed"] is False
    for part in ("subjects", "sentences"):
        for key, sentence in german[part].items():
            assert sorted(own[part][key].split("{")[1:]) or sentence.count("{") == 0
            assert own[part][key].count("{") == sentence.count("{")


def test_every_template_is_made_of_sentences_that_exist_or_are_german_alone():
    german = json.loads((TEXTS / "de.json").read_text(encoding="utf-8"))
    used = {one for row in templates().rows for one in row.value["sentences"]}
    assert german["sentences"].keys() - used == set()
