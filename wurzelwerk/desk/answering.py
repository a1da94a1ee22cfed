"""What pages of the desk share that ask by a form or act by a button, and are not about one household."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.editing import Editing, begun, settled, with_others
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.undo import say_done

WRONG = 422
BACK = "zurueck"


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None while the page is only shown."""
    return request.POST if request.method == "POST" else None


def ask(
    request: HttpRequest,
    form: BaseForm,
    *,
    do: Callable[[datetime], Any],
    done: str,
    to: str,
    template: str,
    undo: Callable[[Any], str] | None = None,
    editing: Editing | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form, or do what it asks for and go to `to`; a refusal comes back at its field.

    `do` is called with the present time in one transaction with the form's key, so that a double click counts once.
    """
    begun(request, form, editing)
    if form.is_bound and (editing or form.is_valid()):
        try:
            with transaction.atomic():
                if saved := settled(request, form, editing):
                    result = do(clock.now()) if idempotency.once(request) else None
        except HouseError as error:
            add_action_error(form, error)
        else:
            if saved:
                say_done(request, with_others(form, done), undo=undo(result) if undo and result is not None else "")
                return redirect(to)
    page = {"form": form, "cancel": to, **context}
    return render(request, template, page, status=WRONG if form.is_bound else 200)


def act(request: HttpRequest, *, do: Callable[[datetime], Any], done: str, to: str, undo: str = "") -> HttpResponse:
    """Do what a button asks for and return to where it stood; a refusal is said there."""
    try:
        do(clock.now())
    except HouseError as error:
        messages.error(request, error.message)
    else:
        say_done(request, done, undo=undo)
    return redirect(wished_return(request, to))


def wished_return(request: HttpRequest, otherwise: str) -> str:
    """Return the page of the house that the button named, else `otherwise`."""
    wish = request.POST.get(BACK, "")
    safe = url_has_allowed_host_and_scheme(wish, allowed_hosts=None, require_https=request.is_secure())
    return wish if wish.startswith("/") and safe else otherwise
