"""The manifest of the portal: pages that links open, reminders, slips, times that people choose themselves."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import LinkPage, Panel, Room

from . import facts, figures, link_views, panels, reminding
from .fates import FATES

ROOM = Room(
    name="portal",
    label=_("Seiten ohne Konto"),
    facts=facts.FACTS,
    fates=FATES,
    panels=(
        Panel("erinnerungen", "household", 65, "portal/panel.html", panels.way_in, column="aside"),
        Panel("erinnerung", "appointment", 10, "portal/reminded_panel.html", panels.of_appointment, column="aside"),
        Panel("mit-erinnerung", "appointment_figures", 10, "portal/figures.html", figures.by_reminder),
    ),
    link_pages=(
        LinkPage("portal.appointment", _("Terminzettel"), link_views.appointment_page),
        LinkPage("portal.reminded", _("Erinnerung"), link_views.reminder_page),
        LinkPage("portal.offer", _("früherer Termin angeboten"), link_views.offer_page),
        LinkPage("portal.book", _("Termin selbst wählen"), link_views.booking_page),
    ),
    ticks=(reminding.queue_due, reminding.offer_earlier),
    manual={"erinnerungen": ("reminder_list", "invitation_new", "appointment_reminded")},
)
