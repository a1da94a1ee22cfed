"""Take a household in: one form, one transaction, one household even after a double click."""

from datetime import timedelta

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.undo import say_done
from wurzelwerk.cases.models import Household
from wurzelwerk.drafts import keeping
from wurzelwerk.drafts.offering import answer
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from ..actions import take_in
from ..forms.intake import IntakeForm
from .alike import told_alike
from .answering import WRONG, posted

JUST_NOW = timedelta(minutes=15)
WRITING = Writing("intake", Scope.CONTACT)


def household_new(request: HttpRequest) -> HttpResponse:
    """Take a household of any size in."""
    if not request.actor.may("case.open"):
        raise Http404
    home = request.actor.home
    if (told := told_alike(request, controller=home.organisation_id if home else None)) is not None:
        return told
    form = IntakeForm(actor=request.actor, today=clock.today(), data=posted(request))
    if (told := answer(request, form, WRITING)) is not None:
        return told
    if form.data is not None and form.asks_for_rows:
        form.redraw()
    elif form.data is not None and form.is_valid():
        try:
            household = _take_in_once(request, form)
        except HouseError as error:
            add_action_error(form.circumstances, error)
        else:
            say_done(request, _("„%(name)s“ ist aufgenommen.") % {"name": household.name})
            return redirect("household", household.pk)
    wrong = form.data is not None and not form.asks_for_rows
    return render(request, "counselling/intake.html", {"form": form}, status=WRONG if wrong else 200)


def _take_in_once(request: HttpRequest, form: IntakeForm) -> Household:
    """Return the new household, or for a second click the one that the first made."""
    with transaction.atomic():
        keeping.remove(writing=WRITING, by=request.actor)
        if idempotency.once(request):
            household, _case = take_in(intake=form.to_intake(), by=request.actor, at=clock.now())
            return household
    latest = Household.objects.visible_to(request.actor).filter(formed_at__gte=clock.now() - JUST_NOW)
    found = latest.order_by("-formed_at", "-pk").first()
    if found is None:
        raise Http404
    return found
