"""Pages of a conference's minutes: on paper, opened to another body, closed again, read there."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wurzelwerk.base import clock
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import OpenedMinutes, Referral
from wurzelwerk.network.models import User
from wurzelwerk.trust.scopes import Scope

from ..conferences import decisions_of, participants_of
from ..minutes import named, opened_decisions
from ..minutes_sheet import MinutesSheet, render_minutes
from .answering import act, found_or_404, opened
from .conferences import conference_address, found_conference
from .support import circle_trail


@require_GET
def conference_pdf(request: HttpRequest, conference: UUID) -> HttpResponse:
    """The minutes as PDF, or the agenda as long as there are none; its name and title name nobody."""
    subject, row = found_conference(request, conference)
    akte = row.case.akte
    writer = User.objects.filter(pk=row.written_by_id).first()
    sheet = MinutesSheet(
        conference=row,
        label=row.label,
        office=f"{akte.controller.name}, {akte.site.name}" if akte.site else akte.controller.name,
        household=subject.household.name,
        people=tuple(participants_of(row, actor=request.actor)),
        decisions=tuple(line.decision for line in decisions_of(row, actor=request.actor, today=subject.today)),
        written_by=writer.display_name if writer else "",
        made_at=clock.now(),
    )
    answer = HttpResponse(render_minutes(sheet), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{sheet.file_name}"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def minutes_open(request: HttpRequest, conference: UUID, referral: UUID) -> HttpResponse:
    """Open the minutes as they stand to a body that took part."""
    _subject, row = found_conference(request, conference, write=Scope.SUPPORT)
    sent = found_or_404(Referral, request, referral)
    if sent.case_id != row.case_id:
        raise Http404
    return act(
        request,
        do=lambda at: cases.open_minutes(conference=row, referral=sent, by=request.actor, at=at),
        done=_("Das Protokoll ist für %(body)s freigegeben, so wie es jetzt ist.") % {"body": sent.receiver.short_name},
        to=conference_address(row),
    )


@require_POST
def minutes_close(request: HttpRequest, minutes: UUID) -> HttpResponse:
    """Let the other body read the minutes no more."""
    row = found_or_404(OpenedMinutes, request, minutes)
    _subject, conference = found_conference(request, row.conference_id, write=Scope.SUPPORT)
    return act(
        request,
        do=lambda at: cases.close_minutes(opened=row, by=request.actor, at=at),
        done=_("Die Freigabe des Protokolls ist zurückgenommen."),
        undo=reverse("minutes_open", args=[conference.pk, row.referral_id]),
        to=conference_address(conference),
    )


def minutes_opened(request: HttpRequest, minutes: UUID) -> HttpResponse:
    """Show minutes that were opened, to the body that may read them and to the own team, as they stood."""
    row = found_or_404(OpenedMinutes, request, minutes)
    referral = found_or_404(Referral, request, row.referral_id)
    subject = opened(request, referral.household_id)
    named([row])
    by = User.objects.filter(pk=row.opened_by_id).first()
    context = {
        "subject": subject,
        "minutes": row,
        "decisions": opened_decisions(row),
        "sender": row.akte.controller,
        "receiver": row.receiver,
        "opened_by": by,
        "trail": circle_trail(subject),
    }
    return render(request, "counselling/support/opened_minutes.html", context)
