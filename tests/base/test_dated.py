"""Dated data files: reading by day, and every way a file can be wrong."""

import json
from datetime import date
from decimal import Decimal

import pytest

from wurzelwerk.base.dated import Certainty, DatedDataError, NotDated, load_table

ROW = {"valid_from": "2024-01-01", "valid_to": "2024-12-31", "source": "Gesetz", "certainty": "verified", "amount": 1}
NEXT = {**ROW, "valid_from": "2025-01-01", "valid_to": None, "amount": 2}


def write(tmp_path, rows, **more):
    path = tmp_path / "amounts.json"
    path.write_text(json.dumps({"title": "Beträge", "rows": rows, **more}), encoding="utf-8")
    return path


def test_row_is_found_on_first_and_last_day(tmp_path):
    table = load_table(write(tmp_path, [ROW, NEXT]))
    assert [
        table.on(day).value["amount"]
        for day in (date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1), date(2099, 1, 1))
    ] == [1, 1, 2, 2]


def test_leap_day_lies_within_its_range(tmp_path):
    rows = [{**ROW, "valid_to": "2024-02-28"}, {**NEXT, "valid_from": "2024-02-29"}]
    assert load_table(write(tmp_path, rows)).on(date(2024, 2, 29)).value["amount"] == 2


def test_day_before_the_first_row_says_where_the_table_begins(tmp_path):
    with pytest.raises(NotDated) as error:
        load_table(write(tmp_path, [ROW])).on(date(2023, 12, 31))
    assert (
        str(error.value)
        == "„Beträge“: Für den 31.12.2023 liegen keine Angaben vor, die Angaben beginnen am 01.01.2024."
    )


def test_day_after_the_last_row_says_where_the_table_ends(tmp_path):
    with pytest.raises(NotDated) as error:
        load_table(write(tmp_path, [ROW])).on(date(2025, 1, 1))
    assert (
        str(error.value) == "„Beträge“: Für den 01.01.2025 liegen keine Angaben vor, die Angaben enden am 31.12.2024."
    )


def test_get_gives_none_where_no_row_is_valid(tmp_path):
    assert load_table(write(tmp_path, [ROW])).get(date(2025, 1, 1)) is None


def test_decimal_numbers_are_read_exactly(tmp_path):
    path = write(tmp_path, [{**ROW, "amount": 0.1}])
    assert load_table(path).on(date(2024, 5, 5)).value["amount"] == Decimal("0.1")


def test_defaults_fill_rows_and_are_overruled_by_them(tmp_path):
    rows = [{"amount": 1}, {"valid_from": "2025-01-01", "valid_to": None, "amount": 2, "source": "neu"}]
    defaults = {"valid_from": "2024-01-01", "valid_to": "2024-12-31", "source": "alt", "certainty": "secondary"}
    table = load_table(write(tmp_path, rows, defaults=defaults))
    assert [row.source for row in table] == ["alt", "neu"]
    assert table.rows[0].certainty is Certainty.SECONDARY


def test_keyed_series_keep_order_and_withdrawn_entries_keep_their_label(tmp_path):
    rows = [{**NEXT, "code": "b", "label": "B"}, {**ROW, "code": "a", "label": "A"}]
    table = load_table(write(tmp_path, rows, key="code"))
    assert table.keys == ("b", "a")
    assert table.choices(date(2025, 6, 1)) == [("b", "B")]
    assert table.latest("a").value["label"] == "A"


def test_unknown_key_is_named(tmp_path):
    table = load_table(write(tmp_path, [{**ROW, "code": "a"}], key="code"))
    with pytest.raises(NotDated) as error:
        table.on(date(2024, 5, 5), "z")
    assert str(error.value) == "„Beträge“ kennt keinen Eintrag „z“."


def test_values_cannot_be_changed(tmp_path):
    row = load_table(write(tmp_path, [ROW])).rows[0]
    with pytest.raises(TypeError):
        row.value["amount"] = 3


def test_review_is_due_on_the_day_named(tmp_path):
    row = load_table(write(tmp_path, [{**ROW, "review_by": "2024-06-01"}])).rows[0]
    assert (row.is_due_for_review(date(2024, 5, 31)), row.is_due_for_review(date(2024, 6, 1))) == (False, True)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{**ROW, "valid_to": None}, NEXT], "amounts.json: Zwei Zeilen gelten zugleich am 01.01.2025."),
        ([{**ROW, "valid_to": "2025-01-01"}, NEXT], "amounts.json: Zwei Zeilen gelten zugleich am 01.01.2025."),
        (
            [{**ROW, "valid_to": "2024-12-29"}, NEXT],
            "amounts.json: Zwischen dem 30.12.2024 und dem 31.12.2024 gilt keine Zeile.",
        ),
        ([{**ROW, "source": " "}], "amounts.json, Zeile 1: Die Quelle („source“) fehlt."),
        (
            [{**ROW, "certainty": "sure"}],
            "amounts.json, Zeile 1: „certainty“ muss verified, secondary oder uncertain sein.",
        ),
        ([{**ROW, "valid_from": None}], "amounts.json, Zeile 1: „valid_from“ fehlt."),
        (
            [{**ROW, "valid_from": "2023-02-29"}],
            "amounts.json, Zeile 1: „valid_from“ ist kein Datum in der Form JJJJ-MM-TT.",
        ),
        ([{**ROW, "valid_to": "2023-12-31"}], "amounts.json, Zeile 1: „valid_to“ liegt vor „valid_from“."),
        ([], "amounts.json: „title“ und mindestens eine Zeile in „rows“ werden gebraucht."),
    ],
)
def test_wrong_file_is_refused_with_its_place(tmp_path, rows, message):
    with pytest.raises(DatedDataError) as error:
        load_table(write(tmp_path, rows))
    assert str(error.value) == message


def test_key_missing_in_a_row_is_refused(tmp_path):
    with pytest.raises(DatedDataError) as error:
        load_table(write(tmp_path, [ROW], key="code"))
    assert str(error.value) == "amounts.json, Zeile 1: Das Feld „code“ fehlt."


def test_broken_json_names_line_and_column(tmp_path):
    path = tmp_path / "amounts.json"
    path.write_text('{"title": "x",\n rows}', encoding="utf-8")
    with pytest.raises(DatedDataError) as error:
        load_table(path)
    assert str(error.value) == "amounts.json, Zeile 2, Spalte 2: Das ist kein gültiges JSON."


def test_missing_file_is_named(tmp_path):
    with pytest.raises(DatedDataError) as error:
        load_table(tmp_path / "nothing.json")
    assert str(error.value) == "nothing.json: Die Datei fehlt."


def test_unreadable_value_names_its_row(tmp_path):
    with pytest.raises(DatedDataError) as error:
        load_table(write(tmp_path, [ROW]), parse=lambda fields: fields["other"])
    assert str(error.value) == "amounts.json, Zeile 1: Die Angaben sind nicht lesbar (KeyError: 'other')."
