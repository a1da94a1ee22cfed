"""The manifest of the calendar."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import MenuEntry, Panel, Room, Shortcut

from . import facts, inviting, panels
from .comparisons import COMPARISONS
from .fates import FATES

MANUAL = {
    "kalender": (
        "appointment", "appointment_edit", "appointment_figures", "appointment_new", "calendar_day", "calendar_place",
        "calendar_team", "calendar_week", "feed", "hours_edit", "interpreter_answer", "interpreter_new",
        "own_time_edit", "own_time_new", "place_edit", "place_list", "place_new", "place_sketch_new",
        "series_cancel", "series_edit", "series_new", "site_hours_edit", "weekly_time_edit",
        "weekly_time_new", "weekly_times",
    )
}  # fmt: skip

PART = "appointments/panels/{}.html".format

ROOM = Room(
    name="appointments",
    label=_("Termine"),
    menu=(MenuEntry(_("Kalender"), "calendar_week", "calendar", 15, active=("/kalender/", "/termine/")),),
    panels=(
        Panel("termine", "household", 15, PART("dates"), panels.dates, column="aside", label=_("Termine")),
        Panel("meine-termine", "today", 10, PART("my_appointments"), panels.my_appointments, label=_("Termine")),
        Panel("sprachmittlung", "today", 15, PART("interpreters"), panels.open_interpreters, label=_("Sprachmittlung")),
    ),
    shortcuts=(
        Shortcut(_("Mein Tag"), "calendar_day", words=_("Kalender heute Termine")),
        Shortcut(_("Woche meines Teams"), "calendar_team", words=_("Kalender Kolleginnen Kollegen frei belegt")),
        Shortcut(_("Räume"), "place_list", words=_("Besprechungsraum buchen Kalender Sprechstunde")),
        Shortcut(_("Termin ohne Haushalt eintragen"), "own_time_new", words=_("Besprechung Teamsitzung blockieren")),
        Shortcut(_("Wöchentliche Zeiten"), "weekly_times", words=_("jede Woche regelmäßig frei Serie blockieren")),
        Shortcut(_("Meine Sprechzeiten"), "hours_edit", words=_("Arbeitszeit wann erreichbar")),
        Shortcut(_("Kalender abonnieren"), "feed", words=_("iCal ics Outlook Telefon Handy Abo")),
    ),
    facts=facts.FACTS,
    comparisons=COMPARISONS,
    fates=FATES,
    ticks=(inviting.queue_invitations,),
    manual=MANUAL,
)
