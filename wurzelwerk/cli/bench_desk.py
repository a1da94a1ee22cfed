"""Seiten des Schreibtischs messen: Haushalt, Liste, Heute, ein Eintrag, mit allen Rechten."""

import argparse
import json
import sys
from pathlib import Path

from wurzelwerk.base.errors import BadInput
from wurzelwerk.cli.main import load_django

EXAMPLE = "Beispiel: wurzelwerk bench desk --people 10000 1000000 --json"
VERSION = 4
CLOCK_NAMES = {"wall": "Uhr an der Wand", "cpu": "Rechenzeit des Prozesses"}
GROWTH, BARE_PAGES, SIZE_JUDGED = 1.5, 8, 100_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Add `bench desk [--people N …] [--repeat N] [--only TEXT] [--clock wall|cpu] [--json]`."""
    parser.epilog = EXAMPLE
    parser.add_argument(
        "--people", type=int, nargs="+", default=[10_000], metavar="N", help="Größe der Stadt; mehrere zum Vergleich"
    )
    parser.add_argument("--repeat", type=int, default=40, metavar="N", help="Wiederholungen je Seite")
    parser.add_argument("--only", default="", metavar="TEXT", help="nur Seiten, deren Name den Text enthält")
    parser.add_argument(
        "--clock", choices=("wall", "cpu"), default="wall", help="Uhr an der Wand, oder Rechenzeit des Prozesses"
    )
    parser.add_argument("--json", action="store_true", help="Ergebnis als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Build (once) and measure each city; print medians, query counts, ratios. Raises BadInput."""
    if min(args.people) < 1_000 or args.repeat < 3:
        raise BadInput("Es braucht mindestens 1000 Personen und 3 Wiederholungen.")
    load_django()
    from wurzelwerk.cli import bench_pages

    results = []
    for people in args.people:
        use_database(people)
        results.append({"people": people, "pages": bench_pages.measure(args.repeat, only=args.only, clock=args.clock)})
    judge(results)
    answer = {"database": database_name(), "repeat": args.repeat, "clock": args.clock, "cities": results}
    print(json.dumps(answer, indent=1) if args.json else "\n".join(table(answer)))
    return 0


def database_name() -> str:
    """Say on which database the figures were taken."""
    from django.db import connection

    if connection.vendor == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def use_database(people: int) -> None:
    """Turn the process to the bench database of this size; build it where it is not there yet."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from wurzelwerk.cli.prepare import read_stamp, write_stamp

    connection.close()
    here = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        folder = Path(settings.VAR) / "bench"
        folder.mkdir(parents=True, exist_ok=True)
        name = str(folder / f"desk-{people}.sqlite3")
    else:
        name = _postgres_database(people)
    here["NAME"] = connection.settings_dict["NAME"] = name
    stamp = f"{VERSION}:{people}"
    call_command("migrate", verbosity=0)
    if read_stamp("bench") == stamp:
        return
    from wurzelwerk.cli.bench_city import build_city
    from wurzelwerk.network.models import User

    if User.objects.exists():
        raise BadInput(f"{name}: halb gefüllt oder mit anderem Inhalt; bitte löschen.")
    print(f"Stadt mit {people} Personen wird angelegt …", file=sys.stderr)
    build_city(people)
    write_stamp("bench", stamp)


def _postgres_database(people: int) -> str:
    """The name of the bench database beside the configured one; made where it is missing."""
    from django.db import connection

    name = f"{connection.settings_dict['NAME'].partition('_bench_')[0]}_bench_{people}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    return name


def judge(cities: list[dict]) -> None:
    """Write beside each page's figures what they should be (`target`) and whether they are (`met`).

    At about 100,000 people a page may take 8 times the bare page; compared with the smallest city at most
    1.5 times the time, and the same number of queries; nowhere more queries than 10 and 2 a panel. Times of two cities
    are compared in their own bare pages, which know nothing of the city: so the machine's wavering falls out.
    """
    first = {page["name"]: page for page in cities[0]["pages"]}
    for city in cities:
        for page in city["pages"]:
            page["grown"] = round(page["to_bare"] / first[page["name"]]["to_bare"], 2)
            limits = [(f"≤ {page['most_queries']} Abfragen", page["queries"] <= page["most_queries"])]
            if city is not cities[0] and page["is_judged"]:
                limits.append((f"≤ {GROWTH} × erste Stadt", page["grown"] <= GROWTH))
                limits.append(("gleich viele Abfragen", page["queries"] == first[page["name"]]["queries"]))
            if city["people"] == SIZE_JUDGED and page["is_page"]:
                limits.append((f"≤ {BARE_PAGES} × leere Seite", page["to_bare"] <= BARE_PAGES))
            page["target"] = ", ".join(text for text, _met in limits)
            page["missed"] = [text for text, met in limits if not met]
            page["met"] = not page["missed"]


def table(answer: dict) -> list[str]:
    """The figures as lines to read; ratios to the bare page and to the first city, and which target is missed."""
    lines = [
        f"{answer['database']}; {answer['repeat']} Runden, {CLOCK_NAMES[answer['clock']]}; Verhältnisse der Mediane"
    ]
    for city in answer["cities"]:
        lines.append(f"\n{city['people']} Personen")
        lines.append(
            f"{'Seite':<48}{'Abfragen':>9}{'ms':>9}{'schnellste':>12}{'× leere Seite':>15}{'× erste Stadt':>15}  Ziel"
        )
        for page in city["pages"]:
            said = "erreicht" if page["met"] else f"Ziel verfehlt: {', '.join(page['missed'])}"
            lines.append(
                f"{page['name']:<48}{page['queries']:>9}{page['ms']:>9.2f}{page['fastest_ms']:>12.2f}"
                f"{page['to_bare']:>15.2f}{page['grown']:>15.2f}  {said}"
            )
    missed = sum(not page["met"] for city in answer["cities"] for page in city["pages"])
    return [*lines, "", f"Ziel verfehlt: {missed} Zeilen" if missed else "Alle Ziele erreicht"]
