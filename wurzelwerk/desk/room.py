"""The manifest of the desk."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import MenuEntry, Panel, Room

from . import panels
from .queries import unread_notices

ROOM = Room(
    name="desk",
    label=_("Schreibtisch"),
    menu=(
        MenuEntry(_("Heute"), "today", "today", 10, active=("/heute/",)),
        MenuEntry(_("Haushalte"), "household_list", "household", 20, permission="case.work", active=("/haushalte/",)),
        MenuEntry(_("Team"), "team", "people", 70, permission="case.assign", active=("/team/",)),
        MenuEntry(_("Hinweise"), "notice_list", "bell", 80, active=("/hinweise/",), badge=unread_notices),
    ),
    panels=(Panel("hinweise", "today", 15, "desk/panels/notices.html", panels.notices, label=_("Hinweise")),),
)
