"""Listen prüfen, ohne etwas zu übernehmen: `wurzelwerk sheets check`."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from wurzelwerk.base.errors import BadInput

if TYPE_CHECKING:
    from wurzelwerk.sheets.importer import Importer, Row
    from wurzelwerk.sheets.models import Sheet

EXAMPLE = """Beispiel:
  wurzelwerk sheets check haus-nord.xlsx --kind people
  wurzelwerk sheets check bestand.csv --kind dwellings --as jonas

Liest XLSX, ODS und CSV wie „Listen einlesen“ und schreibt nichts. Mit --as wird auch verglichen, was dieses Konto sehen darf, und
was doppelt in der Liste steht. Ergebnis: {"form", "table", "head", "columns": {Feld: [Spalten]}, "rows": {Befund: Anzahl},
"remarks": [{"row", "field", "message", "refuses"}], "alike": [{"row", "label", "score"}], "twice": [{"row", "same_as"}]}
Rückgabe: 0 geprüft, 2 die Datei ist nicht lesbar oder eine nötige Spalte fehlt, 1 sonst."""  # noqa: E501 - as the terminal shows it
NOBODY = UUID(int=0)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add `check FILE --kind KIND [--as LOGIN] [--table N] [--option KEY]`."""
    below = parser.add_subparsers(metavar="WAS", dest="sheets_command", required=True)
    line = "Eine Liste prüfen, ohne sie zu übernehmen"
    check = below.add_parser(
        "check", help=line, description=line, epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    check.add_argument("file", type=Path, metavar="DATEI", help="XLSX, ODS oder CSV, bis 20 MB")
    check.add_argument("--kind", required=True, metavar="ART", help="people, bodies oder dwellings")
    check.add_argument("--as", dest="login", metavar="LOGIN", help="mit den Rechten dieser Person vergleichen")
    check.add_argument("--table", type=int, metavar="N", help="welches Tabellenblatt, von 1 an (sonst das passendste)")
    check.add_argument("--option", default="", metavar="WAHL", help="people: column, address oder alone")
    check.add_argument("--json", action="store_true", help="die Ausgabe ist immer JSON")
    check.set_defaults(run=run_check)


def run_check(args: argparse.Namespace) -> int:
    """Read a list and say what would become of its rows. Raises BadInput, NotAllowed."""
    from .main import load_django

    content = _content(args.file)
    load_django()
    from wurzelwerk.base import clock
    from wurzelwerk.sheets.checking import body_of, read_rows
    from wurzelwerk.sheets.reading import read
    from wurzelwerk.sheets.rules import check_columns

    importer, actor = _importer(args.kind), _actor(args.login)
    contents = read(content)
    sheet = _sheet(contents, importer, args, actor)
    check_columns(importer, sheet.columns)
    rows = read_rows(sheet, list(body_of(sheet, contents.tables[sheet.table])), importer, on=clock.today())
    importer.gather(rows, option=sheet.option)
    if actor:
        fresh = [row for row in rows if not row.is_refused]
        importer.find_alike(fresh, actor=actor, progress=lambda _done, _total: None)
    else:
        print("Ohne --as ist nicht verglichen, was schon da ist oder doppelt in der Liste steht.", file=sys.stderr)
    answer = {"form": contents.form, **_layout(sheet), **_findings(rows)}
    print(json.dumps(answer, ensure_ascii=False, indent=1))
    print(f"{len(rows)} Zeilen gelesen, {answer['rows'].get('refused', 0)} abgelehnt.", file=sys.stderr)
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}") from error


def _importer(kind: str) -> "Importer":
    from wurzelwerk.sheets.importer import importers

    if kind not in importers():
        raise BadInput(f"Die Art „{kind}“ gibt es nicht. Möglich: {', '.join(importers())}.")
    return importers()[kind]


def _actor(login: str | None) -> Any:
    from wurzelwerk.network.models import User
    from wurzelwerk.trust.actor import Actor

    if login is None:
        return None
    if (user := User.objects.filter(username=login, is_active=True).first()) is None:
        raise BadInput(f"Das Konto „{login}“ gibt es nicht.")
    return Actor.of(user)


def _sheet(contents: Any, importer: "Importer", args: argparse.Namespace, actor: Any) -> "Sheet":
    """The list as it would be read, kept nowhere."""
    from wurzelwerk.sheets.columns import outline_of, propose
    from wurzelwerk.sheets.models import Sheet
    from wurzelwerk.sheets.rules import check_can_send

    if actor:
        check_can_send(actor, importer)
    if args.table is not None and not 1 <= args.table <= len(contents.tables):
        raise BadInput(f"Die Datei hat {len(contents.tables)} Tabellenblätter.")
    outline = [{"name": one.name, "count": len(one.rows), "rows": outline_of(one.rows)} for one in contents.tables]
    controller = actor.home.organisation_id if actor and actor.home else NOBODY
    table = None if args.table is None else args.table - 1
    layout = propose(outline, importer, controller=controller, table=table)
    choices = [key for key, _label in importer.option.choices] if importer.option else []
    if args.option and args.option not in choices:
        raise BadInput(f"Die Wahl „{args.option}“ gibt es nicht. Möglich: {', '.join(choices) or 'keine'}.")
    return Sheet(
        kind=importer.key, form=contents.form, table=layout.table, head=layout.head, heads=layout.heads,
        columns=layout.columns, option=args.option or layout.option,
    )  # fmt: skip


def _layout(sheet: "Sheet") -> dict[str, Any]:
    from wurzelwerk.sheets.writing import column_letter

    columns: dict[str, list[str]] = {}
    for place, key in enumerate(sheet.columns):
        if key:
            columns.setdefault(key, []).append(sheet.heads[place] or column_letter(place))
    return {
        "table": sheet.table + 1, "head": None if sheet.head is None else sheet.head + 1, "columns": columns,
        "option": sheet.option,
    }  # fmt: skip


def _findings(rows: Sequence["Row"]) -> dict[str, Any]:
    verdicts = Counter(
        "refused" if row.is_refused
        else "alike" if row.alike
        else "twice" if row.same_as
        else "hint" if row.remarks
        else "fine"
        for row in rows
    )  # fmt: skip
    return {
        "rows": dict(sorted(verdicts.items())),
        "remarks": [
            {"row": row.number, "field": one.field, "message": one.text, "refuses": one.refuses}
            for row in rows
            for one in row.remarks
        ],
        "alike": [{"row": row.number, "label": one.label, "score": one.score} for row in rows for one in row.alike],
        "twice": [{"row": row.number, "same_as": row.same_as} for row in rows if row.same_as],
    }
