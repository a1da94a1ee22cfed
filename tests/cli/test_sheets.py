"""`wurzelwerk sheets check`: what it says of a list, and that it writes nothing."""

import argparse
import json

import pytest

from wurzelwerk.base.errors import BadInput, NotAllowed
from wurzelwerk.cases.models import Person
from wurzelwerk.cli import sheets
from wurzelwerk.sheets.models import Sheet, SheetShape

PEOPLE = (
    "Belegung Haus Nord;;;\r\nVorname;Nachname;Geburtsdatum;Telefon\r\nAli;Can;31.02.1990;0231 123456\r\n"
    "Samira;Al-Khatib;04.05.1990;0231 000111\r\nSamirah;Al Khatib;04.05.1990;\r\n"
)


@pytest.fixture
def check(tmp_path, capsys, city):
    """Write a file, check it; returns the JSON and the remarks."""

    def run(text: str, *words: str, name: str = "liste.csv") -> tuple[dict, str]:
        path = tmp_path / name
        path.write_bytes(text.encode("cp1252"))
        parser = argparse.ArgumentParser(prog="wurzelwerk sheets")
        sheets.configure(parser)
        args = parser.parse_args(["check", str(path), *words])
        assert args.run(args) == 0
        said = capsys.readouterr()
        return json.loads(said.out), said.err

    return run


def test_list_is_read_and_every_refusal_stands_at_its_row(check):
    answer, remarks = check(PEOPLE, "--kind", "people")
    assert (answer["form"], answer["table"], answer["head"], answer["option"]) == ("csv", 1, 2, "alone")
    assert answer["columns"] == {
        "given_name": ["Vorname"], "family_name": ["Nachname"], "birth": ["Geburtsdatum"], "phone": ["Telefon"],
    }  # fmt: skip
    assert answer["rows"] == {"fine": 2, "refused": 1}
    assert answer["remarks"] == [{
        "row": 3, "field": "birth", "message": "Den 31.02.1990 gibt es im Kalender nicht.", "refuses": True,
    }]  # fmt: skip
    assert remarks.splitlines() == [
        "Ohne --as ist nicht verglichen, was schon da ist oder doppelt in der Liste steht.",
        "3 Zeilen gelesen, 1 abgelehnt.",
    ]


def test_account_compares_with_what_it_may_see_and_nothing_is_written(check, open_household):
    open_household()
    before = Person.objects.for_system(reason="test").count()
    answer, _remarks = check(PEOPLE, "--kind", "people", "--as", "amira")
    assert answer["rows"] == {"alike": 2, "refused": 1}
    assert {one["label"] for one in answer["alike"]} == {"Samira Al-Khatib"}
    assert answer["twice"] == [{"row": 5, "same_as": 4}]
    foreign, _remarks = check(PEOPLE, "--kind", "people", "--as", "carla")
    assert (foreign["alike"], foreign["rows"]) == ([], {"fine": 1, "refused": 1, "twice": 1})
    assert Person.objects.for_system(reason="test").count() == before
    assert (Sheet.objects.for_system(reason="test").count(), SheetShape.objects.count()) == (0, 0)


@pytest.mark.parametrize(("kind", "text", "columns"), [
    ("bodies", "Träger;Ort\r\nHaus Ä;Köln\r\n", {"name": ["Träger"], "city": ["Ort"]}),
    ("dwellings", "Straße;Zimmer;qm\r\nWeg 1;2;50\r\n", {"street": ["Straße"], "rooms": ["Zimmer"], "area": ["qm"]}),
])  # fmt: skip
def test_every_kind_of_list_is_checked(check, kind, text, columns):
    answer, _remarks = check(text, "--kind", kind)
    assert (answer["columns"], sum(answer["rows"].values())) == (columns, 1)


@pytest.mark.parametrize(("text", "words"), [
    (PEOPLE, ("--kind", "plants")), (PEOPLE, ("--kind", "people", "--as", "niemand")), ("", ("--kind", "people")),
    ("Ort;PLZ\r\nKöln;50667\r\n", ("--kind", "people")), (PEOPLE, ("--kind", "people", "--table", "2")),
    (PEOPLE, ("--kind", "people", "--option", "bunt")),
], ids=["kind", "account", "empty", "columns", "table", "option"])  # fmt: skip
def test_what_does_not_fit_is_said(check, text, words):
    with pytest.raises(BadInput) as refused:
        check(text, *words)
    assert refused.value.message.endswith(".")


def test_who_may_not_take_such_a_list_in_checks_none(check):
    with pytest.raises(NotAllowed):
        check(PEOPLE, "--kind", "people", "--as", "jonas")


def test_file_that_is_not_there_is_bad_input(tmp_path, city):
    parser = argparse.ArgumentParser()
    sheets.configure(parser)
    args = parser.parse_args(["check", str(tmp_path / "fehlt.csv"), "--kind", "people"])
    with pytest.raises(BadInput):
        args.run(args)
