"""What the pages of placing share: find a row or 404, ask by a form, act by a button."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.editing import Editing, begun, settled, with_others
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.undo import say_done
from wurzelwerk.drafts import keeping
from wurzelwerk.drafts.offering import answer
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.guard import GuardedModel

WRONG = 422
"""The status of a page that comes back with something to mend."""

FORM = "housing/placing/form.html"


def found_or_404(model: type[GuardedModel], request: HttpRequest, pk: UUID, *, write: bool = False) -> Any:
    """Return a row that the actor may see (or change); 404 for the foreign as for what there is not."""
    rows = model.objects.writable_by(request.actor) if write else model.objects.visible_to(request.actor)
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def demand(request: HttpRequest, permission: str) -> None:
    """Raise Http404 for whom the page does not exist."""
    if not request.actor.may(permission):
        raise Http404


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None while the page is only shown."""
    return request.POST if request.method == "POST" else None


def address_of_household(pk: UUID, part: str = "") -> str:
    """Return the address of the household's page; empty where this city has no such page."""
    try:
        address = reverse("household", args=[pk])
    except NoReverseMatch:
        return ""
    return f"{address}#{part}" if part else address


def ask(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    do: Callable[[datetime], Any],
    done: str | Callable[[Any], str],
    to: str | Callable[[Any], str],
    cancel: str = "",
    template: str = FORM,
    writing: Writing | None = None,
    editing: Editing | None = None,
    undo: str = "",
    **context: Any,
) -> HttpResponse:
    """Show a form, or do what it asks for and go to `to`; a refusal comes back at its field.

    `do` runs in one transaction with the form's key, so that a double click counts once: the second finds it done.
    `writing` keeps what is typed as a draft until the form is sent; `editing` compares it with what others stored.
    `undo`: the address that takes it back.
    """
    if (told := answer(request, begun(request, form, editing), writing)) is not None:
        return told
    if form.is_bound and (editing or form.is_valid()):
        try:
            with transaction.atomic():
                if saved := settled(request, form, editing):
                    first = idempotency.once(request)
                    result = do(clock.now()) if first else None
                    keeping.remove(writing=writing, by=request.actor)
        except HouseError as error:
            add_action_error(form, error)
        else:
            if saved and not first:
                return _told(request, "Das ist schon eingetragen.", cancel or (to if isinstance(to, str) else "/"))
            if saved:
                say_done(request, with_others(form, done if isinstance(done, str) else done(result)), undo=undo)
                return redirect(to if isinstance(to, str) else to(result))
    page = {"form": form, "title": title, "cancel": cancel or (to if isinstance(to, str) else ""), **context}
    return render(request, template, page, status=WRONG if form.is_bound else 200)


def _told(request: HttpRequest, sentence: str, to: str) -> HttpResponse:
    messages.info(request, sentence)
    return redirect(to)


def act(request: HttpRequest, *, do: Callable[[datetime], Any], done: str, to: str, undo: str = "") -> HttpResponse:
    """Do what a button asks for and go to `to`; a refusal is said there."""
    try:
        with transaction.atomic():
            if idempotency.once(request):
                do(clock.now())
    except HouseError as error:
        messages.error(request, error.message)
    else:
        say_done(request, done, undo=undo)
    return redirect(to)
