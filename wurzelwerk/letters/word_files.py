"""Word templates (DOCX) of an office: an untrusted file that may name fields, and nothing else.

A placeholder is `{{ termin.tag }}`. No conditions, loops, filters or calls: what is not a known field is refused when
the file is uploaded, so that filling one cannot reach anything but the plain texts handed over.
"""

import difflib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from wurzelwerk.base.errors import BadInput

from .word_parts import Refused, checked_parts

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True)
class WordTemplate:
    """What is in a file: the fields it names, and every sentence on why it cannot be taken."""

    fields: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def read_template(content: bytes, known: Mapping[str, object]) -> WordTemplate:
    """Return what a Word file says; `known`: the keys of all fields."""
    try:
        found, problems = _placeholders(content)
    except Refused as error:
        return WordTemplate(problems=(str(error),))
    unknown = [key for key in found if key not in known]
    problems += [_unknown(key, known) for key in unknown]
    return WordTemplate(fields=tuple(key for key in found if key in known), problems=tuple(problems))


def _unknown(key: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
    if near:
        return _("Das Feld „%(key)s“ gibt es nicht. Gemeint ist vielleicht „%(near)s“.") % {"key": key, "near": near[0]}
    return _("Das Feld „%(key)s“ gibt es nicht.") % {"key": key}


def _placeholders(content: bytes) -> tuple[list[str], list[str]]:
    """Return the fields that a file names, in order, and sentences about everything that is no field. Raises Refused.

    What is read here is what will be filled: each part as parsed and written anew, whatever its encoding and however
    its braces were written.
    """
    parts = checked_parts(content)
    template, environment = DocxTemplate(io.BytesIO(content)), _environment()
    found: dict[str, None] = {}
    problems: list[str] = []
    for part in parts.values():
        if "{" not in part:
            continue
        try:
            tree = environment.parse(template.patch_xml(part))
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
    """Return a template with values put in, as DOCX; no value, no text. Its properties name nobody.

    What was taken under an older check is checked again. Raises BadInput.
    """
    try:
        _found, problems = _placeholders(content)
    except Refused as error:
        problems = [str(error)]
    if problems:
        raise BadInput(_("Diese Vorlage kann nicht verwendet werden: %(why)s") % {"why": problems[0]})
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
