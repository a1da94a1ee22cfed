"""What all pages of counselling share: open a household, ask by a form, act by a button."""

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
from django.utils.http import url_has_allowed_host_and_scheme
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
from wurzelwerk.trust.guard import GuardedModel

from ..queries import OpenHousehold, household_of_row, may_write, open_household

WRONG = 422
"""The status of a page that comes back with something to mend."""

BACK = "zurueck"
"""The field of a button that says to which page it returns."""


def opened(request: HttpRequest, pk: UUID, *, write: str = "") -> OpenHousehold:
    """Return the household; 404 where the actor may not see it, or (`write`: a scope) not change this part."""
    try:
        subject = open_household(pk, actor=request.actor, today=clock.today())
    except Household.DoesNotExist:
        raise Http404 from None
    if write and not subject.may_write(write):
        raise Http404
    return subject


def opened_case(request: HttpRequest, pk: UUID, *, write: str) -> OpenHousehold:
    """Return the household with the case to work in; 404 where there is none, or the actor may not write this part."""
    subject = opened(request, pk)
    if subject.case is None or not may_write(request.actor, subject.case, write):
        raise Http404
    return subject


def opened_by_row(request: HttpRequest, row: GuardedModel, *, write: str = "") -> OpenHousehold:
    """Return the household that a visible row is about; 404 where the actor may not see it, or not write the row."""
    found = household_of_row(row, actor=request.actor)
    if found is None or (write and not may_write(request.actor, row, write)):
        raise Http404
    return opened(request, found)


def found_or_404(model: type[GuardedModel], request: HttpRequest, pk: UUID) -> Any:
    """Return a row that the actor may see; 404 for the foreign as for what there is not."""
    row = model.objects.visible_to(request.actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def household_address(subject: OpenHousehold, part: str = "") -> str:
    """Return the address of the household's page, at a panel of it."""
    address = reverse("household", args=[subject.household.pk])
    return f"{address}#{part}" if part else address


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None while the page is only shown."""
    return request.POST if request.method == "POST" else None


def trail(subject: OpenHousehold) -> list[tuple[str, str]]:
    """Return the links above a page of a household."""
    return [(_("Haushalte"), reverse("household_list")), (subject.household.name, household_address(subject))]


def ask(
    request: HttpRequest,
    subject: OpenHousehold | None,
    form: BaseForm,
    *,
    title: str,
    do: Callable[[datetime], Any],
    done: str,
    to: str,
    undo: Callable[[Any], str] | None = None,
    template: str = "counselling/form.html",
    writing: Writing | None = None,
    editing: Editing | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form, or do what it asks for and return to `to`; a refusal comes back at its field.

    `do` is called with the present time in one transaction with the form's key, so that a double click counts once.
    `writing` keeps what is typed as a draft until the form is sent; `editing` compares it with what others stored.
    """
    if (told := answer(request, begun(request, form, editing), writing)) is not None:
        return told
    if form.is_bound and (editing or form.is_valid()):
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
                return redirect(to)
    above = trail(subject) if subject is not None else []
    page = {"trail": above, "subject": subject, "form": form, "title": title, "cancel": to, **context}
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
