"""No form and no address of a list breaks, whatever is typed into it: every answer is a page, never a failure."""

from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.forms import BaseForm
from django.test import Client

from wurzelwerk.network.models import User

from .world import address, patterns

NAUGHTY = {
    "nul": "a\x00b",
    "long": "x" * 70_000,
    "markup": "\"><script>alert('ä')</script>{{ 7*7 }}%s%(x)s",
    "signs": "\u202e\ufeff\U0001f9ff\u0000\ud7ff \u2028",
    "number": "99999999999999999999999999999999",
    "negative": "-99999,99",
    "exponent": "1e309",
    "last day": "31.12.9999",
    "first day": "01.01.0001",
    "key": "019cd6f9-7a80-7000-80ca-66932c139297",
    "list": "[]",
}
LISTS = ("task_list", "absence_list", "household_list", "dwelling_list", "owner_list", "housing_search_list", "round_list", "round", "report",
         "report_cases", "journal", "notice_list", "offered_dwellings", "team", "release_new", "placement_new",
         "api:list_open_lettings", "login", "round_propose", "contact_list", "calendar_day", "calendar_week", "calendar_team",
         "calendar_place", "appointment_figures", "referral_list", "referral_figures",
         "contact_figures", "contact_choose", "letter_list", "mailing_list", "household_merge", "duplicate_choose",
         "document_list", "news", "plan", "plan_pdf", "text_block_list",
         "sheet", "sheet_list")  # fmt: skip
ASKED = ("name", "seite", "sortierung", "ort", "an", "suche", "vermietung", "zeile", "von", "bis",
         "nach", "programm", "theme", "since", "next", "offset", "limit", "bezirk", "zustaendig", "kontakt", "stufe",
         "wohnung", "priority", "state", "wer", "stand", "thema", "sprache", "weg", "person", "double", "tag",
         "art", "merk", "kind", "language")  # fmt: skip


def browser(login: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=login))
    return client


def fields(page: Any) -> list[str]:
    """The names that the forms of a page send."""
    found: set[str] = set()
    for layer in page.context or []:
        for values in layer:
            for value in values.values() if isinstance(values, dict) else []:
                if isinstance(value, BaseForm):
                    found |= {value.add_prefix(name) for name in value.fields}
    return sorted(found)


@pytest.fixture(scope="module")
def forms(world, django_db_blocker) -> Callable[[str], list[tuple[str, str, list[str]]]]:
    """Return a function: login -> (name, address, names of the fields) of every form that this person has."""

    @cache
    def found(login: str) -> list[tuple[str, str, list[str]]]:
        client = browser(login)
        urls = [(name, address(name, world["family"])) for name in patterns()]
        with django_db_blocker.unblock():
            pages = [(name, url, client.get(url)) for name, url in urls]
        return [
            (name, url, [*names, "einmal", "zurueck"])
            for name, url, page in pages
            if page.status_code == 200 and not page.streaming and (names := fields(page))
        ]

    return found


@pytest.mark.parametrize("login", ["amira", "jonas"])
@pytest.mark.parametrize("kind", NAUGHTY)
def test_form_answers_whatever_is_typed(forms, db, now, login, kind):
    client, broken = browser(login), []
    for name, url, names in forms(login):
        with transaction.atomic():
            answer = client.post(url, dict.fromkeys(names, NAUGHTY[kind]))
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            broken.append(name)
    assert broken == []
    assert len(forms(login)) > 20


@pytest.mark.parametrize("login", ["amira", "jonas"])
@pytest.mark.parametrize("kind", ["nul", "signs", "number", "last day", "key"])
def test_list_answers_whatever_is_asked(world, db, now, login, kind):
    client, typed = browser(login), NAUGHTY[kind]
    queries = [dict.fromkeys(ASKED, typed), dict.fromkeys(ASKED, typed) | {"ansicht": "ohne"}]
    queries.append({"ansicht": typed})
    broken = [
        f"{name}?{urlencode(query)[:60]}"
        for name in LISTS
        for query in queries
        if client.get(f"{address(name, world['family'])}?{urlencode(query)}").status_code >= 500
    ]
    assert broken == []


def test_markup_that_is_typed_is_shown_as_text(world, db, now):
    client = browser("amira")
    url = address("goal_new", world["family"])
    page = client.post(url, {"text": NAUGHTY["markup"] * 20}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
