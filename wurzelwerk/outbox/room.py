"""The manifest of the outbox."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import MenuEntry, Room

from . import facts
from .fates import FATES

ROOM = Room(
    name="outbox",
    label=_("Versand"),
    menu=(MenuEntry(_("Versand"), "outbox", "mail", 75, permission="outbox.watch", active=("/versand/",)),),
    facts=facts.FACTS,
    fates=FATES,
    manual={"versand": ("outbox", "message_cancel")},
)
