"""`wurzelwerk match`: what it writes, what it refuses, and with which exit code."""

import argparse
import json
import os
import subprocess
import sys

import pytest

from wurzelwerk.cli import bench_matching, match

SEEKERS = "seeker_id,priority,waiting_since\nb,2,2026-01-01\na,1,2026-02-01\nc,2,2025-01-01\n"
OFFERS = "offer_id,capacity\ny,1\nx,1\n"
EDGES = "seeker_id,offer_id,score\na,x,0.5\nb,x,0.9\nb,y,0.25\nc,y,0.25\n"
HOUSEHOLDS = (
    "household_id,priority,waiting_since,persons,wbs,gross_cold_limit,quarters_excluded\n"
    "H1,1,2025-01-01,5,a,1230.00,Hafen\nH2,1,2025-06-01,5,,1230.00,\nH3,2,2024-01-01,1,a,none,\n"
)
DWELLINGS = (
    "dwelling_id,rooms,area,gross_cold,heating,wbs,step_free,quarter,pets\n"
    "D1,5,104.5,1311.00,120,a,no,Nordmarkt,no\nD2,4,95,1180.00,110,a,no,Nordmarkt,no\nD3,1,30,400,50,none,no,Hafen,no\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "S.csv": SEEKERS, "O.csv": OFFERS, "E.csv": EDGES, "H.csv": HOUSEHOLDS, "D.csv": DWELLINGS,
    }.items():  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*words):
    parser = argparse.ArgumentParser(prog="wurzelwerk match")
    match.configure(parser)
    args = parser.parse_args(list(words))
    return args.run(args)


def round_(*words, out="R.json"):
    target = ("--out", out) if out else ()
    return run("round", "--seekers", "S.csv", "--offers", "O.csv", "--edges", "E.csv", *target, *words)


def result(folder, name="R.json"):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def test_round_writes_the_whole_result(folder):
    assert round_() == 0
    found = result(folder)
    seconds = found.pop("seconds")
    assert set(seconds) == {"read", "solve", "write", "total"}
    assert found == {
        "objective": "lexicographic", "optimal": True, "gap": 0.0, "total_score": 0.75, "matched": 2,
        "matched_by_priority": {"1": 1, "2": 1},
        "assignments": [
            {"seeker_id": "a", "offer_id": "x", "score": 0.5}, {"seeker_id": "c", "offer_id": "y", "score": 0.25},
        ],
        "unmatched": [{"seeker_id": "b", "reason": "by_sum"}],
        "reasons": {"by_sum": "Möglich, aber insgesamt war eine andere Verteilung besser."},
        "proof": found["proof"], "remarks": [],
    }  # fmt: skip


def test_round_by_score_only_takes_the_highest_sum(folder):
    assert round_("--objective", "score") == 0
    assert result(folder)["total_score"] == 1.15


def test_round_prints_json_and_nothing_else_on_standard_output(folder, capsys):
    assert round_("--json", out=None) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["matched"] == 2
    assert "Fertig: 2 zugeordnet, 1 nicht." in err


def test_round_writes_nothing_to_standard_output_without_json(folder, capsys):
    assert round_() == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("table", ["S.csv", "O.csv", "E.csv"])
def test_round_gives_the_same_answer_for_lines_in_any_order(folder, table):
    round_()
    first = result(folder)
    heading, *lines = (folder / table).read_text(encoding="utf-8").splitlines()
    (folder / table).write_text("\n".join([heading, *reversed(lines)]), encoding="utf-8")
    round_()
    second = result(folder)
    assert {**first, "seconds": 0} == {**second, "seconds": 0}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(",", ";"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: "\n".join('"' + line.replace(",", '","') + '"' for line in text.splitlines()) + "\n",
        lambda text: text.replace("\n", ',"x,""\ny"\n').replace(',"x,""\ny"\n', ",note\n", 1),
        lambda text: "\n".join(f"{line},{line[:1]}" for line in text.splitlines()) + "\n",
    ],
    ids=[
        "semicolon",
        "bom",
        "crlf",
        "cr",
        "no last newline",
        "empty lines",
        "quoted",
        "awkwardly quoted",
        "extra column",
    ],
)
def test_round_reads_every_usual_form_of_csv(folder, change):
    round_()
    wanted = result(folder)["assignments"]
    for name in ("S.csv", "O.csv", "E.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            stream.write(change(text))
    assert round_() == 0
    assert result(folder)["assignments"] == wanted


def test_round_reads_another_encoding_and_keeps_the_names(folder):
    for name, text in {
        "S.csv": "seeker_id\nMüller\n",
        "O.csv": "offer_id\nHörde\n",
        "E.csv": "seeker_id,offer_id,score\nMüller,Hörde,1\n",
    }.items():  # fmt: skip
        (folder / name).write_bytes(text.encode("iso-8859-1"))
    assert round_() == 2
    assert round_("--encoding", "iso-8859-1") == 0
    assert result(folder)["assignments"] == [{"seeker_id": "Müller", "offer_id": "Hörde", "score": 1.0}]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("E.csv", EDGES.replace("0.9", "-0.9"), "E.csv, Zeile 3, Spalte „score“: -0.9 ist negativ."),
        ("E.csv", EDGES.replace("0.9", "nan"), "E.csv, Zeile 3, Spalte „score“: „nan“ ist keine endliche Zahl."),
        ("E.csv", EDGES.replace("0.9", "viel"), "E.csv, Zeile 3, Spalte „score“: „viel“ ist keine Zahl"),
        ("E.csv", EDGES.replace("0.9", ""), "E.csv, Zeile 3, Spalte „score“: Die Zahl fehlt."),
        ("E.csv", EDGES.replace("0.9", "1e300"), "größer, als genau gerechnet werden kann"),
        ("E.csv", EDGES.replace("0.9", "900000000000"), "E.csv: Die Werte sind größer, als bei"),
        ("E.csv", EDGES.replace("b,y", "b,q"), "E.csv, Zeile 4, Spalte „offer_id“: „q“ steht nicht in der Liste"),
        ("E.csv", EDGES.replace("b,y", "z,y"), "E.csv, Zeile 4, Spalte „seeker_id“: „z“ steht nicht in der Liste"),
        ("E.csv", EDGES + "b,x,0.3\n", "E.csv, Zeile 6: Das Paar kommt zweimal vor."),
        ("E.csv", EDGES.replace("b,x,0.9", "b,x"), "E.csv, Zeile 3: Die Zeile hat 2 Felder, die Kopfzeile 3."),
        ("E.csv", "seeker_id,offer_id\na,x\n", "E.csv, Zeile 1, Spalte „score“: Die Spalte fehlt."),
        ("O.csv", "offer_id,capacity\nx,\ny,1\n", "O.csv, Zeile 2, Spalte „capacity“: Die Zahl fehlt; ein leeres Feld"),
        ("O.csv", "offer_id,capacity\nx,-1\ny,1\n", "O.csv, Zeile 2, Spalte „capacity“: -1 ist kleiner als 0."),
        ("O.csv", "offer_id,capacity\nx,1.5\ny,1\n", "O.csv, Zeile 2, Spalte „capacity“: „1.5“ ist keine ganze Zahl."),
        ("S.csv", SEEKERS + "a,1,\n", "S.csv, Zeile 5, Spalte „seeker_id“: Die Kennung „a“ kommt zweimal vor."),
        ("S.csv", SEEKERS.replace("b,2", ",2"), "S.csv, Zeile 2, Spalte „seeker_id“: Die Kennung fehlt."),
        ("S.csv", SEEKERS.replace("b,2", "b,0"), "S.csv, Zeile 2, Spalte „priority“: 0 ist kleiner als 1."),
        ("S.csv", SEEKERS.replace("26-01-01", "26-02-30"), "Zeile 2, Spalte „waiting_since“: „2026-02-30“ ist kein D"),
        ("S.csv", "", "S.csv: Die Datei ist leer; es fehlt die Kopfzeile."),
        ("S.csv", 'seeker_id\n"a\n', "S.csv"),
        ("S.csv", "seeker_id\na\0\n", "S.csv: Die Datei enthält Nullbytes"),
    ],
)  # fmt: skip
def test_round_with_bad_input_names_the_place_and_writes_nothing(folder, capsys, name, text, said):
    (folder / name).write_text(text, encoding="utf-8")
    assert round_() == 2
    out, err = capsys.readouterr()
    assert said in err
    assert (out, sorted(folder.glob("*R.json*"))) == ("", [])


def test_round_keeps_the_old_result_when_the_input_is_bad(folder):
    (folder / "R.json").write_text("old", encoding="utf-8")
    (folder / "E.csv").write_text("nothing", encoding="utf-8")
    assert round_() == 2
    assert (folder / "R.json").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("name", ["S.csv", "O.csv", "E.csv"])
def test_round_with_a_missing_file_names_it(folder, capsys, name):
    (folder / name).unlink()
    assert round_() == 2
    assert name in capsys.readouterr().err


def test_round_into_a_folder_that_does_not_exist_is_refused_before_any_work(folder, capsys):
    assert round_(out="nowhere/R.json") == 2
    assert "nowhere/R.json: Den Ordner für das Ergebnis gibt es nicht." in capsys.readouterr().err


def test_round_without_a_target_is_refused(folder):
    assert round_(out=None) == 2


def test_round_says_what_it_rounded_and_what_it_left_out(folder, capsys):
    (folder / "E.csv").write_text("seeker_id,offer_id,score,colour\na,x,0.12345649,red\n", encoding="utf-8")
    assert round_() == 0
    said = [
        "E.csv: nicht verwendete Spalten: colour.",
        "E.csv: 1 Werte in „score“ auf sechs Nachkommastellen gerundet.",
    ]
    assert result(folder)["remarks"] == said
    assert result(folder)["assignments"][0]["score"] == 0.123456
    err = capsys.readouterr().err
    assert [one for one in said if f"Anmerkung: {one}" not in err] == []


def test_round_with_nobody_and_nothing_is_an_empty_result(folder):
    for name, heading in {"S.csv": "seeker_id", "O.csv": "offer_id", "E.csv": "seeker_id,offer_id,score"}.items():
        (folder / name).write_text(f"{heading}\n", encoding="utf-8")
    assert round_() == 0
    found = result(folder)
    assert (found["matched"], found["assignments"], found["unmatched"]) == (0, [], [])


def test_round_with_sizes_keeps_the_capacity(folder):
    (folder / "S.csv").write_text("seeker_id,size\na,2\nb,3\nc,2\n", encoding="utf-8")
    (folder / "O.csv").write_text("offer_id,capacity\nx,4\n", encoding="utf-8")
    (folder / "E.csv").write_text("seeker_id,offer_id,score\na,x,1\nb,x,9\nc,x,1\n", encoding="utf-8")
    assert round_() == 0
    assert [one["seeker_id"] for one in result(folder)["assignments"]] == ["a", "c"]
    assert round_("--objective", "score") == 0
    assert [one["seeker_id"] for one in result(folder)["assignments"]] == ["b"]


def test_round_past_the_time_limit_says_so(folder):
    lines = [f"s{one},{5 + one * 7 % 11}" for one in range(30)]
    (folder / "S.csv").write_text("seeker_id,size\n" + "\n".join(lines), encoding="utf-8")
    (folder / "O.csv").write_text("offer_id,capacity\nx,40\ny,41\n", encoding="utf-8")
    pairs = [f"s{one},{two},{one * 37 % 29 + 1}" for one in range(30) for two in "xy"]
    (folder / "E.csv").write_text("seeker_id,offer_id,score\n" + "\n".join(pairs), encoding="utf-8")
    assert round_("--objective", "score", "--time-limit", "0") == 0
    found = result(folder)
    assert found["optimal"] is False
    assert found["gap"] > 0


def test_stable_gives_the_seekers_best_and_no_blocking_pair(folder):
    files = {
        "P.csv": "seeker_id,offer_id,rank\na,x,1\na,y,2\nb,x,1\nc,y,1\n",
        "Q.csv": "offer_id,seeker_id,rank\nx,b,1\nx,a,2\ny,a,1\ny,c,2\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    words = ["stable", "--seekers", "S.csv", "--offers", "O.csv", "--seeker-ranks", "P.csv", "--offer-ranks", "Q.csv"]
    assert run(*words, "--out", "R.json") == 0
    found = result(folder)
    assert [(one["seeker_id"], one["offer_id"]) for one in found["assignments"]] == [("a", "y"), ("b", "x")]
    assert (found["blocking_pairs"], found["unmatched"]) == ([], [{"seeker_id": "c", "reason": "by_rank"}])
    (folder / "P.csv").write_text(files["P.csv"].replace("a,y,2", "a,y,1"), encoding="utf-8")
    assert run(*words, "--out", "R2.json") == 2


def households(*words, out="R.json"):
    return run(
        "households", "--households", "H.csv", "--dwellings", "D.csv", "--on", "2026-06-01", "--out", out, *words
    )


def test_households_places_with_reasons_and_names_the_nearest_misses(folder):
    assert households() == 0
    found = result(folder)
    assert [(one["household_id"], one["dwelling_id"]) for one in found["assignments"]] == [("H1", "D2"), ("H3", "D3")]
    assert {said["rule"] for said in found["assignments"][0]["reasons"]} >= {"wbs_size", "gross_cold", "minimum_area"}
    (left,) = found["unmatched"]
    assert (left["household_id"], left["reason"]) == ("H2", "to_clarify")
    assert left["nearest"][0]["change"] == "WBS der Art „Einkommensgruppe A“ vorlegen."
    assert found["to_clarify"] == {"wbs_kind": 1}
    assert len(found["inputs_hash"]) == 64


def test_households_with_rules_switched_off_places_differently(folder):
    (folder / "rules.json").write_text(
        '{"off": ["gross_cold", "wbs_kind"], "weights": {"rooms_fit": 9}}', encoding="utf-8"
    )
    assert households("--rules", "rules.json") == 0
    assert result(folder)["matched"] == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"off": ["herkunft"]}', "„herkunft“ gibt es hier nicht."),
        ('{"weights": {"date": -1}}', "Das Gewicht von „date“"),
        ('{"off": 3}', "„off“ ist eine Liste"),
        ("[]", "Die Regeldatei ist ein Objekt"),
        ("{", "rules.json, Zeile 1: Kein gültiges JSON"),
    ],
)
def test_households_with_a_bad_rules_file_is_refused(folder, capsys, text, said):
    (folder / "rules.json").write_text(text, encoding="utf-8")
    assert households("--rules", "rules.json") == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("H.csv", "H1,1,2025-01-01,5", "H1,1,2025-01-01,0", "H.csv, Zeile 2, Spalte „persons“: 0 ist kleiner als 1."),
        ("H.csv", "H1,1,2025-01-01,5", "H1,1,2025-01-01,", "H.csv, Zeile 2, Spalte „persons“: Die Angabe fehlt."),
        ("H.csv", "5,a,", "5,z,", "H.csv, Zeile 2, Spalte „wbs“: „z“ steht nicht in der Liste"),
        ("D.csv", "1311.00", "-3", "D.csv, Zeile 2, Spalte „gross_cold“: -3 liegt nicht zwischen 0 und"),
        ("D.csv", "104.5", "104,5", "D.csv, Zeile 2: Die Zeile hat 10 Felder, die Kopfzeile 9."),
        ("D.csv", ",no,Nordmarkt", ",vielleicht,Nordmarkt", "D.csv, Zeile 2, Spalte „step_free“: „vielleicht“"),
    ],
)  # fmt: skip
def test_households_with_bad_input_names_the_place(folder, capsys, name, old, new, said):
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert households() == 2
    assert said in capsys.readouterr().err
    assert not (folder / "R.json").exists()


def test_households_lists_its_columns(capsys):
    assert run("households", "--columns", "--json") == 0
    assert "gross_cold_limit" in json.loads(capsys.readouterr().out)["households"]


def test_match_as_a_command_of_the_house_ends_with_the_promised_codes(folder):
    command = [sys.executable, "-m", "wurzelwerk", "match", "round", "--seekers", "S.csv", "--offers", "O.csv"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    def code(*words):
        return subprocess.run(
            [*command, *words], cwd=folder, env=environment, capture_output=True, check=False
        ).returncode

    assert code("--edges", "E.csv", "--out", "R.json") == 0
    assert code("--edges", "none.csv", "--out", "R.json") == 2
    assert code("--out", "R.json") == 2


@pytest.mark.parametrize("which", ["round", "stable", "households"])
def test_help_shows_an_example(which, capsys):
    with pytest.raises(SystemExit) as ended:
        run(which, "--help")
    assert ended.value.code == 0
    assert f"Beispiel:\n  wurzelwerk match {which} --" in capsys.readouterr().out


def test_bench_matching_gives_a_ratio_for_every_case(capsys):
    parser = argparse.ArgumentParser()
    bench_matching.configure(parser)
    args = parser.parse_args(["--seekers", "300", "--offers", "60", "--arcs", "5", "--json"])
    assert args.run(args) == 0
    lines = json.loads(capsys.readouterr().out)
    assert [line["case"] for line in lines] == ["one-class", "five-classes", "households"]
    assert [line["pairs"] for line in lines][:2] == [1500, 1500]
    assert min(line["ratio"] for line in lines) > 0


def test_bench_matching_with_more_pairs_than_offers_is_refused():
    parser = argparse.ArgumentParser()
    bench_matching.configure(parser)
    args = parser.parse_args(["--offers", "3", "--arcs", "5"])
    assert args.run(args) == 2
