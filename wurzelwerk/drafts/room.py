"""The manifest of drafts: no pages and no facts of their own, they belong to the forms."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import Room

from .fates import FATES

ROOM = Room(name="drafts", label=_("Entwürfe"), fates=FATES)
