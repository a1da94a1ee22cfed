"""The manifest of the offer trunk."""

from wurzelwerk.base.rooms import Room

from . import facts
from .fates import FATES

ROOM = Room(name="offers", label="Angebote", facts=facts.FACTS, fates=FATES)
