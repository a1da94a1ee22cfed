"""Haushalte und Wohnungen zuordnen: `wurzelwerk match round|stable|households`."""

import argparse
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROUND_EXAMPLE = """Beispiel:
  wurzelwerk match round --seekers S.csv --offers O.csv --edges E.csv --out R.json

S: seeker_id[,size][,priority][,waiting_since]   O: offer_id[,capacity]   E: seeker_id,offer_id,score
Rückgabe: 0 fertig, 2 Eingabe fehlerhaft (Datei, Zeile und Spalte werden genannt), 1 sonst."""

STABLE_EXAMPLE = """Beispiel:
  wurzelwerk match stable --seekers S.csv --offers O.csv --seeker-ranks P.csv --offer-ranks Q.csv --out R.json

S: seeker_id   O: offer_id[,capacity]   P: seeker_id,offer_id,rank   Q: offer_id,seeker_id,rank
Rang 1 = am liebsten; nur Paare, die beide Seiten nennen, sind möglich."""

HOUSEHOLDS_EXAMPLE = """Beispiel:
  wurzelwerk match households --households H.csv --dwellings D.csv --out R.json
  wurzelwerk match households --columns      (alle Spalten mit Einheit)"""

Work = Callable[[argparse.Namespace, "Progress"], dict]


class Progress:
    """Says on standard error what is being done, and keeps the seconds of each part."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet, self._begin, self.seconds = quiet, time.perf_counter(), {}

    def step(self, name: str, sentence: str, work: Callable):
        """Run one part of the work and keep its time under `name`."""
        self.say(sentence)
        begin = time.perf_counter()
        answer = work()
        self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - begin, 3)
        return answer

    def total(self) -> dict[str, float]:
        """Return the seconds of all parts and of the whole."""
        return self.seconds | {"total": round(time.perf_counter() - self._begin, 3)}

    def say(self, sentence: str) -> None:
        """Write a line to standard error."""
        if not self._quiet:
            print(sentence, file=sys.stderr)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands to the parser of `wurzelwerk match`."""
    add_commands(parser.add_subparsers(metavar="WAS", dest="match_command", required=True))


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    """Add `round`, `stable` and `households`."""
    one = _command(subparsers, "round", "Alle zugleich zuordnen, bewiesen bestmöglich", ROUND_EXAMPLE, _round)
    for name in ("seekers", "offers", "edges"):
        one.add_argument(f"--{name}", required=True, type=Path, metavar="DATEI.csv")
    _add_objective(one)
    two = _command(subparsers, "stable", "Stabile Zuordnung nach Wünschen beider Seiten", STABLE_EXAMPLE, _stable)
    for name in ("seekers", "offers", "seeker-ranks", "offer-ranks"):
        two.add_argument(f"--{name}", required=True, type=Path, metavar="DATEI.csv")
    three = _command(
        subparsers, "households", "Haushalte und Wohnungen nach den Regeln des Hauses", HOUSEHOLDS_EXAMPLE, _households
    )
    for name in ("households", "dwellings"):
        three.add_argument(f"--{name}", type=Path, metavar="DATEI.csv")
    three.add_argument("--rules", type=Path, metavar="DATEI.json", help="Regeln an- und abschalten, Werte, Gewichte")
    three.add_argument("--on", metavar="JJJJ-MM-TT", help="Stichtag für Gesetze und Fristen (sonst heute)")
    three.add_argument("--columns", action="store_true", help="die Spalten beider Dateien zeigen und enden")
    three.add_argument("--reserve", type=_whole, default=5, metavar="N", help="Plätze der Reserveliste je Wohnung")
    _add_objective(three)


def _command(subparsers, name: str, line: str, example: str, work: Work) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(
        name, help=line, description=line, epilog=example, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--out", type=Path, metavar="R.json", help="Ergebnisdatei; wird ganz oder gar nicht geschrieben"
    )
    parser.add_argument("--json", action="store_true", help="Ergebnis auf die Standardausgabe, sonst nichts dort")
    parser.add_argument("--encoding", default="utf-8", metavar="NAME", help="Kodierung der CSV-Dateien (utf-8)")
    parser.add_argument("--quiet", action="store_true", help="keinen Fortschritt melden, nur Anmerkungen")
    parser.set_defaults(run=lambda args: _run(args, work))
    return parser


def _add_objective(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--objective", choices=("lexicographic", "score"), default="lexicographic",
        help="lexicographic: dringlichste Klasse zuerst, dann Punkte, dann Wartezeit; score: nur Punkte",
    )  # fmt: skip
    parser.add_argument(
        "--time-limit", type=_seconds, default=60.0, metavar="SEKUNDEN",
        help="nur bei verschiedenen Größen: danach gilt die beste gefundene Lösung (60)",
    )  # fmt: skip


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1e7:
        raise argparse.ArgumentTypeError("eine Zahl von 0 bis 10000000")
    return value


def _whole(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("eine ganze Zahl ab 0")
    return value


def _run(args: argparse.Namespace, work: Work) -> int:
    """Read, solve, write; a mistake in the input ends with 2 and writes nothing."""
    from wurzelwerk.base.errors import BadInput

    try:
        if getattr(args, "columns", False):
            return _show_columns(args)
        return _whole_command(args, work)
    except BadInput as error:
        print(f"wurzelwerk match: {error}", file=sys.stderr)
        return 2


def _whole_command(args: argparse.Namespace, work: Work) -> int:
    from wurzelwerk.base.errors import BadInput
    from wurzelwerk.matching import results

    if args.out is None and not args.json:
        raise BadInput("Es fehlt --out DATEI (oder --json für die Standardausgabe).")
    if args.out is not None:
        results.check_target(args.out)
    progress = Progress(quiet=args.quiet)
    gc.disable()  # hundreds of thousands of small objects come and none of them in circles
    try:
        return _solve_and_write(args, work, progress)
    finally:
        gc.enable()


def _solve_and_write(args: argparse.Namespace, work: Work, progress: Progress) -> int:
    from wurzelwerk.matching import results

    document = work(args, progress)
    for remark in document.get("remarks", ()):
        print(f"Anmerkung: {remark}", file=sys.stderr)
    text = progress.step("write", "Schreibe …", lambda: results.text_of(document))
    if args.out is not None:
        _write_with_seconds(args.out, document, text, progress)
    if args.json:
        document["seconds"] = progress.total()
        sys.stdout.write(results.text_of(document))
    progress.say(f"Fertig: {document['matched']} zugeordnet, {len(document['unmatched'])} nicht.")
    return 0


def _write_with_seconds(path: Path, document: dict, text: str, progress: Progress) -> None:
    """Put the seconds, known only now, behind the text that is already made; then write it."""
    import json

    from wurzelwerk.matching import results

    closing = text.rstrip().removesuffix("}").rstrip()
    seconds = json.dumps(progress.total())
    results.write_text(path, f'{closing},\n "seconds": {seconds}\n}}\n')


def _round(args: argparse.Namespace, progress: Progress) -> dict:
    from wurzelwerk.matching import allocation, files, results

    read = progress.step(
        "read", "Lese …", lambda: files.read_round(args.seekers, args.offers, args.edges, encoding=args.encoding)
    )
    placement = progress.step(
        "solve", f"Ordne {read.problem.seekers} Suchende {read.problem.offers} Angeboten zu …",
        lambda: allocation.allocate(read.problem, objective=args.objective, time_limit=args.time_limit),
    )  # fmt: skip
    return progress.step("write", "Fasse zusammen …", lambda: results.round_document(read, placement, args.objective))


def _stable(args: argparse.Namespace, progress: Progress) -> dict:
    from wurzelwerk.matching import files, results, stable

    read = progress.step(
        "read", "Lese …",
        lambda: files.read_stable(
            args.seekers, args.offers, args.seeker_ranks, args.offer_ranks, encoding=args.encoding
        ),
    )  # fmt: skip
    pair = progress.step("solve", "Ordne zu …", lambda: stable.match(read.wishes))
    blocking = stable.blocking_pairs(read.wishes, pair)
    return progress.step("write", "Fasse zusammen …", lambda: results.stable_document(read, pair, blocking))


def _households(args: argparse.Namespace, progress: Progress) -> dict:
    from wurzelwerk.base.errors import BadInput
    from wurzelwerk.cli import match_households

    if args.households is None or args.dwellings is None:
        raise BadInput("Es fehlen --households DATEI und --dwellings DATEI.")
    return match_households.run(args, progress)


def _show_columns(args: argparse.Namespace) -> int:
    from wurzelwerk.cli import match_households

    sys.stdout.write(match_households.columns_text(as_json=args.json))
    return 0
