"""What the conferences give to "Heute"."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wurzelwerk.base.rooms import once
from wurzelwerk.cases.enums import ConferenceState, InvitationAnswer
from wurzelwerk.cases.models import Participant
from wurzelwerk.trust.scopes import Scope

from .queries import HouseholdNames
from .support import named_conferences
from .working_rules import working_rule

LINES_SHOWN = 10


def my_conferences(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """Conferences to which I am invited, and what they wait for: answer, minutes, confirmation (one query)."""
    if not page.actor.home_circles(Scope.SUPPORT):
        return None
    ahead = page.now + timedelta(days=working_rule("days_ahead", on=page.today) + 1)
    to_come = Q(conference__state=ConferenceState.PLANNED, conference__starts_at__lt=ahead) & (
        Q(conference__starts_at__gte=page.now - timedelta(hours=12)) | Q(conference__called_by=page.actor.user_id)
    )
    to_confirm = Q(conference__state=ConferenceState.HELD, present=True, confirmed_at=None)
    rows = Participant.objects.visible_to(page.actor).filter(
        to_come | to_confirm, user_id=page.actor.user_id, conference__case__closed_on__isnull=True
    )
    names = once(page, "counselling.names", lambda: HouseholdNames(page.actor))
    found = names.add(rows.select_related("conference").order_by("conference__starts_at", "pk")[:LINES_SHOWN])
    named_conferences([row.conference for row in found])
    for row in found:
        row.waits = _waits(row, page.now)
    return {"rows": found} if found else None


def _waits(row: Participant, now: Any) -> str:
    if row.conference.state == ConferenceState.HELD:
        return _("Protokoll bestätigen")
    if row.conference.ends_at <= now:
        return _("Protokoll fehlt")
    return _("Zusage fehlt") if row.answer == InvitationAnswer.OPEN else ""
