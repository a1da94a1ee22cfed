"""Small random problems, with many ties on purpose."""

from hypothesis import strategies as st

from wurzelwerk.matching.tables import problem


@st.composite
def problems(draw, *, classes=5, most_size=1, scores=(0, 1, 2, 3, 1_000_000, 999_999)):
    """Draw a problem of at most six seekers and four offers."""
    seekers, offers = draw(st.integers(0, 6)), draw(st.integers(0, 4))
    every = [(one, other) for one in range(seekers) for other in range(offers)]
    pairs = draw(st.lists(st.sampled_from(every), unique=True)) if every else []

    def column(values, count):
        return draw(st.lists(values, min_size=count, max_size=count))

    return problem(
        size=column(st.integers(1, most_size), seekers),
        priority=column(st.integers(1, classes), seekers),
        waited=column(st.integers(0, 4), seekers),
        capacity=column(st.integers(0, 2 * most_size), offers),
        seeker=[one for one, __ in pairs],
        offer=[other for __, other in pairs],
        score=column(st.sampled_from(scores), len(pairs)),
    )
