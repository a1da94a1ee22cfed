"""`wurzelwerk people`: what it writes, what it refuses, and for whom it finds somebody."""

import argparse
import csv
import json

import pytest

from wurzelwerk.base.errors import BadInput
from wurzelwerk.cli import people

LIST = (
    "nr;vorname;name;geb;plz;bemerkung\n"
    "1;Yusuf;Demir;12.03.1990;44145;\n"
    "2;Jussuf;Demir;1990-03-12;44145;zweimal da\n"
    "3;Ayşe;Demir;01.07.1992;44145;\n"
    "4;Peter;Müller;05.05.1955;44263;\n"
    "5;Юсуф;Демир;12.03.1990;;\n"
)
COLUMNS = "given=vorname,family=name,birth=geb,postcode=plz"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "L.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def run(*words):
    parser = argparse.ArgumentParser(prog="wurzelwerk people")
    people.configure(parser)
    args = parser.parse_args(list(words))
    return args.run(args)


def duplicates(*words, source="L.csv", id_column="nr"):
    return run("duplicates", "--in", source, "--id", id_column, *words)


def pairs(folder):
    with (folder / "P.csv").open(encoding="utf-8", newline="") as file:
        return {(row["id_a"], row["id_b"]): float(row["probability"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize("columns", [("--columns", COLUMNS), ()])
def test_duplicates_are_written_with_their_probability(folder, columns):
    assert duplicates("--out", "P.csv", *columns) == 0
    found = pairs(folder)
    assert set(found) == {("1", "2"), ("1", "5"), ("2", "5")}
    assert all(0.9 < probability <= 1 for probability in found.values())
    assert (folder / "P.csv").read_text().startswith("id_a,id_b,probability\n")


def test_json_stands_alone_on_standard_output(folder, capsys):
    assert duplicates("--json") == 0
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert (answer["entries"], len(answer["pairs"])) == (5, 3)
    assert "5 Einträge gelesen" in said.err
    assert "Demir" not in said.err


def test_windows_encoding_and_other_headings_are_read(folder):
    (folder / "W.csv").write_bytes("id,Vorname,Nachname\na,Jörg,Weiß\nb,Joerg,Weiss\n".encode("cp1252"))
    assert (
        duplicates(
            "--columns",
            "given=Vorname,family=Nachname",
            "--encoding",
            "cp1252",
            "--least",
            "0.01",
            "--out",
            "P.csv",
            source="W.csv",
            id_column="id",
        )
        == 0
    )
    assert set(pairs(folder)) == {("a", "b")}


@pytest.mark.parametrize(
    ("words", "text", "sentence"),
    [
        (("--out", "P.csv"), None, "nicht lesen"),
        (("--out", "P.csv"), "nr,x\n1,2\n", "Keine Spalte ist als Name erkennbar"),
        (("--out", "P.csv", "--columns", "given=vorname"), "nr,name\n1,2\n", "Spalte „vorname“: Die Spalte fehlt"),
        (("--out", "P.csv", "--columns", "foo=name"), LIST, "nicht FELD=SPALTE"),
        (("--out", "P.csv", "--columns", "given=name,given=vorname"), LIST, "zweimal genannt"),
        (("--out", "P.csv"), "nr,name\n1,A\n1,B\n", "Zeile 3, Spalte „nr“: Das Kennzeichen „1“ kommt zweimal vor"),
        (("--out", "P.csv"), "nr,name\n1,A\n,B\n", "Zeile 3, Spalte „nr“: Das Kennzeichen fehlt"),
        (("--out", "P.csv"), "nr,name\n1,A,C\n", "Zeile 2"),
        ((), LIST, "Es fehlt --out"),
    ],
)
def test_bad_lists_are_refused_with_their_place_and_write_nothing(folder, words, text, sentence):
    (folder / "L.csv").unlink()
    if text is not None:
        (folder / "L.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=sentence):
        duplicates(*words)
    assert not (folder / "P.csv").exists()


def test_bad_numbers_are_refused_by_the_parser(folder):
    for words in (
        ("duplicates", "--in", "L.csv", "--id", "nr", "--json", "--least", "0"),
        ("find", "A", "--as", "amira", "--limit", "0"),
    ):
        with pytest.raises(SystemExit) as stopped:
            run(*words)
        assert stopped.value.code == 2


def test_find_prints_whom_the_account_may_see(open_household, capsys):
    open_household("amira")
    assert run("find", "Jussuf Alkhatib", "--as", "amira", "--limit", "3") == 0
    found = json.loads(capsys.readouterr().out)
    assert found[0]["name"] == "Yusuf Al-Khatib"
    assert found[0]["birth"] == "1988-01-01"
    assert found[0]["score"] >= max(one["score"] for one in found)
    assert set(found[0]) == {"id", "name", "birth", "score"}
    for stranger in ("carla", "jonas", "lars"):
        assert run("find", "Jussuf Alkhatib", "--as", stranger) == 0
        assert json.loads(capsys.readouterr().out) == []


def test_find_refuses_an_account_that_does_not_exist(city):
    with pytest.raises(BadInput, match="kein aktives Konto"):
        run("find", "Yusuf", "--as", "niemand")
