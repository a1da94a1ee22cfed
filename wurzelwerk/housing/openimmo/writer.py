"""Records into an OpenImmo 1.2.7 file, so that reading it gives the same records again."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from wurzelwerk.housing.openimmo import mapping
from wurzelwerk.housing.openimmo.mapping import Field
from wurzelwerk.housing.openimmo.records import Attachment, ListingRecord, ObjectKey, Sender

FORMAT = "1.2.7"
SECTIONS = (
    "objektkategorie", "geo", "kontaktperson", "preise", "flaechen", "ausstattung", "zustand_angaben", "freitexte",
    "anhaenge", "verwaltung_objekt", "verwaltung_techn",
)  # fmt: skip
ALWAYS = {
    "kontaktperson/name",
    "verwaltung_techn/objektnr_extern",
    "verwaltung_techn/openimmo_obid",
}  # the format demands them


def write(
    listings: Iterable[ListingRecord],
    *,
    sender: Sender,
    at: datetime,
    software: str,
    version: str,
    scope: str = "TEIL",
    mode: str = "CHANGE",
) -> bytes:
    """The dwellings as one OpenImmo 1.2.7 file in UTF-8, in the order given.

    `sender` replaces the records' own. `scope` VOLL tells the receiver that this is the whole stock. Raises
    ValueError, with a German sentence, for a record that could not be read back as it is: without any number, twice
    the same, or with a value outside the table's range.
    """
    root = etree.Element("openimmo")
    head = {"art": "OFFLINE", "umfang": scope, "modus": mode, "version": FORMAT, "sendersoftware": software}
    head |= {"senderversion": version, "techn_email": "", "timestamp": at.isoformat(timespec="seconds")}
    etree.SubElement(root, "uebertragung", head)
    provider = etree.SubElement(root, "anbieter")
    for name, text in (("anbieternr", sender.number), ("firma", sender.company), ("openimmo_anid", sender.anid)):
        etree.SubElement(provider, name).text = text
    seen: set[ObjectKey | None] = set()
    for listing in listings:
        _check(listing)
        if listing.key in seen:
            raise ValueError(
                _("Das Objekt „%(key)s“ kommt zweimal vor.") % {"key": listing.key.value if listing.key else ""}
            )
        seen.add(listing.key)
        _write_listing(provider, listing)
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return document


def _value(record: Any, target: str) -> Any:
    """The record's value at a dotted target; None where a part of the way is not there."""
    for name in target.split("."):
        record = None if record is None else getattr(record, name)
    return record


def _check(listing: ListingRecord) -> None:
    """Nothing leaves the house that our own reader would refuse or drop."""
    if listing.key is None:
        raise ValueError(_("Ein Objekt hat weder openimmo_obid noch eine Objektnummer."))
    if listing.action not in mapping.ACTIONS.values():
        raise ValueError(_("Objekt „%(key)s“: Die Aktion ist nicht bekannt.") % {"key": listing.key.value})
    if listing.object_kind and listing.object_kind not in mapping.DWELLINGS:
        raise ValueError(_("Objekt „%(key)s“: Die Objektart ist nicht bekannt.") % {"key": listing.key.value})
    for row in mapping.FIELDS:
        if not _fits(row, _value(listing, row.target)):
            text = _("Objekt „%(key)s“, %(field)s: Der Wert liegt nicht in dem, was OpenImmo tragen kann.")
            raise ValueError(text % {"key": listing.key.value, "field": row.label})


def _fits(row: Field, value: Any) -> bool:
    if value is None or value == "" or isinstance(value, bool | date):
        return True
    if isinstance(value, Decimal | int):
        return row.low <= value <= row.high and not (value == 0 and row.zero_is_empty)
    return row.kind != mapping.CODE or value in row.codes.values()


def _write_listing(provider: etree._Element, listing: ListingRecord) -> None:
    element = etree.SubElement(provider, "immobilie")
    sections = {name: etree.SubElement(element, name) for name in SECTIONS}
    _write_category(sections["objektkategorie"], listing)
    for row in mapping.FIELDS:
        if row.path == "preise/kaution" and (len(sections["preise"]) or listing.rent.deposit is not None):
            etree.SubElement(sections["preise"], "waehrung", iso_waehrung="EUR")
        if row.path == "verwaltung_techn/aktiv_von":
            etree.SubElement(sections["verwaltung_techn"], "aktion", aktionart=listing.action)
        _write_field(element, row, _value(listing, row.target))
    for item in listing.attachments:
        _write_attachment(sections["anhaenge"], item)
    _write_own_fields(sections["verwaltung_objekt"], listing)
    etree.SubElement(sections["verwaltung_techn"], "weitergabe_generell").text = "false"
    for name in ("preise", "flaechen", "ausstattung", "zustand_angaben", "freitexte", "anhaenge", "verwaltung_objekt"):
        if not len(sections[name]):
            element.remove(sections[name])


def _write_category(section: etree._Element, listing: ListingRecord) -> None:
    etree.SubElement(
        section, "nutzungsart", WOHNEN="true", GEWERBE=_text(listing.also_commercial), ANLAGE="false", WAZ="false"
    )
    etree.SubElement(
        section,
        "vermarktungsart",
        KAUF=_text(listing.also_for_sale),
        MIETE_PACHT="true",
        ERBPACHT="false",
        LEASING="false",
    )
    kind = etree.SubElement(section, "objektart")
    if listing.object_kind:
        attributes = {mapping.DWELLINGS[listing.object_kind]: listing.object_type} if listing.object_type else {}
        etree.SubElement(kind, listing.object_kind, attributes)


def _write_field(element: etree._Element, row: Field, value: Any) -> None:
    """Put one value at its path, below elements that are there already or are made now."""
    if (value is None or value == "") and row.path not in ALWAYS:
        return
    path, attribute = row.parts
    parent = next(item for item in element if item.tag == path[0])
    for name in path[1:]:
        last = parent[-1] if len(parent) else None
        parent = last if last is not None and last.tag == name else etree.SubElement(parent, name)
    if attribute:
        parent.set(attribute, _text(value))
    else:
        parent.text = _text(value)


def _text(value: Any) -> str:
    """true/false, 450.00, 2026-03-05, or the text itself."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _write_attachment(section: etree._Element, item: Attachment) -> None:
    place = "INTERN" if item.content is not None else "REMOTE" if ":" in item.path else "EXTERN"
    element = etree.SubElement(section, "anhang", location=place, gruppe=item.group)
    etree.SubElement(element, "anhangtitel").text = item.title
    etree.SubElement(element, "format").text = item.format
    data = etree.SubElement(element, "daten")
    if item.content is None:
        etree.SubElement(data, "pfad").text = item.path
    else:
        etree.SubElement(data, "anhanginhalt").text = base64.b64encode(item.content).decode("ascii")


def _write_own_fields(section: etree._Element, listing: ListingRecord) -> None:
    """The allocation right and the kind of WBS, which OpenImmo has no elements for."""
    stated = [(mapping.WBS_KIND.path, listing.wbs_kind)]
    stated += [(row.path, _value(listing.allocation_right, row.target)) for row in mapping.RIGHT_FIELDS]
    for name, value in stated:
        if value is not None and value != "":
            etree.SubElement(section, "user_defined_simplefield", feldname=name).text = _text(value)
