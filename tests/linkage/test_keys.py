"""What is asked of a typed text, and what a person is found by."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.linkage.keys import keys_of, question
from wurzelwerk.linkage.numbers import day_in, digits_of, year_in

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0231 50-12345", ("492315012345",)),
        ("+49 (231) 5012345", ("492315012345",)),
        ("0049231/5012345", ("492315012345",)),
        ("0231/5012345", ("492315012345",)),
        ("+90 532 123 45 67", ("905321234567",)),
        ("0176 5551234 / 0231 5012345", ("491765551234", "492315012345")),
        ("0176 5551234 oder 0231 5012345", ("491765551234", "492315012345")),
        ("12345", ("4912345",)),
        ("keine", ()),
        ("", ()),
    ],
)
def test_telephone_numbers_are_read_in_any_notation(typed, digits):
    assert digits_of(typed) == digits


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12.3.1990", date(1990, 3, 12)),
        ("geb. 12.03.90", date(1990, 3, 12)),
        ("1.1.25", date(2025, 1, 1)),
        ("1.1.27", date(1927, 1, 1)),
        ("1990-03-12", date(1990, 3, 12)),
        ("12/3/1990", date(1990, 3, 12)),
        ("31.02.1990", None),
        ("12.3.", None),
        ("1990", None),
    ],
)
def test_days_are_read_as_people_type_them(typed, day):
    assert day_in(typed, today=TODAY) == day


def test_years_are_those_of_living_people():
    assert [year_in(word) for word in ("1990", "2026", "1899", "19901", "Yusuf")] == [1990, 2026, None, None, None]


def test_a_question_parts_name_and_numbers():
    assert question("Yusuf 12.3.1990", today=TODAY).name == "Yusuf"
    assert question("Yusuf 1990", today=TODAY).name == "Yusuf"
    assert question("0176 5551234", today=TODAY).name == ""
    assert question(" ,. ", today=TODAY) is None
    assert question("x", today=TODAY) is None
    assert len(question("Ali", today=TODAY).ways) == 4
    assert len(question("Ali Omar Hasan", today=TODAY).ways) == 5


@given(
    st.lists(st.text(max_size=80), max_size=3),
    st.dates(date(1900, 1, 1), TODAY),
    st.lists(st.text(max_size=40), max_size=2),
)
def test_keys_hold_nothing_but_letters_and_digits(names, birth, phones):
    for key in keys_of(names, birth=birth, phones=phones).split():
        assert key.isascii()
        assert key.isalnum()
        assert key == key.lower()


@given(st.text(max_size=200))
def test_every_term_of_a_question_asks_for_something(text):
    asked = question(text, today=TODAY)
    for way in asked.ways if asked else ():
        for group in way:
            assert group
            for term in group:
                assert term.keys or term.prefixes
                assert all(
                    key.isascii() and key.isalnum() and key == key.lower() for key in (*term.keys, *term.prefixes)
                )
