"""The switch of an appointment's invitations."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.cases.models import Appointment
from wurzelwerk.outbox.queries import InvitingShown, inviting_of

from .. import actions
from .answering import act, found_or_404, household_of_appointment

SWITCH = {"an": True, "aus": False}


def shown_inviting(request: HttpRequest, row: Appointment) -> InvitingShown:
    """Return what an appointment's page shows of its invitations."""
    on, off = (reverse("appointment_inviting", args=[row.pk, key]) for key in SWITCH)
    return inviting_of(row.pk, actor=request.actor, urls=(on, off))


@require_POST
def appointment_inviting(request: HttpRequest, appointment: UUID, inviting: str) -> HttpResponse:
    """Let whoever takes part be invited by mail, or no more."""
    row = found_or_404(Appointment, request, appointment, write=True)
    household_of_appointment(request, row)
    if inviting not in SWITCH:
        raise Http404
    on = SWITCH[inviting]
    return act(
        request,
        do=lambda at: actions.set_inviting(appointment=row, on=on, by=request.actor, at=at),
        done=_("Die Einladung geht in der nächsten Minute hinaus.")
        if on
        else _("Es gehen keine Einladungen mehr hinaus."),
        undo=reverse("appointment_inviting", args=[row.pk, "aus" if on else "an"]),
        to=reverse("appointment", args=[row.pk]),
    )
