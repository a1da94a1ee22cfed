"""What people type comes back as they typed it: shown, found, taken out as a file, printed."""

import csv
import html
import io
import re
import unicodedata
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.naughty import EVERY, FORMULAS, NAMES, SIGNS, UNPRINTABLE
from wurzelwerk.base import asked
from wurzelwerk.base.documents import TextNotPrintable
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import HelperData, MemberData
from wurzelwerk.cases.models import Appointment, Case, Household
from wurzelwerk.letters.actions import LetterChoice, LetterText, begin_letter, change_letter
from wurzelwerk.letters.queries import correspondence
from wurzelwerk.letters.sheet import letter_pdf
from wurzelwerk.portal.slip import Slip, render_slip

SHAPED = re.compile("[\u0590-\u07ff\u0e00-\u0e7f\u1ea0-\u1eff]")
"""Laid on the page in the order of the eye, joined, or put together of a letter and its marks: letters are compared."""


@pytest.fixture
def client(user) -> Client:
    client = Client()
    client.force_login(user("amira"))
    return client


@pytest.fixture
def family(open_household) -> tuple[Case, Household]:
    """A case and its household."""
    case = open_household()
    return case, Household.objects.for_system(reason="test").get(akte=case.akte)


@pytest.fixture
def filled(family, actor, now) -> tuple[Case, Household]:
    """The household, in whose journal, plan, tasks and circle every text stands."""
    case, household = family
    by = actor("amira")
    need = cases.note_need(case=case, kind="housing", by=by, at=now)
    for text in EVERY:
        cases.write_note(
            case=case, kind="conversation", theme="housing", text=text, occurred_at=now, minutes=5, by=by, at=now
        )
        cases.agree_goal(need=need, text=text, by=by, at=now)
        cases.set_task(case=case, title=text, due_on=now.date(), by=by, at=now)
        helper = HelperData(name=text, role="school", body=text, since=now.date())
        cases.add_helper(household=household, helper=helper, by=by, at=now)
    return case, household


def shown(client: Client, name: str, *args: object) -> str:
    """What a page shows, without its markup."""
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return html.unescape(re.sub(r"<[^>]*>", "", answer.content.decode()))


@pytest.mark.parametrize("page", ["plan", "support_circle", "household"])
def test_every_text_is_shown_as_it_was_typed(filled, client, page):
    text = shown(client, page, filled[1].pk)
    assert [one for one in EVERY if one not in text] == []


def test_every_text_is_found_in_the_journal_and_shown_there(filled, client):
    address = reverse("journal", args=[filled[1].pk])
    for text in EVERY:
        found = client.post(address, {asked.TEXT: text}, follow=True)
        assert text in {line.note.text for line in found.context["lines"]}
        assert html.escape(text) in found.content.decode()


def test_names_of_every_kind_are_shown_found_and_exported(open_household, client):
    for name in EVERY:
        open_household(members=[MemberData(given_name="Ada", family_name=name)])
    lists = {"ausgabe": "csv"}
    rows = list(csv.reader(io.StringIO(client.get("/haushalte/", lists).content.decode("utf-8-sig")), delimiter=";"))
    named = {row[0] for row in rows[1:]}
    assert named == {f"'{name}" if name in FORMULAS else name for name in EVERY}  # guarded, else unchanged
    book = b"".join(client.get("/haushalte/", {"ausgabe": "xlsx"}).streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert {(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)} == {(name, "s") for name in EVERY}
    household = Household.objects.for_system(reason="test")
    for name in NAMES:
        answer = client.post("/haushalte/", {"name": name}, follow=True)
        assert household.get(name=name).name in html.unescape(answer.content.decode())
        found = client.post(reverse("search"), {"q": f"Ada {name}"}, follow=True).content.decode()
        assert f"Ada {name}" in html.unescape(found), name


def printed(content: bytes) -> str:
    """The text of a PDF without blanks."""
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def assert_printed(content: bytes, text: str) -> None:
    on_paper, wanted = printed(content), squeezed(text)
    if SHAPED.search(text):
        assert not set(wanted) - set(on_paper)
    else:
        assert wanted in on_paper


@pytest.fixture
def print_letter(family, actor, now) -> Callable[[str], bytes]:
    """Return a function: text -> a letter in which it stands, as PDF."""
    _case, household = family
    by = actor("amira")
    frame = correspondence(household.pk, actor=by, today=now.date())
    person = household.members.visible_to(by).select_related("person")[0].person

    def letter_of(text: str) -> bytes:
        letter = begin_letter(subject=frame.subject(person), choice=LetterChoice("free", "person"), by=by, at=now)
        said = LetterText(
            address="Ada\nWeg 1\n44145 Dortmund", dated_on=now.date(), subject="x", salutation="y", text=text
        )
        letter = change_letter(letter=letter, text=said, home=None, by=by, at=now)
        return letter_pdf([letter], authors={letter.author_id: letter.author}, at=now)

    return letter_of


@pytest.mark.parametrize("text", [*NAMES, *SIGNS, *FORMULAS])
def test_letter_prints_what_was_typed(print_letter, text):
    assert_printed(print_letter(text), text)


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_no_font_holds_is_said_instead_of_printed_otherwise(print_letter, text):
    with pytest.raises(TextNotPrintable, match="lässt sich nicht drucken"):
        print_letter(text)


def test_plan_prints_what_was_typed(family, client, actor, now):
    case, household = family
    by = actor("amira")
    need = cases.note_need(case=case, kind="housing", by=by, at=now)
    for text in (*NAMES, *SIGNS, *FORMULAS):
        cases.agree_goal(need=need, text=text, by=by, at=now)
    content = client.get(reverse("plan_pdf", args=[household.pk])).content
    for text in (*NAMES, *SIGNS, *FORMULAS):
        assert_printed(content, text)


def test_slip_prints_the_place_as_it_was_typed(family, actor, now):
    case, _household = family
    for text in (*NAMES, *SIGNS, *FORMULAS):
        row = Appointment(case=case, kind="office", starts_at=now, ends_at=now, place=text, host=case.lead)
        slip = Slip(appointment=row, place=None, office=None, link="", made_at=now)
        assert_printed(render_slip(slip, language="de"), text)
