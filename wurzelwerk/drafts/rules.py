"""Whether a draft may be kept: the person, then the text."""

import json
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, NotAllowed
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte

LARGEST = 200_000
"""Bytes of a draft; the longest form of the house, filled to the limits of its fields, has less."""
MOST_FIELDS = 1_000


def check_may_write(actor: Actor, akte: Akte, scope: str) -> None:
    """Raise NotAllowed where the actor may not write in this Akte what the draft is going to be."""
    if not actor.keeps(akte.circle_id, scope, write=True) and not actor.holds_grant(akte.pk, scope, write=True):
        raise NotAllowed(_("Hier dürfen Sie nichts schreiben; der Entwurf wird nicht gesichert."))


def check_content(content: Mapping[str, Sequence[str]]) -> None:
    """Raise BadInput for more than a form of the house can hold."""
    if len(content) > MOST_FIELDS or len(json.dumps(content, ensure_ascii=False).encode()) > LARGEST:
        raise BadInput(
            _("Der Text ist zu lang, um als Entwurf gesichert zu werden. Bitte kürzen oder jetzt speichern.")
        )
