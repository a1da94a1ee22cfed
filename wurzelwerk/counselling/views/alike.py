"""The answer to a form's own question, while a new person is typed: who may have been taken in before."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wurzelwerk.base.readonly import reading

from ..alike import NAMES, TYPED, alike

ASKS = "aehnlich"
"""The field that asks; its value is the prefix of the person's fields."""


def told_alike(request: HttpRequest, *, controller: UUID | None) -> HttpResponse | None:
    """Return the hint, a fragment; None where the page asks for something else. Reads only.

    It is posted to the form's own address, so that whoever may not open the form learns nothing.
    """
    if request.method != "POST" or ASKS not in request.POST:
        return None
    prefix = request.POST[ASKS]
    typed = {name: request.POST.get(f"{prefix}-{name}" if prefix else name, "") for name in (*TYPED, *NAMES)}
    with reading():
        found = alike(typed, actor=request.actor, controller=controller) if controller else []
        return render(request, "counselling/alike.html", {"found": found})
