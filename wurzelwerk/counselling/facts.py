"""What can happen in counselling beyond the facts of the case trunk."""

from wurzelwerk.evidence.types import FactType

TAKEN_IN = FactType(
    "counselling.taken_in",
    "Haushalt aufgenommen",
    dimensions={
        "size": frozenset({"1", "2", "3-4", "5+"}),
        "housed": frozenset({"yes", "no", "unknown"}),
    },
    once=True,
)


def size_band(persons: int) -> str:
    """Return the band in which a household of so many counts."""
    if persons <= 2:
        return str(persons)
    return "3-4" if persons <= 4 else "5+"


FACTS = (TAKEN_IN,)
"""Every fact type of this room."""
