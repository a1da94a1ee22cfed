"""The manifest of housing."""

from wurzelwerk.base.rooms import Room

from . import facts
from .comparisons import COMPARISONS
from .fates import FATES
from .indicators import INDICATORS
from .pathway import HOUSING
from .room_placing import DRAFTS as PLACING_DRAFTS
from .room_placing import MENU as PLACING_MENU
from .room_placing import PANELS as PLACING_PANELS
from .room_placing import SHORTCUTS as PLACING_SHORTCUTS
from .room_portfolio import DRAFTS as PORTFOLIO_DRAFTS
from .room_portfolio import MENU as PORTFOLIO_MENU
from .room_portfolio import SEARCHERS
from .room_portfolio import SHORTCUTS as PORTFOLIO_SHORTCUTS

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
    shortcuts=(*PLACING_SHORTCUTS, *PORTFOLIO_SHORTCUTS),
    fates=FATES,
    drafts={**PLACING_DRAFTS, **PORTFOLIO_DRAFTS},
)
