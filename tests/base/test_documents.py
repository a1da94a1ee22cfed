"""The Typst wrapper: tagged, dated, deterministic, and deaf to markup in the data."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from wurzelwerk.base.documents import DocumentFailed, FontsMissing, TextNotPrintable, render_pdf

AT = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "Probe")
#set text(lang: "de", font: ("Noto Sans", "Vazirmatn"))
= Probe
#data.name
"""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "probe.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_document_is_tagged_and_says_pdf_ua(template):
    pdf = render_pdf(template, {"name": "Ada"}, at=AT)
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], "/StructTreeRoot" in root) == (True, "de", True)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize(
    "name",
    [
        "*fett*",
        "#panic()",
        "$x$ <marke> @verweis",
        "]] {x} // /* */",
        "\\u{41} `c` _k_",
        "Łukasz Ćirić",
        "Олена Їжакевич",
        "O'Neill & Söhne",
    ],
)
def test_typed_text_stays_as_typed(template, name):
    assert name in text_of(render_pdf(template, {"name": name}, at=AT))


def test_arabic_letters_stand_once_in_the_text_layer(template):
    words = text_of(render_pdf(template, {"name": "البيانات"}, at=AT)).split()
    assert words[-1] == "البيانات"


@pytest.mark.parametrize("name", ["ርግኣት ኣስመራ", "Արամ", "ნინო", "דוד"])
def test_name_in_the_script_of_its_people_is_printed(template, name):
    assert text_of(render_pdf(template, {"name": name}, at=AT)).split("\n")[-1].strip() in (name, name[::-1])


@pytest.mark.parametrize("name", ["বাংলা", "हिन्दी", "தமிழ்", "ภาษาไทย"])
def test_script_of_joined_letters_is_printed(template, name):
    assert render_pdf(template, {"name": name}, at=AT).startswith(b"%PDF")


def test_same_data_and_time_give_the_same_bytes(template):
    assert render_pdf(template, {"a": 1, "name": "x"}, at=AT) == render_pdf(template, {"name": "x", "a": 1}, at=AT)


def test_creation_date_is_the_time_passed_in(template):
    assert PdfReader(io.BytesIO(render_pdf(template, {"name": "x"}, at=AT))).metadata.creation_date == AT


def test_time_without_zone_is_refused(template):
    with pytest.raises(ValueError, match="Zeitzone"):
        render_pdf(template, {"name": "x"}, at=datetime(2026, 3, 5))


def test_missing_fonts_are_named_with_the_way_to_get_them(template, tmp_path):
    with pytest.raises(FontsMissing) as error:
        render_pdf(template, {"name": "x"}, at=AT, fonts=[tmp_path])
    assert (
        str(error.value) == "Für Schreiben und Berichte fehlen die Schriften „Noto Sans“ und „Vazirmatn“. "
        "Bitte „npm ci“ oder „make setup“ ausführen."
    )


@pytest.mark.parametrize(("name", "sign"), [("Li 陳", "陳"), ("x\x00", "\\u{0}")])
def test_sign_without_glyph_is_refused_by_name(template, name, sign):
    with pytest.raises(TextNotPrintable) as error:
        render_pdf(template, {"name": name}, at=AT)
    assert error.value.message.startswith(f"Das Zeichen „{sign}“ lässt sich nicht drucken.")


def test_broken_template_is_named(tmp_path):
    path = tmp_path / "broken.typ"
    path.write_text("#nothing()", encoding="utf-8")
    with pytest.raises(DocumentFailed, match=r"broken\.typ"):
        render_pdf(path, {}, at=AT)


def test_template_reads_no_file_outside_its_folder(tmp_path):
    (tmp_path / "secret.txt").write_text("geheim", encoding="utf-8")
    folder = tmp_path / "templates"
    folder.mkdir()
    path = folder / "reader.typ"
    path.write_text('#set document(title: "x")\n#read("../secret.txt")', encoding="utf-8")
    with pytest.raises(DocumentFailed):
        render_pdf(path, {}, at=AT)
