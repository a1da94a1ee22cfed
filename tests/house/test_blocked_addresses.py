"""A guarded address (§ 51 BMG) leaves the house in no file: every exit is tried with one behind it."""

import io
import zipfile
from typing import Any

import pytest
from django.db import transaction

from wurzelwerk.cases.models import Accommodation

from .test_permission_matrix import EXPECTED
from .world import address, browser

GUARDED = {"street": "Schutzgasse 51", "postcode": "44999", "city": "Schutzstadt", "care_of": "Frau Schutzbund"}
WORDS = (*GUARDED.values(), "Schutzgasse")
FORMATS = ("csv", "xlsx")


@pytest.fixture
def guarded(world, db) -> Any:
    """Every household of the world lives at a guarded address."""
    with transaction.atomic():
        rows = Accommodation.objects.for_system(reason="a test guards every address").filter(until__isnull=True)
        assert rows.update(is_blocked=True, **GUARDED) > 2
        yield world
        transaction.set_rollback(True)


def text_of(answer: Any) -> str:
    """All that can be read in a file or an answer, packed or not."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    if content[:4] == b"%PDF":
        from pypdf import PdfReader

        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode(errors="replace")


def exits(login: str, world: dict) -> dict[str, str]:
    """Return address -> text of every file that somebody of the cast gets: lists as files, documents, interfaces."""
    client, found = browser(login), {}
    names = {name for name, answers in EXPECTED.items() if answers.get(login) == 200}
    for name in sorted(names - {"document_file", "document_download"}):  # papers that somebody filed, as they are
        place = address(name, world["family"])
        page = client.get(place)
        if not page.headers["Content-Type"].startswith("text/html"):
            found[place] = text_of(page)
            continue
        for kind in FORMATS if f"ausgabe={FORMATS[0]}" in page.content.decode() else ():
            found[f"{place}?{kind}"] = text_of(client.get(place, {"ausgabe": kind}))
    return found


@pytest.mark.parametrize("login", ["amira", "elif", "jonas"])
def test_guarded_address_is_in_no_file(guarded, now, login):
    files = exits(login, guarded)
    assert {(place, word) for place, text in files.items() for word in WORDS if word in text} == set()
    assert files


def test_guarded_address_is_shown_to_the_team_so_the_search_of_files_looks_for_what_is_there(guarded, now):
    page = browser("amira").get(address("household", guarded["family"])).content.decode()
    assert [word in page for word in WORDS] == [True] * len(WORDS)


def test_files_are_looked_into(guarded, now):
    """Lists as CSV and as workbook and a release as PDF are among what is tried."""
    places = exits("amira", guarded)
    kinds = {kind: [place for place in places if place.endswith(kind)] for kind in ("?csv", "?xlsx", ".pdf")}
    assert [bool(found) for found in kinds.values()] == [True, True, True]
    assert "Al-Khatib" in places[f"{address('household_list', guarded['family'])}?xlsx"]
