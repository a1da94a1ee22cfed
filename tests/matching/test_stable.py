"""Stable matchings: no blocking pair, best for every seeker, equal to published examples."""

import csv
import json
import os
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wurzelwerk.matching import stable
from wurzelwerk.matching.errors import BadInput


def wishes(seeker_lists, offer_lists, capacity):
    """Build preferences from lists of names, best first; pairs named by one side only fall away."""
    offers = list(offer_lists)
    rows = [
        (one, offers.index(name), rank, offer_lists[name].index(seeker) + 1)
        for one, (seeker, names) in enumerate(seeker_lists.items())
        for rank, name in enumerate(names, start=1)
        if name in offer_lists and seeker in offer_lists[name]
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return stable.preferences(
        capacity=[capacity[name] for name in offers], seeker=columns[0], offer=columns[1],
        seeker_rank=columns[2], offer_rank=columns[3], seekers=len(seeker_lists),
    )  # fmt: skip


def named(seeker_lists, offer_lists, given_wishes, pair):
    offers = list(offer_lists)
    return {
        seeker: offers[given_wishes.offer[number]] if number >= 0 else None
        for seeker, number in zip(seeker_lists, pair.tolist(), strict=True)
    }


@st.composite
def cases(draw):
    seekers, offers = draw(st.integers(0, 5)), draw(st.integers(1, 4))
    lists = [draw(st.permutations(range(offers))) for __ in range(seekers)]
    cut = [draw(st.integers(0, offers)) for __ in range(seekers)]
    ranks = [draw(st.permutations(range(seekers))) for __ in range(offers)]
    rows = [
        (one, offer, rank + 1, ranks[offer].index(one) + 1)
        for one in range(seekers)
        for rank, offer in enumerate(lists[one][: cut[one]])
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    capacity = draw(st.lists(st.integers(0, 2), min_size=offers, max_size=offers))
    return stable.preferences(
        capacity=capacity, seeker=columns[0], offer=columns[1], seeker_rank=columns[2], offer_rank=columns[3],
        seekers=seekers,
    )  # fmt: skip


def every_stable(case):
    options = [[-1, *np.flatnonzero(case.seeker == one).tolist()] for one in range(case.seekers)]
    for choice in product(*options):
        pair = np.array(choice, dtype=np.int64)
        load = np.bincount(case.offer[pair[pair >= 0]], minlength=len(case.capacity))
        if (load <= case.capacity).all() and len(stable.blocking_pairs(case, pair)) == 0:
            yield pair


@settings(max_examples=200, deadline=None)
@given(case=cases())
def test_match_is_stable_and_best_for_every_seeker(case):
    pair = stable.match(case)
    assert stable.blocking_pairs(case, pair).tolist() == []
    own = np.where(pair >= 0, case.seeker_rank[np.maximum(pair, 0)] if len(case.seeker) else 0, 99)
    for other in every_stable(case):
        ranks = np.where(other >= 0, case.seeker_rank[np.maximum(other, 0)] if len(case.seeker) else 0, 99)
        assert (own <= ranks).all()


def test_blocking_pairs_are_found_where_both_would_rather():
    seekers, offers = {"a": ["x"], "b": ["x"]}, {"x": ["a", "b"]}
    case = wishes(seekers, offers, {"x": 1})
    second = np.array([-1, np.flatnonzero(case.seeker == 1)[0]])
    assert stable.blocking_pairs(case, second).tolist() == [0]


def test_preferences_with_a_rank_twice_are_refused():
    with pytest.raises(BadInput):
        stable.preferences(
            capacity=[1, 1], seeker=[0, 0], offer=[0, 1], seeker_rank=[1, 1], offer_rank=[1, 1], seekers=1
        )


def test_match_places_more_seekers_in_order_of_their_lists_when_room_is_plenty():
    seekers = {"a": ["x", "y"], "b": ["x", "y"]}
    offers = {"x": ["b", "a"], "y": ["a", "b"]}
    case = wishes(seekers, offers, {"x": 2, "y": 1})
    assert named(seekers, offers, case, stable.match(case)) == {"a": "x", "b": "x"}


def shared(*parts):
    base = os.environ.get("WURZELWERK_SHARED_DATA")
    if not base:
        pytest.skip("WURZELWERK_SHARED_DATA nennt keinen Ordner mit den Beispieldaten")
    return Path(base).joinpath("matching", *parts)


def test_match_agrees_with_the_small_hospital_example():
    folder = shared("hospital_residents_small")

    def lists(name):
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, skipinitialspace=True))
        return rows, {row["id"]: row["rol"].strip('"[] ').split(",") for row in rows}

    programs, offers = lists("programSmall.csv")
    __, seekers = lists("residentSmall.csv")
    capacity = {row["id"]: int(row["numberOfPos"]) for row in programs}
    case = wishes(seekers, offers, capacity)
    pair = stable.match(case)
    assert stable.blocking_pairs(case, pair).tolist() == []
    assert named(seekers, offers, case, pair)["574"] == "NRS"


def test_match_agrees_with_the_printed_stable_marriage():
    lines = [line.split() for line in (shared("algmatch") / "sm1.txt").read_text(encoding="utf-8").splitlines()]
    count = int(lines[0][0])
    seekers = {line[0]: line[1:] for line in lines[1 : count + 1]}
    offers = {line[0]: line[1:] for line in lines[count + 1 : 2 * count + 1]}
    case = wishes(seekers, offers, dict.fromkeys(offers, 1))
    assert named(seekers, offers, case, stable.match(case)) == {"1": "4", "2": "3", "3": "2", "4": "1"}


def test_match_is_stable_on_the_large_published_case():
    data = json.loads((shared("matching_lib") / "issue_159.json").read_text(encoding="utf-8"))
    seekers = {one: [str(name) for name in names] for one, names in data["residents"].items()}
    offers = {one: [str(name) for name in names] for one, names in data["hospitals"].items()}
    capacity = data.get("capacities") or dict.fromkeys(offers, 1)
    case = wishes(seekers, offers, {one: int(room) for one, room in capacity.items()})
    assert stable.blocking_pairs(case, stable.match(case)).tolist() == []
