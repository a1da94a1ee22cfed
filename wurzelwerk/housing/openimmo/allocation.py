"""The allocation right (Belegungsrecht) and the kind of WBS: our own convention in user defined fields."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from wurzelwerk.housing.openimmo import mapping, values
from wurzelwerk.housing.openimmo.convert import take
from wurzelwerk.housing.openimmo.nodes import Raw, user_fields
from wurzelwerk.housing.openimmo.notes import Notes
from wurzelwerk.housing.openimmo.records import AllocationRight
from wurzelwerk.housing.openimmo.text import excerpt

PREFIX = "belegungsrecht"
NOTHING = Raw("", None)


def read_allocation(element: etree._Element, notes: Notes) -> dict[str, Any]:
    """Fields allocation_right and wbs_kind.

    A right is never lost: without a kind it is UNBEKANNT, with one that cannot be read it refuses the object.
    """
    stated = _stated(element, notes)
    found: dict[str, Any] = {}
    kind = take(mapping.WBS_KIND, stated.pop(mapping.WBS_KIND.path, NOTHING), notes)
    if kind:
        found["wbs_kind"] = kind
    short = stated.pop(PREFIX, NOTHING)
    meant = values.boolean(short.text)
    if not short.empty and meant is None:
        stated.setdefault("belegungsrecht_art", short)
    if stated or meant:
        found["allocation_right"] = _right(stated, notes)
    return found


def _stated(element: etree._Element, notes: Notes) -> dict[str, Raw]:
    """The fields of our convention that have a value; unknown ones of that name are said."""
    known = {row.path for row in mapping.RIGHT_FIELDS} | {PREFIX, mapping.WBS_KIND.path}
    stated: dict[str, Raw] = {}
    for name, raw in user_fields(element):
        if raw.empty:
            continue
        if name in known:
            stated.setdefault(name, raw)
        elif name.startswith(PREFIX):
            notes.remark(
                name,
                _("Belegungsrecht"),
                _("Das Feld „%(name)s“ ist nicht bekannt.") % {"name": excerpt(name)},
                raw.line,
            )
    return stated


def _right(stated: dict[str, Raw], notes: Notes) -> AllocationRight:
    fields: dict[str, Any] = {}
    for row in mapping.RIGHT_FIELDS:
        value = take(row, stated.get(row.path, NOTHING), notes)
        if value is not None:
            fields[row.target] = value
    if "kind" not in fields:
        notes.remark("belegungsrecht_art", _("Art des Belegungsrechts"), _("Sie ist nicht bekannt. Bitte nachtragen."))
    start, end = fields.get("valid_from"), fields.get("valid_until")
    if start and end and end < start:
        notes.remark("belegungsrecht_bis", _("Belegungsrecht bis"), _("Das Ende liegt vor dem Beginn. Bitte prüfen."))
    return AllocationRight(**fields)
