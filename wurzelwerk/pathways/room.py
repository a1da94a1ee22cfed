"""The manifest of pathways."""

from wurzelwerk.base.rooms import Room

from . import facts
from .comparisons import COMPARISONS
from .fates import FATES

ROOM = Room(name="pathways", label="Wege", facts=facts.FACTS, comparisons=COMPARISONS, fates=FATES)
