"""Pages of documents: the list with search and filter, filing, the door of the files, versions, removing."""

import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.forms import fill_in
from wurzelwerk.cases.models import Document, DocumentVersion, Household

REASON = "test"
PDF = b"%PDF-1.7 Bescheid"
SAID = {"kind": "notice", "received_on": "10.03.2026", "origin": "Jobcenter"}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def household(open_household) -> Household:
    return Household.objects.for_system(reason=REASON).get(akte=open_household().akte)


@pytest.fixture
def amira(client, user):
    client.force_login(user("amira"))
    return client


def file(name: str = "Bescheid_März.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-anything")


def at(household: Household, name: str = "document_list") -> str:
    return reverse(name, args=[household.pk])


@pytest.fixture
def filed(amira, household):
    """File something by the page; returns the newest document."""

    def file_it(*files, **said) -> Document:
        answer = amira.post(at(household, "document_new"), {**SAID, **said, "files": list(files) or [file()]})
        assert answer.status_code == 302, answer.context["form"].errors
        return Document.objects.for_system(reason=REASON).order_by("-filed_at", "-pk").first()

    return file_it


def test_several_files_become_documents_named_as_they_were(amira, household, filed):
    filed(file(), file("Lohn.txt", b"1.234,50"))
    rows = Document.objects.for_system(reason=REASON)
    assert sorted((row.title, row.kind, row.origin) for row in rows) == [
        ("Bescheid März", "notice", "Jobcenter"), ("Lohn", "notice", "Jobcenter"),
    ]  # fmt: skip
    page = amira.get(at(household)).content.decode()
    assert [word in page for word in ("Bescheid März", "2 Dokumente", "2 Dokumente sind abgelegt.")] == [True] * 3


def test_one_refused_file_leaves_nothing_and_names_itself(amira, household):
    answer = amira.post(at(household, "document_new"), {**SAID, "files": [file(), file("x.exe", b"MZ\x90")]})
    assert answer.status_code == 422
    assert [mistake.message for mistake in answer.context["form"].mistakes] == [
        "„x.exe“ wird nicht angenommen. Möglich sind PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT, ODS und TXT."
    ]
    assert (Document.objects.for_system(reason=REASON).count(), default_storage.exists("akten")) == (0, False)


def test_script_is_answered_file_by_file_and_a_file_sent_twice_is_taken_once(amira, household):
    def send(content: bytes, key: str, last: str = "") -> tuple[int, str]:
        fields = {**SAID, "files": [file(content=content)], "einmal": key, "zuletzt": last}
        answer = amira.post(at(household, "document_new"), fields, headers={"Accept": "application/json"})
        return answer.status_code, json.loads(answer.content).get("sentence", "")

    answers = [send(PDF, "a"), send(PDF, "a"), send(b"MZ", "b"), send(PDF + b"2", "c", last="2")]
    refused = (
        "„Bescheid_März.pdf“ wird nicht angenommen. Möglich sind PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT, ODS und TXT."
    )
    assert answers == [(201, ""), (201, ""), (422, refused), (201, "")]
    assert Document.objects.for_system(reason=REASON).count() == 2
    told = [str(one) for one in amira.get(at(household)).context["messages"]]
    assert told == ["2 Dokumente sind abgelegt."]


def test_what_is_searched_for_stands_in_no_address(amira, household, filed):
    filed(file("Lohn Samira.pdf"), kind="income")
    filed(file("Mahnung.pdf"), kind="bill", origin="Stadtwerke")
    found = {}
    for text in ("SAMIRA lohn", "stadtwerke", "einkommen", "gibt es nicht", "\x00"):
        answer = amira.post(at(household), {"text": text})
        place = answer.headers["Location"]
        assert not any(word in place.casefold() for word in ("samira", "stadtwerke", "einkommen"))
        found[text] = sorted(row.title for row in amira.get(place).context["table"].objects)
    assert found == {
        "SAMIRA lohn": ["Lohn Samira"], "stadtwerke": ["Mahnung"], "einkommen": ["Lohn Samira"],
        "gibt es nicht": [], "\x00": ["Lohn Samira", "Mahnung"],
    }  # fmt: skip


def test_list_filters_by_kind_person_and_day(amira, household, filed):
    samira = household.members.for_system(reason=REASON).first().person_id
    filed(file("Lohn.pdf"), kind="income", person=str(samira))
    filed(file("Mahnung.pdf"), kind="bill", received_on="01.02.2026")
    queries = ["art=income", f"person={samira}", "person=-", "von=01.03.2026", "bis=01.03.2026", "person=quatsch"]
    found = {
        one: [row.title for row in amira.get(f"{at(household)}?{one}").context["table"].objects] for one in queries
    }
    assert found == {
        "art=income": ["Lohn"], f"person={samira}": ["Lohn"], "person=-": ["Mahnung"], "von=01.03.2026": ["Lohn"],
        "bis=01.03.2026": ["Mahnung"], "person=quatsch": ["Lohn", "Mahnung"],
    }  # fmt: skip


def test_list_costs_the_same_for_one_and_for_three(amira, household, filed):
    costs = []
    for number in (1, 2):
        for one in range(number):
            filed(file(f"{number}{one}.pdf"))
        amira.get(at(household))
        with CaptureQueriesContext(connection) as captured:
            amira.get(at(household))
        costs.append(len(captured))
    assert costs == [costs[0], costs[0]]


@pytest.mark.parametrize(
    ("name", "content", "type_", "disposition"),
    [
        ("a.pdf", PDF, "application/pdf", 'inline; filename="Bescheid-2026-03-10.pdf"'),
        ("a.txt", b"<script>x</script>", "text/plain", 'attachment; filename="Bescheid-2026-03-10.txt"'),
    ],
)
def test_file_leaves_by_one_door_that_trusts_nothing_in_it(amira, filed, name, content, type_, disposition):
    row = filed(file(name, content))
    answer = amira.get(reverse("document_file", args=[row.pk, 1]))
    said = {key: answer.headers[key] for key in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")}
    assert said == {
        "Content-Type": type_, "Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"
    }  # fmt: skip
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == content
    loaded = amira.get(reverse("document_download", args=[row.pk, 1]))
    assert loaded.headers["Content-Disposition"].startswith("attachment")
    b"".join(loaded.streaming_content)
    assert amira.get(reverse("document_file", args=[row.pk, 2])).status_code == 404


def test_file_that_is_lost_is_not_found_and_page_still_opens(amira, filed):
    row = filed()
    default_storage.delete(DocumentVersion.objects.for_system(reason=REASON).get().file.name)
    answers = [amira.get(reverse(name, args=args)).status_code for name, args in (
        ("document_file", [row.pk, 1]), ("document", [row.pk]))]  # fmt: skip
    assert answers == [404, 200]


def test_new_version_is_shown_first_and_the_former_one_opens(amira, filed):
    row = filed()
    place = reverse("document_version_new", args=[row.pk])
    again = amira.post(place, {"files": [file()]})
    assert [one.message for one in again.context["form"].mistakes] == ["Genau diese Datei ist schon da: Fassung 1."]
    amira.post(place, {"files": [file(content=PDF + b"2")], "remark": "unterschrieben"})
    page = amira.get(reverse("document", args=[row.pk]))
    assert [line.version.number for line in page.context["versions"]] == [2, 1]
    former = amira.get(reverse("document_file", args=[row.pk, 1]))
    assert b"".join(former.streaming_content) == PDF
    version = page.context["latest"].version
    amira.post(reverse("version_remove", args=[version.pk]))
    assert amira.get(reverse("document_file", args=[row.pk, 2])).status_code == 404
    amira.post(reverse("version_restore", args=[version.pk]))
    opened = amira.get(reverse("document_file", args=[row.pk, 2]))
    assert b"".join(opened.streaming_content) == PDF + b"2"


def test_removed_document_is_gone_everywhere_and_comes_back(amira, household, filed):
    row = filed()
    amira.post(reverse("document_remove", args=[row.pk]))
    places = [reverse("document", args=[row.pk]), reverse("document_file", args=[row.pk, 1]),
              reverse("document_edit", args=[row.pk])]  # fmt: skip
    assert [amira.get(place).status_code for place in places] == [404] * 3
    page = amira.get(at(household))
    assert ([one.title for one, _until in page.context["removed"]], page.context["table"].objects) == (
        ["Bescheid März"], [],
    )  # fmt: skip
    assert "wird nach dem 09.04.2026" in " ".join(page.content.decode().split())
    amira.post(reverse("document_restore", args=[row.pk]))
    assert amira.get(places[0]).status_code == 200


def test_words_of_a_document_are_changed_and_a_wrong_one_says_where(amira, household, filed):
    row = filed()
    place = reverse("document_edit", args=[row.pk])
    wrong = fill_in(amira, place, {**SAID, "title": "x" * 161, "received_on": "11.03.2026"})
    assert [mistake.target for mistake in wrong.context["form"].mistakes] == ["id_title", "id_received_on"]
    fill_in(amira, place, {**SAID, "title": "<b>Bescheid</b>", "language": "ar", "is_proof": "on"})
    page = amira.get(reverse("document", args=[row.pk])).content.decode()
    assert ("&lt;b&gt;Bescheid&lt;/b&gt;" in page, "<b>Bescheid" in page, "Arabisch" in page) == (True, False, True)
