"""Word templates of an office: what is taken, what is refused with which sentence, and what comes out filled."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from tests.forms import as_shown
from wurzelwerk.base.errors import BadInput, NotAllowed
from wurzelwerk.cases.queries import home_of
from wurzelwerk.letters import actions
from wurzelwerk.letters import template_actions as templates
from wurzelwerk.letters.actions import LetterChoice, begin_letter
from wurzelwerk.letters.models import Letter, OfficeTemplate
from wurzelwerk.letters.queries import correspondence, filed_content, offered_versions
from wurzelwerk.letters.word_files import filled, read_template
from wurzelwerk.letters.word_parts import MOST_PART

from .word import word_file, words_of

KNOWN = dict.fromkeys(["termin.tag", "person.name", "brief.text", "heute"])


def changed(content: bytes, **parts: bytes) -> bytes:
    """Return a DOCX with parts put in or replaced (`__` for a slash, `_dot_` for a point)."""
    written = io.BytesIO()
    put = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in put:
                new.writestr(name, old.read(name))
        for name, part in put.items():
            new.writestr(name, part)
    return written.getvalue()


def document_xml(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read("word/document.xml")


def test_fields_of_body_and_header_are_found_also_where_word_tore_them_apart():
    document = Document()
    torn = document.add_paragraph("Hallo {")
    for part in ("{ per", "son.", "name }", "}!"):
        torn.add_run(part)
    document.sections[0].header.paragraphs[0].text = "{{ termin.tag }}"
    written = io.BytesIO()
    document.save(written)
    found = read_template(written.getvalue(), KNOWN)
    assert (sorted(found.fields), found.problems) == (["person.name", "termin.tag"], ())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ termin.datum }}", "Das Feld „termin.datum“ gibt es nicht. Gemeint ist vielleicht „termin.tag“."),
        ("{{ qwxyz }}", "Das Feld „qwxyz“ gibt es nicht."),
        ("{{ person.name ", "Ein Platzhalter ist falsch geschrieben: Er beginnt mit {{ und endet mit }}."),
        *(
            (text, "Möglich sind nur Platzhalter wie {{ person.name }}, keine Bedingungen, Schleifen oder Rechnungen.")
            for text in (
                "{{ ''.__class__.__mro__ }}", "{% for x in y %}{% endfor %}", "{{ person.name|upper }}", "{{ 7 * 7 }}",
                "{{ person['name'] }}", "{{ range(10**9) }}", "{% include '/etc/passwd' %}",
            )
        ),
    ],
)  # fmt: skip
def test_what_is_no_field_is_refused_with_a_sentence(text, sentence):
    assert read_template(word_file("Hallo", text), KNOWN).problems == (sentence,)


def test_way_into_an_object_is_no_field():
    assert "__class__" in read_template(word_file("{{ person.name.__class__ }}"), KNOWN).problems[0]


def with_run(xml: str) -> bytes:
    return document_xml(word_file("FELD")).replace(b"<w:t>FELD</w:t>", xml.encode())


SMALL_LETTERS = '<w:instrText>includepicture "https://example.org/a.png"</w:instrText>'
TORN = (
    '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE</w:instrText></w:r>'
    '<w:r><w:instrText>PICTURE "https://example.org/a.png"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/>'
)
LINKED = '<w:instrText>HYPERLINK "https://example.org/{{ person.name }}"</w:instrText>'
PAGES = (
    '<w:fldChar w:fldCharType="begin"/><w:instrText xml:space="preserve"> page \\* MERGEFORMAT </w:instrText>'
    '<w:fldChar w:fldCharType="separate"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/>'
)


def test_page_numbers_and_dates_are_fields_of_a_letter():
    content = changed(word_file("x"), word__document_dot_xml=with_run(PAGES))
    assert read_template(content, KNOWN).problems == ()


@pytest.mark.parametrize(
    "hidden",
    [
        with_run("<w:t>&#123;&#123; 7*7 &#125;&#125;</w:t>"),
        with_run("<w:t>&#123;% for x in range(10**9) %&#125;&#123;% endfor %&#125;</w:t>"),
        with_run("<w:t>{{ 7*7 }}</w:t>").replace(b"UTF-8", b"UTF-16", 1).decode().encode("utf-16"),
    ],
    ids=["references", "loop in references", "utf-16"],
)
def test_what_is_hidden_from_the_eye_is_read_as_it_would_be_filled(hidden):
    content = changed(word_file("x"), word__document_dot_xml=hidden)
    (sentence,) = read_template(content, KNOWN).problems
    assert sentence.startswith("Möglich sind nur Platzhalter")
    with pytest.raises(BadInput, match="Diese Vorlage kann nicht verwendet werden"):
        filled(content, {"person.name": "Samira"})


def rels(kind: str, target: str = "https://example.org/x") -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b"", "keine Word-Datei"),
        (b"PK\x03\x04kaputt", "keine Word-Datei"),
        (changed(word_file("x"), word__vbaProject_dot_bin=b"x"), "enthält ein Programm"),
        (changed(word_file("x"), word__embeddings__a_dot_bin=b"x"), "enthält ein Programm"),
        (changed(word_file("x"), word___rels__settings_dot_xml_dot_rels=rels("attachedTemplate")), "von außen"),
        (changed(word_file("x"), word__media__big_dot_xml=b"0" * (MOST_PART + 1)), "ausgepackt zu groß"),
        (changed(word_file("x"), word__x_dot_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "ungewöhnlich aufgebaut"),
        (
            changed(word_file("x"), word__document_dot_xml=document_xml(word_file("FELD")).replace(
                b"<w:t>FELD</w:t>", b"<w:instrText>INCLUDETEXT C:/x</w:instrText>")),
            "INCLUDETEXT",
        ),
        (changed(word_file("x"), word__document_dot_xml=with_run(SMALL_LETTERS)), "INCLUDEPICTURE"),
        (changed(word_file("x"), word__document_dot_xml=with_run(TORN)), "INCLUDEPICTURE"),
        (changed(word_file("x"), word__document_dot_xml=with_run(LINKED)), "kein Platzhalter"),
        (changed(word_file("x"), word___rels__document_dot_xml_dot_rels=rels("hyperlink", "https://example.org/{{ person.name }}")), "kein Platzhalter"),
        (changed(word_file("x"), word___rels__document_dot_xml_dot_rels=rels("aFChunk")), "von außen"),
        (changed(word_file("x"), word__other_dot_html=b"<p>{{ person.name }}</p>"), "in keinen Brief gehört (other.html)"),
    ],
    ids=["nothing", "torn", "macro", "embedded", "outside", "bomb", "entity", "field", "small letters", "torn field",
         "field in link", "field in relation", "chunk", "unknown part"],
)  # fmt: skip
def test_dangerous_or_broken_file_is_refused(broken, why):
    found = read_template(broken, KNOWN)
    assert (found.fields, len(found.problems)) == ((), 1)
    assert why in found.problems[0]


def test_values_are_put_in_as_text_and_nothing_names_anybody_in_the_properties():
    content = word_file("{{ person.name }}", "{{ brief.text }}", header="{{ heute }}")
    done = filled(content, {"person.name": "<b>&\x00{{ 7*7 }} ርግኣት", "brief.text": "eins\r\nzwei", "heute": "morgen"})
    assert words_of(done) == ["morgen", "<b>&{{ 7*7 }} ርግኣት", "eins\nzwei"]
    about = Document(io.BytesIO(done)).core_properties
    assert {about.author, about.title, about.last_modified_by, about.comments} == {""}


def test_template_goes_from_upload_to_a_filed_letter(browser, household, actor, now):
    lead = browser("elif")
    file = SimpleUploadedFile("brief.docx", word_file("An {{ person.name }}", "{{ brief.text }}", "{{ termin.tag }}"))
    lead.post(reverse("office_template_new"), {"name": "Hausbrief", "file": file})
    version = next(iter(offered_versions(actor("amira")).values()))
    assert version.fields == ["person.name", "brief.text", "termin.tag"]
    client = browser("amira")
    new = client.get(reverse("letter_new", args=[household.pk]))
    begun = client.post(
        reverse("letter_new", args=[household.pk]), as_shown(new) | {"template": str(version.pk)}, follow=True
    )
    letter = Letter.objects.for_system(reason="test").get()
    client.post(reverse("letter_edit", args=[letter.pk]), as_shown(begun) | {"text": "Bitte kommen."})
    answer = client.get(reverse("letter_word", args=[letter.pk]))
    assert words_of(answer.content)[1:] == ["An Samira Al-Khatib", "Bitte kommen.", "Donnerstag, 12.\u00a0März 2026"]
    assert client.get(reverse("letter_pdf", args=[letter.pk])).status_code == 404
    client.post(reverse("letter_sent", args=[letter.pk]), {"way": "hand", "sent_on": "10.03.2026"})
    letter.refresh_from_db()
    assert words_of(filed_content(letter, actor=actor("amira")))[2] == "Bitte kommen."


def test_newer_file_counts_for_new_letters_only(household, actor, now):
    lead = actor("elif")
    template = templates.keep_template(name="Brief", content=word_file("eins"), by=lead, at=now)
    frame = correspondence(household.pk, actor=actor("amira"), today=now.date())
    first = next(iter(offered_versions(actor("amira")).values()))
    letter = begin_letter(
        subject=frame.subject(None), choice=LetterChoice("", "other", office=first), by=actor("amira"), at=now
    )
    templates.add_template_version(template=template, content=word_file("zwei"), by=lead, at=now)
    assert [row.number for row in offered_versions(actor("amira")).values()] == [2]
    assert letter.office_version.number == 1
    sent = actions.send_letter(
        letter=letter,
        way="mail",
        sent_on=now.date(),
        home=home_of(household, actor=actor("amira")),
        by=actor("amira"),
        at=now,
    )
    assert words_of(filed_content(sent, actor=actor("amira")))[1] == "eins"


def test_template_of_another_office_is_not_offered_and_not_taken(household, actor, now):
    templates.keep_template(name="Brief", content=word_file("x"), by=actor("elif"), at=now)
    version = next(iter(offered_versions(actor("amira")).values()))
    assert offered_versions(actor("goran")) == {}
    OfficeTemplate.objects.update(retired_at=now)
    frame = correspondence(household.pk, actor=actor("amira"), today=now.date())
    version.refresh_from_db()
    version = type(version).objects.select_related("template").get()
    with pytest.raises(BadInput, match="gibt es nicht"):
        begin_letter(
            subject=frame.subject(None), choice=LetterChoice("", "other", office=version), by=actor("amira"), at=now
        )


def test_counsellor_keeps_no_template_and_a_name_is_taken_once(actor, now, db):
    with pytest.raises(NotAllowed):
        templates.keep_template(name="Brief", content=word_file("x"), by=actor("amira"), at=now)
    template = templates.keep_template(name="Brief", content=word_file("x"), by=actor("elif"), at=now)
    with pytest.raises(BadInput, match="gibt es schon"):
        templates.keep_template(name=" Brief ", content=word_file("x"), by=actor("elif"), at=now)
    templates.retire_template(template=template, by=actor("elif"), at=now)
    templates.keep_template(name="Brief", content=word_file("x"), by=actor("elif"), at=now)
    with pytest.raises(BadInput, match="gibt es schon"):
        templates.restore_template(template=template, by=actor("elif"), at=now)


def test_every_unknown_field_is_named_at_the_upload(browser, db):
    file = SimpleUploadedFile("x.docx", word_file("{{ person.nam }}", "{{ termin.datum }}"))
    page = browser("elif").post(reverse("office_template_new"), {"name": "x", "file": file})
    assert page.status_code == 422
    assert [mistake.message[:24] for mistake in page.context["form"].mistakes] == [
        "Das Feld „person.nam“ gi",
        "Das Feld „termin.datum“ ",
    ]


def test_list_costs_the_same_for_one_and_for_three(browser, actor, now, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, costs = browser("elif"), []
    for number in range(3):
        templates.keep_template(name=f"Brief {number}", content=word_file("x"), by=actor("elif"), at=now)
        client.get(reverse("office_template_list"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("office_template_list")).status_code == 200
        costs.append(len(captured))
    assert costs == [costs[0]] * 3
