"""Documents of an Akte: what is taken, how it is kept, who reads it, how it goes and comes back."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases import document_files as files
from wurzelwerk.cases.actions import DocumentData
from wurzelwerk.cases.merge_sides import proposed_pairs, side_of
from wurzelwerk.cases.models import Document, DocumentVersion, Household
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.grants import Terms, open_scopes
from wurzelwerk.trust.models import Circle
from wurzelwerk.trust.scopes import Basis, Scope

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
REASON = "test"
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(open_household):
    return open_household()


@pytest.fixture
def filed(case, actor, now):
    """File a document in the case's Akte."""

    def file(content: bytes = PDF, *, login: str = "amira", about=None, note=None, **said):
        data = DocumentData(**{"title": "Bescheid", "kind": "notice", "received_on": TODAY} | said)
        subject = about or case
        prepared = files.prepare(content, name="scan.pdf", on=TODAY)
        return cases.file_document(
            akte=subject.akte, case=subject, file=prepared, data=data, attached_to=note, by=actor(login), at=now
        )

    return file


def stored() -> list[str]:
    """The names of all files in the storage."""
    folders = [f"akten/{one}" for one in default_storage.listdir("akten")[0]] if default_storage.exists("akten") else []
    return [f"{folder}/{name}" for folder in folders for name in default_storage.listdir(folder)[1]]


def packed(*names: str, said: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        if said:
            out.writestr("mimetype", said)
        for name in names:
            out.writestr(name, "x")
    return target.getvalue()


def photo(kind: str = "JPEG") -> bytes:
    picture, target = Image.new("RGB", (60, 40), "red"), io.BytesIO()
    exif = picture.getexif()
    exif[0x010F] = "Telefon von Samira"
    picture.save(target, kind, exif=exif)
    return target.getvalue()


# -- what is taken ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        ("scan.exe", PDF, "pdf"),
        ("foto", photo(), "jpg"),
        ("bild.png", photo("PNG"), "png"),
        ("bild.webp", photo("WEBP"), "jpg"),
        ("brief.docx", packed("word/document.xml"), "docx"),
        ("liste", packed("xl/workbook.xml"), "xlsx"),
        ("brief.odt", packed(said=b"application/vnd.oasis.opendocument.text"), "odt"),
        ("zettel.TXT", "Grüße".encode("cp1252"), "txt"),
    ],
)
def test_file_is_known_by_what_is_in_it(name, content, ending):
    assert files.prepare(content, name=name, on=TODAY).type.ending == ending


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("leer.pdf", b"", "„leer.pdf“ ist leer."),
        ("groß.pdf", PDF + b"x" * 20_000_000, "„groß.pdf“ ist größer als 20 MB."),
        ("programm.pdf", b"MZ\x90\x00", None),
        ("start.bat", b"del *.*", None),
        ("seite.html", b"<script>alert(1)</script>", None),
        ("zettel.txt", b"a\x00b", None),
        ("bild.svg", b"<svg onload='x()'/>", None),
        ("archiv.pdf", packed("irgendwas.exe"), None),
        ("brief.docm", packed("word/document.xml", "word/vbaProject.bin"), "„brief.docm“ enthält Makros, also ein "
         "Programm. Bitte ohne Makros oder als PDF speichern."),
        ("kaputt.docx", b"PK\x03\x04kaputt", "„kaputt.docx“ ist beschädigt und lässt sich nicht öffnen."),
        ("kaputt.jpg", b"\xff\xd8\xff\xe0kaputt", "„kaputt.jpg“ ist beschädigt und lässt sich nicht öffnen."),
        ("bild.heic", b"\x00\x00\x00\x18ftypheic", "„bild.heic“ ist ein HEIC-Bild. Bitte als JPEG aufnehmen (Kamera: "
         "„Maximale Kompatibilität“)."),
    ],
)  # fmt: skip
def test_file_that_is_not_taken_says_why(name, content, sentence):
    with pytest.raises(BadInput) as refused:
        files.prepare(content, name=name, on=TODAY)
    other = f"„{name}“ wird nicht angenommen. Möglich sind PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT, ODS und TXT."
    assert refused.value.message == (sentence or other)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_camera_adds_is_not_kept(kind):
    content = photo(kind)
    assert b"Telefon von Samira" in content
    kept = files.prepare(content, name="foto", on=TODAY)
    assert b"Telefon von Samira" not in kept.content
    assert kept.content != content


def test_first_title_is_the_name_without_its_ending():
    assert files.prepare(PDF, name="../a/Bescheid_vom\x00 3.4.pdf", on=TODAY).title == "Bescheid vom 3.4"


# -- filing ----------------------------------------------------------------------------------------------------------


def test_document_is_filed_with_its_first_version_and_a_fact(filed, case, actor):
    document = filed(title="  Bescheid \n Wohngeld ", origin="Wohngeldstelle", language="de")
    version = document.versions.visible_to(actor("bernd")).get()
    assert (document.title, document.case_id, document.circle_id) == ("Bescheid Wohngeld", case.pk, case.circle_id)
    assert (version.number, version.content_type, version.size) == (1, "application/pdf", len(PDF))
    assert default_storage.open(version.file.name).read() == PDF
    assert ("Bescheid" in version.file.name, "." in version.file.name) == (False, False)
    assert check_facts() == []


@pytest.mark.parametrize(
    ("said", "field"),
    [({"title": " "}, "title"), ({"title": "x" * 161}, "title"), ({"origin": "x" * 121}, "origin"),
     ({"kind": "nothing"}, "kind"), ({"language": "??"}, "language"), ({"received_on": date(2026, 3, 11)}, "received_on")],
)  # fmt: skip
def test_refusal_names_its_field_and_leaves_no_file(filed, said, field):
    with files.kept_files(), pytest.raises(BadInput) as refused:
        filed(**said)
    assert (refused.value.field, stored(), Document.objects.for_system(reason=REASON).count()) == (field, [], 0)


def test_person_of_another_household_is_refused(filed, open_household, now):
    other = Household.objects.for_system(reason=REASON).get(akte=open_household("carla").akte)
    stranger = other.members.for_system(reason=REASON).first().person_id
    with pytest.raises(BadInput) as refused:
        filed(person=stranger)
    assert refused.value.message == "Diese Person gehört nicht zu diesem Haushalt."


def test_neither_strangers_nor_a_closed_case_take_documents(filed, case, actor, now):
    with pytest.raises(NotAllowed):
        filed(login="carla")
    cases.close_case(case=case, by=actor("amira"), at=now)
    with pytest.raises(WrongState):
        filed()


@pytest.mark.django_db(transaction=True)
def test_no_file_stays_where_the_transaction_fails(filed, city):
    document = filed()
    before = stored()
    with pytest.raises(RuntimeError), files.kept_files(), transaction.atomic():
        filed()
        assert len(stored()) == 2
        raise RuntimeError("the line is dead")
    with files.kept_files():
        filed()
        try:
            with transaction.atomic():
                filed(title="")
        except BadInput:
            assert len(stored()) == 2
    rows = DocumentVersion.objects.for_system(reason=REASON)
    assert set(before) < set(stored()) == set(rows.values_list("file", flat=True))
    assert rows.count() == 2
    assert document.pk in set(rows.values_list("document", flat=True))


# -- versions --------------------------------------------------------------------------------------------------------


def test_new_version_leaves_the_former_one_as_it_was(filed, actor, now):
    by, document = actor("amira"), filed()
    newer = files.prepare(PDF + b"neu", name="neu.pdf", on=TODAY)
    cases.add_version(document=document, file=newer, remark="Seite 2 ergänzt", by=by, at=now)
    found = list(document.versions.visible_to(by))
    assert [(one.number, default_storage.open(one.file.name).read()) for one in found] == [(2, PDF + b"neu"), (1, PDF)]
    with pytest.raises(BadInput) as refused:
        cases.add_version(document=document, file=newer, by=by, at=now)
    assert refused.value.message == "Genau diese Datei ist schon da: Fassung 2."


def test_wrong_version_goes_and_comes_back_but_never_the_only_one(filed, actor, now):
    by, document = actor("amira"), filed()
    wrong = cases.add_version(document=document, file=files.prepare(PDF + b"2", name="", on=TODAY), by=by, at=now)
    cases.remove_version(version=wrong, by=by, at=now)
    only = document.versions.visible_to(by).get(number=1)
    with pytest.raises(WrongState) as refused:
        cases.remove_version(version=only, by=by, at=now)
    assert refused.value.message == "Das ist die einzige Fassung. Entfernen Sie das ganze Dokument."
    third = cases.add_version(document=document, file=files.prepare(PDF + b"3", name="", on=TODAY), by=by, at=now)
    cases.restore_version(version=wrong, by=by, at=now)
    assert (third.number, wrong.removed_at) == (3, None)


# -- removing --------------------------------------------------------------------------------------------------------


def test_removed_document_comes_back_within_its_days_and_is_deleted_afterwards(
    filed, actor, now, django_capture_on_commit_callbacks
):
    by, house = actor("amira"), Actor.system("nightly")
    stays, goes = filed(), filed()
    extra = cases.add_version(document=stays, file=files.prepare(PDF + b"2", name="", on=TODAY), by=by, at=now)
    cases.remove_document(document=goes, by=by, at=now)
    with pytest.raises(WrongState):
        cases.change_document(document=goes, data=DocumentData("x", "notice", TODAY), by=by, at=now)
    cases.restore_document(document=goes, by=by, at=now)
    cases.remove_document(document=goes, by=by, at=now)
    cases.remove_version(version=extra, by=by, at=now)
    counts = []
    for days in (29, 30, 31):
        with django_capture_on_commit_callbacks(execute=True):
            counts.append(cases.clear_removed_documents(by=house, at=now + timedelta(days=days, seconds=days - 30)))
        assert len(stored()) == (3 if days < 31 else 1)
    rows = DocumentVersion.objects.for_system(reason=REASON)
    assert (counts, [row.document_id for row in rows], stored()) == ([0, 0, 2], [stays.pk], [rows.get().file.name])
    with pytest.raises(NotAllowed):
        cases.clear_removed_documents(by=by, at=now)


def test_file_that_no_row_names_is_swept_after_a_day(filed, django_capture_on_commit_callbacks):
    filed()
    named = stored()
    files.store(files.prepare(PDF, name="", on=TODAY))
    for at in (timezone.now(), timezone.now() + timedelta(days=2)):
        with django_capture_on_commit_callbacks(execute=True):
            cases.clear_removed_documents(by=Actor.system("nightly"), at=at)
    assert stored() == named


@pytest.mark.parametrize("column", ["title", "file"])
def test_database_refuses_a_document_without_title_and_a_version_without_file(filed, column):
    document = filed()
    row = document if column == "title" else document.versions.for_system(reason=REASON).get()
    setattr(row, column, "")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


# -- who reads it ----------------------------------------------------------------------------------------------------


def test_release_opens_proofs_alone_and_of_a_person_only_with_the_own_one(filed, case, actor, now):
    by = actor("amira")
    household = Household.objects.for_system(reason=REASON).get(akte=case.akte)
    released, other = [row.person_id for row in household.members.visible_to(by)[:2]]
    consent = trust.prepare_release(
        akte=case.akte, subject=released, receiver=Organisation.objects.get(code="ankerplatz"), purpose="housing",
        stages=["chosen"], language="de", valid_until=date(2027, 1, 1), by=by, at=now,
    )  # fmt: skip
    trust.record_signature(consent=consent, signed_on=TODAY, by=by, at=now)
    filed(title="Journalfoto")
    filed(title="WBS", is_proof=True)
    filed(title="Lohn der einen", is_proof=True, person=released)
    filed(title="Lohn der anderen", is_proof=True, person=other)
    cases.remove_document(document=filed(title="alter WBS", is_proof=True), by=by, at=now)
    placer = actor("jonas")
    circle = next(iter(placer.home_circles(Scope.DOCUMENTS)))
    terms = Terms("housing", Basis.CONSENT, "Freigabe", date(2027, 1, 1), None)
    open_scopes(
        akte=case.akte, circle=Circle.objects.get(pk=circle), scopes=frozenset({Scope.DOCUMENTS}), terms=terms, at=now
    )
    seen = Document.objects.visible_to(actor("jonas"))
    assert sorted(seen.values_list("title", flat=True)) == ["Lohn der einen", "WBS"]
    files_seen = DocumentVersion.objects.visible_to(actor("jonas")).values_list("document__title", flat=True)
    assert sorted(files_seen) == ["Lohn der einen", "WBS"]
    assert [list(Document.objects.visible_to(actor(login))) for login in ("carla", "goran", "frieda")] == [[], [], []]


# -- two Akten become one --------------------------------------------------------------------------------------------


def test_documents_travel_with_a_merge_and_back(filed, case, open_household, actor, now):
    by, double = actor("amira"), open_household()
    note = cases.write_note(case=double, kind="conversation", theme="housing", text="x", occurred_at=now, by=by, at=now)
    ours, theirs = filed(), filed(about=double, note=note)
    kept, dropped = (Household.objects.visible_to(by).get(akte=one.akte) for one in (case, double))
    choice = cases.MergeChoice(proposed_pairs(side_of(kept), side_of(dropped)))
    merge = cases.merge_households(kept=kept, dropped=dropped, choice=choice, by=by, at=now)
    for row in (theirs, theirs.versions.for_system(reason=REASON).get()):
        row.refresh_from_db(from_queryset=type(row).objects.for_system(reason=REASON))
        assert (row.akte_id, row.circle_id) == (case.akte_id, case.circle_id)
    assert (theirs.case_id, theirs.attached_to_id) == (case.pk, note.pk)
    assert set(Document.objects.visible_to(by).values_list("pk", flat=True)) == {ours.pk, theirs.pk}
    cases.unmerge_households(merge=merge, by=by, at=now)
    theirs.refresh_from_db(from_queryset=Document.objects.for_system(reason=REASON))
    assert (theirs.akte_id, theirs.case_id) == (double.akte_id, double.pk)
