"""Files come by drop, paste and choice, go one by one, and what is refused stays with its sentence; the pages stand."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from wurzelwerk.cases.models import Document, Household
from wurzelwerk.trust.actor import Actor

from .chromium import needs_browser
from .desk import NARROW

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]

HANDED = """(target, [type, files]) => {
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name, {type: "application/pdf", lastModified: 1}));
    const said = {bubbles: true, cancelable: true};
    target.dispatchEvent(type === "paste" ? new ClipboardEvent("paste", {...said, clipboardData: data})
        : new DragEvent("drop", {...said, dataTransfer: data}));
}"""


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def household(open_household) -> Household:
    """The household of five in Amira's team."""
    case = open_household()
    return Household.objects.visible_to(Actor.of(get_user_model().objects.get(username="amira"))).get(akte=case.akte)


def titles() -> list[str]:
    return sorted(Document.objects.for_system(reason="test").values_list("title", flat=True))


def test_files_are_dropped_pasted_and_filed_one_by_one(desk, household):
    amira = desk("amira").visit("document_list", household.pk).stands("Dokumente")
    field = amira.page.locator("ww-upload")
    field.evaluate(HANDED, ["drop", [["Bescheid.pdf", "%PDF-1.7 a"], ["Programm.pdf", "MZ"]]])
    amira.page.locator("body").evaluate(HANDED, ["paste", [["image.png", "%PDF-1.7 b"]]])
    lines = field.locator("li")
    expect(lines).to_have_count(3)
    amira.choose("Art", "Bescheid").press("Ablegen")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("„Programm.pdf“ wird nicht angenommen.")
    assert titles() == ["Bescheid", "Eingefügtes Bild 3"]
    amira.stands()
    amira.press("Entfernen: Programm.pdf", within=field)
    expect(lines).to_have_count(0)
    amira.page.set_input_files("ww-upload > input[type=file]", {"name": "Lohn.txt", "mimeType": "", "buffer": b"1.200"})
    amira.press("Ablegen").reads("Das Dokument ist abgelegt.", "3 Dokumente")
    amira.follow("Lohn").stands("Lohn")


@pytest.mark.parametrize("width", [NARROW])
def test_entry_takes_what_is_pasted_and_its_pages_stand_on_a_telephone(desk, household, width):
    amira = desk("amira", width=width).visit("note_new", household.pk).stands("Journaleintrag schreiben")
    expect(amira.page.get_by_text("Foto aufnehmen")).to_have_count(1)
    amira.choose("Art", "Telefonat").choose("Thema", "Arbeit").fill({"Eintrag": "Sie schickt die Kündigung."})
    amira.page.get_by_label("Eintrag", exact=True).evaluate(HANDED, ["paste", [["Kündigung.pdf", "%PDF-1.7 k"]]])
    amira.submit("Speichern", "Der Eintrag steht im Journal.")
    assert titles() == ["Kündigung"]
    amira.visit("journal", household.pk).reads("Sie schickt die Kündigung.").stands("Journal")
    amira.follow("Ändern: Telefonat 10.03.2026").stands("Eintrag ändern")
    amira.visit("plan", household.pk).stands("Plan").visit("news").stands("Was ist neu")
    amira.visit("document_new", household.pk).stands("Dokumente ablegen")
