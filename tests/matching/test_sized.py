"""Seekers of different sizes, against trying everything."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching import brute
from tests.matching.strategies import problems
from wurzelwerk.matching import allocation, sized
from wurzelwerk.matching.errors import TooLarge
from wurzelwerk.matching.tables import problem


@settings(max_examples=120, deadline=None)
@given(case=problems(classes=3, most_size=4), objective=st.sampled_from(allocation.OBJECTIVES))
def test_allocate_sized_reaches_the_brute_force_optimum(case, objective):
    placement = sized.allocate(case, objective=objective)
    assert brute.value(case, placement.pair.tolist(), objective) == brute.best(case, objective)
    assert (placement.optimal, placement.gap) == (True, 0.0)


@settings(max_examples=60, deadline=None)
@given(case=problems(classes=2, most_size=2), objective=st.sampled_from(allocation.OBJECTIVES))
def test_allocate_takes_the_way_that_fits_the_sizes(case, objective):
    placement = allocation.allocate(case, objective=objective)
    assert brute.value(case, placement.pair.tolist(), objective) == brute.best(case, objective)


def test_allocate_equal_sizes_uses_the_flow_on_whole_places():
    case = problem(
        size=[3, 3, 3], priority=[1, 1, 1], waited=[0, 0, 0], capacity=[8],
        seeker=[0, 1, 2], offer=[0, 0, 0], score=[1, 2, 3],
    )  # fmt: skip
    assert allocation.allocate(case).pair.tolist() == [-1, 1, 2]


def test_allocate_sized_past_the_time_limit_says_its_true_gap():
    generator = np.random.default_rng(3)
    seekers, offers = 60, 6
    case = problem(
        size=generator.integers(5, 40, seekers), priority=np.ones(seekers), waited=np.zeros(seekers),
        capacity=generator.integers(50, 90, offers), seeker=np.repeat(np.arange(seekers), offers),
        offer=np.tile(np.arange(offers), seekers), score=generator.integers(1, 10**6, seekers * offers),
    )  # fmt: skip
    placement = sized.allocate(case, objective="score", time_limit=0.0)
    best = sized.allocate(case, objective="score", time_limit=2.0)
    value = int(case.score[placement.pair[placement.pair >= 0]].sum())
    better = int(case.score[best.pair[best.pair >= 0]].sum())
    assert not placement.optimal
    assert 0 < value <= better <= value / (1 - placement.gap) + 1


def test_allocate_sized_beyond_exact_numbers_is_refused():
    case = problem(
        size=[1, 2], priority=[1, 1], waited=[0, 0], capacity=[3], seeker=[0, 1], offer=[0, 0], score=[1 << 55, 1],
    )  # fmt: skip
    with pytest.raises(TooLarge):
        allocation.allocate(case)


def test_reasons_for_none_tell_the_cases_apart():
    case = problem(
        size=[1, 1, 1, 1, 2], priority=[1, 2, 1, 1, 1], waited=[0, 0, 0, 0, 0], capacity=[1, 0],
        seeker=[0, 1, 2, 4, 0], offer=[0, 0, 0, 0, 1], score=[5, 9, 1, 1, 1],
    )  # fmt: skip
    placement = allocation.allocate(case)
    wanted = ["", "by_class", "by_sum", "no_pair", "too_large"]
    assert allocation.reasons_for_none(case, placement).tolist() == wanted
