"""What becomes of folder and releases when two Akten of one household become one."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .fates import Fate, stays


def _valid(on: date) -> Q:
    """A sheet that waits for its signature forbids like a release that stands."""
    return Q(revoked_at__isnull=True) & (Q(signed_on__isnull=True) | Q(valid_until__gte=on))


FATES = {
    "trust.Akte": stays("the folder itself: it is closed and names where it went"),
    "trust.Consent": Fate(
        moves=False,
        one=_("Freigabe"),
        because="what was signed stays where it was signed; what still holds needs a decision",
        forbids=_valid,
        sentence=_("Zu dieser Akte gibt es eine Freigabe, die gilt oder auf die Unterschrift wartet."),
        binds=True,
    ),
    "trust.Link": Fate(moves=True, refs=("subject",)),
}
