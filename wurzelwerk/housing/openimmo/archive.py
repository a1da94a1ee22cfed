"""A transfer as it is sent in practice: an XML file, or a ZIP with one XML file and its pictures.

Nothing is ever written to disk: a name inside the archive is only a key to look a picture up by.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wurzelwerk.housing.openimmo.parse import MAX_BYTES, NotOpenImmo

MAX_ENTRIES = 2_000
MAX_UNPACKED = 200_000_000  # bytes, all entries together


def base_name(path: str) -> str:
    """The last part of a path in either notation, in small letters: "Bilder\\A.JPG" -> "a.jpg"."""
    return path.replace("\\", "/").rsplit("/", 1)[-1].strip().casefold()


@dataclass(frozen=True)
class Package:
    """The XML file's bytes, and an archive to take pictures from (none for a bare XML file)."""

    xml: bytes
    archive: zipfile.ZipFile | None = None
    entries: Mapping[str, zipfile.ZipInfo] = field(default_factory=dict)

    def size(self, path: str) -> int | None:
        """Unpacked size in bytes of the file with this name, None where there is none."""
        entry = self.entries.get(base_name(path))
        return entry.file_size if entry else None

    def content(self, path: str) -> bytes | None:
        """The file's bytes; None where it cannot be unpacked."""
        if self.archive is None:
            return None
        return _read(self.archive, self.entries[base_name(path)])


def unpack(data: bytes) -> Package:
    """Take the bytes as XML, or as a ZIP with exactly one XML file in it. Raises NotOpenImmo."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Package(xml=data)
    if len(data) > MAX_BYTES:
        raise NotOpenImmo(_("Das ZIP-Archiv ist größer als 50 MB. Bitte teilen Sie es in mehrere Archive."))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError):
        raise NotOpenImmo(
            _("Das ZIP-Archiv ist beschädigt oder unvollständig. Bitte übertragen Sie es noch einmal.")
        ) from None
    files = [entry for entry in archive.infolist() if _counts(entry)]
    _check_entries(files)
    documents = [entry for entry in files if base_name(entry.filename).endswith(".xml")]
    if len(documents) != 1:
        raise NotOpenImmo(
            _("Das ZIP-Archiv enthält %(count)d XML-Dateien; erwartet wird genau eine.") % {"count": len(documents)}
        )
    xml = _read(archive, documents[0])
    if xml is None:
        raise NotOpenImmo(_("Die XML-Datei im ZIP-Archiv lässt sich nicht entpacken; das Archiv ist beschädigt."))
    others = {base_name(entry.filename): entry for entry in files if entry is not documents[0]}
    return Package(xml=xml, archive=archive, entries=others)


def _counts(entry: zipfile.ZipInfo) -> bool:
    hidden = base_name(entry.filename).startswith(".") or entry.filename.startswith("__MACOSX/")
    return not entry.is_dir() and not hidden


def _check_entries(files: list[zipfile.ZipInfo]) -> None:
    if len(files) > MAX_ENTRIES:
        raise NotOpenImmo(_("Das ZIP-Archiv enthält zu viele Dateien. Bitte teilen Sie es in mehrere Archive."))
    if any(entry.flag_bits & 1 for entry in files):
        raise NotOpenImmo(_("Das ZIP-Archiv ist mit einem Kennwort geschützt. Bitte senden Sie es ohne Kennwort."))
    if sum(entry.file_size for entry in files) > MAX_UNPACKED:
        raise NotOpenImmo(_("Das ZIP-Archiv ist entpackt größer als 200 MB und wurde nicht gelesen."))
    for entry in files:
        if base_name(entry.filename).endswith(".xml") and entry.file_size > MAX_BYTES:
            raise NotOpenImmo(_("Die XML-Datei im ZIP-Archiv ist größer als 50 MB. Bitte teilen Sie sie."))


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """One entry's bytes, never more than its header promised; None where it is damaged."""
    try:
        with archive.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return None
    return data if len(data) == entry.file_size else None
