"""What becomes of a way when two Akten of one household become one."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.trust.fates import Fate


def _running(_on: date) -> Q:
    return Q(ended_on__isnull=True)


FATES = {
    "pathways.Journey": Fate(
        moves=True,
        one=_("beendeter Weg"),
        many=_("beendete Wege"),
        forbids=_running,
        sentence=_("In dieser Akte läuft ein Weg in die Wohnung."),
    ),
    "pathways.Move": Fate(moves=True, one=_("Stufe auf einem Weg")),
}
