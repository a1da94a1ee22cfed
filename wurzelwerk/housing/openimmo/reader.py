"""A whole file: its head, its senders, and each object once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from lxml import etree

from wurzelwerk.housing.openimmo import archive, mapping, values
from wurzelwerk.housing.openimmo.convert import german_date
from wurzelwerk.housing.openimmo.listing import Entry, convert
from wurzelwerk.housing.openimmo.nodes import attribute, child, children, raw_value, text_of
from wurzelwerk.housing.openimmo.notes import Notes
from wurzelwerk.housing.openimmo.parse import NotOpenImmo, parse
from wurzelwerk.housing.openimmo.records import (
    ListingRecord,
    ObjectKey,
    OpenImmoFile,
    Refusal,
    Remark,
    Sender,
    Transfer,
    object_key,
)
from wurzelwerk.housing.openimmo.text import clean_line, excerpt

MAX_OBJECTS = 20_000  # more than any housing enterprise sends at once; keeps one file within a minute
SCOPES = ("VOLL", "TEIL")
MODES = ("NEW", "CHANGE", "DELETE")


def read(data: bytes, *, filename: str = "") -> OpenImmoFile:
    """Read one transfer: an XML file, or a ZIP with one XML file and its pictures.

    `filename` is only used to name the file in remarks. Raises NotOpenImmo, with a German sentence, where the file
    as a whole cannot be taken. An object is either in `listings` or in `refused`, never half in one of them.
    """
    package = archive.unpack(data)
    document = parse(package.xml)
    name = clean_line(filename) or _("Datei")
    remarks = [
        Remark(object="", field="", message=f"{excerpt(name, 80)}: {text}", line=line)
        for text, line in document.remarks
    ]
    transfer = _transfer(document.root, remarks, name)
    entries = list(_entries(document.root, transfer.mode))
    if len(entries) > MAX_OBJECTS:
        raise NotOpenImmo(_("Die Datei enthält mehr als 20.000 Objekte. Bitte teilen Sie sie in mehrere Dateien."))
    listings: list[ListingRecord] = []
    refused: list[Refusal] = []
    for entry in _latest(entries, remarks, refused):
        converted = convert(entry, package)
        remarks.extend(converted.remarks)
        if converted.record is not None:
            listings.append(converted.record)
        if converted.refusal is not None:
            refused.append(converted.refusal)
    if not entries:
        text = _("%(file)s: Die Datei enthält kein Objekt.") % {"file": excerpt(name, 80)}
        remarks.append(Remark(object="", field="anbieter/immobilie", message=text))
    return OpenImmoFile(
        transfer=transfer,
        senders=tuple(_sender(item) for item in children(document.root, "anbieter")),
        listings=tuple(listings),
        remarks=tuple(remarks),
        refused=tuple(refused),
        mentioned=frozenset(entry.key for entry in entries if entry.key is not None),
    )


def _transfer(root: etree._Element, remarks: list[Remark], name: str) -> Transfer:
    """The head of the file; a missing one is said and taken as a partial change."""
    head = child(root, "uebertragung")

    def said(text: str, field: str, line: int | None) -> None:
        remarks.append(
            Remark(object="", field=field, message=f"{excerpt(name, 80)}, {_('Übertragung')}: {text}", line=line)
        )

    if head is None:
        said(
            _("Die Angaben zur Übertragung fehlen; die Datei wird als Änderung eines Teilbestands gelesen."),
            "uebertragung",
            root.sourceline,
        )
        return Transfer(stated=False)
    chosen = {}
    for field, known, default in (("umfang", SCOPES, "TEIL"), ("modus", MODES, "CHANGE")):
        word = clean_line(attribute(head, field)).upper()
        chosen[field] = word if word in known else default
        if word not in known:
            text = (
                _("„%(text)s“ ist als %(field)s nicht bekannt; es gilt %(default)s.")
                if word
                else _("%(field)s fehlt; es gilt %(default)s.")
            )
            said(
                text % {"text": excerpt(word), "field": field, "default": default},
                f"uebertragung@{field}",
                head.sourceline,
            )
    return Transfer(
        scope=chosen["umfang"],
        mode=chosen["modus"],
        version=attribute(head, "version")[:40],
        software=attribute(head, "sendersoftware")[:100],
        software_version=attribute(head, "senderversion")[:40],
        email=attribute(head, "techn_email")[:254],
        timestamp=values.moment(attribute(head, "timestamp")),
    )


def _sender(element: etree._Element) -> Sender:
    return Sender(
        company=text_of(child(element, "firma"))[:200],
        number=text_of(child(element, "anbieternr"))[:100],
        anid=text_of(child(element, "openimmo_anid"))[:100],
    )


def _entries(root: etree._Element, mode: str) -> Iterator[Entry]:
    """Every object of the file in its order, those outside of any sender included."""
    position = 0
    for parent in [*children(root, "anbieter"), root]:
        sender = Sender() if parent is root else _sender(parent)
        for element in children(parent, "immobilie"):
            position += 1
            obid, extern, intern = (
                clean_line(_technical(element, name))
                for name in ("openimmo_obid", "objektnr_extern", "objektnr_intern")
            )
            label = excerpt(extern or obid or intern, 60) or _("%(position)d. Objekt") % {"position": position}
            yield Entry(element, sender, label, object_key(sender, obid=obid, extern=extern, intern=intern), mode)


def _technical(element: etree._Element, name: str) -> str:
    return raw_value(element, ("verwaltung_techn", name)).text


def _as_of(entry: Entry) -> date:
    """stand_vom, for comparison only; the distant past where there is none."""
    try:
        found = values.day(_technical(entry.element, "stand_vom"))
    except values.ImpossibleDate:
        found = None
    return found.value if found else date.min


def _latest(entries: list[Entry], remarks: list[Remark], refused: list[Refusal]) -> Iterator[Entry]:
    """Each object once: of several versions the one with the latest stand_vom, of equal ones the last in the file."""
    versions: dict[ObjectKey, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.key is not None:
            versions[entry.key].append(entry)
    winners = {
        key: max(enumerate(same), key=lambda item: (_as_of(item[1]), item[0]))[1] for key, same in versions.items()
    }
    disputed = {key for key, same in versions.items() if len({item.sender for item in same}) > 1}
    for entry in entries:
        if entry.key is None or (entry.key not in disputed and winners[entry.key] is entry):
            yield entry
        elif entry.key in disputed:
            refused.append(_of_two_senders(entry))
        else:
            _say_outdated(entry, winners[entry.key], remarks)


def _of_two_senders(entry: Entry) -> Refusal:
    notes = Notes(entry.label)
    notes.refuse_field(
        _("OpenImmo-Objektkennung"),
        _("Zwei Anbieter der Datei verwenden dieselbe Kennung; welches Objekt gemeint ist, bleibt offen."),
    )
    return Refusal(object=entry.label, reason=notes.reason, line=entry.element.sourceline, key=entry.key)


def _say_outdated(entry: Entry, winner: Entry, remarks: list[Remark]) -> None:
    notes = Notes(entry.label)
    row = mapping.BY_TARGET["openimmo_obid"]
    stand = _as_of(winner)
    if stand == date.min or stand == _as_of(entry):
        text = _("Das Objekt kommt in der Datei mehrfach vor; es gilt die letzte Fassung.")
    else:
        text = _("Das Objekt kommt in der Datei mehrfach vor; es gilt die Fassung vom %(day)s.") % {
            "day": german_date(stand)
        }
    notes.remark(row.path, row.label, text, entry.element.sourceline)
    remarks.extend(notes.remarks)
