"""What becomes of search and placement when two Akten of one household become one."""

from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.formats import day
from wurzelwerk.trust.fates import Fate, everything, stays


def _profile(row: Any) -> str:
    return now("für %(persons)d Personen, vom %(day)s") % {"persons": row.persons, "day": day(row.changed_at)}


PORTFOLIO = stays("lies in the Akte of an owner or a portfolio")
PLACED = "a search has dwellings, proposals and promises to it: which of two goes on is for people to decide"
SEARCHED = Fate(
    moves=False,
    because=PLACED,
    forbids=everything,
    sentence=_("Zu dieser Akte gibt es eine Wohnungssuche oder Vermittlung."),
    binds=True,
)

FATES = {
    "housing.SearchProfile": Fate(moves=True, one=_("Suchprofil"), single="household_id", say=_profile),
    "housing.HousingSearch": SEARCHED,
    "housing.Placement": SEARCHED,
    "housing.AfterCare": SEARCHED,
    "housing.Outcome": stays("belongs to a search, which forbids it"),
    "housing.PlacementMove": stays("belongs to a placement, which forbids it"),
    "housing.Round": stays("lies in the Akte of the body that places"),
    **dict.fromkeys(
        (
            "housing.Owner",
            "housing.Building",
            "housing.Dwelling",
            "housing.AllocationRight",
            "housing.DwellingPhoto",
            "housing.Letting",
            "housing.ImportRun",
        ),
        PORTFOLIO,
    ),
}
