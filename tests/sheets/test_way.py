"""The way of a list: columns remembered, naughty text kept, files of every form given back, lists forgotten in time."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from wurzelwerk.cases.models import Person
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.sheets.enums import State
from wurzelwerk.sheets.keeping import forget
from wurzelwerk.sheets.models import Sheet, SheetLine, SheetShape
from wurzelwerk.sheets.reading import read

from .conftest import csv_of, lines_of, verdicts
from .test_reading import NAUGHTY, book, ods

ROWS = [["Vorname", "Nachname", "Geburtsdatum"], *([text, "Probe", "31.02.1990"] for text in NAUGHTY)]


def naughty_csv(rows: list[list[str]]) -> bytes:
    import csv

    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";").writerows(rows)
    return buffer.getvalue().encode("utf-8")


@pytest.mark.parametrize(("form", "write"), [("xlsx", book), ("ods", ods), ("csv", naughty_csv)])
def test_refused_rows_come_back_in_the_form_they_were_sent_unchanged(amira, form, write):
    sheet = amira.checked(write(ROWS), f"liste.{form}")
    assert set(verdicts(sheet).values()) == {"refused"}
    answer = amira.client.get(reverse("sheet_refused", args=[sheet.pk]))
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    found = read(answer.content)
    assert (found.form, [row[:-1] for row in found.tables[0].rows]) == (form, ROWS)
    assert {row[-1] for row in found.tables[0].rows[1:]} == {"Geburtsdatum: Den 31.02.1990 gibt es im Kalender nicht."}


def test_naughty_names_are_stored_and_shown_as_they_were_typed(amira):
    rows = [["Vorname", "Nachname"], *([text, "Probe"] for text in NAUGHTY)]
    sheet = amira.checked(book(rows), "liste.xlsx")
    page = amira.client.get(reverse("sheet", args=[sheet.pk])).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page
    amira.post(reverse("sheet_choose", args=[sheet.pk]), {"alle": "take", "von": "twice"})
    amira.take(sheet)
    stored = Person.objects.for_system(reason="test").values_list("given_name", flat=True)
    assert sorted(stored) == sorted(NAUGHTY)


def test_second_file_with_the_same_head_needs_no_mapping(amira, desk):
    head = "Vorname;Spalte X;Bemerkung"
    amira.checked(csv_of("Ali;Can;egal", head=head), column_1="family_name")
    second = amira.send(csv_of("Bea;Demir;egal", head=head), "zweite.csv")
    assert second.url == reverse("sheet", args=[amira.sheet().pk])
    assert (amira.sheet().state, amira.sheet().columns) == (State.CHECKED, ["given_name", "family_name", ""])
    carla = desk("carla")  # another site of the same body
    carla.send(csv_of("Cem;Esen;egal", head=head), "dritte.csv")
    assert carla.sheet().columns == ["given_name", "family_name", ""]
    assert SheetShape.objects.count() == 1


def test_another_head_is_proposed_anew_and_missing_names_are_said(amira):
    amira.send(csv_of("Ali;Can;1.1.1990;;;"))
    address = reverse("sheet_columns", args=[amira.sheet().pk])
    shown = amira.client.post(address, {"head": "keine", "gezeigt": "0-0"})
    assert (shown.status_code, shown.context["form"].layout.head) == (200, None)
    nothing = {f"column_{place}": "" for place in range(6)} | {"head": "0", "gezeigt": "0-0", "option": "alone"}
    answer = amira.client.post(address, nothing)
    assert [str(mistake.message) for mistake in answer.context["form"].mistakes] == [
        "Bitte ordnen Sie die Spalte mit dem Namen zu."
    ]


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1alt", b"PK\x03\x04kaputt"])
def test_file_that_cannot_be_read_is_refused_at_its_field(amira, content):
    answer = amira.send(content)
    assert (answer.status_code, len(answer.context["form"].errors["file"])) == (422, 1)
    assert Sheet.objects.for_system(reason="test").count() == 0


def test_list_is_forgotten_in_time_and_what_it_brought_stays(amira, now, files_kept):
    amira.take(amira.checked(csv_of("Ali;Can;1.1.1990;;;")))
    amira.checked(csv_of("Bea;Demir;1.1.1990;;;"), "zweite.csv")
    assert (
        len([path for path in files_kept.rglob("*") if path.is_file()]) == 1
    )  # the first file went when it was taken in
    assert forget(at=now + timedelta(days=29)) == 0
    assert forget(at=now + timedelta(days=31)) == 2
    assert (SheetLine.objects.for_system(reason="test").count(), Person.objects.for_system(reason="test").count()) == (
        0,
        1,
    )
    assert check_facts() == []


def test_run_that_stopped_is_taken_back_at_night(amira, now, monkeypatch):
    from wurzelwerk.sheets import jobs

    sheet = amira.checked(csv_of("Ali;Can;1.1.1990;;;"))
    monkeypatch.setattr(jobs, "record_taken_in", lambda **_given: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        amira.take(sheet)
    assert Person.objects.for_system(reason="test").count() == 1
    forget(at=now + timedelta(hours=1))
    assert Person.objects.for_system(reason="test").count() == 0
    assert amira.sheet().message == "Die Übernahme wurde unterbrochen. Es wurde nichts übernommen."
    assert check_facts() == []


def test_pages_cost_the_same_for_one_row_and_for_many(amira, django_assert_max_num_queries):
    sheet = amira.checked(csv_of(*(f"Person{n};Probe{n};1.1.19{50 + n};;;" for n in range(40))))
    assert len(lines_of(sheet)) == 40
    with django_assert_max_num_queries(10):
        amira.client.get(reverse("sheet", args=[sheet.pk]))
    with django_assert_max_num_queries(8):
        amira.client.get(reverse("sheet_list"))


def test_workbook_written_for_correction_holds_no_formula(amira):
    sheet = amira.checked(book(ROWS), "liste.xlsx")
    content = amira.client.get(reverse("sheet_refused", args=[sheet.pk])).content
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
