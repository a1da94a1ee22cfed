"""What becomes of letters when two Akten of one household become one."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.trust.fates import Fate

FATES = {"letters.Letter": Fate(moves=True, one=_("Brief"), many=_("Briefe"))}
