"""Who asked not to be written to, and how: the house obeys it by itself, whoever wants to send something."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from .enums import ContactRule
from .models import Person

BARRED: dict[str, set[str]] = {
    ContactRule.NO_MESSAGES: {"mail", "sms"},
    ContactRule.ONLY_VIA: {"mail", "sms"},
    ContactRule.NO_CALLS: {"sms"},  # who must not be heard ringing must not be seen on the same telephone either
}
"""Rule -> the channels by which nothing may go out."""


def contact_bars(persons: Iterable[UUID], channel: str) -> Mapping[UUID, str]:
    """Return person -> why nothing may be sent to them on a channel ("mail", "sms"); one query.

    Somebody who is not there any more gets nothing either.
    """
    wanted = list(persons)
    rows = Person.objects.for_system(reason="whether somebody may be written to").filter(pk__in=wanted)
    found = dict(rows.values_list("pk", "contact_rule"))
    barred = {pk: _said(rule) for pk, rule in found.items() if channel in BARRED.get(rule, ())}
    gone = _("Diese Person steht nicht mehr in der Akte.")
    return barred | {pk: gone for pk in wanted if pk not in found}


def _said(rule: str) -> str:
    asked = ContactRule(rule).label
    return _("Die Person hat um sichere Erreichbarkeit gebeten: „%(rule)s“. Es geht keine Nachricht hinaus.") % {
        "rule": asked
    }
