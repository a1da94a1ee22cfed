"""Messen, wie gut Namen und doppelte Einträge erkannt werden: Genauigkeit und Trefferquote."""

import argparse
import csv
import json
import re
import time
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from wurzelwerk.base.errors import BadInput

EXAMPLE = """Beispiele:
  wurzelwerk bench linkage --pairs tests/linkage/name_pairs.csv
  wurzelwerk bench linkage --in liste.csv --id rec_id --human "rec-([0-9]+)" --columns given=given_name,family=surname

--pairs: left,right,same,kind – zwei Schreibweisen, und ob sie ein Mensch sind (1 oder 0).
--human: Muster, dessen Klammer im Kennzeichen den Menschen nennt; ohne Klammer der Name einer Spalte."""
THRESHOLDS = (0.1, 0.5, 0.9)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add `bench linkage --pairs FILE` and `bench linkage --in FILE --id COL --human PATTERN`."""
    parser.epilog, parser.formatter_class = EXAMPLE, argparse.RawDescriptionHelpFormatter
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--pairs", type=Path, metavar="DATEI.csv", help="Paare von Namen")
    what.add_argument("--in", dest="source", type=Path, metavar="DATEI.csv", help="eine Liste mit bekannten Doppelten")
    parser.add_argument("--id", default="id", metavar="SPALTE")
    parser.add_argument("--columns", default="", metavar="FELD=SPALTE,…")
    parser.add_argument("--human", default="", metavar="MUSTER")
    parser.add_argument("--encoding", default="utf-8", metavar="NAME")
    parser.add_argument("--json", action="store_true", help="Ergebnis als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure and print. Raises BadInput."""
    answer = measure_pairs(args.pairs) if args.pairs else measure_list(args)
    print(json.dumps(answer, ensure_ascii=False, indent=1) if args.json else "\n".join(table(answer)))
    return 0


def _rates(right: int, said: int, there: int) -> dict:
    return {"precision": round(right / said, 4) if said else None, "recall": round(right / there, 4) if there else None}


def measure_pairs(path: Path) -> dict:
    """Return precision and recall on pairs of names at the house's threshold, and the recall of each kind."""
    from wurzelwerk.linkage.names import SAME_NAME, likeness

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        judged = [(row["same"] == "1", likeness(row["left"], row["right"]) >= SAME_NAME, row["kind"]) for row in rows]
    except OSError as error:
        raise BadInput(f"{path}: nicht lesbar ({error.strerror}).") from error
    except KeyError as error:
        raise BadInput(f"{path}, Zeile 1: Die Spalte {error} fehlt.") from error
    right = sum(same and said for same, said, _kind in judged)
    kinds: dict[str, Counter] = defaultdict(Counter)
    for same, said, kind in judged:
        kinds[kind].update(pairs=1, correct=int(same == said))
    return {
        "pairs": len(judged),
        "threshold": SAME_NAME,
        **_rates(right, sum(said for _, said, _ in judged), sum(same for same, _, _ in judged)),
        "kinds": {kind: dict(counted) for kind, counted in sorted(kinds.items(), key=lambda one: -one[1]["pairs"])},
    }


def measure_list(args: argparse.Namespace) -> dict:
    """Return precision and recall of the pairs found in a list whose doubles are known."""
    from wurzelwerk.cli.people import columns_of, read_entries
    from wurzelwerk.linkage.pairs import Linkage

    ids, entries = read_entries(args.source, args.id, columns_of(args.columns), encoding=args.encoding)
    humans = _humans(args, ids)
    groups: dict[str, list[int]] = defaultdict(list)
    for place, human in enumerate(humans):
        groups[human].append(place)
    true = {pair for places in groups.values() for pair in combinations(places, 2)}
    begin = time.perf_counter()
    found = Linkage(entries).pairs(least=min(THRESHOLDS))
    seconds = time.perf_counter() - begin
    answer = {"entries": len(ids), "true_pairs": len(true), "seconds": round(seconds, 2), "thresholds": {}}
    for threshold in THRESHOLDS:
        said = {(one.left, one.right) for one in found if one.probability >= threshold}
        answer["thresholds"][str(threshold)] = _rates(len(said & true), len(said), len(true))
    return answer


def _humans(args: argparse.Namespace, ids: list[str]) -> list[str]:
    """Who each entry is: by a pattern in its id, or by a column."""
    if "(" in args.human:
        found = [re.search(args.human, one) for one in ids]
        if not all(found):
            raise BadInput(f"--human: Das Muster passt nicht auf „{ids[found.index(None)]}“.")
        return [one.group(1) for one in found if one]
    from wurzelwerk.matching.csvfile import read_sheet

    sheet = read_sheet(args.source, required=[args.human], encoding=args.encoding)
    return [text.decode().strip() for block in sheet.each(lambda one: one.texts(args.human)) for text in block]


def table(answer: dict) -> list[str]:
    """The figures as lines to read."""
    if "kinds" in answer:
        rows = [f"  {kind:<16}{one['correct']:>5} von {one['pairs']}" for kind, one in answer["kinds"].items()]
        head = f"{answer['pairs']} Paare: Genauigkeit {answer['precision']:.3f}, Trefferquote {answer['recall']:.3f}"
        return [head, "richtig beurteilt:", *rows]
    return [
        f"{answer['entries']} Einträge, {answer['true_pairs']} wahre Paare, {answer['seconds']} s",
        *(
            f"  ab {threshold}: Genauigkeit {one['precision']:.3f}, Trefferquote {one['recall']:.3f}"
            for threshold, one in answer["thresholds"].items()
        ),
    ]
