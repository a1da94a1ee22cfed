"""The manifest of trust."""

from wurzelwerk.base.rooms import Room

from . import facts

ROOM = Room(name="trust", label="Akten und Freigaben", facts=facts.FACTS)
