"""Personen finden, doppelte Einträge erkennen: `wurzelwerk people find|duplicates`."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from wurzelwerk.base.errors import BadInput

FIND_EXAMPLE = """Beispiel:
  wurzelwerk people find "Jussuf 1990" --as amira --limit 5

Gesucht wird wie am Schreibtisch: Name wie gehört, Telefon, Geburtsdatum oder -jahr, Aktenzeichen. Ausgegeben wird nur,
was dieses Konto sehen darf: [{"id", "name", "birth", "score"}], das Beste zuerst."""

DUPLICATES_EXAMPLE = """Beispiel:
  wurzelwerk people duplicates --in liste.csv --id nr --columns given=vorname,family=name,birth=geb,postcode=plz \\
      --out paare.csv

Ausgabe: id_a,id_b,probability. Felder: given, family, birth, postcode, phone, email; ohne --columns werden übliche
Überschriften erkannt. Rückgabe: 0 fertig, 2 Eingabe fehlerhaft (Datei, Zeile und Spalte werden genannt), 1 sonst."""

USUAL = {
    "given": ("given", "given_name", "first_name", "firstname", "vorname"),
    "family": ("family", "family_name", "surname", "last_name", "lastname", "nachname", "familienname", "name"),
    "birth": ("birth", "birth_date", "date_of_birth", "dob", "geburtsdatum", "geboren", "geb"),
    "postcode": ("postcode", "zip", "plz", "postleitzahl"),
    "phone": ("phone", "telefon", "telefonnummer", "mobil"),
    "email": ("email", "e-mail", "mail"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands to the parser of `wurzelwerk people`."""
    below = parser.add_subparsers(metavar="WAS", dest="people_command", required=True)
    find = _command(below, "find", "Personen finden, wie dieses Konto sie fände", FIND_EXAMPLE)
    find.add_argument("text", metavar="TEXT", help="Name, Telefon, Geburtsdatum oder Aktenzeichen")
    find.add_argument("--as", required=True, dest="login", metavar="KONTO", help="für wen gesucht wird")
    find.add_argument("--limit", type=_whole, default=20, metavar="N", help="höchstens so viele (20)")
    find.add_argument("--json", action="store_true", help="die Ausgabe ist immer JSON")
    find.set_defaults(run=run_find)
    pairs = _command(below, "duplicates", "Doppelte Einträge einer Liste finden", DUPLICATES_EXAMPLE)
    pairs.add_argument("--in", required=True, dest="source", type=Path, metavar="DATEI.csv")
    pairs.add_argument("--id", required=True, metavar="SPALTE", help="Spalte mit einem eindeutigen Kennzeichen")
    pairs.add_argument("--columns", default="", metavar="FELD=SPALTE,…", help="welche Spalte welches Feld ist")
    pairs.add_argument("--out", type=Path, metavar="PAARE.csv", help="wird ganz oder gar nicht geschrieben")
    pairs.add_argument(
        "--least", type=_share, default=0.5, metavar="P", help="nur Paare ab dieser Wahrscheinlichkeit (0.5)"
    )
    pairs.add_argument("--encoding", default="utf-8", metavar="NAME", help="Kodierung der Datei (utf-8)")
    pairs.add_argument("--json", action="store_true", help="Ergebnis auf die Standardausgabe, sonst nichts dort")
    pairs.set_defaults(run=run_duplicates)


def _command(below, name: str, line: str, example: str) -> argparse.ArgumentParser:
    return below.add_parser(
        name, help=line, description=line, epilog=example, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def _whole(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1_000:
        raise argparse.ArgumentTypeError("eine ganze Zahl von 1 bis 1000")
    return int(text)


def _share(text: str) -> float:
    value = float(text)
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError("eine Zahl über 0 und bis 1, zum Beispiel 0.5")
    return value


# -- find ------------------------------------------------------------------------------------------------------------


def run_find(args: argparse.Namespace) -> int:
    """Print whom this account finds. Raises BadInput for an account that does not exist."""
    from .main import load_django

    load_django()
    from wurzelwerk.cases.finding import find_people
    from wurzelwerk.network.models import User
    from wurzelwerk.trust.actor import Actor

    user = User.objects.filter(username=args.login, is_active=True).first()
    if user is None:
        raise BadInput(f"Es gibt kein aktives Konto „{args.login}“.")
    found = find_people(args.text, actor=Actor.of(user), limit=args.limit)
    lines = (
        json.dumps(
            {
                "id": str(one.person.pk),
                "name": one.name,
                "birth": one.person.birth_date.isoformat() if one.person.birth_date else None,
                "score": round(one.score, 3),
            },
            ensure_ascii=False,
        )
        for one in found
    )
    print("[" + ",\n ".join(lines) + "]")
    return 0


# -- duplicates ------------------------------------------------------------------------------------------------------


def run_duplicates(args: argparse.Namespace) -> int:
    """Write the pairs of a list that are probably one human being. Raises BadInput."""
    from wurzelwerk.linkage.pairs import Linkage
    from wurzelwerk.matching import results

    if args.out is None and not args.json:
        raise BadInput("Es fehlt --out DATEI (oder --json für die Standardausgabe).")
    if args.out is not None:
        results.check_target(args.out)
    begin = time.perf_counter()
    ids, entries = read_entries(args.source, args.id, columns_of(args.columns), encoding=args.encoding)
    _say(f"{len(ids)} Einträge gelesen, vergleiche …")
    likely = Linkage(entries).pairs(least=args.least, progress=lambda done: _say(f"{done} Paare verglichen …"))
    found = [{"id_a": ids[one.left], "id_b": ids[one.right], "probability": one.probability} for one in likely]
    if args.out is not None:
        results.write_text(args.out, "".join(_csv_lines(found)))
    seconds = round(time.perf_counter() - begin, 3)
    if args.json:
        print(json.dumps({"entries": len(ids), "pairs": found, "seconds": seconds}, ensure_ascii=False, indent=1))
    _say(f"Fertig: {len(found)} Paare in {seconds} s.")
    return 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _csv_lines(found: list[dict]) -> Iterator[str]:
    import csv
    import io

    for row in (("id_a", "id_b", "probability"), *(tuple(one.values()) for one in found)):
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(row)
        yield line.getvalue()


def columns_of(text: str) -> dict[str, str]:
    """Read `given=vorname,family=name`. Raises BadInput for a field that does not exist or stands twice."""
    wanted: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        field, sign, column = part.partition("=")
        if not sign or field.strip() not in USUAL or not column.strip():
            raise BadInput(f"--columns: „{part}“ ist nicht FELD=SPALTE mit einem der Felder {', '.join(USUAL)}.")
        if field.strip() in wanted:
            raise BadInput(f"--columns: Das Feld „{field.strip()}“ ist zweimal genannt.")
        wanted[field.strip()] = column.strip()
    return wanted


def read_entries(path: Path, id_column: str, columns: dict[str, str], *, encoding: str) -> tuple[list[str], list]:
    """Return the ids and the entries of a list. Raises BadInput with file, line and column."""
    from wurzelwerk.linkage.pairs import Entry
    from wurzelwerk.matching.csvfile import read_sheet

    usual = [name for names in USUAL.values() for name in names] if not columns else []
    sheet = read_sheet(
        path, required=list(dict.fromkeys([id_column, *columns.values()])), optional=usual, encoding=encoding
    )
    if not columns:
        columns = {field: name for field, names in USUAL.items() for name in names if name in sheet.columns}
    if not {"given", "family"} & columns.keys():
        raise BadInput(f"{path}, Zeile 1: Keine Spalte ist als Name erkennbar; bitte mit --columns nennen.")
    ids: list[str] = []
    entries: list[Entry] = []
    seen: set[str] = set()
    for block in sheet.each(lambda block: block):
        values = {field: [text.decode().strip() for text in block.texts(name)] for field, name in columns.items()}
        for row, raw in enumerate(block.texts(id_column)):
            name = raw.decode().strip()
            if not name or name in seen:
                message = "Das Kennzeichen fehlt." if not name else f"Das Kennzeichen „{name}“ kommt zweimal vor."
                raise block.fail(message, id_column, row)
            seen.add(name)
            ids.append(name)
            entries.append(Entry(**{field: texts[row] for field, texts in values.items()}))
    return ids, entries
