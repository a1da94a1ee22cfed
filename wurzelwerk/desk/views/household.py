"""The household page, composed of the rooms' panels, and who can see it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from wurzelwerk.base import clock
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.queries import who_can_see
from wurzelwerk.trust.scopes import Scope

from ..pages import compose
from ..queries import household_page


def household(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a household to whom it is open; 404 for everybody else."""
    page = household_page(pk, actor=request.actor, today=clock.today())
    columns = compose(request, "household", page)
    jumps = [
        {"label": panel.label, "url": f"#{panel.key}"} for panel in [*columns["main"], *columns["aside"]] if panel.label
    ]
    context = {"page": page, "subject": page, "jumps": jumps, "reads_register": page.may_read(Scope.REGISTER)}
    return render(request, "desk/household.html", context | columns)


def who_sees(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who can see an Akte and why: a fragment for htmx, a page of its own otherwise."""
    akten = Akte.objects.visible_to(request.actor).select_related(
        "circle__organisation", "circle__site", "circle__user"
    )
    akte = get_object_or_404(akten, pk=pk)
    entries = [
        {"who": line.who, "what": ", ".join(line.scopes), "why": f"{line.form}; {line.reason}", "until": line.until}
        for line in who_can_see(akte, on=clock.today(), reader=request.actor)
    ]
    template = "desk/who_sees_part.html" if request.htmx else "desk/who_sees.html"
    return render(request, template, {"akte": akte, "entries": entries})
