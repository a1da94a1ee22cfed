"""Wohnungen einlesen und ausgeben: `wurzelwerk housing import-openimmo|export-openimmo`."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wurzelwerk.base.errors import BadInput

if TYPE_CHECKING:
    from wurzelwerk.trust.actor import Actor

IMPORT_EXAMPLE = """Beispiel:
  wurzelwerk housing import-openimmo bestand.xml --dry-run
  wurzelwerk housing import-openimmo bestand.xml weitere.zip --as katja --json

Ergebnis: {"accepted": […], "remarks": [{"object", "field", "message"}], "refused": [{"object", "reason"}]}
Rückgabe: 0 fertig, 2 eine Datei ist nicht lesbar (nichts wird übernommen), 1 sonst."""

EXPORT_EXAMPLE = """Beispiel:
  wurzelwerk housing export-openimmo --out bestand.xml

Schreibt die offenen Wohnungen als OpenImmo 1.2.7. Die Datei entsteht ganz oder gar nicht."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add `import-openimmo` and `export-openimmo`."""
    below = parser.add_subparsers(metavar="WAS", dest="housing_command", required=True)
    take = _command(below, "import-openimmo", "OpenImmo-Dateien einlesen", IMPORT_EXAMPLE, run_import)
    take.add_argument("files", nargs="+", type=Path, metavar="DATEI", help="XML oder ZIP, bis 50 MB")
    take.add_argument("--dry-run", action="store_true", help="nur sagen, was geschähe; nichts schreiben")
    give = _command(below, "export-openimmo", "Offene Wohnungen als OpenImmo ausgeben", EXPORT_EXAMPLE, run_export)
    give.add_argument("--out", required=True, type=Path, metavar="DATEI", help="wird ganz oder gar nicht geschrieben")


def _command(below: Any, name: str, line: str, example: str, run: Any) -> argparse.ArgumentParser:
    parser = below.add_parser(
        name, help=line, description=line, epilog=example, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--as", dest="login", metavar="LOGIN", help="mit den Rechten dieser Person")
    parser.add_argument("--json", action="store_true", help="Ergebnis auf die Standardausgabe, sonst nichts dort")
    parser.set_defaults(run=run)
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def run_import(args: argparse.Namespace) -> int:
    """Read all files first; then each is taken in as a whole or not at all."""
    from .main import load_django

    contents = [(path, _content(path)) for path in args.files]
    load_django()
    from wurzelwerk.housing.openimmo import NotOpenImmo, read

    actor = acting(args.login, permission="housing.import")
    files = []
    for path, content in contents:
        try:
            files.append((path, content, read(content, filename=path.name)))
        except NotOpenImmo as error:
            raise BadInput(f"{path}: {error}") from error
    report: dict[str, list] = {"accepted": [], "remarks": [], "refused": []}
    for path, content, file in files:
        _say(f"{path}: {len(file.listings)} lesbare Objekte, {len(file.refused)} abgelehnt.")
        found = _preview(file, actor) if args.dry_run else _take_in(path, content, file, actor)
        for part, rows in found.items():
            report[part] += rows
    _tell(report, args)
    return 0


def _content(path: Path) -> bytes:
    from wurzelwerk.housing.openimmo.parse import MAX_BYTES

    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(f"{path}: größer als 50 MB. Bitte teilen Sie die Datei.")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: nicht lesbar ({error.strerror}).") from error


def acting(login: str | None, *, permission: str) -> "Actor":
    """Return the actor whose rights are used: by login, else the one manager of the one housing body."""
    from wurzelwerk.network.models import Membership, User
    from wurzelwerk.trust.actor import Actor

    if login:
        user = User.objects.filter(username=login, is_active=True).first()
        if user is None:
            raise BadInput(f"--as {login}: Diesen Zugang gibt es nicht.")
    else:
        managers = Membership.objects.filter(role="housing_manager", user__is_active=True).select_related("user")
        users = {row.user.username: row.user for row in managers.order_by("user__username")}
        if len(users) != 1:
            names = ", ".join(users) or "niemand"
            raise BadInput(f"Mit wessen Rechten? Bitte --as LOGIN angeben (Leitung Vermittlung: {names}).")
        user = next(iter(users.values()))
    actor = Actor.of(user)
    if not actor.may(permission) or actor.home is None:
        raise BadInput(f"--as {user.username}: Dieser Person fehlt die Berechtigung dazu.")
    return actor


def _progress(done: int, total: int) -> None:
    if done == total or done % 500 == 0:
        _say(f"  {done} von {total} gelesen")


def _preview(file: Any, actor: "Actor") -> dict[str, list]:
    from wurzelwerk.base import clock
    from wurzelwerk.housing.import_plan import plan_file, prepare_file, report_of

    ready = prepare_file(file, progress=_progress)
    return report_of(file, plan_file(file, by=actor, on=clock.today()), more=ready.remarks)


def _take_in(path: Path, content: bytes, file: Any, actor: "Actor") -> dict[str, list]:
    from django.db import transaction

    from wurzelwerk.base import clock
    from wurzelwerk.base.formats import moment
    from wurzelwerk.housing.actions.importing import begin_at_once, start_import, take_in_listings
    from wurzelwerk.housing.import_plan import prepare_file
    from wurzelwerk.housing.photo_files import dropped_on_failure

    ready = prepare_file(file, progress=_progress)
    at = clock.now()
    with dropped_on_failure(), transaction.atomic():
        run, fresh = start_import(content=content, name=path.name, by=actor, at=at)
        if not fresh:
            text = f"{path.name}: Diese Datei ist schon da, seit {moment(run.started_at)}; sie wird erneut abgeglichen."
            ready.remarks.insert(0, {"object": "", "field": "", "message": text})
        run = begin_at_once(run=run, by=actor, at=at)
        return take_in_listings(run=run, prepared=ready, by=actor, at=at)


def _tell(report: dict[str, list], args: argparse.Namespace) -> None:
    if args.json:
        json.dump(report, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for row in report["remarks"]:
            _say(f"Hinweis: {row['message']}")
        for row in report["refused"]:
            _say(f"Abgelehnt: {row['object']}: {row['reason']}")
    counts = {part: len(rows) for part, rows in report.items()}
    word = "Würde annehmen" if args.dry_run else "Angenommen"
    _say(f"{word}: {counts['accepted']}, Hinweise: {counts['remarks']}, abgelehnt: {counts['refused']}.")


def run_export(args: argparse.Namespace) -> int:
    """Write the open dwellings that the person may see; the file appears when it is whole."""
    from .main import load_django

    load_django()
    from wurzelwerk.base import clock
    from wurzelwerk.housing.export_listings import export_file

    actor = acting(args.login, permission="housing.portfolio")
    if not args.out.parent.is_dir():
        raise BadInput(f"{args.out}: Diesen Ordner gibt es nicht.")
    exported = export_file(actor, at=clock.now())
    for remark in exported.remarks:
        _say(f"Hinweis: {remark}")
    _write(args.out, exported.content)
    _say(f"{args.out}: {exported.count} Wohnungen ausgegeben.")
    if args.json:
        print(
            json.dumps(
                {"out": str(args.out), "dwellings": exported.count, "remarks": exported.remarks}, ensure_ascii=False
            )
        )
    return 0


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.teil")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BadInput(f"{path}: nicht beschreibbar ({error.strerror}).") from error
