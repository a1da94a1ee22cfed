"""What is new in one's own cases, and the notes that one has looked."""

from itertools import groupby
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.undo import say_done
from wurzelwerk.cases.visits import note_visit

from ..news import news_of
from .answering import household_address, opened


def news(request: HttpRequest) -> HttpResponse:
    """Show what others did in the actor's own cases since the last visit, by household."""
    if not request.actor.may("case.open"):
        raise Http404
    found = news_of(request.actor, at=clock.now())
    order = {one.akte_id: place for place, one in reversed(list(enumerate(found)))}
    ordered = sorted(found, key=lambda one: order[one.akte_id])
    groups = [(list(rows)) for _akte, rows in groupby(ordered, key=lambda one: one.akte_id)]
    return render(request, "counselling/news.html", {"groups": [(rows[0].about, rows) for rows in groups]})


@require_POST
def news_seen(request: HttpRequest) -> HttpResponse:
    """Note that the actor has seen what is new in all own cases."""
    if not request.actor.may("case.open"):
        raise Http404
    now = clock.now()
    for akte_id in {one.akte_id for one in news_of(request.actor, at=now)}:
        note_visit(akte_id, by=request.actor, at=now, whole=True)
    say_done(request, _("Alles ist als gesehen vermerkt."))
    return redirect("news")


@require_POST
def household_seen(request: HttpRequest, household: UUID) -> HttpResponse:
    """Note that the actor is looking at a household; a script says so while the page stays open."""
    subject = opened(request, household)
    note_visit(subject.household.akte_id, by=request.actor, at=clock.now())
    return HttpResponse(status=204) if request.htmx else redirect(household_address(subject))
