"""Numbers, money, dates as German readers expect them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.template import Context, Template

from wurzelwerk.base import clock, formats
from wurzelwerk.base.templatetags.links import with_query

HARD = formats.NO_BREAK


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1234.5, 2, "1.234,50"),
        (1234567, 0, "1.234.567"),
        (Decimal("0.005"), 2, "0,01"),
        (Decimal("54.50"), None, "54,5"),
        (Decimal("1E+3"), None, "1.000"),
        (-3, 0, "\u22123"),
        (0, 0, "0"),
        (None, 2, ""),
    ],
)
def test_number_is_written_german(value, places, written):
    assert formats.number(value, places) == written


def test_money_area_and_share_carry_their_unit():
    assert formats.euro(Decimal("1234.5")) == f"1.234,50{HARD}€"
    assert formats.cents(123450) == f"1.234,50{HARD}€"
    assert formats.area(Decimal("54.50")) == f"54,5{HARD}m²"
    assert formats.percent(0.125, 1) == f"12,5{HARD}%"


def test_nothing_is_written_as_nothing():
    assert [f(None) for f in (formats.euro, formats.cents, formats.area, formats.percent)] == [""] * 4
    assert [f(None) for f in (formats.day, formats.long_day, formats.weekday, formats.month)] == [""] * 4
    assert [f(None) for f in (formats.clock, formats.moment, formats.file_size)] == [""] * 3


def test_times_are_told_in_the_city():
    at = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert formats.moment(at) == f"02.07.2026, 00:30{HARD}Uhr"
    assert formats.day(at) == "02.07.2026"
    assert formats.clock(time(9, 5)) == f"09:05{HARD}Uhr"


def test_dates_in_words():
    day = date(2026, 3, 5)
    assert formats.long_day(day) == f"5.{HARD}März 2026"
    assert formats.weekday(day) == f"Donnerstag, 5.{HARD}März 2026"
    assert formats.month(day) == "März 2026"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 5), "heute"),
        (date(2026, 3, 6), "morgen"),
        (date(2026, 3, 3), "vorgestern"),
        (date(2026, 3, 15), "in 10 Tagen"),
        (date(2026, 1, 30), "vor 1 Monat"),
        (date(2025, 9, 5), "vor 5 Monaten"),
        (date(2029, 3, 6), "in 3 Jahren"),
    ],
)
def test_distance_from_today(day, said):
    assert formats.distance(day, date(2026, 3, 5)) == said


def test_age_counts_full_years_only():
    assert formats.age(date(2008, 3, 5), date(2026, 3, 4)) == 17
    assert formats.age(date(2008, 3, 5), date(2026, 3, 5)) == 18
    assert formats.age(date(2008, 2, 29), date(2026, 2, 28)) == 17


def test_filters_work_in_templates():
    template = Template(
        '{% load formats %}{{ rent|euro }}|{{ n|counted:"Haushalt,Haushalte" }}|{{ born|age }}|{{ due|distance }}'
    )
    with clock.frozen(datetime(2026, 3, 5, 12, tzinfo=UTC)):
        text = template.render(Context({"rent": Decimal(5), "n": 1, "born": date(1990, 1, 1), "due": date(2026, 3, 6)}))
    assert text == f"5,00{HARD}€|1 Haushalt|36|morgen"


def test_dash_is_read_out_for_nothing():
    text = Template("{% load formats %}{{ nothing|or_dash }}{{ zero|or_dash }}").render(
        Context({"nothing": "", "zero": 0})
    )
    assert "keine Angabe" in text
    assert text.endswith("0")


def test_query_changes_one_thing_and_keeps_the_rest():
    params = QueryDict("q=Ali&seite=3&art=a&art=b")
    assert with_query(params, seite=None, sortierung="name") == "?q=Ali&art=a&art=b&sortierung=name"
    assert with_query(params, art=["c"], seite="") == "?q=Ali&art=c"
    assert with_query(QueryDict("a=1"), a=None) == "?"
