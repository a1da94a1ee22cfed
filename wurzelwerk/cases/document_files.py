"""Files of documents: recognised by what is in them, freed of what a camera adds, stored under names that tell nothing.

    with kept_files():
        file_document(file=prepare(content, name="scan.pdf"), …)

Put `kept_files` around the transaction: what no row names afterwards is deleted again, whatever went wrong inside.
"""

import hashlib
import io
import re
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.translation import gettext as _

from wurzelwerk.base import pictures
from wurzelwerk.base.errors import BadInput

from . import lists
from .models import DocumentVersion

FOLDER = "akten"
LONGEST = 3_500
"""Pixels of the longer side of a kept picture: a page of A4 at 300 dots an inch."""
YOUNG = timedelta(days=1)
"""A file without a row is left alone for so long: its transaction may still run."""


@dataclass(frozen=True)
class FileType:
    """A kind of file that is taken. `inline`: a browser may show it in its window."""

    content_type: str
    ending: str
    inline: bool = False


PDF = FileType("application/pdf", "pdf", inline=True)
JPEG = FileType("image/jpeg", "jpg", inline=True)
PNG = FileType("image/png", "png", inline=True)
TEXT = FileType("text/plain", "txt")
OFFICE = {
    "word/document.xml": FileType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xl/workbook.xml": FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": FileType("application/vnd.oasis.opendocument.text", "odt"),
    b"application/vnd.oasis.opendocument.spreadsheet": FileType(
        "application/vnd.oasis.opendocument.spreadsheet", "ods"
    ),
}
TYPES = {one.content_type: one for one in (PDF, JPEG, PNG, TEXT, *OFFICE.values(), *OPEN_DOCUMENT.values())}
ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".webp", ".docx", ".xlsx", ".odt", ".ods", ".txt")
"""What the choice of files offers; what counts is the content."""

_MACROS = re.compile(r"(^|/)(vbaProject\.bin|Basic/|Scripts/)", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_written: ContextVar[list[str] | None] = ContextVar("written_files", default=None)


@dataclass(frozen=True)
class Prepared:
    """A file ready to be kept; `name` is what the person's device called it, and is not kept."""

    name: str
    type: FileType
    content: bytes
    digest: str

    @property
    def title(self) -> str:
        """What the document may be called at first: the file's name without its ending."""
        return " ".join(_UNSEEN.sub(" ", PurePath(self.name).stem).replace("_", " ").split())


def prepare(content: bytes, *, name: str, on: date) -> Prepared:
    """Return what is to be kept of a file, or raise BadInput with a sentence that names it; `on` dates the limits."""
    called = {"name": name or _("Die Datei")}
    if not content:
        raise BadInput(_("„%(name)s“ ist leer.") % called, field="files")
    most = lists.number("document_rules", "megabytes", on=on)
    if len(content) > most * 1_000_000:
        raise BadInput(_("„%(name)s“ ist größer als %(most)d MB.") % {**called, "most": most}, field="files")
    kept, found = _kept(content, called)
    return Prepared(name=name, type=found, content=kept, digest=hashlib.sha256(kept).hexdigest())


def _kept(content: bytes, called: dict[str, str]) -> tuple[bytes, FileType]:
    """Return what is stored of a file and of which type it is: pictures as their pixels, the rest as it came."""
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n", b"RIFF")):
        return _picture(content, called)
    if b"%PDF-" in content[:1024]:
        return content, PDF
    if content.startswith(b"PK\x03\x04"):
        return content, _office(content, called)
    return content, _text(content, called)


def _picture(content: bytes, called: dict[str, str]) -> tuple[bytes, FileType]:
    try:
        image = pictures.read(content, longest=LONGEST)
    except pictures.TooManyPixels:
        raise BadInput(_("„%(name)s“ hat zu viele Bildpunkte. Bitte verkleinern.") % called, field="files") from None
    except pictures.NotAPicture:
        raise BadInput(_("„%(name)s“ ist beschädigt und lässt sich nicht öffnen.") % called, field="files") from None
    found = PNG if content.startswith(b"\x89PNG") else JPEG
    return pictures.written(image, LONGEST, kind="PNG" if found is PNG else "JPEG"), found


def _office(content: bytes, called: dict[str, str]) -> FileType:
    """Look into the table of contents alone; nothing is unpacked but the short line that names an OpenDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            said = packed.open("mimetype").read(100).strip() if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise BadInput(_("„%(name)s“ ist beschädigt und lässt sich nicht öffnen.") % called, field="files") from None
    if any(_MACROS.search(one) for one in names):
        raise BadInput(
            _("„%(name)s“ enthält Makros, also ein Programm. Bitte ohne Makros oder als PDF speichern.") % called,
            field="files",
        )
    found = OPEN_DOCUMENT.get(said) or next((one for part, one in OFFICE.items() if part in names), None)
    return found or _refused(called)


def _text(content: bytes, called: dict[str, str]) -> FileType:
    ending = PurePath(called["name"]).suffix.lower()
    if content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"mif1", b"heif", b"avif"}:
        raise BadInput(
            _("„%(name)s“ ist ein HEIC-Bild. Bitte als JPEG aufnehmen (Kamera: „Maximale Kompatibilität“).") % called,
            field="files",
        )
    if ending != ".txt" or _UNSEEN.search(_decoded(content)):
        _refused(called)
    return TEXT


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _refused(called: dict[str, str]) -> FileType:
    raise BadInput(
        _("„%(name)s“ wird nicht angenommen. Möglich sind PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT, ODS und TXT.")
        % called,
        field="files",
    )


# -- the storage -----------------------------------------------------------------------------------------------------


def store(file: Prepared) -> str:
    """Write a file under a random name without an ending; return the name."""
    key = secrets.token_hex(20)
    name = default_storage.save(f"{FOLDER}/{key[:2]}/{key}", ContentFile(file.content))
    if (written := _written.get()) is not None:
        written.append(name)
    return name


def drop(names: list[str]) -> None:
    """Delete files from the storage; what is not there is no mistake."""
    for name in names:
        default_storage.delete(name)


@contextmanager
def kept_files() -> Iterator[None]:
    """Delete again what was stored inside and no row names at the end: a refusal, a failure, a dead line."""
    names: list[str] = []
    token = _written.set(names)
    try:
        yield
    finally:
        _written.reset(token)
        if names:
            drop([name for name in names if name not in _named(names)])


def _named(names: list[str]) -> set[str]:
    if connection.needs_rollback:  # the transaction around is lost, and with it every row
        return set()
    rows = DocumentVersion.objects.for_system(reason="which stored files a row names")
    return set(rows.filter(file__in=names).values_list("file", flat=True))


def orphans(*, at: datetime) -> list[str]:
    """Return the names of files that no row names, but for those of the last day: a machine was switched off."""
    found: list[str] = []
    for folder in _folders(FOLDER):
        names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        named = _named(names)
        found += [name for name in names if name not in named and default_storage.get_modified_time(name) < at - YOUNG]
    return found


def _folders(folder: str) -> list[str]:
    if not default_storage.exists(folder):
        return []
    return [f"{folder}/{name}" for name in sorted(default_storage.listdir(folder)[0])]
