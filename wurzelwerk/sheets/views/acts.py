"""Buttons of a list: choose, take in, take back, delete."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.undo import say_done

from .. import taking
from ..actions import begin_take_back, begin_take_in, drop_sheet, set_choices
from ..enums import Choice, State, Verdict
from ..jobs import work_later
from .finding import act, found_or_404

SHOWN_AGAINST = 30


@require_POST
def sheet_choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what is to become of the rows of a page, or of all with a verdict."""
    sheet, _importer = found_or_404(request, pk)
    every, verdict = request.POST.get("alle", ""), request.POST.get("von", "")

    def choose(at) -> None:
        if every in Choice.values and verdict in Verdict.values:
            set_choices(sheet=sheet, choice=Choice(every), verdict=verdict, by=request.actor, at=at)
            return
        for choice in Choice:
            numbers = [
                int(name.removeprefix("zeile-"))
                for name, value in request.POST.items()
                if value == choice
                and name.startswith("zeile-")
                and name[6:].isascii()
                and name[6:].isdigit()
                and len(name) < 14
            ]
            if numbers:
                set_choices(sheet=sheet, choice=choice, numbers=numbers, by=request.actor, at=at)

    return act(request, sheet, choose, _("Auswahl gespeichert."))


@require_POST
def sheet_take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a checked list in, or go on where a job stopped."""
    sheet, _importer = found_or_404(request, pk)

    def begin(at) -> None:
        with transaction.atomic():
            work_later(begin_take_in(sheet=sheet, by=request.actor, at=at))

    return act(
        request, sheet, begin, _("Die Liste wird übernommen. Sie können die Seite verlassen und später wiederkommen.")
    )


def sheet_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once more, with what stands against it by name; then take everything back that the list brought."""
    sheet, importer = found_or_404(request, pk)
    if request.method == "POST":

        def begin(at) -> None:
            with transaction.atomic():
                work_later(begin_take_back(sheet=sheet, by=request.actor, at=at))

        return act(request, sheet, begin, _("Die Übernahme wird zurückgenommen."))
    if sheet.taken_at is None or sheet.state not in {State.DONE, State.RUNNING, State.UNDOING}:
        return redirect("sheet", pk)
    found = taking.against(sheet, importer, actor=request.actor)
    context = {
        "sheet": sheet, "against": found[:SHOWN_AGAINST], "more": max(0, len(found) - SHOWN_AGAINST),
        "cancel_url": reverse("sheet", args=[pk]),
    }  # fmt: skip
    return render(request, "sheets/take_back.html", context)


def sheet_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once more; then delete a list with its rows."""
    sheet, _importer = found_or_404(request, pk)
    if request.method == "POST":
        try:
            with transaction.atomic():
                if idempotency.once(request):
                    drop_sheet(sheet=sheet, by=request.actor, at=clock.now())
        except HouseError as error:
            messages.error(request, error.message)
            return redirect("sheet", pk)
        say_done(request, _("Die Liste ist gelöscht."))
        return redirect("sheet_list")
    return render(request, "sheets/drop.html", {"sheet": sheet, "cancel_url": reverse("sheet", args=[pk])})
