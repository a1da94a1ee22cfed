"""What `bench desk` measures, in one process through Django's test client, so that ratios are fair."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from wurzelwerk.base import clock
from wurzelwerk.base.rooms import panels
from wurzelwerk.cases.actions import write_note
from wurzelwerk.cases.models import Appointment, Case, Household, Note
from wurzelwerk.cli.bench_city import COUNSELLOR, LEAD, LEAD_OF_TWENTY, SCOUT
from wurzelwerk.network.models import Membership, User
from wurzelwerk.trust.actor import Actor

WARM_UP = 6
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}
ROWS = 25
TEAM_QUERIES = 18  # session, account and rights; nine for the counts, two for whom one covers for, places and people
DAILY_QUERIES = 18  # ten, and two for each of up to four parts: filter, lines, what hangs on them, what is about it
LIST_QUERIES, WRITE_QUERIES = 12, 13  # ten and one panel: the table; an entry with its fact and the case it renews
BARE = "leere Django-Seite"
BARE_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
DAILY = {  # a counsellor's other pages: of a household, and of the person's own day
    "Journal": "/haushalte/{}/journal/", "Plan": "/haushalte/{}/plan/", "Familie": "/haushalte/{}/familie/",
    "Dokumente": "/haushalte/{}/dokumente/", "Helferkreis": "/haushalte/{}/helferkreis/", "Kalender: Tag": "/kalender/",
    "Kalender: Woche": "/kalender/woche/", "Aufgaben": "/aufgaben/", "Was ist neu": "/neu/",
    "Mein Monat": "/mein-monat/", "Kurzkontakte": "/kurzkontakte/", "Überweisungen": "/ueberweisungen/",
}  # fmt: skip
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
BARE_TEMPLATE = (
    "<!DOCTYPE html><html lang='de'><title>{{ user }}</title><h1>{{ user }}</h1><table>"
    "{% for row in rows %}<tr><td>{{ row.name }}</td><td>{{ row.formed_at|date:'d.m.Y' }}</td></tr>{% endfor %}</table>"
)


def bare_page(request: HttpRequest) -> HttpResponse:
    """Session, account, 25 rows, one template: what any Django page costs."""
    template = bare_page.__dict__.setdefault("template", engines["django"].from_string(BARE_TEMPLATE))
    rows = Household.objects.for_system(reason="the bare page of the bench").order_by("pk")[:ROWS]
    return HttpResponse(template.render({"user": request.user, "rows": rows}))


urlpatterns = [path("bench/leer/", bare_page), path("", include("wurzelwerk.house.urls"))]


@dataclass
class Measure:
    """One figure: a name and what to do, again and again; how many queries are allowed.

    `is_page`: it may take so many times the bare page. `is_judged`: it may not grow with the city.
    """

    name: str
    act: Callable[[], Any]
    most_queries: int = 10
    is_page: bool = True
    is_judged: bool = True


def measure(repeat: int, *, only: str = "", clock: str = "wall") -> list[dict[str, Any]]:
    """Measure everything, or the pages named like `only`, on the present database.

    `clock`: "wall", or "cpu" for the time that this process computed: what a busy machine leaves comparable, without
    the work of a database server beside it.

    Each entry has name, queries, most_queries, is_page, ms (the median round), fastest_ms, and to_bare (ms in times of
    the bare page's). Medians: the clock of a borrowed machine goes up and down, and the fastest round of a long page
    falls less often into a fast moment than that of a short one.
    """
    changed = {"ROOT_URLCONF": __name__, "STORAGES": settings.STORAGES | {"staticfiles": PLAIN_STATIC}}
    with override_settings(**changed):
        wanted = [one for one in _measures() if only in one.name or one.name == BARE]
        queries = {one.name: _queries(one) for one in wanted}
        times = _times(wanted, repeat, CLOCKS[clock])
    bare = median(times[BARE])
    return [
        {
            "name": one.name,
            "queries": queries[one.name],
            "most_queries": one.most_queries,
            "is_page": one.is_page,
            "is_judged": one.is_judged,
            "ms": round(median(taken), 3),
            "fastest_ms": round(min(taken), 3),
            "to_bare": round(median(taken) / bare, 2),
        }
        for one, taken in zip(wanted, times.values(), strict=True)
    ]


def _queries(one: Measure) -> int:
    """The most queries of a few turns, for a household with more in it asks for more."""
    most = 0
    one.act()  # lists that are remembered for a while are read now
    for _ in range(WARM_UP):
        with CaptureQueriesContext(connection) as captured:
            one.act()
        most = max(most, len(captured))
    return most


def _times(measures: list[Measure], repeat: int, now: Callable[[], float]) -> dict[str, list[float]]:
    """Milliseconds of each, measured in rounds, so that a busy moment of the machine falls on all alike."""
    times: dict[str, list[float]] = {one.name: [] for one in measures}
    for _ in range(repeat):
        for one in measures:
            before = now()
            one.act()
            times[one.name].append((now() - before) * 1_000)
    return times


def _measures() -> list[Measure]:
    people = {login: User.objects.get(username=login) for login in (COUNSELLOR, LEAD, LEAD_OF_TWENTY, SCOUT)}
    with override_settings(MIDDLEWARE=BARE_MIDDLEWARE):
        bare = _client(people[COUNSELLOR])
        bare.get("/bench/leer/")  # the client keeps the short chain of middleware
    found = [Measure(BARE, _getting(bare, ["/bench/leer/"]))]
    for login, label in ((COUNSELLOR, "Beratung"), (LEAD, "Leitung, sieht alles"), (SCOUT, "Wohnungsakquise")):
        user = people[login]
        client, actor = _client(user), Actor.of(user)
        pages = [f"/haushalte/{pk}/" for pk in _some_households(actor)]
        found += [
            Measure(f"Haushaltsseite ({label})", _getting(client, pages), 10 + 2 * len(panels("household"))),
            Measure(f"Liste der Haushalte ({label})", _getting(client, ["/haushalte/"]), LIST_QUERIES),
            Measure(f"Heute ({label})", _getting(client, ["/heute/"]), 10 + 2 * len(panels("today"))),
            Measure(f"visible_to: 25 Haushalte ({label})", _visible(user), is_page=False, is_judged=False),
        ]
    counsellor = people[COUNSELLOR]
    client, households = _client(counsellor), _some_households(Actor.of(counsellor))
    found += [
        Measure(f"{name} (Beratung)", _getting(client, _daily(address, households, counsellor)), DAILY_QUERIES)
        for name, address in DAILY.items()
    ]
    lead, of_twenty = _client(people[LEAD]), _client(people[LEAD_OF_TWENTY])
    by_name = _typed(lead, "/haushalte/", name="Ka")
    found += [
        Measure("Heute im Team (Leitung von 20)", _getting(of_twenty, ["/heute/team/"]), TEAM_QUERIES),
        Measure("Aufgaben des Teams (Leitung von 20)", _getting(of_twenty, ["/aufgaben/?wer=team"]), LIST_QUERIES),
        Measure(
            "Kalender: Woche von 20 (Leitung)", _getting(of_twenty, ["/kalender/team/"]), TEAM_QUERIES, is_page=False
        ),
        Measure("Auslastung (Leitung von 20)", _getting(of_twenty, ["/team/auslastung/"]), LIST_QUERIES),
        Measure("Heute im Team (Leitung, sieht alles)", _getting(lead, ["/heute/team/"]), TEAM_QUERIES),
        Measure("Aufgaben aller Teams (Leitung)", _getting(lead, ["/aufgaben/?wer=team"]), LIST_QUERIES),
        Measure(
            "Liste nach letztem Kontakt (Leitung)", _getting(lead, ["/haushalte/?sortierung=kontakt"]), LIST_QUERIES
        ),
        Measure("Liste nach Namensanfang (Leitung)", _getting(lead, [by_name]), LIST_QUERIES),
        Measure("Eintrag ins Journal (Beratung)", _writing(people[COUNSELLOR]), WRITE_QUERIES, is_page=False),
    ]
    return found


def _client(user: User) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    return client


def _daily(address: str, households: list, user: User) -> list[str]:
    """The addresses of a page, one a household; the day of a calendar is one on which there is something."""
    if address != DAILY["Kalender: Tag"]:
        return [address.format(pk) for pk in households] if "{}" in address else [address]
    to_come = Appointment.objects.visible_to(Actor.of(user)).filter(host=user, starts_at__gte=clock.now())
    starts = to_come.order_by("starts_at").values_list("starts_at", flat=True).first()
    return [f"{address}?tag={clock.local_day(starts)}" if starts else address]


def _typed(client: Client, address: str, **texts: str) -> str:
    """Post a filter in which people type; return the address of the list that shows what was found."""
    return client.post(address, texts)["Location"]


def _some_households(actor: Actor) -> list:
    rows = Household.objects.visible_to(actor).order_by("name", "pk")
    return list(rows.values_list("pk", flat=True)[:200:7])


def _getting(client: Client, addresses: list[str]) -> Callable[[], None]:
    turn = cycle(addresses)

    def act() -> None:
        answer = client.get(next(turn))
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.request['PATH_INFO']}: {answer.status_code}")

    return act


def _visible(user: User) -> Callable[[], None]:
    """Who am I, which circles, which grants, and the first 25 rows in the order of names."""

    def act() -> None:
        actor = Actor.of(user)
        list(Household.objects.visible_to(actor).order_by("name", "pk")[:ROWS])

    return act


def _writing(user: User) -> Callable[[], Note]:
    actor = Actor.of(user)
    sites = Membership.objects.filter(user=user).values("site_id")
    cases = list(Case.objects.visible_to(actor).filter(akte__site_id__in=sites, lead=user, closed_on__isnull=True)[:20])
    turn = cycle(cases)

    def act() -> Note:
        at = clock.now()
        return write_note(
            case=Case.objects.visible_to(actor).get(pk=next(turn).pk), kind="conversation", theme="housing",
            text="Gespräch über die Wohnungssuche.", occurred_at=at, minutes=30, by=actor, at=at,
        )  # fmt: skip

    for _ in cases:
        act()  # the first of a day renews the last contact too; measured is every other
    return act
