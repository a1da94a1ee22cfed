"""The manifest of the portal: what it shows the other rooms declare, in `Room.link_pages`."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import Room

ROOM = Room(name="portal", label=_("Seiten ohne Konto"))
