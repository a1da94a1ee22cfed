"""Is the object a dwelling, is it to let, and what is to be done with it?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from wurzelwerk.housing.openimmo import mapping, values
from wurzelwerk.housing.openimmo.nodes import attribute, child, raw_value
from wurzelwerk.housing.openimmo.notes import Notes
from wurzelwerk.housing.openimmo.text import clean_line, excerpt

USAGE = "objektkategorie/nutzungsart"
MARKETING = "objektkategorie/vermarktungsart"
KIND = "objektkategorie/objektart"
ACTION = "verwaltung_techn/aktion"


def read_action(element: etree._Element, transfer_mode: str, notes: Notes) -> str:
    """NEW, CHANGE, DELETE, REFERENZ or ARCHIV; an unknown one refuses the object.

    Empty means CHANGE, in a file that is a deletion as a whole DELETE.
    """
    raw = raw_value(element, ("verwaltung_techn", "aktion"), "aktionart")
    name = _("Aktion")
    if raw.empty:
        if transfer_mode == "DELETE":
            notes.remark(
                ACTION,
                name,
                _("Sie fehlt; weil die ganze Übertragung eine Löschung ist, gilt das Objekt als gelöscht."),
                raw.line,
            )
            return "DELETE"
        return "CHANGE"
    word = clean_line(raw.text).upper()
    action = mapping.ACTIONS.get(word)
    if action is None:
        notes.refuse_field(name, _("„%(text)s“ ist nicht bekannt.") % {"text": excerpt(raw.text)})
        return "CHANGE"
    if action != word:
        notes.remark(
            ACTION,
            name,
            _("„%(text)s“ wurde als %(action)s gelesen.") % {"text": excerpt(raw.text), "action": action},
            raw.line,
        )
    return action


def read_category(element: etree._Element, notes: Notes, *, has_rent: bool, has_price: bool) -> dict[str, Any]:
    """Fields object_kind, object_type, also_for_sale, also_commercial; refuses what is no dwelling to let."""
    found = _object_kind(element, notes)
    found |= _usage(element, notes, is_dwelling=bool(found.get("object_kind")))
    found |= _marketing(element, notes, has_rent=has_rent, has_price=has_price)
    return found


def _flags(element: etree._Element, path: str, names: tuple[str, ...], notes: Notes) -> dict[str, bool | None]:
    """The yes/no attributes of an element; None where it does not say."""
    found = child(element, *path.split("/"))
    flags: dict[str, bool | None] = {}
    for name in names:
        text = attribute(found, name)
        flags[name] = values.boolean(text)
        if text.strip() and flags[name] is None:
            line = None if found is None else found.sourceline
            notes.remark(
                f"{path}@{name}", name, _("„%(text)s“ ist weder ja noch nein.") % {"text": excerpt(text)}, line
            )
    return flags


def _object_kind(element: etree._Element, notes: Notes) -> dict[str, Any]:
    parent = child(element, *KIND.split("/"))
    names = (
        []
        if parent is None
        else [item for item in parent if item.tag != "objektart_zusatz" and not item.tag.startswith("user_")]
    )
    if not names:
        notes.remark(KIND, _("Objektart"), _("Sie fehlt. Bitte prüfen, ob es eine Wohnung ist."))
        return {}
    kind = names[0].tag
    if kind not in mapping.DWELLINGS:
        notes.refuse_field(_("Objektart"), _("„%(kind)s“ ist keine Wohnung.") % {"kind": excerpt(kind)})
        return {}
    return {"object_kind": kind, "object_type": clean_line(attribute(names[0], mapping.DWELLINGS[kind]))[:60]}


def _usage(element: etree._Element, notes: Notes, *, is_dwelling: bool) -> dict[str, Any]:
    name = _("Nutzungsart")
    flags = _flags(element, USAGE, ("WOHNEN", "GEWERBE", "ANLAGE", "WAZ"), notes)
    if not flags["WOHNEN"]:
        if flags["WOHNEN"] is None and is_dwelling and not flags["GEWERBE"]:
            notes.remark(USAGE, name, _("Sie fehlt; der Objektart nach ist es Wohnraum."))
            return {}
        if flags["GEWERBE"]:
            notes.refuse_field(name, _("Es ist Gewerbe, kein Wohnraum."))
        else:
            notes.refuse_field(name, _("Es ist nicht als Wohnraum gekennzeichnet (WOHNEN)."))
        return {}
    if flags["GEWERBE"]:
        notes.remark(USAGE, name, _("Neben Wohnen ist auch Gewerbe genannt. Bitte prüfen."))
    if flags["WAZ"]:
        notes.remark(USAGE, name, _("Es ist Wohnen auf Zeit. Bitte die Befristung prüfen."))
    return {"also_commercial": bool(flags["GEWERBE"])}


def _marketing(element: etree._Element, notes: Notes, *, has_rent: bool, has_price: bool) -> dict[str, Any]:
    name = _("Vermarktungsart")
    flags = _flags(element, MARKETING, ("KAUF", "MIETE_PACHT", "ERBPACHT", "LEASING"), notes)
    if flags["MIETE_PACHT"]:
        if flags["KAUF"]:
            notes.remark(MARKETING, name, _("Die Wohnung wird zur Miete und zum Kauf angeboten."))
        return {"also_for_sale": bool(flags["KAUF"])}
    if flags["KAUF"]:
        notes.refuse_field(name, _("Nur Kauf: Das Objekt wird verkauft und nicht vermietet."))
    elif flags["ERBPACHT"] or flags["LEASING"]:
        notes.refuse_field(name, _("Nur Erbpacht oder Leasing: Das Objekt wird nicht vermietet."))
    elif flags["MIETE_PACHT"] is None and flags["KAUF"] is None and has_rent and not has_price:
        notes.remark(
            MARKETING,
            name,
            _("Sie fehlt; weil eine Miete und kein Kaufpreis genannt ist, gilt das Objekt als Mietwohnung."),
        )
    else:
        notes.refuse_field(name, _("Es ist nicht als Mietobjekt gekennzeichnet (MIETE_PACHT)."))
    return {}
