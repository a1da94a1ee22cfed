"""The manifest of reports."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import MenuEntry, Room

from .rights import READ

ROOM = Room(
    name="reports",
    label=_("Berichte"),
    menu=(MenuEntry(_("Berichte"), "report", "report", 60, permission=READ, active=("/berichte/",)),),
    manual={"berichte": ("report", "report_cases")},
)
