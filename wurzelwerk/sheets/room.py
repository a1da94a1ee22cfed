"""The manifest of lists: the pages on which other rooms' importers meet their files."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import MenuEntry, Room, Shortcut

from . import facts
from .fates import FATES

ROOM = Room(
    name="sheets",
    label=_("Listen"),
    menu=(
        MenuEntry(_("Listen einlesen"), "sheet_list", "table", 70, permission="lists.take_in", active=("/listen/",)),
    ),
    shortcuts=(
        Shortcut(
            _("Liste einlesen"),
            "sheet_list",
            "lists.take_in",
            _("Tabelle Excel XLSX ODS CSV Import Übernahme hochladen Personen Haushalte Wohnungen Stellen"),
        ),
    ),
    manual={"listen": ("sheet_list", "sheet", "sheet_columns", "sheet_take_back", "sheet_drop")},
    facts=facts.FACTS,
    fates=FATES,
)
