"""The manifest of housing."""

from wurzelwerk.base.rooms import Room

from . import facts
from .comparisons import COMPARISONS
from .fates import FATES
from .indicators import INDICATORS
from .letter_fields import LETTER_FIELDS
from .letter_partners import owner_of_akte
from .list_dwellings import DWELLINGS
from .pathway import HOUSING
from .room_placing import DRAFTS as PLACING_DRAFTS
from .room_placing import MENU as PLACING_MENU
from .room_placing import PANELS as PLACING_PANELS
from .room_placing import SHORTCUTS as PLACING_SHORTCUTS
from .room_portfolio import DRAFTS as PORTFOLIO_DRAFTS
from .room_portfolio import MENU as PORTFOLIO_MENU
from .room_portfolio import SEARCHERS
from .room_portfolio import SHORTCUTS as PORTFOLIO_SHORTCUTS

MANUAL = {
    "vermittlung": (
        "housing_search_list", "housing_search", "housing_search_pause", "housing_search_resume",
        "housing_search_close", "housing_referral_accept", "housing_referral_refuse", "placement_new",
        "placement", "placement_step", "round_list", "round_new", "round", "search_profile_edit", "pathway_advance",
        "pathway_take_back", "aftercare_note", "aftercare_take_back",
    ),
    "wohnungen": (
        "dwelling_list", "dwelling_new", "dwelling", "dwelling_edit", "letting_new", "letting_edit", "letting_withdraw",
        "right_new", "right_edit", "right_remove", "photo_list", "photo_caption", "photo_remove", "owner_list", "owner",
        "owner_edit", "import_new", "import_run", "offered_dwellings",
    ),
}  # fmt: skip

ROOM = Room(
    name="housing",
    label="Wohnen",
    menu=(*PLACING_MENU, *PORTFOLIO_MENU),
    panels=PLACING_PANELS,
    facts=facts.FACTS,
    pathways=(HOUSING,),
    indicators=INDICATORS,
    comparisons=COMPARISONS,
    searchers=SEARCHERS,
    manual=MANUAL,
    shortcuts=(*PLACING_SHORTCUTS, *PORTFOLIO_SHORTCUTS),
    fates=FATES,
    letter_fields=LETTER_FIELDS,
    letter_partner=owner_of_akte,
    importers=(DWELLINGS,),
    drafts={**PLACING_DRAFTS, **PORTFOLIO_DRAFTS},
)
