"""What the pages of lists share: find the list or 404, act by a button."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.undo import say_done

from ..importer import Importer, importers_of
from ..models import Sheet

WRONG = 422
"""The status of a page that comes back with something to mend."""
MAY = "lists.take_in"


def demand(request: HttpRequest) -> dict[str, Importer]:
    """Return what the actor may take in. Raises Http404 for whom the pages do not exist."""
    found = importers_of(request.actor)
    if not request.actor.may(MAY) or not found:
        raise Http404
    return found


def found_or_404(request: HttpRequest, pk: UUID) -> tuple[Sheet, Importer]:
    """Return a list that the actor sent, and its importer; 404 for everything else."""
    known = demand(request)
    sheet = Sheet.objects.writable_by(request.actor).filter(pk=pk).select_related("akte").first()
    importer = known.get(sheet.kind) if sheet else None
    if importer is None:
        raise Http404
    return sheet, importer


def act(request: HttpRequest, sheet: Sheet, do: Callable[[datetime], Any], done: str) -> HttpResponse:
    """Do what a button asks for and go back to the list; a refusal is said there."""
    try:
        with transaction.atomic():
            if idempotency.once(request):
                do(clock.now())
    except HouseError as error:
        messages.error(request, error.message)
    else:
        say_done(request, done)
    return redirect(request.POST.get("zurueck") if _is_own(request, sheet) else reverse("sheet", args=[sheet.pk]))


def _is_own(request: HttpRequest, sheet: Sheet) -> bool:
    return request.POST.get("zurueck", "").startswith(reverse("sheet", args=[sheet.pk]) + "?")
