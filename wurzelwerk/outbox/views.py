"""The page "Versand": how much goes out, what stands in the way; counts for all, rows as far as one may see them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.rooms import akte_labels
from wurzelwerk.base.undo import say_done
from wurzelwerk.trust.scopes import Scope

from . import actions
from .models import Message
from .queries import everything, needing_somebody, standings

ROWS_SHOWN = 100


def outbox(request: HttpRequest) -> HttpResponse:
    """Show how messages go out: the lead their teams', the administrator all in numbers, without content."""
    if not request.actor.may("outbox.watch"):
        raise PermissionDenied
    at = clock.now()
    sees_rows = request.actor.reads(Scope.CONTACT)
    rows = Message.objects.visible_to(request.actor) if sees_rows else everything()
    waiting = list(needing_somebody(request.actor, at=at)[:ROWS_SHOWN]) if sees_rows else []
    names = akte_labels(request.actor, {row.akte_id for row in waiting})
    context = {
        "standings": standings(rows, at=at),
        "lines": [(row, *names.get(row.akte_id, (str(row.akte), "")), row.is_late(at=at)) for row in waiting],
        "sees_rows": sees_rows,
    }
    return render(request, "outbox/outbox.html", context)


@require_POST
def message_repeat(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Queue once more what did not go out."""
    message = _opened(request, pk)
    return _done(request, lambda: actions.repeat_message(message=message, by=request.actor, at=clock.now()),
                 _("Die Nachricht geht noch einmal hinaus."))  # fmt: skip


@require_http_methods(["GET", "POST"])
def message_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask whether a message shall not go out at all, then let it be."""
    message = _opened(request, pk)
    if request.method == "POST":
        return _done(request, lambda: actions.cancel_message(message=message, by=request.actor, at=clock.now()),
                     _("Die Nachricht ist verworfen."))  # fmt: skip
    return render(request, "outbox/cancel.html", {"message_of": message})


def _opened(request: HttpRequest, pk: UUID) -> Message:
    """Return a message that the actor may see and handle; anything else is not there."""
    if not request.actor.may("outbox.watch"):
        raise Http404
    found = Message.objects.writable_by(request.actor).filter(pk=pk).select_related("akte").first()
    if found is None:
        raise Http404
    return found


def _done(request: HttpRequest, do, said: str) -> HttpResponse:
    try:
        do()
    except HouseError as error:
        messages.error(request, error.message)
    else:
        say_done(request, said)
    return redirect("outbox")
