"""Photos of a dwelling: the pages that keep them, and the one door through which the files leave."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wurzelwerk.base.editing import Editing
from wurzelwerk.base.forms import Form

from ..actions.photos import add_photos, caption_photo, move_photo, remove_photo
from ..forms.portfolio import CaptionForm, PhotosForm
from ..models import Dwelling, DwellingPhoto
from ..photo_files import dropped_on_failure
from .answering import act, ask, demand, found_or_404, posted
from .portfolio import FORM, KEEP, trail_of

OTHER_WAY = {"frueher": "spaeter", "spaeter": "frueher"}


def photo_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add photos, and bring those that are there in order."""
    demand(request, KEEP)
    home = found_or_404(Dwelling, request, pk, write=True)
    form = PhotosForm(posted(request), request.FILES or None)

    def add(at) -> int:
        return len(add_photos(dwelling=home, pictures=form.cleaned_data["photos"], by=request.actor, at=at))

    with dropped_on_failure():
        return ask(
            request,
            form,
            title=_("Fotos"),
            do=add,
            done=_said,
            to=lambda _count: reverse("photo_list", args=[pk]),
            cancel=reverse("dwelling", args=[pk]),
            template="housing/portfolio/photos.html",
            trail=trail_of(home),
            photos=list(DwellingPhoto.objects.visible_to(request.actor).filter(dwelling=home)),
        )


def _said(count: int) -> str:
    if not count:
        return _("Diese Fotos sind schon da.")
    return _("Ein Foto ist hinzugefügt.") if count == 1 else _("%(count)d Fotos sind hinzugefügt.") % {"count": count}


@require_GET
def photo_image(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The picture itself, for whom the dwelling is visible."""
    photo = found_or_404(DwellingPhoto, request, pk)
    return _picture(photo.file.name)


@require_GET
def photo_small(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The small version, for lists."""
    photo = found_or_404(DwellingPhoto, request, pk)
    return _picture(photo.small_name)


def _picture(name: str) -> HttpResponse:
    """Answer with a JPEG and nothing else, whatever is in the file."""
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(file, content_type="image/jpeg")
    answer["Content-Disposition"] = "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def photo_caption(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what a photo shows."""
    demand(request, KEEP)
    photo = found_or_404(DwellingPhoto, request, pk, write=True)
    editing = Editing(photo, lambda: {"caption": photo.caption})
    form = CaptionForm(posted(request), initial=editing.initial)
    return ask(
        request,
        form,
        title=_("Foto beschriften"),
        do=lambda at: caption_photo(photo=photo, caption=form.cleaned_data["caption"], by=request.actor, at=at),
        done=_("Die Beschriftung ist gespeichert."),
        to=reverse("photo_list", args=[photo.dwelling_id]),
        template=FORM,
        editing=editing,
        picture=reverse("photo_small", args=[pk]),
        trail=trail_of(photo.dwelling),
    )


@require_POST
def photo_move(request: HttpRequest, pk: UUID, way: str) -> HttpResponse:
    """Move a photo one place: `way` is "frueher" or "spaeter"."""
    demand(request, KEEP)
    photo = found_or_404(DwellingPhoto, request, pk, write=True)
    if way not in OTHER_WAY:
        raise Http404
    return act(
        request,
        do=lambda at: move_photo(photo=photo, earlier=way == "frueher", by=request.actor, at=at),
        done=_("Die Reihenfolge ist geändert."),
        undo=reverse("photo_move", args=[pk, OTHER_WAY[way]]),
        to=reverse("photo_list", args=[photo.dwelling_id]),
    )


def photo_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a photo for good, after a question."""
    demand(request, KEEP)
    photo = found_or_404(DwellingPhoto, request, pk, write=True)
    to = reverse("photo_list", args=[photo.dwelling_id])
    return ask(
        request,
        Form(posted(request)),
        title=_("Foto entfernen?"),
        do=lambda at: remove_photo(photo=photo, by=request.actor, at=at),
        done=_("Das Foto ist entfernt."),
        to=to,
        template="housing/portfolio/photo_remove.html",
        picture=reverse("photo_small", args=[pk]),
        picture_text=photo.caption or _("Foto der Wohnung"),
        text=_("Das Foto wird sofort gelöscht, denn es kann Menschen zeigen. Das lässt sich nicht zurücknehmen."),
        confirm_label=_("Entfernen"),
        cancel_url=to,
        danger=True,
    )
