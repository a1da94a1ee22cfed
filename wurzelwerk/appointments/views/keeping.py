"""Pages of rooms, hours and time without a household."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.editing import Editing
from wurzelwerk.network.models import Site, User

from .. import actions
from ..forms.keeping import (
    HoursForm,
    NewOwnTimeForm,
    OwnTimeForm,
    PlaceForm,
    stored_hours,
    stored_own_time,
    stored_place,
)
from ..models import Hours, OwnTime, Place, Sketch
from ..queries import colleagues_at, places_of, sites_of
from ..rules import KEEP_PLACES, keeps_places_at
from .answering import act, ask
from .answering import posted as sent
from .calendars import tabs_of


def _kept_sites(request: HttpRequest):
    """The sites whose rooms the actor keeps."""
    if not request.actor.may(KEEP_PLACES):
        return Site.objects.none()
    ids = [site.pk for site in sites_of(request.actor) if keeps_places_at(request.actor, site)]
    return Site.objects.filter(pk__in=ids).order_by("name")


def place_list(request: HttpRequest) -> HttpResponse:
    """Show the rooms of my sites, what they offer, and the way to each one's week."""
    kept = list(_kept_sites(request))
    gone = Place.objects.filter(site__in=kept, removed_at__isnull=False).select_related("site") if kept else ()
    places = list(places_of(request.actor))
    sketches = {
        one.place_id: one for one in Sketch.objects.filter(place__in=places, removed_at__isnull=True).defer("content")
    }
    for place in places:
        place.sketch = sketches.get(place.pk)
    context = {
        "places": places,
        "gone": list(gone),
        "kept": {site.pk for site in kept},
        "sites": kept,
        "tabs": tabs_of("place_list", clock.today()),
    }
    return render(request, "appointments/places.html", context)


def place_new(request: HttpRequest) -> HttpResponse:
    """Add a room."""
    sites = _kept_sites(request)
    if not sites.exists():
        raise Http404
    form = PlaceForm(sent(request), sites=sites)
    return ask(
        request,
        form,
        title=_("Raum anlegen"),
        do=lambda at: actions.add_place(site=form.cleaned_data["site"], data=form.to_data(), by=request.actor, at=at),
        done=_("Der Raum ist angelegt."),
        to=reverse("place_list"),
        trail=_room_trail(),
    )


def _room_trail() -> list[tuple[str, str]]:
    return [(_("Kalender"), reverse("calendar_day")), (_("Räume"), reverse("place_list"))]


def _kept_place(request: HttpRequest, pk: UUID) -> Place:
    place = get_object_or_404(Place.objects.select_related("site"), pk=pk)
    if not keeps_places_at(request.actor, place.site):
        raise Http404
    return place


def place_edit(request: HttpRequest, place: UUID) -> HttpResponse:
    """Change what is known of a room."""
    row = _kept_place(request, place)
    editing = Editing(row, lambda: stored_place(row))
    form = PlaceForm(sent(request), sites=Site.objects.none(), fixed=True, initial=editing.initial)
    return ask(
        request,
        form,
        title=_("Raum bearbeiten"),
        do=lambda at: actions.change_place(place=row, data=form.to_data(), by=request.actor, at=at),
        done=_("Gespeichert."),
        to=reverse("place_list"),
        editing=editing,
        trail=_room_trail(),
    )


@require_POST
def place_remove(request: HttpRequest, place: UUID) -> HttpResponse:
    """Give up a room."""
    row = _kept_place(request, place)
    return act(
        request,
        do=lambda at: actions.remove_place(place=row, by=request.actor, at=at),
        done=_("Der Raum wird nicht mehr angeboten."),
        undo=reverse("place_restore", args=[row.pk]),
        to=reverse("place_list"),
    )


@require_POST
def place_restore(request: HttpRequest, place: UUID) -> HttpResponse:
    """Take back that a room was given up."""
    row = _kept_place(request, place)
    return act(
        request,
        do=lambda at: actions.restore_place(place=row, by=request.actor, at=at),
        done=_("Der Raum wird wieder angeboten."),
        to=reverse("place_list"),
    )


# -- hours --------------------------------------------------------------------------------------------------------


def hours_edit(request: HttpRequest) -> HttpResponse:
    """Write down when I can be met."""
    me = User.objects.get(pk=request.user.pk)
    editing = Editing(me, lambda: stored_hours(Hours.objects.filter(user_id=request.user.pk)))
    form = HoursForm(sent(request), initial=editing.initial)
    return ask(
        request,
        form,
        title=_("Meine Sprechzeiten"),
        do=lambda at: actions.keep_hours(rows=form.rows(), by=request.actor, at=at),
        done=_("Ihre Sprechzeiten sind gespeichert."),
        to=reverse("calendar_week"),
        editing=editing,
        lead=_(
            "In diesen Zeiten werden Termine mit Ihnen vorgeschlagen. Ohne Angabe: Montag bis Freitag, 9 bis 16 Uhr."
        ),
        trail=[(_("Kalender"), reverse("calendar_day"))],
    )


def site_hours_edit(request: HttpRequest, site: UUID) -> HttpResponse:
    """Write down when a site is open for whoever comes."""
    row = _kept_sites(request).filter(pk=site).first()
    if row is None:
        raise Http404
    editing = Editing(row, lambda: stored_hours(Hours.objects.filter(site=row)))
    form = HoursForm(sent(request), initial=editing.initial)
    return ask(
        request,
        form,
        title=_("Offene Sprechstunden"),
        do=lambda at: actions.keep_hours(site=row, rows=form.rows(), by=request.actor, at=at),
        done=_("Die offenen Sprechstunden sind gespeichert."),
        to=reverse("place_list"),
        editing=editing,
        lead=_("%(site)s: Dann kommt, wer will, und Termine werden nicht vorgeschlagen.") % {"site": row.name},
        trail=_room_trail(),
    )


# -- time without a household -------------------------------------------------------------------------------------


def own_time_new(request: HttpRequest) -> HttpResponse:
    """Enter time without a household."""
    today = clock.today()
    form = NewOwnTimeForm(
        sent(request), team=colleagues_at(request.actor, on=today), rooms=places_of(request.actor),
        initial={"people": [request.user.pk], "minutes": 60, "day": today},
    )  # fmt: skip
    return ask(
        request,
        form,
        title=_("Termin ohne Haushalt"),
        do=lambda at: actions.keep_own_time(**form.values(), by=request.actor, at=at),
        done=_("Der Termin steht im Kalender."),
        to=reverse("calendar_week"),
        trail=[(_("Kalender"), reverse("calendar_day"))],
    )


def _own(request: HttpRequest, pk: UUID) -> OwnTime:
    row = get_object_or_404(OwnTime, pk=pk)
    if row.made_by_id != request.actor.user_id and not row.people.filter(pk=request.actor.user_id).exists():
        raise Http404
    return row


def own_time_edit(request: HttpRequest, own_time: UUID) -> HttpResponse:
    """Change time without a household."""
    row = _own(request, own_time)
    editing = Editing(row, lambda: stored_own_time(row))
    team = colleagues_at(request.actor, on=clock.today()) | row.people.all()
    form = OwnTimeForm(sent(request), team=team.distinct(), rooms=places_of(request.actor), initial=editing.initial)
    return ask(
        request,
        form,
        title=_("Termin ohne Haushalt ändern"),
        do=lambda at: actions.change_own_time(own=row, **form.values(), by=request.actor, at=at),
        done=_("Der Termin ist geändert."),
        to=reverse("calendar_week"),
        editing=editing,
        cancel_url="" if row.cancelled_at else reverse("own_time_cancel", args=[row.pk]),
        trail=[(_("Kalender"), reverse("calendar_day"))],
    )


@require_POST
def own_time_cancel(request: HttpRequest, own_time: UUID) -> HttpResponse:
    """Cancel time without a household."""
    row = _own(request, own_time)
    return act(
        request,
        do=lambda at: actions.cancel_own_time(own=row, by=request.actor, at=at),
        done=_("Der Termin ist abgesagt."),
        undo=reverse("own_time_restore", args=[row.pk]),
        to=reverse("calendar_week"),
    )


@require_POST
def own_time_restore(request: HttpRequest, own_time: UUID) -> HttpResponse:
    """Take back that time without a household was cancelled."""
    row = _own(request, own_time)
    return act(
        request,
        do=lambda at: actions.restore_own_time(own=row, by=request.actor, at=at),
        done=_("Der Termin steht wieder im Kalender."),
        to=reverse("calendar_week"),
    )
