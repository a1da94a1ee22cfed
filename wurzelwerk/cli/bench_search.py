"""Die Suche nach Personen messen: wie schnell, wie viele Abfragen, und ob die Gemeinten gefunden werden."""

import argparse
import json
import random
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from wurzelwerk.base.errors import BadInput
from wurzelwerk.cli.main import load_django

EXAMPLE = "Beispiel: wurzelwerk bench search --people 10000 1000000 --json"
TARGET_MS = 100
SHOWN = 8
CYRILLIC = str.maketrans("abdefghijklmnoprstuvz", "абдефгхийклмнопрстувз")
GERMAN = {"sh": "sch", "ou": "u", "y": "j", "z": "s", "v": "w", "kh": "ch", "ai": "ei"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add `bench search [--people N …] [--searches N] [--json]`."""
    parser.epilog = EXAMPLE
    parser.add_argument(
        "--people", type=int, nargs="+", default=[10_000], metavar="N", help="Größe der Stadt; mehrere zum Vergleich"
    )
    parser.add_argument("--searches", type=int, default=100, metavar="N", help="Suchen je Art und Rolle (100)")
    parser.add_argument("--json", action="store_true", help="Ergebnis als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure each city (built once by `bench desk` or here). Raises BadInput."""
    if min(args.people) < 1_000 or args.searches < 20:
        raise BadInput("Es braucht mindestens 1000 Personen und 20 Suchen.")
    load_django()
    from wurzelwerk.cli.bench_desk import database_name, use_database

    cities = []
    for people in args.people:
        use_database(people)
        cities.append({"people": people, "roles": measure(args.searches)})
    answer = {"database": database_name(), "searches": args.searches, "target_ms": TARGET_MS, "cities": cities}
    print(json.dumps(answer, indent=1) if args.json else "\n".join(table(answer)))
    return 0


# -- what is typed ---------------------------------------------------------------------------------------------------


def _begun(person: Any) -> str:
    return f"{person.given_name[:3]} {person.family_name[:4]}"


def _german(person: Any) -> str:
    text = person.name.lower()
    for one, other in GERMAN.items():
        text = text.replace(one, other)
    return text


def _cyrillic(person: Any) -> str:
    return person.name.lower().replace("kh", "h").replace("sh", "ш").translate(CYRILLIC)


def _slip(person: Any) -> str:
    """Two letters in the middle of the family name change places."""
    name, at = person.family_name, max(1, len(person.family_name) // 2)
    return f"{person.given_name} {name[:at]}{name[at : at + 2][::-1]}{name[at + 2 :]}"


WAYS: dict[str, Callable[[Any], str]] = {
    "ganzer Name": lambda person: person.name,
    "vertauscht": lambda person: f"{person.family_name}, {person.given_name}",
    "nur Vorname": lambda person: person.given_name,
    "nur Familienname": lambda person: person.family_name,
    "begonnen": _begun,
    "wie gehört": _german,
    "kyrillisch": _cyrillic,
    "vertippt": _slip,
    "Geburtsdatum": lambda person: f"{person.birth_date:%d.%m.%Y}",
    "Vorname und Jahr": lambda person: f"{person.given_name} {person.birth_date:%Y}",
    "Telefon": lambda person: person.phone,
    "Aktenzeichen": lambda person: person.akte.reference,
}


# -- measuring -------------------------------------------------------------------------------------------------------


def measure(searches: int) -> list[dict]:
    """Measure every way for counsellor, lead and scout on the present database.

    A row: way, most queries, p50_ms, p95_ms, most_ms, found (share of searches that show the person meant among the
    first eight), to_bare (p50 in times of reading as many rows by `visible_to` alone).
    """
    from wurzelwerk.cli.bench_city import COUNSELLOR, LEAD, SCOUT
    from wurzelwerk.network.models import User
    from wurzelwerk.trust.actor import Actor

    roles = []
    for login in (COUNSELLOR, LEAD, SCOUT):
        user = User.objects.get(username=login)
        dice = random.Random(11)  # noqa: S311 - the same people each time
        meant = _people(Actor.of(user), searches * 6, dice)  # one in four has a telephone
        bare = median(_timed(lambda: _bare(Actor.of(user)))[0] for _ in range(20))  # noqa: B023 - called at once
        rows = [_row(name, way, meant, searches, user, bare) for name, way in WAYS.items()]
        roles.append({"login": login, "bare_ms": round(bare, 2), "ways": rows})
    return roles


def _people(actor: Any, count: int, dice: random.Random) -> list[Any]:
    """Draw people whom the actor sees; of the whole city where that is nobody: not to find takes its time as well."""
    from wurzelwerk.cases.models import PersonKeys

    rows = PersonKeys.objects.visible_to(actor)
    if not rows.exists():
        rows = PersonKeys.objects.for_system(reason="the bench draws whom somebody may not see")
    numbers = list(rows.order_by().values_list("pk", flat=True)[:200_000])
    drawn = rows.filter(pk__in=dice.sample(numbers, min(count, len(numbers))))
    people = []
    for row in drawn.select_related("person", "akte").order_by("pk"):
        row.person.akte = row.akte
        people.append(row.person)
    return people


def _bare(actor: Any) -> list:
    from wurzelwerk.cases.finding import LOOKED_AT
    from wurzelwerk.cases.models import PersonKeys

    return list(PersonKeys.objects.visible_to(actor).select_related("person").order_by()[:LOOKED_AT])


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    before = time.perf_counter()
    answer = act()
    return (time.perf_counter() - before) * 1_000, answer


def _row(name: str, way: Callable[[Any], str], meant: list[Any], searches: int, user: Any, bare: float) -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from wurzelwerk.cases.finding import find_people
    from wurzelwerk.trust.actor import Actor

    times, hits, most = [], 0, 0
    asked = [(person, text) for person in meant if (text := way(person))][:searches]
    warming = max(1, len(asked) // 10)  # the first tenth warms the database's memory, and its queries are counted
    for number, (person, text) in enumerate(asked):
        taken, found = _timed(lambda: find_people(text, actor=Actor.of(user), limit=SHOWN))  # noqa: B023
        hits += any(one.person.pk == person.pk or one.name == person.name for one in found)
        times.append(taken)
        if number < warming:
            with CaptureQueriesContext(connection) as captured:
                find_people(text, actor=Actor.of(user), limit=SHOWN)
            most = max(most, len(captured))
    times = times[warming:] or times
    slow = sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]
    return {
        "way": name,
        "searches": len(asked),
        "queries": most,
        "p50_ms": round(median(times), 2),
        "p95_ms": round(slow, 2),
        "most_ms": round(max(times), 2),
        "to_bare": round(median(times) / bare, 2),
        "found": round(hits / len(asked), 3),
        "met": slow < TARGET_MS,
    }


def table(answer: dict) -> list[str]:
    """The figures as lines to read."""
    lines = [f"{answer['database']}; {answer['searches']} Suchen je Art; Ziel: 95 von 100 unter {TARGET_MS} ms"]
    for city in answer["cities"]:
        for role in city["roles"]:
            lines.append(f"\n{city['people']} Personen, {role['login']} (80 Zeilen lesen: {role['bare_ms']} ms)")
            lines.append(
                f"{'getippt':<18}{'Abfragen':>9}{'p50 ms':>9}{'p95 ms':>9}{'längste':>9}{'× lesen':>9}{'gefunden':>10}"
            )
            lines += [
                f"{row['way']:<18}{row['queries']:>9}{row['p50_ms']:>9.1f}{row['p95_ms']:>9.1f}{row['most_ms']:>9.1f}"
                f"{row['to_bare']:>9.1f}{row['found']:>10.1%}  {'erreicht' if row['met'] else 'Ziel verfehlt'}"
                for row in role["ways"]
            ]
    return lines
