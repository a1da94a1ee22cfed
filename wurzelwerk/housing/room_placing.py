"""The placing part of the manifest: menu entries, panels, shortcuts."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import MenuEntry, Panel, Shortcut

from . import panels

PLACE = "housing/placing/"
MENU = (
    MenuEntry(
        _("Suchen"), "housing_search_list", "search", 40, permission="housing.place",
        active=("/suchen/", "/vermittlungen/"), badge=panels.waiting_count,
    ),
    MenuEntry(_("Runden"), "round_list", "match", 60, permission="housing.round", active=("/runden/",)),
)  # fmt: skip
PANELS = (
    Panel("weg", "household", 20, f"{PLACE}panel_pathway.html", panels.pathway, label=_("Weg")),
    Panel("anspruch", "household", 40, f"{PLACE}claims.html", panels.claims, label=_("Anspruch")),
    Panel("suchprofil", "household", 50, f"{PLACE}panel_profile.html", panels.profile, label=_("Suchprofil")),
    Panel("vermittlung", "household", 60, f"{PLACE}panel_placements.html", panels.placements, label=_("Vermittlung")),
    Panel("nachbetreuung", "household", 65, f"{PLACE}panel_aftercare.html", panels.aftercare, label=_("Nachbetreuung")),
    Panel("anfragen-wohnen", "today", 5, f"{PLACE}today_referrals.html", panels.referrals_today, label=_("Anfragen")),
    Panel(
        "vermittlungen-heute",
        "today",
        25,
        f"{PLACE}today_placements.html",
        panels.placements_today,
        label=_("Vermittlungen"),
    ),
    Panel("runde", "today", 35, f"{PLACE}today_round.html", panels.round_today, column="aside"),
)
DRAFTS = {
    "profile": _("Suchprofil"), "aftercare": _("Nachbetreuung"), "placement": _("Wohnung vorschlagen"),
}  # fmt: skip
SHORTCUTS = (
    Shortcut(
        _("Haushalt für eine Wohnung vorschlagen"), "placement_new", "housing.place", _("neu Vermittlung zuordnen")
    ),
    Shortcut(_("Runde rechnen"), "round_list", "housing.round", _("neu Vergabe starten Zuordnung")),
)
