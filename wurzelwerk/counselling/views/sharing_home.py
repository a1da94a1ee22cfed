"""The page on which it is noted who lives together with a household and is a household of its own."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import SharedHome
from wurzelwerk.cases.queries import home_of
from wurzelwerk.cases.shared_homes import at_this_address, living_with
from wurzelwerk.trust.scopes import Scope

from ..forms.sharing_home import SharedHomeForm
from ..queries import OpenHousehold, may_write
from .answering import act, ask, found_or_404, opened, opened_by_row, posted


def _address(subject: OpenHousehold) -> str:
    return reverse("shared_home", args=[subject.household.pk])


def shared_home(request: HttpRequest, household: UUID) -> HttpResponse:
    """Show who lives together with a household, and note another."""
    subject = opened(request, household, write=Scope.CONTACT)
    home = home_of(subject.household, actor=request.actor)
    together = living_with(subject.household, home, actor=request.actor)
    known = {one.neighbour.pk for one in together}
    others = [one for one in at_this_address(subject.household, home, actor=request.actor) if one.pk not in known]
    form = SharedHomeForm(posted(request), others=others)
    return ask(
        request, subject, form,
        title=_("Wohngemeinschaft"),
        do=lambda at: cases.note_shared_home(
            household=subject.household, other=form.household(), by=request.actor, at=at
        ),
        done=_("Vermerkt: Die Haushalte wohnen zusammen."),
        undo=lambda row: reverse("shared_home_remove", args=[row.pk]),
        to=_address(subject),
        template="counselling/shared_home.html",
        together=[(one, may_write(request.actor, one.row, Scope.CONTACT)) for one in together],
        asks=bool(others),
        knows_place=bool(home and home.street.strip()),
    )  # fmt: skip


def _found(request: HttpRequest, pk: UUID, *, removed: bool) -> tuple[SharedHome, OpenHousehold]:
    row = found_or_404(SharedHome, request, pk)
    if bool(row.removed_at) != removed:
        raise Http404
    return row, opened_by_row(request, row, write=Scope.CONTACT)


@require_POST
def shared_home_remove(request: HttpRequest, sharing: UUID) -> HttpResponse:
    """Take away that two households live together."""
    row, subject = _found(request, sharing, removed=False)
    return act(
        request,
        do=lambda at: cases.remove_shared_home(row=row, by=request.actor, at=at),
        done=_("Entfernt: Die Haushalte wohnen nicht zusammen."),
        undo=reverse("shared_home_restore", args=[row.pk]),
        to=_address(subject),
    )


@require_POST
def shared_home_restore(request: HttpRequest, sharing: UUID) -> HttpResponse:
    """Bring back that two households live together."""
    row, subject = _found(request, sharing, removed=True)
    return act(
        request,
        do=lambda at: cases.restore_shared_home(row=row, by=request.actor, at=at),
        done=_("Vermerkt: Die Haushalte wohnen zusammen."),
        to=_address(subject),
    )
