"""Pages of the picture that shows the way to a room."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from .. import actions
from ..forms.keeping import SketchForm
from ..models import Place, Sketch
from ..queries import places_of
from ..rules import keeps_places_at
from ..sketches import answer_with, sketch_of
from .answering import act, ask, posted


def _kept(request: HttpRequest, place: Place) -> Place:
    if not keeps_places_at(request.actor, place.site):
        raise Http404
    return place


@require_GET
def place_sketch(request: HttpRequest, place: UUID) -> HttpResponse:
    """The picture itself."""
    room = places_of(request.actor).filter(pk=place).first()
    return answer_with(sketch_of(room))


def place_sketch_new(request: HttpRequest, place: UUID) -> HttpResponse:
    """Upload a picture of the way; a former one can be brought back."""
    row = _kept(request, get_object_or_404(Place.objects.select_related("site"), pk=place))
    former = sketch_of(row)
    form = SketchForm(posted(request), request.FILES or None)
    return ask(
        request,
        form,
        title=_("Bild vom Weg"),
        do=lambda at: actions.keep_sketch(
            place=row,
            content=form.cleaned_data["picture"][0].read(),
            said=form.cleaned_data["said"],
            by=request.actor,
            at=at,
        ),
        done=_("Das Bild steht auf dem Terminzettel und hinter den Links."),
        undo=lambda made: (
            reverse("sketch_restore", args=[former.pk]) if former else reverse("sketch_remove", args=[made.pk])
        ),
        to=reverse("place_list"),
        lead=_("%(room)s: Es steht auf dem Terminzettel und auf den Seiten, die Links öffnen. Bitte keine Menschen.")
        % {"room": row.name},
        trail=[(_("Kalender"), reverse("calendar_day")), (_("Räume"), reverse("place_list"))],
    )


def _found(request: HttpRequest, pk: UUID) -> Sketch:
    row = get_object_or_404(Sketch.objects.select_related("place__site"), pk=pk)
    _kept(request, row.place)
    return row


@require_POST
def sketch_remove(request: HttpRequest, sketch: UUID) -> HttpResponse:
    """Show the picture no more."""
    row = _found(request, sketch)
    return act(
        request,
        do=lambda at: actions.remove_sketch(sketch=row, by=request.actor, at=at),
        done=_("Das Bild ist entfernt."),
        undo=reverse("sketch_restore", args=[row.pk]),
        to=reverse("place_list"),
    )


@require_POST
def sketch_restore(request: HttpRequest, sketch: UUID) -> HttpResponse:
    """Show a removed or replaced picture again."""
    row = _found(request, sketch)
    return act(
        request,
        do=lambda at: actions.restore_sketch(sketch=row, by=request.actor, at=at),
        done=_("Das Bild ist wieder da."),
        to=reverse("place_list"),
    )
