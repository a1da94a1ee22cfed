"""Letting somebody choose a time by a link: the invitation, its link, and the message that brings it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from wurzelwerk.base.fields import joined
from wurzelwerk.cases.models import Case
from wurzelwerk.outbox.actions import Letter, queue_message
from wurzelwerk.outbox.rules import address_for
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.link_actions import issue_link
from wurzelwerk.trust.links import Issued

from .actions import make_invitation
from .choosing import language_of
from .texts_of import APPOINTMENT

CAUSE = "portal.book"


def send_invitation(
    *, case: Case, data: Mapping[str, Any], reminded: QuerySet, host: str, by: Actor, at: datetime
) -> tuple[Issued, bool]:
    """Make an invitation with its link, and queue the message where somebody was chosen; return link and whether sent.

    `data`: kind, host, room, until, to (the id of one of `reminded`, or empty). Raises what the actions raise.
    """
    invitation = make_invitation(
        case=case, kind=data["kind"], host=data["host"], room=data["room"], until=data["until"], by=by, at=at
    )
    whom = reminded.select_related("person").filter(pk=data["to"]).first() if data.get("to") else None
    language = language_of(whom.person_id) if whom else "de"
    until = joined(data["until"] + timedelta(days=1), datetime.min.time())
    issued = issue_link(purpose=CAUSE, thing=invitation, valid_until=until, language=language, by=by, at=at)
    if whom is None:
        return issued, False
    words = APPOINTMENT.of(language)["messages"]
    letter = Letter(
        whom.channel,
        address_for(whom.channel, email=whom.person.email, phones=whom.person.phones),
        words[f"invite_{whom.channel}"].format(link=host + issued.path),
        title=words["mail_title"] if whom.channel == "mail" else "",
        person=whom.person_id,
    )
    queue_message(akte=case.akte, letter=letter, cause=CAUSE, until=until, subject=invitation.pk, by=by, at=at)
    return issued, True
