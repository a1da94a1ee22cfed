"""Pictures of the way to a room: recognised by what is in them, kept as pixels alone, small enough for a table."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from wurzelwerk.base import pictures
from wurzelwerk.base.errors import BadInput

from .models import Place, Sketch

ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
LONGEST = 1_200
MEGABYTES = 10


def prepared(content: bytes) -> bytes:
    """Return what is kept of a picture, without anything that a camera added. Raises BadInput."""
    if len(content) > MEGABYTES * 1_000_000:
        raise BadInput(_("Das Bild ist größer als 10 MB."), field="picture")
    try:
        image = pictures.read(content, longest=LONGEST)
    except pictures.TooManyPixels:
        raise BadInput(_("Das Bild hat zu viele Bildpunkte. Bitte verkleinern."), field="picture") from None
    except pictures.NotAPicture:
        raise BadInput(
            _("Das ist kein Bild, das gelesen werden kann. Möglich sind JPEG, PNG und WebP."), field="picture"
        ) from None
    return pictures.written(image, LONGEST)


def sketch_of(place: Place | None) -> Sketch | None:
    """Return the picture that shows the way to a room now."""
    return Sketch.objects.filter(place=place, removed_at__isnull=True).first() if place else None


def answer_with(sketch: Sketch | None) -> HttpResponse:
    """Answer with a picture, shut off from everything else of the house; 404 where there is none."""
    if sketch is None:
        raise Http404
    answer = HttpResponse(bytes(sketch.content), content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
