"""What the house tells the person in charge: the list, reading one, reading all."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock, paging
from wurzelwerk.cases.actions import read_notice
from wurzelwerk.cases.models import Notice

from ..queries import household_of_case, notices_of

READ_AT_ONCE = 500


def notice_list(request: HttpRequest) -> HttpResponse:
    """Show the own notices, unread first, each with its household as far as it is still open to the actor."""
    request.shows_badges = True
    rows = notices_of(request.actor)
    found, page = paging.take(rows, params=request.GET, size=25, total=paging.count(rows))
    return render(request, "desk/notices.html", {"notices": found, "page": page})


@require_POST
def notice_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark a notice as read and go to its household; a notice of somebody else is not found."""
    rows = Notice.objects.visible_to(request.actor).filter(recipient_id=request.actor.user_id)
    notice = get_object_or_404(rows.select_related("case"), pk=pk)
    if notice.read_at is None:
        read_notice(notice=notice, by=request.actor, at=clock.now())
    household = household_of_case(notice.case, actor=request.actor)
    if household is None:
        messages.info(request, _("Der Haushalt zu diesem Hinweis steht Ihnen nicht mehr offen."))
        return redirect("notice_list")
    return redirect("household", pk=household.pk)


@require_POST
@transaction.atomic
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark all own notices as read."""
    unread = Notice.objects.visible_to(request.actor).filter(recipient_id=request.actor.user_id, read_at__isnull=True)
    rows = list(unread.select_related("case__akte__controller", "case__akte__site", "case__programme")[:READ_AT_ONCE])
    for notice in rows:
        read_notice(notice=notice, by=request.actor, at=clock.now())
    messages.success(request, _("Alle Hinweise sind als gelesen vermerkt."))
    return redirect("notice_list")
