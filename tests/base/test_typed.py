"""Reading what people type."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.base import formats, typed

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,50", "1234.50"),
        ("1234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1,234.50", "1234.50"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("12.5", "12.5"),
        (" 850,- € ", "850"),
        ("850,--", "850"),
        ("54,5 m²", "54.5"),
        ("1 234,50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("+5", "5"),
        ("0", "0"),
    ],
)
def test_number_is_read(text, number):
    assert typed.read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "viel",
        "1.23,5",
        "12,3,4",
        "1..2",
        "NaN",
        "Infinity",
        "1e9",
        "٣",
        "5-",
        "--5",
        ",",
        ".",
        "1.2345,0",
        "9" * 50,
    ],
)
def test_no_number_is_refused(text):
    with pytest.raises(typed.Unreadable):
        typed.read_number(text)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_number_written_is_read_back(number):
    assert typed.read_number(formats.euro(number)) == number


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for read in (typed.read_number, lambda t: typed.read_day(t, today=TODAY), typed.read_time):
        try:
            read(text)
        except typed.Unreadable as error:
            assert str(error)


@pytest.mark.parametrize(
    "text",
    [
        "05.03.2026",
        "5.3.2026",
        "5.3.26",
        "2026-03-05",
        "05032026",
        "5/3/2026",
        "5-3-26",
        "5. März 2026",
        "5 Mär 2026",
        " 05.03.2026 ",
    ],
)
def test_day_is_read(text):
    assert typed.read_day(text, today=TODAY) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "latest", "year"),
    [
        ("1.1.85", TODAY, 1985),
        ("1.1.26", TODAY, 2026),
        ("1.1.27", TODAY, 1927),
        ("1.1.40", None, 2040),
        ("1.1.85", None, 1985),
    ],
)
def test_short_year_takes_the_likely_century(text, latest, year):
    assert typed.read_day(text, latest=latest, today=TODAY).year == year


def test_day_that_does_not_exist_is_told():
    with pytest.raises(typed.Unreadable) as told:
        typed.read_day("31.02.2026", today=TODAY)
    assert str(told.value) == "Den 31.02.2026 gibt es im Kalender nicht."


@pytest.mark.parametrize(
    "text", ["morgen", "2026", "0.0.2026", "05.13.2026", "5. Ju 2026", "05.03.20261", "05.03.0000"]
)
def test_no_day_is_refused(text):
    with pytest.raises(typed.Unreadable):
        typed.read_day(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "at"),
    [("14:30", time(14, 30)), ("14.30", time(14, 30)), ("1430", time(14, 30)), ("9", time(9)), ("9 Uhr", time(9))],
)
def test_time_is_read(text, at):
    assert typed.read_time(text) == at


@pytest.mark.parametrize("text", ["25:00", "12:60", "mittags", "", "1:2"])
def test_no_time_is_refused(text):
    with pytest.raises(typed.Unreadable):
        typed.read_time(text)
