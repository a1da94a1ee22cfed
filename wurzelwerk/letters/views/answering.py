"""What all pages of letters share: find a household or a letter or 404, ask by a form, act by a button."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.editing import Editing, begun, settled, with_others
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.undo import say_done
from wurzelwerk.cases.models import Household
from wurzelwerk.drafts import keeping
from wurzelwerk.drafts.offering import answer
from wurzelwerk.drafts.writing import Writing

from ..models import Letter
from ..queries import Correspondence, correspondence, household_of, opened_letter

WRONG = 422
"""The status of a page that comes back with something to mend."""


def of_household(request: HttpRequest, pk: UUID, *, write: bool = False) -> Correspondence:
    """Return a household's letters' frame; 404 where the actor may not read (or write) letters of it."""
    found = correspondence(pk, actor=request.actor, today=clock.today())
    if found is None or (write and not found.may_write):
        raise Http404
    return found


def of_letter(request: HttpRequest, pk: UUID, *, write: bool = False) -> tuple[Letter, Correspondence]:
    """Return a letter with its household's frame; 404 for the foreign as for what there is not."""
    letter = opened_letter(pk, actor=request.actor)
    household = household_of(letter, actor=request.actor) if letter else None
    if letter is None or household is None:
        raise Http404
    frame = Correspondence(household, letter.case, request.actor, clock.today())
    if write and not frame.may_write:
        raise Http404
    return letter, frame


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None while the page is only shown."""
    return request.POST if request.method == "POST" else None


def trail(household: Household, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the links above a page of a household's letters."""
    own = (household.name, reverse("household", args=[household.pk]))
    return [(_("Haushalte"), reverse("household_list")), own, *more]


def letters_address(household: Household) -> str:
    """Return the address of a household's letters."""
    return reverse("letter_list", args=[household.pk])


def ask(
    request: HttpRequest,
    form: BaseForm,
    *,
    do: Callable[[datetime], Any],
    done: str,
    to: str | Callable[[Any], str],
    undo: Callable[[Any], str] | None = None,
    template: str = "letters/form.html",
    writing: Writing | None = None,
    editing: Editing | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form, or do what it asks for and go on to `to`; a refusal comes back at its field.

    `do` is called with the present time in one transaction with the form's key, so that a double click counts once.
    """
    if (told := answer(request, begun(request, form, editing), writing)) is not None:
        return told
    if form.is_bound and (editing or form.is_valid()):
        result = None
        try:
            with transaction.atomic():
                if saved := settled(request, form, editing):
                    result = do(clock.now()) if idempotency.once(request) else None
                    keeping.remove(writing=writing, by=request.actor)
        except HouseError as error:
            add_action_error(form, error)
        else:
            if saved:
                say_done(request, with_others(form, done), undo=undo(result) if undo and result is not None else "")
                return redirect(to(result) if callable(to) else to)
    page = {"form": form, **context}
    return render(request, template, page, status=WRONG if form.is_bound else 200)


def act(request: HttpRequest, *, do: Callable[[datetime], Any], done: str, to: str, undo: str = "") -> HttpResponse:
    """Do what a button asks for and return to `to`; a refusal is said there."""
    try:
        do(clock.now())
    except HouseError as error:
        messages.error(request, error.message)
    else:
        say_done(request, done, undo=undo)
    return redirect(to)
