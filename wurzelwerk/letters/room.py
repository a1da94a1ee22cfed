"""The manifest of letters."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import MenuEntry, Panel, Room, Shortcut

from . import facts, panels
from .fates import FATES
from .fields import FIELDS
from .indicators import INDICATORS

ROOM = Room(
    name="letters",
    label=_("Briefe"),
    menu=(
        MenuEntry(
            _("Briefvorlagen"),
            "office_template_list",
            "document",
            75,
            permission="letter.template",
            active=("/briefvorlagen/",),
        ),
    ),
    panels=(Panel("briefe", "household", 25, "letters/panel.html", panels.letters, column="aside"),),
    shortcuts=(
        Shortcut(_("Serienbriefe"), "mailing_list", "contact.record", _("Brief an viele Einladung Veranstaltung Fest")),
    ),
    facts=facts.FACTS,
    indicators=INDICATORS,
    fates=FATES,
    manual={
        "briefe": (
            "letter",
            "letter_edit",
            "letter_list",
            "letter_new",
            "letter_sent",
            "office_template_list",
            "office_template_new",
            "office_template_change",
            "mailing",
            "partner_letter",
            "partner_letter_edit",
            "partner_letter_new",
            "partner_letter_sent",
            "partner_letters",
            "mailing_list",
            "mailing_new",
        )
    },
    drafts={"letter": _("Brief"), "partner_letter": _("Brief an Eigentümer:in"), "mailing": _("Serienbrief")},
    letter_fields=FIELDS,
)
