"""Pictures as files: recognised by what is in them, turned upright, freed of metadata, scaled and kept as JPEG.

What a phone writes into a picture (place, time, device) never reaches the storage: only the pixels are kept.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from wurzelwerk.base import pictures
from wurzelwerk.base.errors import BadInput

from .models.portfolio import small_name

ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
MEGABYTES = 10
MOST = 20
LONGEST, SMALL = 2_000, 480
FOLDER = "housing/photos/"

_stored: ContextVar[list[str] | None] = ContextVar("stored_pictures", default=None)


@dataclass(frozen=True)
class Picture:
    """A picture ready to be kept: JPEG bytes in two sizes, and the SHA-256 of the file it came from."""

    name: str
    digest: str
    large: bytes
    small: bytes

    @property
    def kept_digest(self) -> str:
        """SHA-256 of the large version."""
        return hashlib.sha256(self.large).hexdigest()


def prepare(content: bytes, *, name: str) -> Picture:
    """Return the picture in `content`, or raise BadInput with a sentence that names the file."""
    called = {"name": name or _("Das Foto")}
    if len(content) > MEGABYTES * 1_000_000:
        raise BadInput(_("„%(name)s“ ist größer als 10 MB.") % called, field="photos")
    try:
        upright = pictures.read(content, longest=LONGEST)
    except pictures.TooManyPixels:
        raise BadInput(_("„%(name)s“ hat zu viele Bildpunkte. Bitte verkleinern.") % called, field="photos") from None
    except pictures.NotAPicture:
        raise BadInput(
            _("„%(name)s“ ist kein Foto, das gelesen werden kann. Möglich sind JPEG, PNG und WebP.") % called,
            field="photos",
        ) from None
    digest = hashlib.sha256(content).hexdigest()
    large, small = pictures.written(upright, LONGEST), pictures.written(upright, SMALL)
    return Picture(name=name, digest=digest, large=large, small=small)


def store(picture: Picture) -> str:
    """Write both sizes under a random name that tells nothing; return the name of the large one."""
    name = f"{FOLDER}{secrets.token_hex(16)}.jpg"
    kept = _stored.get()
    for place, content in ((name, picture.large), (small_name(name), picture.small)):
        default_storage.save(place, ContentFile(content))
        if kept is not None:
            kept.append(place)
    return name


def drop(name: str) -> None:
    """Delete both sizes of a picture."""
    for place in (name, small_name(name)):
        default_storage.delete(place)


@contextmanager
def dropped_on_failure() -> Iterator[None]:
    """Delete the files stored inside where the block fails: put it around the transaction that keeps their rows."""
    names: list[str] = []
    token = _stored.set(names)
    try:
        yield
    except BaseException:
        for name in names:
            default_storage.delete(name)
        raise
    finally:
        _stored.reset(token)
