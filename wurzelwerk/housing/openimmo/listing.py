"""One `immobilie` into one record, or into the reasons why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from wurzelwerk.housing.openimmo import mapping, values
from wurzelwerk.housing.openimmo.allocation import read_allocation
from wurzelwerk.housing.openimmo.archive import Package
from wurzelwerk.housing.openimmo.attachments import read_attachments
from wurzelwerk.housing.openimmo.category import read_action, read_category
from wurzelwerk.housing.openimmo.convert import german_date, take
from wurzelwerk.housing.openimmo.location import check_location
from wurzelwerk.housing.openimmo.nodes import child, children, raw_value
from wurzelwerk.housing.openimmo.notes import Notes
from wurzelwerk.housing.openimmo.records import (
    OBID,
    Address,
    Contact,
    EnergyCertificate,
    ListingRecord,
    ObjectKey,
    Refusal,
    Remark,
    Rent,
    Sender,
    Texts,
)
from wurzelwerk.housing.openimmo.rent import complete_rent
from wurzelwerk.housing.openimmo.text import excerpt

BY_THEMSELVES = {"rent.deposit"}  # read by rent.py, which knows both of its notations


@dataclass(frozen=True, slots=True)
class Entry:
    """One `immobilie` with what is known of it before it is read."""

    element: etree._Element
    sender: Sender
    label: str
    key: ObjectKey | None
    transfer_mode: str


@dataclass(frozen=True, slots=True)
class Converted:
    """Exactly one of `record` and `refusal` is there."""

    record: ListingRecord | None
    refusal: Refusal | None
    remarks: tuple[Remark, ...]


def convert(entry: Entry, package: Package) -> Converted:
    """Read one object as a whole; nothing of a refused one is kept but its remarks."""
    notes = Notes(entry.label)
    action = read_action(entry.element, entry.transfer_mode, notes)
    unclear = list(notes.reasons)
    fields = _fields(entry.element, notes)
    fields |= _groups(entry.element, fields, notes)
    fields |= read_allocation(entry.element, notes)
    fields |= read_category(entry.element, notes, **_offered(entry.element))
    fields["attachments"] = read_attachments(entry.element, package, notes)
    if action == "DELETE":  # to take a dwelling off the market, its number is enough
        notes.reasons = unclear
        notes.remarks = [item for item in notes.remarks if item.field.startswith("verwaltung_techn/")]
    _check_key(entry, notes)
    line = entry.element.sourceline
    if notes.reasons:
        refusal = Refusal(object=entry.label, reason=notes.reason, line=line, key=entry.key)
        return Converted(None, refusal, tuple(notes.remarks))
    record = ListingRecord(sender=entry.sender, action=action, line=line, **fields)
    return Converted(record, None, tuple(notes.remarks))


def _fields(element: etree._Element, notes: Notes) -> dict[str, Any]:
    """Everything the table knows, by target."""
    found: dict[str, Any] = {}
    for row in mapping.FIELDS:
        if row.target in BY_THEMSELVES:
            continue
        raw = raw_value(element, *row.parts)
        for path in row.fallbacks:
            raw = raw if not raw.empty else raw_value(element, tuple(path.split("/")))
        value = take(row, raw, notes)
        if value is not None:
            found[row.target] = value
    return found


def _groups(element: etree._Element, fields: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """The grouped parts of the record; takes their fields ("rent.warm") out of `fields`."""
    groups: dict[str, dict[str, Any]] = {name: {} for name in ("address", "contact", "rent", "energy", "texts")}
    for target in [name for name in fields if "." in name]:
        group, _dot, name = target.partition(".")
        groups[group][name] = fields.pop(target)
    _check_energy(element, groups["energy"], notes)
    _check_states(fields, notes)
    return {
        "address": Address(**check_location(element, groups["address"], notes)),
        "contact": Contact(**groups["contact"]),
        "rent": Rent(**complete_rent(element, groups["rent"], notes)),
        "energy": EnergyCertificate(**groups["energy"]) if groups["energy"] else None,
        "texts": Texts(**groups["texts"]),
    }


def _check_energy(element: etree._Element, energy: dict[str, Any], notes: Notes) -> None:
    name = _("Energieausweis")
    if len(children(child(element, "zustand_angaben"), "energiepass")) > 1:
        notes.remark(mapping.CERTIFICATE, name, _("Es sind mehrere genannt; der erste gilt."))
    issued, until = energy.get("issued_on"), energy.get("valid_until")
    if issued and until and until < issued:
        notes.remark(mapping.CERTIFICATE, name, _("Er endet, bevor er ausgestellt wurde. Bitte prüfen."))
    if energy.get("kind") == "BEDARF" and "demand" not in energy and "consumption" in energy:
        notes.remark(
            mapping.CERTIFICATE,
            name,
            _("Es ist ein Bedarfsausweis, genannt ist aber ein Verbrauchswert. Bitte prüfen."),
        )
    if energy.get("kind") == "VERBRAUCH" and "consumption" not in energy and "demand" in energy:
        notes.remark(
            mapping.CERTIFICATE,
            name,
            _("Es ist ein Verbrauchsausweis, genannt ist aber ein Bedarfswert. Bitte prüfen."),
        )


def _check_states(fields: dict[str, Any], notes: Notes) -> None:
    """What contradicts itself, or what a person must know before a household is told of the dwelling."""
    if fields.get("let"):
        notes.remark(
            "verwaltung_objekt/vermietet",
            _("Vermietet"),
            _("Die Wohnung ist laut Datei schon vermietet. Bitte prüfen."),
        )
    if fields.get("wheelchair") and fields.get("barrier_free") is False:
        notes.remark(
            "ausstattung/barrierefrei",
            _("Barrierefrei"),
            _("Die Wohnung soll rollstuhlgerecht, aber nicht barrierefrei sein. Bitte prüfen."),
        )
    words, day = fields.get("available_text", ""), fields.get("available_from")
    said = values.day_in_words(words) if words else None
    if said and day and said != day:
        text = _("„%(words)s“ und %(day)s widersprechen sich; es gilt %(day)s.") % {
            "words": words,
            "day": german_date(day),
        }
        notes.remark("verwaltung_objekt/verfuegbar_ab", _("Verfügbar ab"), text)
    elif said and not day:
        text = _("„%(words)s“ wurde als %(day)s gelesen.") % {"words": words, "day": german_date(said)}
        notes.remark("verwaltung_objekt/verfuegbar_ab", _("Verfügbar ab"), text)


def _offered(element: etree._Element) -> dict[str, bool]:
    """Whether a rent and a purchase price are named at all."""
    rents = ("nettokaltmiete", "kaltmiete", "warmmiete", "pauschalmiete")
    return {
        "has_rent": any(not raw_value(element, ("preise", name)).empty for name in rents),
        "has_price": not raw_value(element, ("preise", "kaufpreis")).empty,
    }


def _check_key(entry: Entry, notes: Notes) -> None:
    """Without a number an object could not be recognised again, and would be there twice after the next file."""
    name = _("OpenImmo-Objektkennung")
    if entry.key is None:
        notes.refuse_field(
            name,
            _("Es fehlen openimmo_obid, objektnr_extern und objektnr_intern; das Objekt wäre nicht wiederzuerkennen."),
        )
        return
    if entry.key.kind == OBID:
        return
    text = _("Sie fehlt; das Objekt wird an %(kind)s „%(value)s“ dieses Anbieters wiedererkannt.")
    if not entry.key.sender:
        text = _(
            "Sie fehlt, und der Anbieter ist nicht genannt; das Objekt wird nur an %(kind)s „%(value)s“ wiedererkannt."
        )
    quoted = {"kind": entry.key.kind, "value": excerpt(entry.key.value)}
    notes.remark("verwaltung_techn/openimmo_obid", name, text % quoted, entry.element.sourceline)
