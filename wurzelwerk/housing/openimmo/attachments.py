"""Pictures and documents: embedded, in the same ZIP, or named only. Nothing is ever fetched from anywhere."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace

from django.utils.translation import gettext as _
from lxml import etree

from wurzelwerk.housing.openimmo.archive import Package
from wurzelwerk.housing.openimmo.nodes import attribute, child, children, text_of
from wurzelwerk.housing.openimmo.notes import Notes
from wurzelwerk.housing.openimmo.records import Attachment
from wurzelwerk.housing.openimmo.text import clean_line, excerpt

MAX_ATTACHMENTS = 50  # an object
MAX_CONTENT = 10_000_000  # bytes, one picture or document
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
PATH = "anhaenge/anhang"


def read_attachments(element: etree._Element, package: Package, notes: Notes) -> tuple[Attachment, ...]:
    """The object's attachments in the order of the file; what cannot be taken is said and left out."""
    items = [item for parent in children(element, "anhaenge") for item in children(parent, "anhang")]
    if len(items) > MAX_ATTACHMENTS:
        text = _("Es sind %(count)d; übernommen wurden die ersten %(limit)d.") % {
            "count": len(items),
            "limit": MAX_ATTACHMENTS,
        }
        notes.remark(PATH, _("Anhänge"), text, items[MAX_ATTACHMENTS].sourceline)
    found = (_attachment(item, package, notes) for item in items[:MAX_ATTACHMENTS])
    return tuple(item for item in found if item is not None)


def _attachment(item: etree._Element, package: Package, notes: Notes) -> Attachment | None:
    head = Attachment(
        group=clean_line(attribute(item, "gruppe")).upper()[:40],
        title=clean_line(text_of(child(item, "anhangtitel")))[:200],
        format=clean_line(text_of(child(item, "format")))[:60],
    )
    embedded = text_of(child(item, "daten", "anhanginhalt"))
    if embedded.strip():
        content = _embedded(embedded, _name(head.title), notes, item.sourceline)
        return None if content is None else replace(head, content=content)
    path = clean_line(text_of(child(item, "daten", "pfad")))
    if not path:
        return None
    if len(path) > 500:
        notes.remark(
            PATH,
            _name(head.title),
            _("Der Dateiname ist zu lang; der Anhang wurde nicht übernommen."),
            item.sourceline,
        )
        return None
    if ADDRESS.match(path) and not re.match(r"[a-z]:[\\/]", path, re.IGNORECASE):
        return _remote(path, head, notes, item.sourceline)
    return _from_package(path.replace("\\", "/").rsplit("/", 1)[-1].strip(), head, package, notes, item.sourceline)


def _name(title: str) -> str:
    return _("Anhang „%(title)s“") % {"title": excerpt(title)} if title else _("Anhang")


def _embedded(text: str, name: str, notes: Notes, line: int | None) -> bytes | None:
    bare = re.sub(r"\s+", "", text)
    if len(bare) * 3 // 4 > MAX_CONTENT:
        notes.remark(PATH, name, _("Er ist größer als 10 MB und wurde nicht übernommen."), line)
        return None
    try:
        return base64.b64decode(bare, validate=True)
    except (binascii.Error, ValueError):
        notes.remark(PATH, name, _("Sein Inhalt ist beschädigt und wurde nicht übernommen."), line)
        return None


def _remote(path: str, head: Attachment, notes: Notes, line: int | None) -> Attachment | None:
    name = _name(head.title)
    if not re.match(r"https?://[^\s/]", path, re.IGNORECASE):
        notes.remark(
            PATH,
            name,
            _("„%(path)s“ ist keine Webadresse; der Anhang wurde nicht übernommen.") % {"path": excerpt(path)},
            line,
        )
        return None
    notes.remark(
        PATH,
        name,
        _("Er liegt unter %(path)s. Fremde Adressen werden nicht abgerufen; bitte laden Sie ihn selbst hoch.")
        % {"path": excerpt(path, 80)},
        line,
    )
    return replace(head, path=path)


def _from_package(path: str, head: Attachment, package: Package, notes: Notes, line: int | None) -> Attachment | None:
    """A file that should have come along: its content where it did, else its name."""
    if path in ("", ".", ".."):
        return None
    name = _name(head.title or path)
    size = package.size(path)
    if size is None:
        notes.remark(
            PATH, name, _("Die Datei „%(path)s“ liegt der Übertragung nicht bei.") % {"path": excerpt(path)}, line
        )
        return replace(head, path=path)
    content = package.content(path) if size <= MAX_CONTENT else None
    if content is None:
        text = _("Sie ist größer als 10 MB oder beschädigt und wurde nicht übernommen.")
        notes.remark(PATH, name, text, line)
        return None
    return replace(head, title=head.title or path[:200], content=content)
