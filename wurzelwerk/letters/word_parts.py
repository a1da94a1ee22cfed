"""The parts of an untrusted Word file (DOCX): unpacked within limits, refused where one could run or fetch anything.

A part is judged by what the file itself says it is (`[Content_Types].xml`), for so Word reads it, not by its name: XML
parts are parsed, pictures and fonts pass, everything else is refused. A field that Word would carry out may only be one
of those that stay inside the letter.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

MOST_BYTES = 3_000_000
MOST_UNPACKED = 20_000_000
MOST_PART = 5_000_000
MOST_PARTS = 500
MAIN, TYPES = "word/document.xml", "[Content_Types].xml"
HYPERLINK, ALT_CHUNK = "/hyperlink", "/aFChunk"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
FIELDS = frozenset(
    {
        "=", "CREATEDATE", "DATE", "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "HYPERLINK", "NOTEREF", "NUMPAGES",
        "PAGE", "PAGEREF", "PRINTDATE", "REF", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "SYMBOL", "TC",
        "TIME", "TITLE", "TOC",
    }
)  # fmt: skip
"""The fields of Word that a letter needs and that open nothing (ECMA-376 part 1, 17.16.5)."""
_PROGRAMS = re.compile(
    r"(^|/)(vbaProject\.bin|vbaData\.xml|activeX/|embeddings/)|\.(exe|js|vbs|ps1|bat)$", re.IGNORECASE
)
_XML = re.compile(r"^(application/(xml|vnd\.(openxmlformats|ms-word|ms-office)[^;]*\+xml)|image/svg\+xml)$")
_OTHER = re.compile(
    r"^(image/(png|jpeg|jpg|gif|bmp|tiff|x-emf|x-wmf)|application/(x-font|vnd\.openxmlformats[^;]*(obfuscatedFont|"
    r"printerSettings)).*)$"
)
_PLACEHOLDER = re.compile(r"\{[{%#]")


class Refused(Exception):
    """Why a file is not taken; the message is the sentence."""


def checked_parts(content: bytes) -> dict[str, str]:
    """Return name -> text of every XML part, as whoever fills the file reads it. Raises Refused."""
    parts = _unpack(content)
    if MAIN not in parts or TYPES not in parts:
        raise Refused(_("Das ist keine Word-Datei (DOCX), oder sie ist beschädigt."))
    if any(_PROGRAMS.search(name) for name in parts) or b"macroEnabled" in parts[TYPES]:
        raise Refused(_("Die Datei enthält ein Programm oder eine eingebettete Datei. Bitte ohne Makros speichern."))
    kinds = _Kinds(_tree(parts[TYPES]))
    found: dict[str, str] = {}
    for name, part in parts.items():
        kind = kinds.of(name)
        if _XML.match(kind) or name == TYPES:
            tree = _tree(part)
            _check_tree(tree, kind)
            found[name] = etree.tostring(tree, encoding="unicode")
        elif not name.endswith("/") and not _OTHER.match(kind):
            raise Refused(
                _("Die Datei enthält etwas, das in keinen Brief gehört (%(name)s). Bitte in Word neu speichern.")
                % {"name": name.rpartition("/")[2]}
            )
    return found


def _unpack(content: bytes) -> dict[str, bytes]:
    """Unpack a file within limits; what a file says about its own size is not believed."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Die Datei ist größer als %(most)d MB.") % {"most": MOST_BYTES // 1_000_000})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [name.casefold() for name in packed.namelist()]
            if len(names) > MOST_PARTS or len(names) != len(set(names)):
                raise Refused(_("Die Datei ist ungewöhnlich aufgebaut. Bitte in Word neu speichern."))
            return _unpacked(packed)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise Refused(_("Das ist keine Word-Datei (DOCX), oder sie ist beschädigt.")) from None


def _unpacked(packed: zipfile.ZipFile) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for entry in packed.infolist():
        with packed.open(entry) as part:
            found[entry.filename] = part.read(min(left, MOST_PART) + 1)
        left -= len(found[entry.filename])
        if left < 0 or len(found[entry.filename]) > MOST_PART:
            raise Refused(_("Die Datei ist ausgepackt zu groß. Bitte Bilder verkleinern."))
    return found


class _Kinds:
    """What a file says that its parts are: by name, else by ending."""

    def __init__(self, types: etree._Element) -> None:
        self._named: dict[str, str] = {}
        self._endings: dict[str, str] = {}
        for one in types:
            kind = one.get("ContentType", "").strip()
            if one.get("PartName"):
                self._named[one.get("PartName", "").lstrip("/").casefold()] = kind
            elif one.get("Extension"):
                self._endings[one.get("Extension", "").casefold()] = kind

    def of(self, name: str) -> str:
        known = self._named.get(name.casefold())
        return known or self._endings.get(name.rpartition(".")[2].casefold(), "")


def _tree(part: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(_("Das ist keine Word-Datei (DOCX), oder sie ist beschädigt.")) from None
    if tree.getroottree().docinfo.doctype:
        raise Refused(_("Die Datei ist ungewöhnlich aufgebaut. Bitte in Word neu speichern."))
    return tree


def _check_tree(tree: etree._Element, kind: str) -> None:
    if kind == RELATIONS:
        _check_relations(tree)
    for instruction in _instructions(tree):
        _check_field(instruction)
    if kind == "image/svg+xml" and any(_reaches_out(one) for one in tree.iter()):
        raise Refused(_outside())


def _outside() -> str:
    return _("Die Datei holt etwas von außen nach (Vorlage oder Bild). Bitte einbetten statt verknüpfen.")


def _check_relations(tree: etree._Element) -> None:
    for one in tree:
        kind = str(one.get("Type", ""))
        is_link = kind.endswith(HYPERLINK)
        if kind.endswith(ALT_CHUNK) or (one.get("TargetMode") == "External" and not is_link):
            raise Refused(_outside())
        if _PLACEHOLDER.search(one.get("Target", "")):
            raise Refused(_("In der Adresse eines Links darf kein Platzhalter stehen: Er trüge Daten nach außen."))


def _reaches_out(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    links = [value for key, value in element.attrib.items() if key.endswith("href")]
    return any(not link.startswith(("#", "data:image/")) for link in links)


def _instructions(tree: etree._Element) -> Iterator[str]:
    """Yield what each field tells Word to do, put together as Word does: its pieces may lie in many runs."""
    open_fields: list[list[str]] = []
    for one in tree.iter():
        name = etree.QName(one).localname if isinstance(one.tag, str) else ""
        if name == "fldSimple":
            yield _attribute(one, "instr")
        elif name == "fldChar" and _attribute(one, "fldCharType") == "begin":
            open_fields.append([])
        elif name == "fldChar" and open_fields and _attribute(one, "fldCharType") == "separate":
            yield "".join(open_fields[-1])
            open_fields[-1] = []
        elif name == "fldChar" and open_fields and _attribute(one, "fldCharType") == "end":
            yield "".join(open_fields.pop())
        elif name in {"instrText", "delInstrText"}:
            text = "".join(one.itertext())
            if open_fields:
                open_fields[-1].append(text)
            else:
                yield text
    for left in open_fields:
        yield "".join(left)


def _attribute(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if etree.QName(key).localname == name), "")


def _check_field(instruction: str) -> None:
    words = instruction.split()
    if not words:
        return
    word = "=" if words[0].startswith("=") else words[0].upper()
    if word not in FIELDS:
        raise Refused(
            _("Das Word-Feld „%(field)s“ ist in einer Vorlage nicht möglich. Möglich sind Seitenzahl, Datum, "
              "Verzeichnis, Verweis und Link; was aus der Akte kommt, schreiben Sie wie {{ person.name }}.")
            % {"field": word[:20]}
        )  # fmt: skip
    if _PLACEHOLDER.search(instruction):
        raise Refused(_("In einem Word-Feld darf kein Platzhalter stehen: Er trüge Daten nach außen."))
