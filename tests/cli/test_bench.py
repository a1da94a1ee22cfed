"""`wurzelwerk bench linkage` and `bench search`: figures that mean what they say."""

import argparse
import json

import pytest

from wurzelwerk.base.errors import BadInput
from wurzelwerk.cli import bench_linkage, bench_search

PAIRS = (
    "left,right,same,kind\nYusuf Demir,Jussuf Demir,1,transcription\nYusuf Demir,Юсуф Демир,1,script\n"
    "Katja Iwanowa,Ekaterina Iwanowa,1,nickname\nYusuf Demir,Ayşe Demir,0,sibling\n"
)
LIST = (
    "id,given,family,birth\n"
    "a-1,Yusuf,Demir,1990-03-12\na-2,Jussuf,Demir,1990-03-12\nb-1,Peter,Müller,1955-05-05\nb-2,Olga,Schulz,1981-02-03\n"
)


def run(module, *words):
    parser = argparse.ArgumentParser()
    module.configure(parser)
    args = parser.parse_args(list(words))
    return args.run(args)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "P.csv").write_text(PAIRS, encoding="utf-8")
    (tmp_path / "L.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def test_pairs_are_counted_by_kind(folder, capsys):
    assert run(bench_linkage, "--pairs", "P.csv", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["pairs"], answer["precision"], answer["recall"]) == (4, 1.0, 0.6667)
    assert answer["kinds"]["nickname"] == {"pairs": 1, "correct": 0}
    assert run(bench_linkage, "--pairs", "P.csv") == 0
    assert "Trefferquote 0.667" in capsys.readouterr().out


def test_a_list_with_known_doubles_is_judged(folder, capsys):
    assert run(bench_linkage, "--in", "L.csv", "--human", "([a-z])-", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["true_pairs"] == 2  # the two strangers under b are called one human being, and are not found
    assert answer["thresholds"]["0.5"] == {"precision": 1.0, "recall": 0.5}
    run(bench_linkage, "--in", "L.csv", "--human", "family", "--json")
    assert json.loads(capsys.readouterr().out)["thresholds"]["0.5"] == {"precision": 1.0, "recall": 1.0}


@pytest.mark.parametrize(
    "words",
    [
        ("--pairs", "nix.csv"),
        ("--pairs", "L.csv"),
        ("--in", "L.csv", "--human", "(x)"),
        ("--in", "L.csv", "--human", "nix"),
    ],
)
def test_bad_files_are_refused(folder, words):
    with pytest.raises(BadInput):
        run(bench_linkage, *words)


def test_searches_are_measured_in_the_invented_city(open_household, user, monkeypatch):
    open_household("amira")
    monkeypatch.setattr("wurzelwerk.cli.bench_city.COUNSELLOR", "amira")
    monkeypatch.setattr("wurzelwerk.cli.bench_city.LEAD", "elif")
    roles = {role["login"]: {row["way"]: row for row in role["ways"]} for role in bench_search.measure(3)}
    assert set(roles) == {"amira", "elif", "jonas"}
    assert all(row["queries"] <= 9 for ways in roles.values() for row in ways.values())
    assert roles["amira"]["ganzer Name"]["found"] == roles["elif"]["kyrillisch"]["found"] == 1
    assert {row["found"] for row in roles["jonas"].values()} == {0}
