"""Foreign bytes into an element tree, without trusting them.

The bytes are decoded here, so that the parser never follows a declared encoding; a DOCTYPE is refused before the
parser sees it, so that there are no entities to expand or to fetch; size, number of elements and depth are bounded.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from lxml import etree

from wurzelwerk.housing.openimmo.text import NOT_XML, excerpt

MAX_BYTES = 50_000_000
MAX_MARKUP = 3_000_000  # "<" and "=" each: elements and attributes can be no more
MAX_DEPTH = 40  # OpenImmo itself needs eight

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
SINGLE_BYTE = re.compile(r"(iso-?8859-?\d{1,2}|windows-?125\d|cp125\d|cp850|mac-?roman|latin-?\d)$")
CHARACTER = re.compile(r"&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,9}));")
PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
ROOT_NAME = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")


class NotOpenImmo(Exception):
    """The file as a whole cannot be taken. Its text is a German sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Document:
    """The root element and German remarks on the file itself, each with its line."""

    root: etree._Element
    remarks: tuple[tuple[str, int | None], ...]


def parse(data: bytes) -> Document:
    """Read the bytes of one XML file with the root `openimmo`, in any namespace. Raises NotOpenImmo."""
    _check_bytes(data)
    text, remarks = decode(data)
    text, cleaned = _without_bad_characters(text)
    remarks += cleaned
    _check_text(text)
    root = _tree(text)
    _check_root(etree.QName(root).localname)
    if root.xpath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")"):
        raise NotOpenImmo(_("Die Datei ist tiefer verschachtelt, als es OpenImmo vorsieht, und wurde nicht gelesen."))
    if "xmlns" in text:
        _without_namespaces(root)
    return Document(root, tuple(remarks))


def _without_namespaces(root: etree._Element) -> None:
    """Leave every element its local name only: senders use any namespace, any prefix or none."""
    for element in root.iter():
        element.tag = etree.QName(element).localname


def _check_bytes(data: bytes) -> None:
    if not data.strip(b"\x00 \t\r\n"):
        raise NotOpenImmo(_("Die Datei ist leer."))
    if len(data) > MAX_BYTES:
        raise NotOpenImmo(_("Die Datei ist größer als 50 MB. Bitte teilen Sie sie in mehrere Dateien."))
    known = (
        (b"%PDF", _("ein PDF-Dokument")),
        (b"PK\x03\x04", _("ein ZIP-Archiv in einem Archiv oder ein Office-Dokument")),
        (b"\x1f\x8b", _("ein gzip-Archiv; bitte entpacken Sie es zuerst")),
        (b"Rar!", _("ein RAR-Archiv; bitte entpacken Sie es zuerst")),
        (b"7z\xbc\xaf", _("ein 7z-Archiv; bitte entpacken Sie es zuerst")),
        (b"\xff\xd8\xff", _("ein Bild")),
        (b"\x89PNG", _("ein Bild")),
        (b"\xd0\xcf\x11\xe0", _("ein älteres Office-Dokument")),
    )
    for start, name in known:
        if data.startswith(start):
            raise NotOpenImmo(_("Die Datei ist kein XML, sondern %(name)s.") % {"name": name})


def decode(data: bytes) -> tuple[str, list[tuple[str, int | None]]]:
    """The text of the file, and a remark where it is not in the encoding it declares."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), []
    for start, encoding in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):
        if data.startswith(start):
            return data.decode(encoding, "replace"), []
    found = DECLARED.match(data[:400])
    declared = found[1].decode("ascii").lower().replace("_", "-") if found else "utf-8"
    text, used = _decode_bytes(data, declared)
    if used == declared or (declared in ("utf-8", "utf8", "us-ascii", "ascii") and used == "utf-8"):
        return text, []
    if data.isascii() or (used == "windows-1252" and declared in ("iso-8859-1", "latin1", "latin-1")):
        return text, []
    sentence = _(
        "Die Datei nennt die Zeichenkodierung %(declared)s, ist aber in %(used)s geschrieben; sie wurde so gelesen."
    )
    return text, [(sentence % {"declared": declared.upper(), "used": used.upper()}, 1)]


def _decode_bytes(data: bytes, declared: str) -> tuple[str, str]:
    """UTF-8 wherever the bytes are valid UTF-8 (by chance they never are); else the declared one; else Windows-1252."""
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        candidates = []
        if SINGLE_BYTE.match(declared) and declared not in ("iso-8859-1", "latin1", "latin-1"):
            candidates.append(declared)
        for encoding in [*candidates, "windows-1252"]:
            try:
                return data.decode(encoding), encoding
            except (UnicodeDecodeError, LookupError):
                continue
    return data.decode("iso-8859-1"), "iso-8859-1"


def _without_bad_characters(text: str) -> tuple[str, list[tuple[str, int | None]]]:
    """The text without characters that XML forbids, written out or as a reference."""
    first = NOT_XML.search(text)
    kept = NOT_XML.sub("", text) if first else text
    position = first.start() if first else None
    if "&#" in kept:
        whole, kept = kept, CHARACTER.sub(_reference, kept)
        if position is None and whole != kept:
            position = next(i for i, (a, b) in enumerate(zip(whole, kept + " ", strict=False)) if a != b)
    if position is None:
        return kept, []
    line = text.count("\n", 0, position) + 1
    return kept, [
        (
            _("Zeile %(line)d enthält Steuerzeichen, die in XML nicht erlaubt sind; sie wurden entfernt.")
            % {"line": line},
            line,
        )
    ]


def _reference(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    if number > 0x10FFFF or NOT_XML.match(chr(number)):
        return ""
    return found[0]


def _check_text(text: str) -> None:
    """What can be said of a file before it is parsed: is it XML, is it a web page, does it bring a DOCTYPE."""
    if not text.strip():
        raise NotOpenImmo(_("Die Datei ist leer."))
    start = _end_of_prolog(text)
    rest = text[start : start + 400]
    if not rest.startswith("<"):
        raise NotOpenImmo(
            _("Die Datei ist kein XML. Sie beginnt mit „%(start)s“.") % {"start": excerpt(rest or text[:400])}
        )
    lowered = rest.lower()
    if lowered.startswith(("<!doctype html", "<html")):
        raise NotOpenImmo(
            _(
                "Die Datei ist eine Webseite (HTML), vermutlich eine Fehlermeldung des Servers, "
                "und keine OpenImmo-Datei."
            )
        )
    if lowered.startswith("<!"):
        raise NotOpenImmo(
            _(
                "Die Datei enthält eine Dokumenttyp-Definition (DOCTYPE). Darüber können "
                "Entitäten und fremde Dateien geladen werden; sie wird deshalb nicht gelesen."
            )
        )
    if text.count("<") > MAX_MARKUP or text.count("=") > MAX_MARKUP:
        raise NotOpenImmo(_("Die Datei enthält zu viele Elemente. Bitte teilen Sie sie in mehrere Dateien."))


def _end_of_prolog(text: str) -> int:
    """Index of the first character that is not white space, declaration, instruction or comment."""
    position = 0
    while (found := PROLOG.match(text, position)) is not None:
        position = found.end()
    return position


def _tree(text: str) -> etree._Element:
    """Parse checked text. Large text nodes (embedded pictures) are allowed, the file's size has been bounded before."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise _syntax_error(text, error) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotOpenImmo(_("Die Datei enthält eine Dokumenttyp-Definition und wird deshalb nicht gelesen."))
    return root


def _syntax_error(text: str, error: etree.XMLSyntaxError) -> NotOpenImmo:
    root = ROOT_NAME.match(text, _end_of_prolog(text))
    line, column = error.position
    if root:
        _check_root(root[1])
        if not re.search(rf"</(?:[\w.-]+:)?{re.escape(root[1])}\s*>", text[-2000:]):
            last = text.count("\n") + 1
            sentence = _(
                "Die Datei bricht in Zeile %(line)d ab, vermutlich riss beim Übertragen die Verbindung. "
                "Bitte übertragen Sie sie noch einmal."
            )
            return NotOpenImmo(sentence % {"line": last})
    sentence = _(
        "Die Datei ist kein gültiges XML: In Zeile %(line)d, Spalte %(column)d "
        "stimmt die Auszeichnung nicht (%(reason)s)."
    )
    return NotOpenImmo(sentence % {"line": line, "column": column, "reason": _reason(error)})


def _reason(error: etree.XMLSyntaxError) -> str:
    """The commonest mistakes in words."""
    message = str(error.msg).split(", line ")[0]
    if "mismatch" in message:
        return _("ein Element wird mit einem anderen Namen geschlossen, als es geöffnet wurde")
    if "xmlParseEntityRef" in message or "EntityRef" in message:
        return _("ein „&“ steht allein; es muss „&amp;“ heißen")
    if "Entity" in message:
        return _("eine Entität ist nicht bekannt")
    if "AttValue" in message or "Attribute" in message or "attributes" in message:
        return _("ein Attribut ist falsch geschrieben")
    return _("dort steht etwas, das kein XML ist")


def _check_root(name: str) -> None:
    if name == "openimmo":
        return
    lowered = name.lower()
    if lowered == "openimmo_feedback":
        raise NotOpenImmo(
            _("Die Datei ist eine OpenImmo-Rückmeldung mit Anfragen von Interessierten und enthält keine Wohnungen.")
        )
    if lowered == "immoxml":
        raise NotOpenImmo(
            _(
                "Die Datei ist im Format ImmoXML geschrieben, nicht in OpenImmo. "
                "Bitte lassen Sie sich OpenImmo 1.2.7 ausgeben."
            )
        )
    if lowered == "is24immobilientransfer":
        raise NotOpenImmo(
            _(
                "Die Datei ist im Format von ImmobilienScout24 geschrieben, nicht in OpenImmo. "
                "Bitte lassen Sie sich OpenImmo 1.2.7 ausgeben."
            )
        )
    sentence = _(
        "Die Datei ist XML, aber nicht OpenImmo: Das oberste Element heißt „%(name)s“, erwartet wird „openimmo“."
    )
    raise NotOpenImmo(sentence % {"name": excerpt(name)})
