"""Two versions of the same values brought together: nothing that only one of the two changed is ever lost."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.base.three_way import Merged, meet, merge

NAMES = ["name", "phone", "street", "kinds", "grounds"]
TEXTS = st.sampled_from(["", "a", "b", "c", "d"])
TICKS = st.sets(st.sampled_from("abcdef")).map(sorted)
VALUES = st.fixed_dictionaries({"name": TEXTS, "phone": TEXTS, "street": TEXTS, "kinds": TICKS, "grounds": TICKS})


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "met"),
    [
        ("a", "a", "a", "a"),
        ("a", "b", "a", "b"),
        ("a", "a", "b", "b"),
        ("a", "b", "b", "b"),
        ("a", "b", "c", None),
        ("a", "", "b", None),
        ("", "a", "b", None),
        (None, "a", "", "a"),
        (None, "a", "a", "a"),
        (None, "a", "b", None),
        (None, "", "b", None),
        (["a"], ["a", "b"], ["a", "c"], ["a", "b", "c"]),
        (["a", "b"], ["a"], ["a", "b", "c"], ["a", "c"]),
        (["a", "b"], ["a"], ["b"], []),
        (None, ["a"], ["b"], None),
        (None, ["a"], [], ["a"]),
    ],
)
def test_one_field_becomes(base, mine, theirs, met):
    assert meet(base, mine, theirs) == met


def test_other_fields_are_brought_and_the_same_field_collides():
    base = {"name": "a", "phone": "a", "street": "a"}
    merged = merge(base, {**base, "name": "b", "street": "b"}, {**base, "phone": "c", "street": "c"})
    assert merged == Merged({"name": "b", "phone": "c", "street": "b"}, ("phone",), ("street",))


@pytest.mark.parametrize(("choice", "holds"), [("chosen_mine", "b"), ("chosen_theirs", "c")])
def test_choice_settles_what_collides(choice, holds):
    merged = merge({"name": "a"}, {"name": "b"}, {"name": "c"}, **{choice: ["name"]})
    assert merged == Merged({"name": holds})


def test_more_choices_than_there_is_room_for_collide():
    base, mine, theirs = {"kinds": ["a"]}, {"kinds": ["a", "b"]}, {"kinds": ["a", "c"]}
    assert merge(base, mine, theirs, most={"kinds": 3}).values == {"kinds": ["a", "b", "c"]}
    assert merge(base, mine, theirs, most={"kinds": 2}) == Merged(mine, (), ("kinds",))


@given(base=VALUES, mine=VALUES, theirs=VALUES)
def test_what_both_left_alone_stays_and_what_one_changed_holds(base, mine, theirs):
    merged = merge(base, mine, theirs)
    for name, value in merged.values.items():
        if mine[name] == base[name]:
            assert value == theirs[name]
        if theirs[name] == base[name]:
            assert value == mine[name]
        if name in merged.colliding:
            assert base[name] != mine[name] != theirs[name] != base[name]
            assert value == mine[name]


@given(base=VALUES, mine=VALUES, theirs=VALUES)
def test_it_does_not_matter_who_comes_second(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert set(one.colliding) == set(other.colliding)
    settled = [name for name in NAMES if name not in one.colliding]
    assert [one.values[name] for name in settled] == [other.values[name] for name in settled]


@given(base=VALUES, typed=VALUES, owners=st.fixed_dictionaries({name: st.integers(0, 2) for name in NAMES}))
def test_three_people_with_fields_of_their_own_lose_nothing_in_any_order(base, typed, owners):
    people = [{**base, **{name: typed[name] for name in NAMES if owners[name] == who}} for who in range(3)]
    for order in itertools.permutations(people):
        stored = base
        for mine in order:
            merged = merge(base, mine, stored)
            assert merged.colliding == ()
            stored = merged.values
        assert stored == typed


@given(base=TICKS, mine=TICKS, theirs=TICKS)
def test_ticks_of_two_people_never_collide(base, mine, theirs):
    met = set(meet(base, mine, theirs))
    assert (set(mine) | set(theirs)) - set(base) <= met
    assert not met & (set(base) - set(mine))
    assert not met & (set(base) - set(theirs))
