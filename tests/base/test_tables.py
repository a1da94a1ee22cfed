"""Lists: filter, sorting, paging, files."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import RequestFactory

from wurzelwerk.base import exports, paging, tables
from wurzelwerk.base.gallery import SampleTable, samples


def table_for(query: str = "", rows: list | None = None) -> SampleTable:
    """Return the sample list for a query string."""
    return SampleTable(rows=samples() if rows is None else rows, request=RequestFactory().get(f"/?{query}"))


def test_first_page_shows_25_of_60():
    table = table_for()
    assert len(table.rows) == 25
    assert table.count_text == "60 Wohnungen"
    assert table.page.text == "1 bis 25"
    assert table.page.numbers == [(1, ""), (2, "?seite=2"), (3, "?seite=3")]
    assert (table.page.previous_url, table.page.next_url) == ("", "?seite=2")


@pytest.mark.parametrize("asked", ["99", "3"])
def test_page_behind_the_end_is_the_last(asked):
    table = table_for(f"seite={asked}")
    assert (table.page.number, len(table.rows), table.page.next_url) == (3, 10, "")


@pytest.mark.parametrize("asked", ["0", "-1", "x", "1e3", "²", "9999999999"])
def test_page_that_is_no_number_is_the_first(asked):
    assert table_for(f"seite={asked}").page.number == 1


def test_sorting_turns_round_and_puts_the_unknown_last():
    table = table_for("sortierung=-free_from")
    days = [row.free_from for row in table.found]
    known = [day for day in days if day]
    assert known == sorted(known, reverse=True)
    assert days[len(known) :] == [None] * (60 - len(known))
    head = next(head for head in table.heads if head.label == "Frei ab")
    assert (head.direction, head.url) == ("descending", "?sortierung=free_from")


def test_sorting_by_something_unknown_takes_the_usual_order():
    table = table_for("sortierung=geheim")
    assert table.sorted_by[0].key == "address"


def test_filter_narrows_and_shows_its_chip():
    table = table_for("district=Eving&rent=600,00&seite=2")
    assert {row.district for row in table.found} == {"Eving"}
    assert max(row.rent for row in table.found) <= 600
    assert [chip.text for chip in table.chips] == ["Stadtbezirk: Eving", "Kaltmiete höchstens: 600,00"]
    assert table.chips[0].url == "?rent=600%2C00"


def test_filter_that_cannot_be_read_says_so_and_hides_nothing():
    table = table_for("rent=viel")
    assert table.total.seen == 60
    assert [m.message for m in table.filter.mistakes] == [
        "„viel“ ist keine Zahl. Bitte zum Beispiel 1.234,50 schreiben."
    ]


def test_empty_list_offers_no_files():
    table = table_for(rows=[])
    assert (table.exports, table.rows, table.page.text) == ([], [], "")


def test_csv_holds_every_row_of_the_filter_in_file_notation():
    answer = table_for("district=Eving&ausgabe=csv&seite=9").export()
    assert answer["Content-Disposition"].startswith('attachment; filename="wohnungen-')
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Anschrift", "Stadtbezirk", "Zimmer", "Fläche", "Kaltmiete", "Frei ab", "Stand"]
    assert {row[1] for row in rows[1:]} == {"Eving"}
    assert len(rows) - 1 == sum(row.district == "Eving" for row in samples())
    assert all("," not in row[4] for row in rows[1:])


def test_xlsx_holds_numbers_and_days_as_such():
    answer = table_for("ausgabe=xlsx").export()
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 61
    first = next(sheet.iter_rows(min_row=2, values_only=True))
    assert isinstance(first[4], int | float)
    assert isinstance(first[5], datetime)
    assert sheet["E2"].number_format == '#,##0.00 "€"'


def test_other_kinds_of_file_are_not_made():
    assert table_for("ausgabe=exe").export() is None
    assert table_for().export() is None


@pytest.mark.parametrize("text", ["=1+1", "+49 231", "-2", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1"])
def test_formulas_are_guarded(text):
    assert exports.guarded(text) == f"'{text}"


def test_values_are_written_for_files():
    written = [
        exports.csv_value(value)
        for value in (
            None,
            True,
            Decimal("-1.50"),
            3,
            date(2026, 3, 5),
            datetime(2026, 7, 1, 22, 30, tzinfo=UTC),
            "a;b",
        )
    ]
    assert written == ["", "ja", "-1.50", "3", "2026-03-05", "2026-07-02T00:30", "a;b"]


def test_formula_stays_text_in_xlsx():
    target = io.BytesIO()
    exports.write_xlsx(target, "Test: [a]", ["Name"], ["text"], [["=1+1"], [None]])
    sheet = openpyxl.load_workbook(io.BytesIO(target.getvalue())).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


def test_markup_escapes_what_people_typed():
    rows = samples(1)
    object.__setattr__(rows[0], "address", "<script>alert(1)</script>")
    html = render_to_string("base/table.html", {"table": table_for(rows=rows)})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.django_db
def test_database_rows_are_counted_up_to_a_limit_only(django_assert_num_queries):
    users = get_user_model().objects
    users.bulk_create(users.model(username=f"n{n}", email=f"n{n}@example.org") for n in range(12))
    rows = users.order_by("username")
    with django_assert_num_queries(1):
        counted = paging.count(rows, limit=10)
    assert counted == paging.Count(10, True)
    assert counted.text("Person", "Personen") == "mehr als 10 Personen"


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_list_asks_the_database_twice(rows, django_assert_num_queries):
    class UserTable(tables.Table):
        columns = (tables.Column("username", "Name", sort=("username",)),)

    users = get_user_model().objects
    users.bulk_create(users.model(username=f"n{n:02}", email=f"n{n}@example.org") for n in range(rows))
    with django_assert_num_queries(2):
        table = UserTable(rows=users.all(), request=RequestFactory().get("/?sortierung=-username"))
        names = [row.cells[0].html for row in table.rows]
        assert table.count_text
    assert names[0] == f"n{rows - 1:02}"
