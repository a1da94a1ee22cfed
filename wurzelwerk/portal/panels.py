"""What other pages show of reminders: the way from a household, who is reminded on the page of an appointment."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from wurzelwerk.base import clock
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment
from wurzelwerk.trust.scopes import Scope

from .models import ReminderChoice, Reminding
from .reminded import agreed_of, choices_of, is_asked, meant


def way_in(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """Where the way leads, for who may change the household's calendar; how often is to be chosen whom to remind.

    Two queries; one where at most one person agreed.
    """
    if not page.may_write(Scope.CALENDAR) or page.is_foreign:
        return None
    return {"household": page.household, "unchosen": _unchosen(page)}


def _unchosen(page: Any) -> int:
    agreed = Reminding.objects.visible_beside(page.household, page.actor).filter(
        ended_at__isnull=True, person_id__in=[member.person_id for member in page.members]
    )
    if agreed.count() < 2:
        return 0
    made = ReminderChoice.objects.for_system(reason="whether somebody chose").filter(appointment=OuterRef("pk"))
    rows = Appointment.objects.visible_beside(page.household, page.actor).of(akte_id=page.household.akte_id)
    to_come = rows.filter(state=AppointmentState.PLANNED, starts_at__gt=clock.now())
    return to_come.filter(~Exists(made)).count()


def of_appointment(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """Who is reminded of an appointment to come, where somebody agreed (two queries). `page`: row, writes."""
    row, actor = page.row, request.actor
    if not (actor.keeps(row.circle_id, Scope.CONTACT) or actor.holds_grant(row.akte_id, Scope.CONTACT, write=True)):
        return None
    if not page.writes or row.state != AppointmentState.PLANNED or row.starts_at <= clock.now():
        return None
    agreed = agreed_of(row.akte_id)
    if not agreed:
        return None
    chosen = choices_of([row]).get(row.pk)
    return {"row": row, "asks": is_asked(agreed, chosen), "reminded": meant(agreed, chosen)}
