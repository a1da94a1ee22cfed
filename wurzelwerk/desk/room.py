"""The manifest of the desk."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import MenuEntry, Panel, Room, Searcher, Shortcut

from . import finding, manual, panels
from .queries import unread_notices

ROOM = Room(
    name="desk",
    label=_("Schreibtisch"),
    menu=(
        MenuEntry(_("Heute"), "today", "today", 10, active=("/heute/",)),
        MenuEntry(_("Haushalte"), "household_list", "household", 20, permission="case.work", active=("/haushalte/",)),
        MenuEntry(_("Abwesenheiten"), "absence_list", "clock", 65, active=("/abwesenheiten/",)),
        MenuEntry(_("Team"), "team", "people", 70, permission="case.assign", active=("/team/",)),
        MenuEntry(_("Hinweise"), "notice_list", "bell", 80, active=("/hinweise/",), badge=unread_notices),
    ),
    searchers=(
        Searcher("personen", _("Personen"), "person", 10, finding.people),
        Searcher("haushalte", _("Haushalte"), "household", 20, finding.households),
        Searcher("stellen", _("Stellen"), "building", 60, finding.organisations),
        Searcher("hilfe", _("Hilfe"), "help", 90, manual.find),
    ),
    shortcuts=(
        Shortcut(_("Ausgaben"), "export_log", words=_("Export Dateien Excel CSV Protokoll Datenschutz")),
        Shortcut(_("Abwesenheit eintragen"), "absence_new", "case.work", _("neu krank Urlaub Vertretung Fortbildung")),
    ),
    panels=(
        Panel("erster-tag", "today", 5, "desk/panels/first_day.html", panels.first_day),
        Panel("vertretung", "today", 5, "desk/panels/covers.html", panels.covers, label=_("Vertretung")),
        Panel("hinweise", "today", 15, "desk/panels/notices.html", panels.notices, label=_("Hinweise")),
        Panel("entwuerfe", "today", 30, "desk/panels/drafts.html", panels.drafts, label=_("Entwürfe")),
    ),
    manual={
        "suche": ("search",),
        "ansicht": ("list_columns", "list_filters", "list_filter_new", "list_filter_edit", "export_log"),
        "beratung": ("household", "household_list"),
        "vertretung": ("absence_list", "absence_new", "absence_edit", "absence_cases", "cover_edit", "today_cover"),
        "aufgaben": ("today_team", "today_of"),
        "erster-tag": ("today", "account", "notice_list", "team"),
    },
)
