"""The manifest of the calendar."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import Room

from . import facts
from .fates import FATES

ROOM = Room(name="appointments", label=_("Termine"), facts=facts.FACTS, fates=FATES)
