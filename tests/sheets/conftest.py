"""Lists as offices write them, sent and taken in by people of the cast."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from wurzelwerk.network.models import User
from wurzelwerk.sheets.models import Sheet, SheetLine

HEAD = "Vorname;Nachname;Geburtsdatum;Telefon;Haushalt;Beziehung"


def csv_of(*lines: str, head: str = HEAD) -> bytes:
    """A CSV file as a German office writes it."""
    return "\r\n".join([head, *lines]).encode("cp1252")


def lines_of(sheet: Sheet) -> list[SheetLine]:
    return list(SheetLine.objects.for_system(reason="test").filter(sheet=sheet).order_by("number"))


def verdicts(sheet: Sheet) -> dict[int, str]:
    return {line.number: line.verdict for line in lines_of(sheet)}


def remarks(sheet: Sheet, number: int) -> list[str]:
    [line] = [line for line in lines_of(sheet) if line.number == number]
    return [text for _place, text, _refuses in line.remarks]


class Desk:
    """Somebody who sends lists; what is asked of the background is done at once."""

    def __init__(self, login: str, executed: Callable) -> None:
        self.client, self.executed = Client(), executed
        self.client.force_login(User.objects.get(username=login))

    def post(self, address: str, data: dict | None = None):
        with self.executed(execute=True):
            return self.client.post(address, data or {})

    def send(self, content: bytes, name: str = "liste.csv", kind: str = "people"):
        """Upload a file; returns the answer."""
        return self.post("/listen/", {"kind": kind, "file": SimpleUploadedFile(name, content)})

    def sheet(self) -> Sheet:
        """The latest list."""
        return Sheet.objects.for_system(reason="test").order_by("-sent_at", "-pk").first()

    def map(self, **changed: str) -> Sheet:
        """Confirm the proposed columns, some of them changed; returns the list, checked."""
        sheet = self.sheet()
        address = f"/listen/{sheet.pk}/spalten/"
        form = self.client.get(address).context["form"]
        data = {name: form[name].value() or "" for name in form.fields}
        shown = f"{form.layout.table}-{'keine' if form.layout.head is None else form.layout.head}"
        answer = self.post(address, data | {"gezeigt": shown} | changed)
        assert answer.status_code == 302, answer.context["form"].errors
        return self.sheet()

    def checked(self, content: bytes, name: str = "liste.csv", kind: str = "people", **changed: str) -> Sheet:
        """Upload a file and confirm its columns."""
        answer = self.send(content, name, kind)
        assert answer.status_code == 302, answer.context["form"].errors
        return self.map(**changed) if answer.url.endswith("/spalten/") else self.sheet()

    def take(self, sheet: Sheet) -> Sheet:
        """Take a checked list in."""
        self.post(f"/listen/{sheet.pk}/uebernehmen/")
        return self.sheet_again(sheet)

    def back(self, sheet: Sheet) -> Sheet:
        """Take a list back."""
        self.post(f"/listen/{sheet.pk}/zuruecknehmen/")
        return self.sheet_again(sheet)

    def sheet_again(self, sheet: Sheet) -> Sheet:
        return Sheet.objects.for_system(reason="test").get(pk=sheet.pk)


@pytest.fixture
def amira(city, files_kept, django_capture_on_commit_callbacks) -> Desk:
    """A counsellor who sends lists."""
    return Desk("amira", django_capture_on_commit_callbacks)


@pytest.fixture
def desk(city, files_kept, django_capture_on_commit_callbacks) -> Callable[[str], Desk]:
    """Return whoever of the cast sends lists."""
    return lambda login: Desk(login, django_capture_on_commit_callbacks)


@pytest.fixture
def files_kept(settings, tmp_path):
    """Uploads lie in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
