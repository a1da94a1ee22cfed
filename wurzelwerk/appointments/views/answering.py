"""What the pages of the calendar share: find a row or 404, ask by a form, act by a button."""

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
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.editing import Editing, begun, settled, with_others
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.undo import say_done
from wurzelwerk.cases.models import Appointment, Household
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from ..queries import OpenHousehold, household_of_row, may_write, worked_case

WRONG = 422
"""The status of a page that comes back with something to mend."""
BACK = "zurueck"
"""The field of a button that says to which page it returns."""
FORM = "appointments/form.html"


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None while the page is only shown."""
    return request.POST if request.method == "POST" else None


def found_or_404(model: type[GuardedModel], request: HttpRequest, pk: UUID, *, write: bool = False) -> Any:
    """Return a row that the actor may see (or change); 404 for the foreign as for what there is not."""
    rows = model.objects.writable_by(request.actor) if write else model.objects.visible_to(request.actor)
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def opened_case(request: HttpRequest, pk: UUID) -> OpenHousehold:
    """Return a household with the case in which the actor makes appointments with it; 404 where there is none."""
    household = Household.objects.visible_to(request.actor).of(id=pk).sole()
    case = worked_case(household, actor=request.actor) if household else None
    if case is None or not may_write(request.actor, case, Scope.CALENDAR):
        raise Http404
    return OpenHousehold(household, case, request.actor, clock.today())


def household_of_appointment(request: HttpRequest, row: Appointment) -> Household:
    """Return the household of an appointment; 404 where the actor may not see it."""
    household = household_of_row(row, actor=request.actor)
    if household is None:
        raise Http404
    return household


def household_address(pk: UUID, part: str = "") -> str:
    """Return the address of a household's page; the calendar's where this city has no such page."""
    try:
        address = reverse("household", args=[pk])
    except NoReverseMatch:
        return reverse("calendar_day")
    return f"{address}#{part}" if part else address


def ask(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    do: Callable[[datetime], Any],
    done: str | Callable[[Any], str],
    to: str | Callable[[Any], str],
    undo: Callable[[Any], str] | None = None,
    template: str = FORM,
    editing: Editing | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form, or do what it asks for and go to `to`; a refusal comes back at its field.

    `do` is called with the present time in one transaction with the form's key, so that a double click counts once.
    `editing` compares the form with what others stored. `undo`: from the result to the address that takes it back.
    """
    begun(request, form, editing)
    if form.is_bound and (editing or form.is_valid()):
        try:
            with transaction.atomic():
                if saved := settled(request, form, editing):
                    first = idempotency.once(request)
                    result = do(clock.now()) if first else None
        except HouseError as error:
            add_action_error(form, error)
        else:
            if saved:
                return _told(request, form, done, to, undo, result, first=first)
    page = {"form": form, "title": title, **context}
    page.setdefault("cancel", to if isinstance(to, str) else reverse("calendar_day"))
    return render(request, template, page, status=WRONG if form.is_bound else 200)


def _told(request: HttpRequest, form: BaseForm, done, to, undo, result, *, first: bool) -> HttpResponse:
    if not first:
        messages.info(request, _("Das ist schon eingetragen."))
        return redirect(to if isinstance(to, str) else reverse("calendar_day"))
    said = done if isinstance(done, str) else done(result)
    say_done(request, with_others(form, said), undo=undo(result) if undo and result is not None else "")
    return redirect(to if isinstance(to, str) else to(result))


def act(request: HttpRequest, *, do: Callable[[datetime], Any], done: str, to: str, undo: str = "") -> HttpResponse:
    """Do what a button asks for and return to where it stood; a refusal is said there."""
    try:
        with transaction.atomic():
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
