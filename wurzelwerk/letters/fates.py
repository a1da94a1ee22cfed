"""What becomes of letters when two Akten of one household become one."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.trust.fates import Fate, stays

FATES = {
    "letters.Letter": Fate(moves=True, one=_("Brief"), many=_("Briefe")),
    "letters.PartnerLetter": stays("lies in the Akte of an owner"),
    "letters.Mailing": stays("lies in the Akte of a team's mailings"),
}
