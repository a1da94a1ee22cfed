"""The manifest of the case trunk."""

from wurzelwerk.base.rooms import Room

from . import facts
from .comparisons import COMPARISONS
from .fates import FATES

ROOM = Room(name="cases", label="Fälle", facts=facts.FACTS, comparisons=COMPARISONS, fates=FATES)
