"""Pages about how a household lives now, and on what."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base.editing import Editing
from wurzelwerk.base.errors import BadInput
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Accommodation, EconomicSituation
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from ..forms.circumstances import AccommodationForm, EconomyForm, MoveForm
from ..queries import OpenHousehold
from .answering import act, ask, found_or_404, household_address, opened, opened_by_row, posted


def _writing(form: str, scope: str, subject: OpenHousehold, stored: Mapping[str, Any]) -> Writing:
    return Writing(form, scope, subject.household, subject.household.pk, stored)


def accommodation_edit(request: HttpRequest, household: UUID) -> HttpResponse:
    """Correct where a household lives, or record it for the first time."""
    subject = opened(request, household, write=Scope.CONTACT)
    homes = Accommodation.objects.visible_to(request.actor).filter(household=subject.household, until__isnull=True)
    editing = Editing(subject.household, lambda: AccommodationForm.initial_of(homes.first()))
    form = AccommodationForm(posted(request), initial=editing.initial, today=subject.today)

    def save(at):
        changes = form.to_accommodation()
        if (home := homes.first()) is None:
            return cases.set_accommodation(household=subject.household, by=request.actor, at=at, **changes)
        return cases.correct_accommodation(accommodation=home, by=request.actor, at=at, **changes)

    return ask(
        request,
        subject,
        form,
        title=_("Jetzige Unterkunft"),
        do=save,
        done=_("Die Unterkunft ist gespeichert."),
        to=household_address(subject, "lage"),
        writing=_writing("accommodation", Scope.CONTACT, subject, editing.initial),
        editing=editing,
        lead=_("Hier berichtigen Sie die jetzige Unterkunft. Ist der Haushalt umgezogen, nutzen Sie „Umzug“.")
        if editing.stored
        else "",
    )


def accommodation_move(request: HttpRequest, household: UUID) -> HttpResponse:
    """Record a move; the former accommodation ends."""
    subject = opened(request, household, write=Scope.CONTACT)
    homes = Accommodation.objects.visible_to(request.actor).filter(household=subject.household, until__isnull=True)
    before = homes.first()
    form = MoveForm(posted(request), today=subject.today)

    def move(at):
        changes = form.to_accommodation()
        if before and before.since and changes["since"] < before.since:
            raise BadInput(_("Der Einzug liegt vor dem Einzug in die jetzige Unterkunft."), field="since")
        return cases.set_accommodation(household=subject.household, by=request.actor, at=at, **changes)

    return ask(
        request,
        subject,
        form,
        title=_("Umzug"),
        do=move,
        done=_("Der Umzug ist festgehalten."),
        undo=lambda home: reverse("move_take_back", args=[home.pk]) if before else "",
        to=household_address(subject, "lage"),
        writing=_writing("move", Scope.CONTACT, subject, AccommodationForm.initial_of(before)),
        lead=_("Die bisherige Unterkunft endet mit dem Tag des Einzugs und bleibt in der Akte sichtbar."),
    )


@require_POST
def move_take_back(request: HttpRequest, accommodation: UUID) -> HttpResponse:
    """Take a move back that was recorded by mistake."""
    home = found_or_404(Accommodation, request, accommodation)
    subject = opened_by_row(request, home, write=Scope.CONTACT)
    return act(
        request,
        do=lambda at: cases.take_back_move(accommodation=home, by=request.actor, at=at),
        done=_("Der Umzug ist zurückgenommen. Die bisherige Unterkunft ist wieder die jetzige."),
        to=household_address(subject, "lage"),
    )


def economy_edit(request: HttpRequest, household: UUID) -> HttpResponse:
    """Record on what a household lives."""
    subject = opened(request, household, write=Scope.ECONOMIC)
    economies = EconomicSituation.objects.visible_to(request.actor).filter(household=subject.household)
    editing = Editing(subject.household, lambda: EconomyForm.initial_of(economies.first()))
    form = EconomyForm(posted(request), initial=editing.initial, today=subject.today)

    def save(at):
        data = form.to_economy()
        kinds = list(data.pop("income_kinds"))
        return cases.set_economy(household=subject.household, income_kinds=kinds, by=request.actor, at=at, **data)

    return ask(
        request,
        subject,
        form,
        title=_("Einkommen"),
        do=save,
        done=_("Das Einkommen ist gespeichert."),
        to=household_address(subject, "lage"),
        writing=_writing("economy", Scope.ECONOMIC, subject, editing.initial),
        editing=editing,
    )
