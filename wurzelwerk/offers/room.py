"""The manifest of the offer trunk."""

from wurzelwerk.base.rooms import Room

from . import facts

ROOM = Room(name="offers", label="Angebote", facts=facts.FACTS)
