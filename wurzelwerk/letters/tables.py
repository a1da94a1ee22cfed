"""The list of a household's letters."""

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.formats import day
from wurzelwerk.base.tables import Column, Table, badge

from .models import Letter
from .wording import template_label, words


def _to(letter: Letter) -> str:
    return next((line.strip() for line in letter.address.splitlines() if line.strip()), "")


def template_name(letter: Letter) -> str:
    """Return what a letter's template is called."""
    return letter.office_version.template.name if letter.is_word else template_label(letter.template)


def _state(letter: Letter) -> str:
    if letter.sent_on is None:
        return now("Entwurf")
    return now("verschickt %(day)s, %(way)s") % {"day": day(letter.sent_on), "way": letter.get_sent_way_display()}


class LetterTable(Table):
    """Letters, the latest first."""

    name, title, one, many = "briefe", _("Briefe"), _("Brief"), _("Briefe")
    default_sort = "-dated_on"
    columns = (
        Column("dated_on", _("Datum"), kind="day", sort=("dated_on",)),
        Column(
            "subject",
            _("Betreff"),
            sort=("subject",),
            url=lambda row: reverse("letter", args=[row.pk]),
            note=template_name,
            heading=True,
        ),
        Column("to", _("An"), value=_to),
        Column("language", _("Sprache"), value=lambda row: words(row.language)["name"] if row.language else ""),
        Column("author", _("Von"), value=lambda row: row.author.display_name),
        Column(
            "state",
            _("Stand"),
            value=_state,
            cell=lambda row: badge(_state(row), "success" if row.sent_on else "info"),
            sort=("sent_on",),
        ),
    )
