"""Which words find which address: umlauts, ß, Straße, numbers, object numbers, owners."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wurzelwerk.housing.actions.portfolio import archive_dwelling
from wurzelwerk.housing.models import Building
from wurzelwerk.housing.queries import finding

HOMES = [("Münsterstraße", "12"), ("Schützenstr.", "120"), ("Große Heimstraße", "12a"), ("Kleine Straße", "5 b")]


@pytest.fixture
def stock(dwelling, actor):
    """Four dwellings; returns what Jonas finds."""
    for street, number in HOMES:
        home = dwelling(street=street, number=number)
    home.openimmo_key = "objektnr_extern|bote|WE-00417"
    home.save()
    return lambda text: [hit.label for hit in finding.dwellings(actor("jonas"), text, 10)]


@pytest.mark.parametrize(("text", "labels"), [
    ("Münsterstraße 12", ["Münsterstraße 12"]),
    ("muensterstr. 12", ["Münsterstraße 12"]),
    ("Munsterstrasse", ["Münsterstraße 12"]),
    ("MÜNSTER", ["Münsterstraße 12"]),
    ("Schützenstraße", ["Schützenstr. 120"]),
    ("schuetzenstra", ["Schützenstr. 120"]),
    ("grosse heim", ["Große Heimstraße 12a"]),
    ("heimstrasse 12", ["Große Heimstraße 12a"]),
    ("Heimstr 12a", ["Große Heimstraße 12a"]),
    ("Kleine Str. 5b", ["Kleine Straße 5 b"]),
    ("12", ["Große Heimstraße 12a", "Münsterstraße 12"]),
    ("Schützenstr 12", []),
    ("WE-00417", ["Kleine Straße 5 b"]),
    ("Hausgemeinschaft Kleine", ["Kleine Straße 5 b"]),
    ("44145 Dortmund kleine", ["Kleine Straße 5 b"]),
    ("Dort", []),
    ("straße", ["Kleine Straße 5 b"]),
    (".*", []), ("(", []), ("\U0001f600", []), ("%", []),
])  # fmt: skip
def test_address_is_found_however_it_is_typed(stock, text, labels):
    assert stock(text) == labels


def test_street_comes_before_other_words_and_what_is_put_aside_last(stock, dwelling, actor, now):
    dwelling(street="Am Rand", number="1", label="Münsterblick")
    archived = dwelling(street="Münsterallee", number="1")
    archive_dwelling(dwelling=archived, by=actor("jonas"), at=now)
    hits = finding.dwellings(actor("jonas"), "münster", 10)
    assert [hit.label for hit in hits] == ["Münsterstraße 12", "Am Rand 1", "Münsterallee 1"]
    assert [hit.score for hit in hits] == [1.0, 0.75, 0.5]
    assert hits[-1].detail.endswith(" · abgelegt")


def test_owner_is_found_by_any_word_of_the_name(stock, actor):
    assert [hit.label for hit in finding.owners(actor("jonas"), "schuetz", 10)] == ["Hausgemeinschaft Schützenstr."]


def test_dwellings_of_others_are_not_found(stock, actor):
    found = [finding.dwellings(actor(login), "Münster", 10) for login in ("amira", "goran", "lars")]
    assert found == [[], [], []]


def test_search_takes_one_query_for_any_number(stock, actor):
    jonas = actor("jonas")
    finding.dwellings(jonas, "vorher", 10)
    with CaptureQueriesContext(connection) as captured:
        assert len(finding.dwellings(jonas, "44145", 10)) == Building.objects.visible_to(jonas).count()
    assert len(captured) == 2
