"""What the portfolio gives the desk: its places in the navigation, and what the search finds of it."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import MenuEntry, Searcher, Shortcut

from .queries import finding

MENU = (
    MenuEntry(
        _("Wohnungen"),
        "dwelling_list",
        "home",
        50,
        permission="housing.portfolio",
        active=("/wohnungen/", "/eigentuemer/", "/vermietungen/", "/belegungsrechte/", "/fotos/"),
    ),
    MenuEntry(
        _("Offene Wohnungen"),
        "offered_dwellings",
        "building",
        55,
        permission="release.record",
        active=("/angebote/wohnungen/",),
    ),
)
SEARCHERS = (
    Searcher("wohnungen", _("Wohnungen"), "home", 30, finding.dwellings, permission="housing.portfolio"),
    Searcher("eigentuemer", _("Eigentümer:innen"), "people", 40, finding.owners, permission="housing.portfolio"),
)
DRAFTS = {
    "dwelling_new": _("Neue Wohnung"), "dwelling": _("Wohnung bearbeiten"), "letting_new": _("Neues Angebot"),
    "letting": _("Miete und Bedingungen"), "right_new": _("Belegungsrecht eintragen"),
    "right": _("Belegungsrecht bearbeiten"), "owner": _("Kontakt von Eigentümer:innen"),
}  # fmt: skip
SHORTCUTS = (
    Shortcut(_("Wohnung anlegen"), "dwelling_new", "housing.portfolio", _("neu aufnehmen Angebot Vermietung")),
    Shortcut(_("OpenImmo-Datei einlesen"), "import_new", "housing.import", _("Import Wohnungen hochladen ZIP XML")),
    Shortcut(_("Eigentümerinnen und Eigentümer"), "owner_list", "housing.portfolio", _("Vermieter Kontakte")),
)
