"""Pages of owners."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base.editing import Editing
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from ..actions.portfolio import change_owner
from ..forms.portfolio import OWNER, OwnerForm, values_of
from ..models import Building, Owner
from ..portfolio_tables import DwellingTable, OwnerTable
from ..queries.portfolio import dwelling_rows, owner_rows
from .answering import ask, demand, found_or_404, posted
from .portfolio import FORM, KEEP


def owner_list(request: HttpRequest) -> HttpResponse:
    """Who lets dwellings to the actor's body."""
    demand(request, KEEP)
    table = OwnerTable(rows=owner_rows(request.actor), request=request)
    return table.export() or render(request, "housing/portfolio/owners.html", {"table": table})


def owner(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One owner: contact, houses, dwellings."""
    demand(request, KEEP)
    found = found_or_404(Owner, request, pk)
    table = DwellingTable(rows=dwelling_rows(request.actor).filter(building__owner=found), request=request)
    houses = Building.objects.visible_to(request.actor).filter(owner=found).select_related("district")
    context = {"owner": found, "table": table, "buildings": list(houses)}
    return table.export() or render(request, "housing/portfolio/owner.html", context)


def owner_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an owner's name or contact."""
    demand(request, KEEP)
    found = found_or_404(Owner, request, pk, write=True)
    editing = Editing(found, lambda: {name: getattr(found, name) for name in OWNER})
    form = OwnerForm(posted(request), initial=editing.initial)
    return ask(
        request,
        form,
        title=_("Kontakt bearbeiten"),
        do=lambda at: change_owner(owner=found, values=values_of(form, OWNER), by=request.actor, at=at),
        done=_("Der Kontakt ist geändert."),
        to=reverse("owner", args=[pk]),
        template=FORM,
        writing=Writing("owner", Scope.OWNER, found, found.pk, editing.initial),
        editing=editing,
        trail=[(_("Eigentümer:innen"), reverse("owner_list")), (found.name, reverse("owner", args=[pk]))],
    )
