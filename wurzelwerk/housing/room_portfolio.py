"""What the portfolio gives the desk: its places in the navigation."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import MenuEntry

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
