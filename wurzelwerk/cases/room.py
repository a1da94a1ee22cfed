"""The manifest of the case trunk."""

from wurzelwerk.base.rooms import Room

from . import facts
from .comparisons import COMPARISONS
from .contact_bars import contact_bars
from .fates import FATES
from .letters import FIELDS

ROOM = Room(
    name="cases",
    label="Fälle",
    facts=facts.FACTS,
    comparisons=COMPARISONS,
    fates=FATES,
    contact_bars=contact_bars,
    letter_fields=FIELDS,
)
