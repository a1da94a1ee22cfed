"""Pages of dwellings: the lists, one dwelling, take one in, change it, put it aside."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.undo import say_done
from wurzelwerk.drafts import keeping
from wurzelwerk.drafts.offering import answer
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from .. import law
from ..actions.lettings import retitle_letting
from ..actions.portfolio import archive_dwelling, change_building, change_dwelling, restore_dwelling
from ..actions.taking_in import take_in_dwelling
from ..forms.new_dwelling import NewDwellingForm
from ..forms.portfolio import BUILDING, DWELLING, DwellingForm, values_of
from ..models import Dwelling, Letting
from ..portfolio_tables import DwellingTable, OfferedTable
from ..queries.portfolio import (
    compare_rent,
    dwelling_page,
    dwelling_rows,
    lapse_steps,
    missing_advert_duties,
    network_lettings,
)
from ..rules.portfolio import deposit_above_cap
from .answering import WRONG, act, ask, demand, posted

KEEP = "housing.portfolio"
FORM = "housing/portfolio/form.html"
NEW = Writing("dwelling_new", Scope.PORTFOLIO)


def dwelling_list(request: HttpRequest) -> HttpResponse:
    """The own stock, with filter, sort and files."""
    demand(request, KEEP)
    table = DwellingTable(rows=dwelling_rows(request.actor), request=request)
    return table.export() or render(request, "housing/portfolio/dwellings.html", {"table": table})


def offered_dwellings(request: HttpRequest) -> HttpResponse:
    """What the network offers, for everybody who works for one of its bodies; no address, no owner."""
    if not request.actor.reads(Scope.OFFER):
        raise Http404
    table = OfferedTable(rows=network_lettings(request.actor), request=request)
    return table.export() or render(request, "housing/portfolio/offered.html", {"table": table})


def dwelling(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One dwelling: facts, rent, rights, photos, lettings one after another, who is on the way to it."""
    demand(request, KEEP)
    home = _opened(request, pk)
    today = clock.today()
    page = dwelling_page(home, actor=request.actor, on=today)
    letting = page.latest
    context = {
        "page": page,
        "dwelling": home,
        "building": home.building,
        "owner": home.building.owner,
        "letting": letting,
        "names": _names(home),
        "compared": compare_rent(letting.gross_cold, home.area, on=today) if letting else None,
        "duties": missing_advert_duties(home, on=today),
        "deposit": law.load_limits(today).deposit,
        "deposit_cap": deposit_above_cap(letting, on=today) if letting else None,
        "lapses": [(shown, lapse_steps(shown.end, on=today)) for shown in page.rights if shown.nearness == "warning"],
        "gallery": [_picture(photo) for photo in page.photos],
        "placements": [(line, _placement_url(line.placement)) for line in page.placements],
    }
    return render(request, "housing/portfolio/dwelling.html", context)


def _opened(request: HttpRequest, pk: UUID, *, write: bool = False) -> Dwelling:
    rows = Dwelling.objects.writable_by(request.actor) if write else Dwelling.objects.visible_to(request.actor)
    found = rows.filter(pk=pk).select_related("building__district", "building__owner", "akte").first()
    if found is None:
        raise Http404
    return found


def _names(home: Dwelling) -> dict[str, str]:
    lists = {
        "wbs_kind": "wbs_kinds",
        "energy_kind": "energy_certificate_kinds",
        "energy_carrier": "energy_carriers",
        "energy_class": "energy_classes",
    }
    return {field: law.label(name, code) for field, name in lists.items() if (code := getattr(home, field))}


def _picture(photo) -> dict[str, str]:
    return {
        "url": reverse("photo_image", args=[photo.pk]),
        "thumb_url": reverse("photo_small", args=[photo.pk]),
        "text": photo.caption or _("Foto der Wohnung"),
        "caption": photo.caption,
    }


def _placement_url(placement) -> str:
    try:
        return reverse("placement", args=[placement.pk])
    except NoReverseMatch:
        return ""


def dwelling_new(request: HttpRequest) -> HttpResponse:
    """Take a dwelling in: one form, one transaction, one dwelling even after a double click."""
    demand(request, KEEP)
    today = clock.today()
    form = NewDwellingForm(posted(request), request.FILES or None, actor=request.actor, on=today)
    if (told := answer(request, form, NEW)) is not None:
        return told
    if form.is_bound and form.is_valid():
        try:
            home = _take_in_once(request, form)
        except HouseError as error:
            add_action_error(form, error)
        else:
            _say_taken_in(request, home)
            return redirect("dwelling", home.pk)
    context = {"form": form, "deposit": law.load_limits(today).deposit, "cancel": reverse("dwelling_list")}
    return render(request, "housing/portfolio/new.html", context, status=WRONG if form.is_bound else 200)


def _take_in_once(request: HttpRequest, form: NewDwellingForm) -> Dwelling:
    """Return the new dwelling, or for a second click the one that the first made."""
    with transaction.atomic():
        keeping.remove(writing=NEW, by=request.actor)
        if idempotency.once(request):
            return take_in_dwelling(intake=form.to_intake(), by=request.actor, at=clock.now())
    latest = Dwelling.objects.writable_by(request.actor).filter(openimmo_key="").order_by("-added_at", "-pk").first()
    if latest is None:
        raise Http404
    return latest


def _say_taken_in(request: HttpRequest, home: Dwelling) -> None:
    say_done(request, _("Die Wohnung ist aufgenommen und offen für die Vermittlung."))
    today = clock.today()
    letting = Letting.objects.visible_to(request.actor).filter(dwelling=home, is_current=True).first()
    if letting is not None and deposit_above_cap(letting, on=today) is not None:
        cap = law.load_limits(today).deposit
        messages.warning(
            request,
            _("Die Kaution liegt über %(rents)d Nettokaltmieten (%(source)s). Bitte prüfen.")
            % {"rents": cap.value.net_cold_rents, "source": cap.source},
        )


def dwelling_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a dwelling and its house."""
    demand(request, KEEP)
    home = _opened(request, pk, write=True)
    building = home.building

    def stored():
        own = {name: getattr(home, name) for name in DWELLING}
        return own | {name: getattr(building, name) for name in BUILDING}

    editing = Editing(home, stored, before=[building])
    form = DwellingForm(posted(request), initial=editing.initial, on=clock.today())

    def save(at):
        change_building(building=building, values=values_of(form, BUILDING), by=request.actor, at=at)
        change_dwelling(dwelling=home, values=values_of(form, DWELLING), by=request.actor, at=at)
        retitle_letting(dwelling=home, by=request.actor, at=at)

    return ask(
        request,
        form,
        title=_("Wohnung bearbeiten"),
        do=save,
        done=_("Die Wohnung ist geändert."),
        to=reverse("dwelling", args=[pk]),
        template=FORM,
        writing=Writing("dwelling", Scope.PORTFOLIO, home, home.pk, editing.initial),
        editing=editing,
        trail=trail_of(home),
    )


def trail_of(home: Dwelling) -> list[tuple[str, str]]:
    """Return the links above a page of a dwelling."""
    return [
        (_("Wohnungen"), reverse("dwelling_list")),
        (home.building.address, reverse("dwelling", args=[home.pk])),
    ]


@require_POST
def dwelling_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a dwelling aside, with the way back."""
    demand(request, KEEP)
    home = _opened(request, pk, write=True)
    return act(
        request,
        do=lambda at: archive_dwelling(dwelling=home, by=request.actor, at=at),
        done=_("Die Wohnung ist abgelegt."),
        undo=reverse("dwelling_restore", args=[pk]),
        to=reverse("dwelling", args=[pk]),
    )


@require_POST
def dwelling_restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a dwelling back."""
    demand(request, KEEP)
    home = _opened(request, pk, write=True)
    return act(
        request,
        do=lambda at: restore_dwelling(dwelling=home, by=request.actor, at=at),
        done=_("Die Wohnung ist wieder im Bestand."),
        undo=reverse("dwelling_archive", args=[pk]),
        to=reverse("dwelling", args=[pk]),
    )
