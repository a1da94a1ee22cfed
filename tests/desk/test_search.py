"""The search: what it finds, that it reads only, and that what is searched for stands in no address and no log."""

import logging
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house.test_naughty_input import NAUGHTY
from wurzelwerk.base import rooms
from wurzelwerk.base.readonly import WriteDuringRead
from wurzelwerk.base.rooms import Hit, Searcher
from wurzelwerk.cases import actions as cases
from wurzelwerk.desk import searching
from wurzelwerk.desk.views import search as views
from wurzelwerk.evidence.models import Fact

NAME = "Khatib-Sonnenfeld"
NOTHING = "Nichts gefunden"
HIT = re.compile(r'<(?:a|button) role="option"[^>]*><span dir="auto">([^<]*)</span>')
QUERIES = {"amira": 12, "jonas": 14, "lars": 6}
"""The dearest text's whole request, session and rights included."""


@pytest.fixture
def suggest(browser):
    """Return the labels that are suggested to somebody for a text."""

    def ask(login: str, text: str) -> list[str]:
        answer = browser(login).post(reverse("search_suggest"), {"q": text})
        assert answer.status_code == 200
        return HIT.findall(answer.content.decode())

    return ask


def results(client: Client, text: str, **more: str):
    """The page of results for a text."""
    return client.post(reverse("search"), {"q": text, **more}, follow=True)


@pytest.fixture
def many(monkeypatch):
    """Give the house one searcher more, which finds as many as asked for."""

    def find(actor, text, limit):
        return [
            Hit(f"{text} {number}", "Zeile", f"/heute/?{number}", score=1 / number) for number in range(1, limit + 1)
        ]

    searcher = Searcher("viele", "Viele", "table", 5, find)
    monkeypatch.setattr(searching, "searchers", lambda: (searcher,))


# -- what is found -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Al-Khatib", "al-kha", "  AL-KHATIB "])
def test_household_is_found_by_the_beginning_of_its_name(suggest, household, text):
    assert "Al-Khatib" in suggest("amira", text)


@pytest.mark.parametrize(
    "text", ["samira", "Samyra Alchatib", "سميرة", "Самира", "0231/000111", "04.05.1990", "khatib sam"]
)
def test_person_is_found_as_heard_in_any_script_and_by_what_is_known(browser, household, text):
    page = browser("amira").post(reverse("search_suggest"), {"q": text}).content.decode()
    assert HIT.findall(page)[0] == "Samira Al-Khatib"
    assert f"geboren 04.05.1990 · Haushalt Al-Khatib · {household.akte.reference}" in page
    assert f'href="{reverse("household", args=[household.pk])}"' in page


def test_person_without_a_household_is_found_and_leads_nowhere(browser, household, actor, now):
    by = actor("amira")
    member = household.members.visible_to(by).get(person__given_name="Yusuf")
    cases.remove_member(belonging=member, left_on=now.date(), by=by, at=now)
    page = results(browser("amira"), "Yusuf Al-Khatib").content.decode()
    assert '<strong dir="auto">Yusuf Al-Khatib</strong>' in page
    assert "geboren 01.01.1988 · in keinem Haushalt" in page


def test_household_is_found_by_its_reference(suggest, household):
    assert "Al-Khatib" in suggest("amira", household.akte.reference)
    assert "Al-Khatib" in suggest("amira", household.akte.reference.lower()[:-1])


def test_pages_and_actions_are_found_by_any_of_their_words(suggest, city):
    assert suggest("amira", "sprech offene fest") == ["Offene Sprechstunde festhalten"]
    assert suggest("amira", "Passwort") == ["Passwort ändern"]
    assert suggest("amira", "passwort aendern") == ["Passwort ändern"]
    assert suggest("amira", "aufnehmen familie") == ["Haushalt aufnehmen"]


def test_without_a_text_pages_and_actions_are_offered(suggest, city):
    offered = suggest("amira", "  ")
    assert offered[:3] == ["Haushalt aufnehmen", "Kurzkontakt festhalten", "Offene Sprechstunde festhalten"]
    assert {"Heute", "Haushalte", "Berichte", "Passwort ändern"} <= set(offered)
    assert len(offered) == len(set(offered))


def test_body_without_a_page_says_how_to_reach_it(browser, city):
    page = results(browser("lars"), "Ankerplatz").content.decode()
    assert "Wohnungsgesellschaft Ankerplatz eG (Demo)" in page
    assert page.count('<a href="" ') == 0


@pytest.mark.parametrize("text", ["x", "ä", "\x00", " a "])
def test_less_than_two_characters_ask_nothing(browser, household, text):
    client = browser("amira")
    client.get("/heute/")
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(reverse("search_suggest"), {"q": text})
    assert [query for query in captured if "cases_household" in query["sql"]] == []
    assert answer.status_code == 200


def test_best_come_first_and_one_group_can_be_shown_alone(browser, many):
    client = browser("amira")
    assert HIT.findall(client.post("/suche/vorschlaege/", {"q": NAME}).content.decode())[:5] == [
        f"{NAME} {number}" for number in range(1, 6)
    ]
    page = results(client, NAME)
    assert page.content.decode().count(f">{NAME} ") == searching.SHOWN
    alone = client.get(f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}&gruppe=viele").content.decode()
    assert alone.count(f">{NAME} ") == searching.AT_MOST
    assert "Es gibt mehr als 100 Treffer. Bitte suchen Sie genauer." in alone


def test_group_without_a_sure_hit_comes_behind_the_others(browser, city, monkeypatch):
    near = Searcher("nah", "Nah", "person", 1, lambda actor, text, limit: [Hit("Berisha", score=0.8)])
    sure = Searcher("sicher", "Sicher", "person", 2, lambda actor, text, limit: [Hit("Berichterstatter", score=0.95)])
    monkeypatch.setattr(searching, "searchers", lambda: (near, sure))
    page = browser("amira").post("/suche/vorschlaege/", {"q": "bericht"}).content.decode()
    assert HIT.findall(page) == ["Berichterstatter", "Berichte", "Berisha"]


def test_button_of_a_group_leads_to_it_alone(browser, many):
    page = results(browser("amira"), NAME, gruppe="viele")
    assert page.redirect_chain[0][0].endswith("&gruppe=viele")
    assert page.content.decode().count(f">{NAME} ") == searching.AT_MOST


# -- what is said where nothing is found ---------------------------------------------------------------------------------


def test_nothing_found_says_the_same_whether_there_is_something_or_not(browser, household):
    client = browser("carla")
    foreign, missing = (results(client, text).content.decode() for text in ("Al-Khatib", "Gibtesnicht"))
    assert NOTHING in foreign
    tokens = re.compile(r'(csrfmiddlewaretoken" value|X-CSRFToken&quot;|"X-CSRFToken)"?[:=] ?"[^"]*"')
    bare = [tokens.sub("", page).replace("Al-Khatib", "…").replace("Gibtesnicht", "…") for page in (foreign, missing)]
    assert bare[0] == bare[1]
    fragments = [client.post("/suche/vorschlaege/", {"q": text}).content for text in ("Al-Khatib", "Gibtesnicht")]
    assert fragments[0] == fragments[1]


def test_page_without_a_text_says_how_one_can_search(browser, city):
    page = browser("amira").get("/suche/").content.decode()
    assert "Ein Name, wie Sie ihn hören oder lesen" in page
    assert "Haushalt aufnehmen" in page
    assert NOTHING not in page


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "Bitte „Überall suchen“ angeben."),
    ("x", "Bitte mindestens zwei Zeichen eingeben."),
    ("x" * 201, "Zu lang: höchstens 200 Zeichen, es sind 201."),
])  # fmt: skip
def test_text_that_cannot_be_searched_for_is_said_at_the_field(browser, city, text, sentence):
    answer = browser("amira").post("/suche/", {"q": text})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert f'value="{text}"' in answer.content.decode() or not text


@pytest.mark.parametrize("kind", NAUGHTY)
def test_whatever_is_typed_is_answered_and_shown_as_text(browser, household, kind):
    client = browser("amira")
    client.raise_request_exception = False
    answers = [client.post("/suche/vorschlaege/", {"q": NAUGHTY[kind]}), results(client, NAUGHTY[kind])]
    assert [answer.status_code for answer in answers] == [200, 422 if kind in {"long", "nul", "signs"} else 200]
    assert ["<script>alert" in answer.content.decode() for answer in answers] == [False, False]


# -- what nobody else learns -------------------------------------------------------------------------------------------------


def test_text_stands_in_no_address_no_title_and_no_log(browser, household, caplog):
    client = browser("amira")
    with caplog.at_level(logging.DEBUG):
        page = results(client, NAME)
        client.post("/suche/vorschlaege/", {"q": NAME})
    text = page.content.decode()
    assert [address for address, _status in page.redirect_chain if NAME in address] == []
    assert re.search(r"<title>\s*Suche – Wurzelwerk</title>", text)
    assert re.findall(f'(?:href|action|src|hx-[a-z]+)="[^"]*{NAME}', text) == []
    assert NAME in text
    assert [record.getMessage() for record in caplog.records if NAME in record.getMessage()] == []
    assert page.headers["Cache-Control"] == "private, no-store"


def test_address_of_a_search_says_nothing_to_anybody_else(browser, household):
    page = results(browser("amira"), NAME)
    address = page.redirect_chain[0][0]
    assert re.fullmatch(r"/suche/\?merk=[\w-]{8}", address)
    for other in ("bernd", "amira"):
        again = browser(other).get(address).content.decode()
        assert (NAME in again, "Diese Suche ist nicht mehr gemerkt" in again) == (False, True)


def test_latest_ten_searches_are_remembered_until_the_session_ends(browser, city):
    client = browser("amira")
    addresses = [results(client, f"{NAME} {number}").redirect_chain[0][0] for number in range(11)]
    known = [f"{NAME} {number}" in client.get(address).content.decode() for number, address in enumerate(addresses)]
    assert known == [False] + [True] * 10
    client.post("/abmelden/")
    assert views.KEPT not in client.session


def test_search_writes_nothing(browser, household, monkeypatch):
    def write(actor, text, limit):
        Fact.objects.all().delete()
        return []

    monkeypatch.setattr(searching, "searchers", lambda: (Searcher("x", "x", "x", 1, write),))
    with pytest.raises(WriteDuringRead):
        browser("amira").post("/suche/vorschlaege/", {"q": "Khatib"})


def test_post_needs_its_token(user, household):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user("amira"))
    answers = [client.post(address, {"q": "Khatib"}).status_code for address in ("/suche/", "/suche/vorschlaege/")]
    assert answers == [403, 403]


# -- what it costs --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", QUERIES)
def test_search_costs_the_same_for_few_and_for_many(browser, open_household, login):
    client, costs = browser(login), {}
    client.get("/heute/")
    for _ in range(2):
        open_household()
        open_household()
        for text in ("Al-Khatib", "Gibtesnicht", "0231 000111", "04.05.1990"):
            with CaptureQueriesContext(connection) as captured:
                client.post("/suche/vorschlaege/", {"q": text})
            costs.setdefault(text, []).append(len(captured))
    assert [text for text, (few, many) in costs.items() if few != many] == []
    assert max(max(pair) for pair in costs.values()) == QUERIES[login]


def test_header_costs_no_query(browser, city):
    client = browser("amira")
    client.get("/zugang/")
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/zugang/").content.decode()
    assert 'id="suche"' in page
    assert [query["sql"] for query in captured if "cases_" in query["sql"]] == []


def test_every_kind_has_a_key_of_its_own():
    keys = [searcher.key for searcher in rooms.searchers()] + [searching.ACTIONS, searching.PAGES]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("text", ["Heute", "heute", "Aufgaben"])
def test_page_of_that_very_name_comes_before_what_only_mentions_it(city, actor, text):
    first = searching.search(actor("amira"), text, limit=5)[0]
    assert first.hits[0].label == text.capitalize()
