"""Pages of who stands in for single cases of an absence: change, remove, take a change back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.undo import say_done
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.absence_rules import may_manage
from wurzelwerk.cases.models import AbsenceChange, Cover

from ..absence_forms import CoverForm
from ..absences import colleagues_of, single_covers
from ..answering import act, ask, posted


def _found(request: HttpRequest, pk: UUID) -> tuple[Cover, str]:
    """Return the cover of a single case that the actor may change, and the case's name; 404 for every other."""
    row = Cover.objects.select_related("absence__user", "user").filter(pk=pk, case__isnull=False).first()
    if row is None or row.absence.cancelled_at or not may_manage(request.actor, row.absence.user_id):
        raise Http404
    named = {line.pk: line.name for line in single_covers(row.absence, actor=request.actor)}
    if row.pk not in named:
        raise Http404
    return row, named[row.pk]


def cover_edit(request: HttpRequest, cover: UUID) -> HttpResponse:
    """Change who stands in for a single case, and until when."""
    row, name = _found(request, cover)
    back = reverse("absence_edit", args=[row.absence_id])
    editing = Editing(row, lambda: {"user": str(row.user_id), "until": row.until})
    form = CoverForm(posted(request), team=colleagues_of(request.actor), initial=editing.initial)
    return ask(
        request,
        form,
        do=lambda at: cases.change_case_cover(
            cover=row, user=form.person(), until=form.cleaned_data["until"], by=request.actor, at=at
        ),
        done=_("Die Vertretung ist geändert."),
        undo=lambda change: reverse("absence_change_back", args=[change.pk]),
        to=back,
        template="desk/absence/cover.html",
        editing=editing,
        trail=[(_("Abwesenheiten"), reverse("absence_list")), (_("Abwesenheit"), back)],
        title=_("Vertretung für einen Fall"),
        absence=row.absence,
        name=name,
    )


@require_POST
def cover_remove(request: HttpRequest, cover: UUID) -> HttpResponse:
    """Leave a single case to those who stand in for everything."""
    row, _name = _found(request, cover)
    back = reverse("absence_edit", args=[row.absence_id])
    try:
        change = cases.remove_case_cover(cover=row, by=request.actor, at=clock.now())
    except HouseError as error:
        messages.error(request, error.message)
        return redirect(back)
    undo = reverse("absence_change_back", args=[change.pk]) if change else ""
    say_done(request, _("Für diesen Fall gilt wieder die allgemeine Vertretung."), undo=undo)
    return redirect(back)


@require_POST
def absence_change_back(request: HttpRequest, former: UUID) -> HttpResponse:
    """Put an absence and its covers back as they stood before a change."""
    row = AbsenceChange.objects.select_related("absence__user").filter(pk=former).first()
    if row is None or not may_manage(request.actor, row.absence.user_id):
        raise Http404
    return act(
        request,
        do=lambda at: cases.take_back_absence_change(change=row, by=request.actor, at=at),
        done=_("Die Änderung ist zurückgenommen."),
        to=reverse("absence_edit", args=[row.absence_id]),
    )
