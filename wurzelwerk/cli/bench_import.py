"""Messen, wie lange das Einlesen einer langen Liste dauert: lesen, prüfen mit Doppelten, übernehmen, zurücknehmen."""

import argparse
import csv
import io
import json
import random
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from wurzelwerk.base.errors import BadInput
from wurzelwerk.cli.main import load_django

EXAMPLE = "Beispiel: wurzelwerk bench import --rows 50000 --people 10000 --json"
TARGET_SECONDS = 60
HEADS = ("Haushalt", "Beziehung", "Vorname", "Nachname", "Geburtsdatum", "Telefon", "Sprache", "Straße", "PLZ", "Ort")
KNOWN_EVERY = 50
"""Every so many rows one is somebody of the city, so that duplicates are found."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add `bench import [--rows N] [--people N] [--alone] [--json]`."""
    parser.epilog = EXAMPLE
    parser.add_argument("--rows", type=int, default=50_000, metavar="N", help="Zeilen der Liste")
    parser.add_argument("--people", type=int, default=10_000, metavar="N", help="Größe der Stadt, in die sie kommt")
    parser.add_argument("--alone", action="store_true", help="jede Zeile ein eigener Haushalt (am meisten Arbeit)")
    parser.add_argument("--json", action="store_true", help="Ergebnis als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure one list in a city built once; afterwards it is taken back. Raises BadInput."""
    if args.rows < 100 or args.people < 1_000:
        raise BadInput("Es braucht mindestens 100 Zeilen und 1000 Personen.")
    load_django()
    from wurzelwerk.cli.bench_desk import database_name, use_database

    use_database(args.people)
    answer = {"database": database_name(), "people": args.people} | measure(args.rows, alone=args.alone)
    print(json.dumps(answer, ensure_ascii=False, indent=1) if args.json else "\n".join(table(answer)))
    return 0


def list_of(rows: int, known: list[tuple], *, alone: bool) -> bytes:
    """An invented list as a CSV file, the same each time; every fiftieth row is one of `known`."""
    from wurzelwerk.cli.bench_city import SIZES, _family, _given

    dice = random.Random(13)  # noqa: S311 - invented people
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(HEADS)
    household, left, family = 0, 0, ""
    for number in range(rows):
        if not left:
            household, left, family = household + 1, 1 if alone else dice.choice(SIZES), _family(dice)
        left -= 1
        given, born = (
            _given(dice),
            f"{dice.randrange(1, 28):02}.{dice.randrange(1, 13):02}.{dice.randrange(1950, 2025)}",
        )
        name = family
        if known and number % KNOWN_EVERY == 0:
            given, name, birth = known[number // KNOWN_EVERY % len(known)]
            born = f"{birth:%d.%m.%Y}" if birth else ""
        phone = f"0157 {dice.randrange(10**8):08}" if dice.random() < 0.4 else ""
        street = f"Probeweg {household % 400}"
        writer.writerow((f"L-{household}", "", given, name, born, phone, "Arabisch", street, "44145", "Dortmund"))
    return buffer.getvalue().encode("utf-8-sig")


def measure(rows: int, *, alone: bool = False) -> dict[str, Any]:
    """Take a list in as the counsellor of the present city does, and back. Seconds by the wall, and of the process."""
    from wurzelwerk.cases.models import Person
    from wurzelwerk.cli import bench_city
    from wurzelwerk.network.models import User
    from wurzelwerk.sheets import checking, taking
    from wurzelwerk.sheets.importer import importers
    from wurzelwerk.sheets.models import SheetLine
    from wurzelwerk.trust.actor import Actor

    by = Actor.of(User.objects.get(username=bench_city.COUNSELLOR))
    seen = Person.objects.visible_to(by).order_by("pk")
    known = list(seen.values_list("given_name", "family_name", "birth_date")[:2_000])
    content, importer = list_of(rows, known, alone=alone), importers()["people"]
    phases: dict[str, dict[str, float]] = {}
    sheet, table = _sent(content, importer, by, phases)
    with _timed(phases, "check"):
        checking.check(sheet, table, importer, by=by, on=by.on, progress=_quiet)
    lines = SheetLine.objects.for_system(reason="the bench counts").filter(sheet=sheet)
    verdicts = {
        verdict: lines.filter(verdict=verdict).count() for verdict in ("fine", "hint", "alike", "twice", "refused")
    }
    households = _take_in(sheet, importer, by, phases)
    bare = _bare(rows)
    total = sum(phases[name]["wall"] for name in ("read", "check", "take_in"))
    cpu = sum(phases[name]["cpu"] for name in ("read", "check", "take_in"))
    with _timed(phases, "take_back"):
        taking.take_back(sheet, importer, by=by, at=sheet.taken_at, progress=_quiet)
    sheet.delete()
    return {
        "rows": rows, "households": households, "verdicts": verdicts, "phases": phases, "seconds": round(total, 1),
        "cpu_seconds": round(cpu, 1), "bare_seconds": round(bare, 2), "to_bare": round(total / bare, 1),
        "target_seconds": TARGET_SECONDS, "met": total <= TARGET_SECONDS,
    }  # fmt: skip


def _quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def _sent(content: bytes, importer: Any, by: Any, phases: dict) -> tuple[Any, Any]:
    from wurzelwerk.base import clock
    from wurzelwerk.sheets.actions import set_columns, start_sheet
    from wurzelwerk.sheets.columns import propose
    from wurzelwerk.sheets.models import Sheet
    from wurzelwerk.sheets.reading import read

    Sheet.objects.visible_to(by).delete()
    with _timed(phases, "read"):
        contents = read(content)
        sheet, _fresh = start_sheet(
            content=content, contents=contents, name="bench.csv", importer=importer, by=by, at=clock.now()
        )
    layout = propose(sheet.outline, importer, controller=sheet.akte.controller_id)
    return set_columns(sheet=sheet, layout=layout, by=by, at=clock.now()), contents.tables[0]


def _take_in(sheet: Any, importer: Any, by: Any, phases: dict) -> int:
    from wurzelwerk.base import clock
    from wurzelwerk.cases.models import Household
    from wurzelwerk.sheets import taking
    from wurzelwerk.sheets.actions import begin_take_in, keep_checked

    keep_checked(sheet=sheet, by=by, at=clock.now())
    begun = begin_take_in(sheet=sheet, by=by, at=clock.now())
    for name in ("state", "attempt", "taken_at"):
        setattr(sheet, name, getattr(begun, name))
    with _timed(phases, "take_in"):
        taking.take_in(sheet, importer, by=by, on=by.on, progress=_quiet)
    return Household.objects.for_system(reason="the bench counts").filter(formed_at=sheet.taken_at).count()


def _bare(rows: int) -> float:
    """Seconds to write as many plain rows of one table, rolled back: what the database alone takes for the least."""
    from django.db import transaction

    from wurzelwerk.base.bulk import insert
    from wurzelwerk.base.clock import now
    from wurzelwerk.evidence.models import Fact

    at = now()
    row = {"type": "bench", "occurred_on": at.date(), "recorded_at": at, "controller": "bench"}
    before = time.perf_counter()
    with transaction.atomic():
        insert(Fact, [row] * rows)
        transaction.set_rollback(True)
    return time.perf_counter() - before


@contextmanager
def _timed(phases: dict, name: str) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    phases[name] = {"wall": round(time.perf_counter() - wall, 2), "cpu": round(time.process_time() - cpu, 2)}


NAMES: dict[str, str] = {
    "read": "Datei lesen", "check": "prüfen, Doppelte suchen", "take_in": "übernehmen", "take_back": "zurücknehmen",
}  # fmt: skip


def table(answer: dict) -> list[str]:
    """The figures as lines to read."""
    write: Callable[[float], str] = "{:.1f}".format
    lines = [
        f"{answer['database']}; Stadt mit {answer['people']} Personen; {answer['rows']} Zeilen, "
        f"{answer['households']} Haushalte; Befund: {answer['verdicts']}",
        f"{'Schritt':<28}{'Sekunden':>10}{'Rechenzeit':>12}",
    ]
    for name, label in NAMES.items():
        phase = answer["phases"][name]
        lines.append(f"{label:<28}{write(phase['wall']):>10}{write(phase['cpu']):>12}")
    said = "erreicht" if answer["met"] else "Ziel verfehlt"
    lines.append(
        f"zusammen ohne Zurücknehmen: {answer['seconds']} s, {answer['to_bare']}-mal so viele bloße Zeilen; "
        f"Ziel {answer['target_seconds']} s: {said}"
    )
    return lines
