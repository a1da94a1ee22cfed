"""Nothing on a page costs a query a line: lists cost the same for one and for three, panels keep their budget.

A list view is one whose name ends in `_list`; one that stands in no table here fails the suite.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from wurzelwerk.base import clock, paging
from wurzelwerk.base.rooms import panels
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Household
from wurzelwerk.cases.notices import tell
from wurzelwerk.desk.pages import TodayPage
from wurzelwerk.desk.queries import household_page

# name -> queries of the whole page for amira, session and rights included; the same for 1 and 3 rows
PLAIN_LISTS = {"absence_list": 5, "household_list": 10, "notice_list": 8, "team": 8}
# lists of other rooms: shown here only so that none is forgotten; their rooms count them in their own tests
COUNTED_ELSEWHERE = {
    "task_list": "tests/counselling",
    "contact_list": "tests/counselling",
    "letter_list": "tests/letters",
    "mailing_list": "tests/letters",
    "office_template_list": "tests/letters",
    "place_list": "tests/appointments",
    "referral_list": "tests/counselling",
    "document_list": "tests/counselling",
    "text_block_list": "tests/counselling",
    "release_list": "tests/counselling",
    "reminder_list": "tests/portal",
    "round_list": "tests/housing",
    "housing_search_list": "tests/housing",
    "dwelling_list": "tests/housing",
    "owner_list": "tests/housing",
    "import_list": "tests/housing",
    "photo_list": "tests/housing",
    "sheet_list": "tests/sheets",
}
PAGE_BUDGET, PANEL_BUDGET = 10, 2


def url_names(patterns: list | None = None) -> set[str]:
    """The names of all addresses."""
    found = set()
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            found |= url_names(entry.url_patterns)
        elif isinstance(entry, URLPattern) and entry.name:
            found.add(entry.name)
    return found


def test_every_list_view_is_counted():
    lists = {name for name in url_names() if name.endswith("_list")}
    assert lists - set(PLAIN_LISTS) - set(COUNTED_ELSEWHERE) == set()


@pytest.fixture
def queries_of(user):
    """Count a page's queries for somebody of the cast, warm and without the first of a session."""

    def count(login: str, address: str) -> int:
        client = Client()
        client.force_login(user(login))
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count


def add_household(open_household: Callable, now) -> None:
    """One more row for every plain list: a household, and a notice about it."""
    case = open_household()
    tell(case=case, text="Die Überweisung wurde angenommen.", at=now)


@pytest.mark.parametrize(
    ("name", "login"),
    [("absence_list", "amira"), ("household_list", "amira"), ("notice_list", "amira"), ("team", "elif")],
)
def test_list_costs_the_same_for_one_and_for_three(queries_of, open_household, now, name, login):
    add_household(open_household, now)
    one = queries_of(login, reverse(name))
    add_household(open_household, now)
    add_household(open_household, now)
    assert (one, queries_of(login, reverse(name))) == (PLAIN_LISTS[name], PLAIN_LISTS[name])


@pytest.fixture
def busy(open_household, actor, now):
    """A household with something of everything that counselling writes."""
    case, by = open_household(), actor("amira")
    for kind in ("housing", "work"):
        need = cases.note_need(case=case, kind=kind, by=by, at=now)
        goal = cases.agree_goal(need=need, text="Eine Wohnung", by=by, at=now)
        cases.plan_step(goal=goal, text="WBS beantragen", due_on=clock.today(), by=by, at=now)
        cases.set_task(case=case, title="Unterlagen", due_on=clock.today(), by=by, at=now)
        cases.write_note(
            case=case, kind="conversation", theme="housing", text="Gespräch", occurred_at=now, by=by, at=now
        )
        start = now + timedelta(hours=1)
        cases.make_appointment(
            case=case, kind="office", starts_at=start, ends_at=start + timedelta(hours=1), by=by, at=now
        )
        tell(case=case, text="Ein Vorschlag wartet.", at=now)
    return Household.objects.for_system(reason="test").get(akte=case.akte)


@pytest.fixture
def request_of(actor, user):
    """A request as the panels get it."""

    def make(login: str):
        request = RequestFactory().get("/")
        request.user, request.actor = user(login), actor(login)
        request.user.date_joined = clock.now()  # new colleagues have a panel more
        return request

    return make


def panel_costs(place: str, request, subject) -> dict[str, int]:
    """Queries of each panel of a page, its content evaluated like a template would; rights already resolved."""
    costs = {}
    for panel in panels(place):
        with CaptureQueriesContext(connection) as captured:
            for value in (panel.context(request, subject) or {}).values():
                if isinstance(value, QuerySet):
                    list(value)
        costs[panel.key] = len(captured)
    return costs


@pytest.mark.parametrize("login", ["amira", "elif"])
def test_panels_of_a_household_keep_their_budget(busy, request_of, login):
    request = request_of(login)
    page = household_page(busy.pk, actor=request.actor, today=clock.today())
    over = {key: cost for key, cost in panel_costs("household", request, page).items() if cost > PANEL_BUDGET}
    assert over == {}


@pytest.mark.parametrize("login", ["amira", "elif", "jonas", "frieda", "lars"])
def test_panels_of_today_keep_their_budget(busy, request_of, login):
    request = request_of(login)
    request.actor.granted_akten("contact")
    page = TodayPage(actor=request.actor, today=clock.today(), now=clock.now())
    over = {key: cost for key, cost in panel_costs("today", request, page).items() if cost > PANEL_BUDGET}
    assert over == {}


def test_composed_pages_keep_their_budget(busy, queries_of):
    for place, address in (("household", f"/haushalte/{busy.pk}/"), ("today", "/heute/")):
        assert queries_of("amira", address) <= PAGE_BUDGET + PANEL_BUDGET * len(panels(place))


def test_list_without_order_fails(browserless_lists):
    assert browserless_lists == []


@pytest.fixture
def browserless_lists(queries_of, busy, monkeypatch) -> list[str]:
    """Models whose rows a list takes a page of without saying in which order."""
    unordered: list[str] = []
    take = paging.take

    def watching(rows, **options):
        if isinstance(rows, QuerySet) and issubclass(rows._iterable_class, ModelIterable) and not rows.ordered:
            unordered.append(rows.model.__name__)
        return take(rows, **options)

    monkeypatch.setattr(paging, "take", watching)
    for name in sorted(url_names()):
        if name.endswith("_list") and name in PLAIN_LISTS:
            queries_of("amira", reverse(name))
    return unordered


def test_unordered_list_is_found(busy):
    rows = Household.objects.for_system(reason="test").order_by()
    assert not rows.ordered
