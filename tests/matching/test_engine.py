"""The engine for seekers of size one, against trying everything."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching import brute
from tests.matching.strategies import problems
from wurzelwerk.matching import engine, promising
from wurzelwerk.matching.errors import BadInput, TooLarge
from wurzelwerk.matching.tables import problem


def choice(placement):
    return placement.pair.tolist()


def is_allowed(case, placement):
    pairs = placement.pair[placement.pair >= 0]
    load = np.bincount(case.offer[pairs], weights=case.size[case.seeker[pairs]], minlength=case.offers)
    own = case.seeker[pairs] == np.flatnonzero(placement.pair >= 0)
    return bool((load <= case.capacity).all() and own.all())


@settings(max_examples=300, deadline=None)
@given(case=problems(), objective=st.sampled_from(engine.OBJECTIVES))
def test_allocate_reaches_the_brute_force_optimum(case, objective):
    placement = engine.allocate(case, objective=objective)
    assert is_allowed(case, placement)
    assert brute.value(case, choice(placement), objective) == brute.best(case, objective)
    assert placement.optimal


@settings(max_examples=150, deadline=None)
@given(case=problems(classes=1))
def test_allocate_with_one_class_reaches_the_brute_force_optimum(case):
    placement = engine.allocate(case)
    assert brute.value(case, choice(placement), "lexicographic") == brute.best(case, "lexicographic")


@settings(max_examples=150, deadline=None)
@given(case=problems(), objective=st.sampled_from(engine.OBJECTIVES))
def test_allocate_begun_with_too_few_pairs_reaches_the_optimum(case, objective):
    """The prices must find every pair that the first guess left out."""
    kept = (promising.SMALL, promising.SEEKER_BEST, promising.OFFER_BEST)
    promising.SMALL, promising.SEEKER_BEST, promising.OFFER_BEST = 0, 1, 0
    try:
        placement = engine.allocate(case, objective=objective)
    finally:
        promising.SMALL, promising.SEEKER_BEST, promising.OFFER_BEST = kept
    assert brute.value(case, choice(placement), objective) == brute.best(case, objective)


@settings(max_examples=60, deadline=None)
@given(
    case=problems(scores=(0, 10**12, 10**12 + 1, 45 * 10**15, 45 * 10**15 - 1)),
    objective=st.sampled_from(engine.OBJECTIVES),
)
def test_allocate_with_great_scores_stays_exact(case, objective):
    placement = engine.allocate(case, objective=objective)
    assert brute.value(case, choice(placement), objective) == brute.best(case, objective)


@given(case=problems(), seed=st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_allocate_gives_the_same_answer_for_pairs_in_any_order(case, seed):
    order = np.random.default_rng(seed).permutation(len(case.seeker))
    columns = {name: getattr(case, name) for name in ("size", "priority", "waited", "capacity")}
    other = problem(**columns, seeker=case.seeker[order], offer=case.offer[order], score=case.score[order])
    assert choice(engine.allocate(case)) == choice(engine.allocate(other))


def test_allocate_offer_prices_are_the_gain_of_one_place_more_or_less():
    case = problem(
        size=[1, 1], priority=[1, 1], waited=[0, 0], capacity=[1, 1],
        seeker=[0, 0, 1, 1], offer=[0, 1, 0, 1], score=[9, 5, 8, 1],
    )  # fmt: skip
    placement = engine.allocate(case)
    assert case.score[placement.pair].tolist() == [5, 8]


def test_problem_with_a_pair_twice_is_refused():
    with pytest.raises(BadInput):
        problem(size=[1], priority=[1], waited=[0], capacity=[1], seeker=[0, 0], offer=[0, 0], score=[1, 1])


def test_problem_beyond_exact_numbers_is_refused():
    with pytest.raises(TooLarge):
        problem(size=[1], priority=[1], waited=[0], capacity=[1], seeker=[0], offer=[0], score=[1 << 61])


def test_allocate_many_pairs_equals_the_whole_solve_in_one():
    """A middle-sized case, ties included: the guess with prices and the solve over all pairs agree."""
    generator = np.random.default_rng(7)
    seekers, offers, each = 3000, 400, 12
    offer = np.argsort(generator.random((seekers, offers)), axis=1)[:, :each]
    case = problem(
        size=np.ones(seekers), priority=generator.integers(1, 6, seekers), waited=generator.integers(0, 900, seekers),
        capacity=generator.integers(0, 9, offers), seeker=np.repeat(np.arange(seekers), each),
        offer=offer.reshape(-1), score=generator.integers(0, 40, seekers * each) * 25_000,
    )  # fmt: skip
    whole = engine.allocate(case)
    kept, promising.SMALL = promising.SMALL, 0
    try:
        guessed = engine.allocate(case)
    finally:
        promising.SMALL = kept
    wanted = [figure(case, whole), figure(case, guessed)]
    assert wanted[0] == wanted[1]


def figure(case, placement):
    placed = np.flatnonzero(placement.pair >= 0)
    counts = np.bincount(case.priority[placed], minlength=6).tolist()
    return counts, int(case.score[placement.pair[placed]].sum()), int(case.waited[placed].sum())
