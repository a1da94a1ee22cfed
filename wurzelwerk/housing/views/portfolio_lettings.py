"""Pages of lettings and allocation rights."""

from uuid import UUID

from django.contrib import messages
from django.core.serializers import deserialize, serialize
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.forms import Form
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from .. import law
from ..actions.lettings import change_letting, open_letting, reopen_letting, withdraw_letting
from ..actions.portfolio import change_right, record_right, remove_right, restore_right
from ..forms.portfolio import RENT, RIGHT, LettingForm, RightForm, values_of
from ..models import AllocationRight, Dwelling, Letting
from .answering import act, ask, demand, found_or_404, posted
from .portfolio import FORM, KEEP, trail_of

REMOVED = "housing.right_removed"
"""Under which name the session keeps the right that was removed last, for the way back of the message."""
RENT_FORM = "housing/portfolio/rent_form.html"


def _address(dwelling_id: UUID, part: str = "") -> str:
    address = reverse("dwelling", args=[dwelling_id])
    return f"{address}#{part}" if part else address


def letting_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer a dwelling anew; the last rent is filled in."""
    demand(request, KEEP)
    home = found_or_404(Dwelling, request, pk, write=True)
    last = Letting.objects.visible_to(request.actor).filter(dwelling=home).order_by("-offer__opened_at").first()
    form = LettingForm(posted(request), initial={name: getattr(last, name) for name in RENT} if last else {})
    return ask(
        request,
        form,
        title=_("Neues Angebot"),
        do=lambda at: open_letting(
            dwelling=home,
            values=values_of(form, RENT),
            available_from=form.cleaned_data["available_from"],
            by=request.actor,
            at=at,
        ),
        done=_("Die Wohnung ist wieder im Angebot."),
        to=_address(pk),
        template=RENT_FORM,
        writing=Writing("letting_new", Scope.PORTFOLIO, home, home.pk),
        trail=trail_of(home),
        label=_("Angebot eröffnen"),
        deposit=law.load_limits(clock.today()).deposit,
    )


def letting_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change rent and terms of the current letting."""
    demand(request, KEEP)
    letting = found_or_404(Letting, request, pk, write=True)
    editing = Editing(
        letting,
        lambda: {name: getattr(letting, name) for name in RENT} | {"available_from": letting.offer.available_from},
    )
    form = LettingForm(posted(request), initial=editing.initial)
    return ask(
        request,
        form,
        title=_("Miete und Bedingungen"),
        do=lambda at: change_letting(
            letting=letting,
            values=values_of(form, RENT),
            available_from=form.cleaned_data["available_from"],
            by=request.actor,
            at=at,
        ),
        done=_("Miete und Bedingungen sind geändert."),
        to=_address(letting.dwelling_id),
        template=RENT_FORM,
        writing=Writing("letting", Scope.PORTFOLIO, letting, letting.pk, editing.initial),
        editing=editing,
        trail=trail_of(letting.dwelling),
        deposit=law.load_limits(clock.today()).deposit,
    )


@require_POST
def letting_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a dwelling off the market, with the way back."""
    demand(request, KEEP)
    letting = found_or_404(Letting, request, pk, write=True)
    return act(
        request,
        do=lambda at: withdraw_letting(letting=letting, by=request.actor, at=at),
        done=_("Das Angebot ist zurückgezogen."),
        undo=reverse("letting_reopen", args=[pk]),
        to=_address(letting.dwelling_id),
    )


@require_POST
def letting_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer a withdrawn dwelling again."""
    demand(request, KEEP)
    letting = found_or_404(Letting, request, pk, write=True)
    return act(
        request,
        do=lambda at: reopen_letting(letting=letting, by=request.actor, at=at),
        done=_("Das Angebot ist wieder offen."),
        undo=reverse("letting_withdraw", args=[pk]),
        to=_address(letting.dwelling_id),
    )


def right_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record an allocation right."""
    demand(request, KEEP)
    home = found_or_404(Dwelling, request, pk, write=True)
    form = RightForm(posted(request), on=clock.today(), actor=request.actor)
    return ask(
        request,
        form,
        title=_("Belegungsrecht eintragen"),
        do=lambda at: record_right(dwelling=home, values=form.right_values or {}, by=request.actor, at=at),
        done=_("Das Belegungsrecht ist eingetragen."),
        to=_address(pk, "rechte"),
        template=FORM,
        writing=Writing("right_new", Scope.PORTFOLIO, home, home.pk),
        trail=trail_of(home),
    )


def right_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct or prolong an allocation right."""
    demand(request, KEEP)
    right = found_or_404(AllocationRight, request, pk, write=True)
    editing = Editing(right, lambda: {f"right_{name}": getattr(right, name) for name in RIGHT})
    form = RightForm(posted(request), initial=editing.initial, on=clock.today(), actor=request.actor)
    return ask(
        request,
        form,
        title=_("Belegungsrecht bearbeiten"),
        do=lambda at: change_right(right=right, values=form.right_values or {}, by=request.actor, at=at),
        done=_("Das Belegungsrecht ist geändert."),
        to=_address(right.dwelling_id, "rechte"),
        template=FORM,
        writing=Writing("right", Scope.PORTFOLIO, right, right.pk, editing.initial),
        editing=editing,
        trail=trail_of(right.dwelling),
        remove=reverse("right_remove", args=[pk]),
        remove_label=_("Belegungsrecht entfernen"),
    )


def right_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a right that was entered by mistake, after a question."""
    demand(request, KEEP)
    right = found_or_404(AllocationRight, request, pk, write=True)
    as_it_was = serialize("json", [right])

    def remove(at):
        remove_right(right=right, by=request.actor, at=at)
        request.session[REMOVED] = as_it_was

    return ask(
        request,
        Form(posted(request)),
        title=_("Belegungsrecht entfernen?"),
        do=remove,
        done=_("Das Belegungsrecht ist entfernt."),
        undo=reverse("right_restore", args=[right.dwelling_id]),
        to=_address(right.dwelling_id, "rechte"),
        template="base/confirm.html",
        text=_("Entfernen Sie es nur, wenn es irrtümlich eingetragen war. Endet ein Recht, tragen Sie das Ende ein."),
        confirm_label=_("Entfernen"),
        cancel_url=_address(right.dwelling_id, "rechte"),
        danger=True,
    )


@require_POST
def right_restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the right back that the same person has just removed from this dwelling."""
    demand(request, KEEP)
    home = found_or_404(Dwelling, request, pk, write=True)
    kept = request.session.pop(REMOVED, "")
    right = next(deserialize("json", kept)).object if kept else None
    to = _address(home.pk, "rechte")
    if right is None or right.dwelling_id != home.pk:
        messages.warning(request, _("Das entfernte Belegungsrecht ist nicht mehr da. Bitte tragen Sie es neu ein."))
        return redirect(to)
    return act(
        request,
        do=lambda at: restore_right(right=right, by=request.actor, at=at),
        done=_("Das Belegungsrecht ist wieder eingetragen."),
        undo=reverse("right_remove", args=[right.pk]),
        to=to,
    )
