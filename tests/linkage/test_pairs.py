"""Which entries of a list are one human being."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wurzelwerk.linkage.pairs import Entry, Linkage, day_digits

CROWD = [
    Entry(
        given=("Samira", "Peter", "Olena", "Mehmet", "Ion", "Hoa", "Danuta", "Selam")[number % 8],
        family=f"{'Brkdlmnst'[number % 9]}a{'kltrmnsv'[number // 9 % 8]}o{'nrlmst'[number % 6]}i",
        birth=(date(1950, 1, 2) + timedelta(days=97 * number)).isoformat(),
        postcode=f"44{130 + number % 90}",
    )
    for number in range(250)
]


def probability(one: Entry, other: Entry) -> float:
    """How probably two entries among strangers are one human being; 0 where they are not even compared."""
    found = Linkage([*CROWD, one, other]).pairs(least=1e-9)
    place = len(CROWD)
    return max((pair.probability for pair in found if (pair.left, pair.right) == (place, place + 1)), default=0.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Entry("Yusuf", "Demir", "1990-03-12", "44145"), Entry("Jussuf", "Demir", "1990-03-12", "44145")),
        (Entry("Yusuf", "Demir", "12.3.1990", "44145"), Entry("Юсуф", "Демир", "1990-03-12", "44147")),
        (Entry("Yusuf", "Demir", "1990-03-12", "44145"), Entry("Demir", "Yusuf", "19900312", "44145")),
        (Entry("Yusuf", "Demir", "1990-03-12", "44145"), Entry("Yusuf", "Demir", "1990-12-03", "44145")),
        (Entry("Yusuf", "Demir", "1990-03-12", ""), Entry("Yusuf", "Demir", "1990-03-12", "")),
        (Entry("Yusuf", "", "1990-03-12", "44145"), Entry("Yusuf", "Demir", "1990-03-12", "44145")),
        (Entry("Yusuf", "Demir", phone="0176 5551234"), Entry("Jusuf", "Demir", phone="+49 176 5551234")),
    ],
)
def test_the_same_human_being_is_found(one, other):
    assert probability(one, other) > 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Entry("Yusuf", "Demir", "1990-03-12", "44145"), Entry("Ayşe", "Demir", "1992-07-01", "44145")),
        (Entry("Yusuf", "Demir", "1990-03-12", "44145"), Entry("Yusuf", "Kaya", "1971-08-30", "44263")),
        (Entry("Yusuf", "Demir", "1990-03-12", "44145"), Entry("Yusuf", "Demir", "1968-11-02", "44263")),
        (Entry("Yusuf", "Demir", "1990-03-12", ""), Entry("Peter", "Müller", "1990-03-12", "")),
        (Entry("Yusuf", "Demir", "1990-01-01", ""), Entry("Ali", "Omar", "1990-01-01", "")),
    ],
)
def test_others_are_left_apart(one, other):
    assert probability(one, other) < 0.3


def test_twins_stay_undecided():
    twins = Entry("Lina", "Demir", "2015-06-01", "44145"), Entry("Omar", "Demir", "2015-06-01", "44145")
    assert probability(*twins) == 0.5


def test_a_value_that_many_share_says_less():
    rare = Entry("Yusuf", "Demir", "1990-03-12"), Entry("Yusuf", "Demir", "1990-04-12")
    many = [Entry("Yusuf", "Demir", f"19{50 + number}-05-0{1 + number % 9}") for number in range(40)]
    alone, among = Linkage([*CROWD, *rare]), Linkage([*CROWD, *rare, *many])
    place = len(CROWD)
    assert among.weight(place, place + 1) < alone.weight(place, place + 1)


def test_the_new_year_is_weak_evidence():
    linkage = Linkage(
        [*CROWD, *(Entry("A", "B", day) for day in ("1990-01-01", "1990-01-01", "1990-01-02", "1990-01-02"))]
    )
    first = len(CROWD)
    assert linkage.weight(first, first + 1) < linkage.weight(first + 2, first + 3)


def test_days_are_read_in_three_notations():
    assert {day_digits(text) for text in ("1990-03-12", "12.3.1990", "19900312", " 12.03.1990 ")} == {"19900312"}


def test_lists_without_anything_are_answered():
    assert Linkage([]).pairs() == []
    assert Linkage([Entry()]).pairs() == []
    assert Linkage([Entry(), Entry(), Entry("A")]).pairs() == []


@given(st.lists(st.builds(Entry, *[st.text(max_size=12)] * 6), max_size=8))
@settings(deadline=None, max_examples=60)
def test_whatever_a_list_holds_is_answered(entries):
    found = Linkage(entries).pairs(least=0.01)
    assert all(pair.left < pair.right and 0.01 <= pair.probability <= 1 for pair in found)
    assert {(pair.left, pair.right) for pair in found} <= set(combinations(range(len(entries)), 2))


def test_the_order_of_the_list_does_not_matter():
    entries = [*CROWD[:40], Entry("Yusuf", "Demir", "1990-03-12"), Entry("Jussuf", "Demir", "1990-03-12")]
    turned = entries[::-1]
    last = len(entries) - 1
    straight = {(one.left, one.right, one.probability) for one in Linkage(entries).pairs(least=0.1)}
    back = {(last - one.right, last - one.left, one.probability) for one in Linkage(turned).pairs(least=0.1)}
    assert straight == back
