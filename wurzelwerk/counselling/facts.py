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

FACTS = (TAKEN_IN,)
"""Every fact type of this room."""
