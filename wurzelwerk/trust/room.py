"""The manifest of trust."""

from wurzelwerk.base.rooms import Room

from . import facts
from .own_fates import FATES

ROOM = Room(name="trust", label="Akten und Freigaben", facts=facts.FACTS, fates=FATES)
