"""Word templates (DOCX) of an office: an untrusted file that may name fields, and nothing else.

A placeholder is `{{ termin.tag }}`. No conditions, loops, filters or calls: what is not a known field is refused when
the file is uploaded, so that filling one cannot reach anything but the plain texts handed over.
"""

import difflib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

MOST_BYTES = 3_000_000
MOST_UNPACKED = 20_000_000
MOST_PART = 5_000_000
MOST_PARTS = 500
MAIN = "word/document.xml"
HYPERLINK = "/hyperlink"
_PROGRAMS = re.compile(
    r"(^|/)(vbaProject\.bin|vbaData\.xml|activeX/|embeddings/)|\.(exe|js|vbs|ps1|bat)$", re.IGNORECASE
)
_REACHING_OUT = re.compile(rb"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON)\b")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True)
class WordTemplate:
    """What is in a file: the fields it names, and every sentence on why it cannot be taken."""

    fields: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class _Refused(Exception):
    """Why a file is not taken; the message is the sentence."""


def read_template(content: bytes, known: Mapping[str, object]) -> WordTemplate:
    """Return what a Word file says; `known`: the keys of all fields."""
    try:
        parts = _parts(content)
        _check_parts(parts)
        found, problems = _placeholders(content, parts)
    except _Refused as error:
        return WordTemplate(problems=(str(error),))
    unknown = [key for key in found if key not in known]
    problems += [_unknown(key, known) for key in unknown]
    return WordTemplate(fields=tuple(key for key in found if key in known), problems=tuple(problems))


def _unknown(key: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
    if near:
        return _("Das Feld „%(key)s“ gibt es nicht. Gemeint ist vielleicht „%(near)s“.") % {"key": key, "near": near[0]}
    return _("Das Feld „%(key)s“ gibt es nicht.") % {"key": key}


def _parts(content: bytes) -> dict[str, bytes]:
    """Unpack a file within limits; what a file says about its own size is not believed."""
    if len(content) > MOST_BYTES:
        raise _Refused(_("Die Datei ist größer als %(most)d MB.") % {"most": MOST_BYTES // 1_000_000})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if len(names) > MOST_PARTS or len(names) != len(set(names)):
                raise _Refused(_("Die Datei ist ungewöhnlich aufgebaut. Bitte in Word neu speichern."))
            return _unpacked(packed)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise _Refused(_("Das ist keine Word-Datei (DOCX), oder sie ist beschädigt.")) from None


def _unpacked(packed: zipfile.ZipFile) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for entry in packed.infolist():
        with packed.open(entry) as part:
            found[entry.filename] = part.read(min(left, MOST_PART) + 1)
        left -= len(found[entry.filename])
        if left < 0 or len(found[entry.filename]) > MOST_PART:
            raise _Refused(_("Die Datei ist ausgepackt zu groß. Bitte Bilder verkleinern."))
    return found


def _check_parts(parts: Mapping[str, bytes]) -> None:
    if MAIN not in parts or "[Content_Types].xml" not in parts:
        raise _Refused(_("Das ist keine Word-Datei (DOCX), oder sie ist beschädigt."))
    if any(_PROGRAMS.search(name) for name in parts) or b"macroEnabled" in parts["[Content_Types].xml"]:
        raise _Refused(_("Die Datei enthält ein Programm oder eine eingebettete Datei. Bitte ohne Makros speichern."))
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            _check_xml(name, content)


def _check_xml(name: str, content: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise _Refused(_("Das ist keine Word-Datei (DOCX), oder sie ist beschädigt.")) from None
    if tree.getroottree().docinfo.doctype:
        raise _Refused(_("Die Datei ist ungewöhnlich aufgebaut. Bitte in Word neu speichern."))
    if name.endswith(".rels"):
        outside = [one for one in tree if one.get("TargetMode") == "External" and not _is_link(one)]
        if outside:
            raise _Refused(
                _("Die Datei holt etwas von außen nach (Vorlage oder Bild). Bitte einbetten statt verknüpfen.")
            )
    told = [one for one in tree.iter() if isinstance(one.tag, str) and one.tag.endswith(("}instrText", "}fldSimple"))]
    if any(_REACHING_OUT.search(" ".join([one.text or "", *one.attrib.values()]).encode()) for one in told):
        raise _Refused(_("Die Datei enthält ein Feld, das andere Dateien öffnet (zum Beispiel INCLUDETEXT)."))


def _is_link(relation: etree._Element) -> bool:
    return str(relation.get("Type", "")).endswith(HYPERLINK)


def _placeholders(content: bytes, parts: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Return the fields that a file names, in order, and sentences about everything that is no field."""
    template, environment = DocxTemplate(io.BytesIO(content)), _environment()
    found: dict[str, None] = {}
    problems: list[str] = []
    for name, part in parts.items():
        if not name.endswith(".xml") or (b"{" not in part):
            continue
        try:
            tree = environment.parse(template.patch_xml(part.decode("utf-8", "replace")))
        except TemplateSyntaxError:
            problems.append(_("Ein Platzhalter ist falsch geschrieben: Er beginnt mit {{ und endet mit }}."))
            continue
        for key in _said(tree):
            if key:
                found[key] = None
            elif not problems:
                problems.append(
                    _(
                        "Möglich sind nur Platzhalter wie {{ person.name }}, "
                        "keine Bedingungen, Schleifen oder Rechnungen."
                    )
                )
    return list(found), problems


def _said(tree: nodes.Template) -> Iterator[str]:
    """Yield the key of every placeholder; empty for whatever is not plainly one."""
    for node in tree.body:
        if not isinstance(node, nodes.Output):
            yield ""
            continue
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                yield _key(part)


def _key(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (before := _key(node.node)):
        return f"{before}.{node.attr}"
    return ""


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True)


def filled(content: bytes, values: Mapping[str, str]) -> bytes:
    """Return a checked template with values put in, as DOCX; no value, no text. Its properties name nobody."""
    template = DocxTemplate(io.BytesIO(content))
    context: dict[str, Any] = {}
    for key, value in values.items():
        plain = _UNSEEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
        room, _dot, name = key.partition(".")
        context |= {room: context.get(room, {}) | {name: plain} if name else plain}
    template.render(context, jinja_env=_environment(), autoescape=True)
    about = template.docx.core_properties
    about.author = about.last_modified_by = about.title = about.subject = about.comments = about.keywords = ""
    written = io.BytesIO()
    template.save(written)
    return written.getvalue()
