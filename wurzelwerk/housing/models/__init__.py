"""Tables of housing, one file an aggregate."""

from .letting import ImportRun, Letting
from .placing import AfterCare, Outcome, Placement, PlacementMove, Round
from .portfolio import AllocationRight, Building, Dwelling, DwellingPhoto, Owner
from .search import HousingSearch, SearchProfile

__all__ = [
    "AfterCare",
    "AllocationRight",
    "Building",
    "Dwelling",
    "DwellingPhoto",
    "HousingSearch",
    "ImportRun",
    "Letting",
    "Outcome",
    "Owner",
    "Placement",
    "PlacementMove",
    "Round",
    "SearchProfile",
]
