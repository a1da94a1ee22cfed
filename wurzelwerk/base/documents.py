"""Tagged PDF (PDF/UA-1) from Typst templates.

What people typed reaches a template only as data: a JSON text in `sys.inputs`, read there with
`json(bytes(sys.inputs.data))` and set as strings, which Typst never reads as markup. The same data and the same `at`
give the same bytes.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from wurzelwerk.base.errors import BadInput

# Vazirmatn sets Arabic script: its letters carry their dots, so text copied or read aloud from the PDF is right.
# Noto Sans Arabic draws the dots as glyphs of their own, which doubles letters in the text layer.
FAMILIES = ("Noto Sans", "Vazirmatn")
_UNPRINTABLE = re.compile(
    r'the text (?:`"(?P<shown>.+?)"` could not be displayed|contains the disallowed codepoint `"(?P<code>.+?)"`)'
)


class FontsMissing(RuntimeError):
    """The fonts are not on this machine; the message says in German how to get them."""


class TextNotPrintable(BadInput):
    """The text holds a sign that no font here can draw, or that PDF/UA forbids; the German message names it."""


class DocumentFailed(RuntimeError):
    """A template could not be turned into a PDF; the message names the template and the compiler's reason."""


def render_pdf(
    template: str | Path, data: Mapping[str, Any], *, at: datetime, fonts: Sequence[Path] | None = None
) -> bytes:
    """Set `template` (path of a `.typ` file) with `data` (anything JSON can hold) as PDF/UA-1.

    `at` (aware) is the creation date written into the file. `fonts`: folders searched for TTF files, by default
    `settings.FONT_DIRS`; fonts of the machine are never used. A template may read files of its own folder only.
    Raises `FontsMissing`, `TextNotPrintable`, `DocumentFailed`, and ValueError for a naive `at`.
    """
    if at.tzinfo is None:
        raise ValueError("Der Zeitpunkt braucht eine Zeitzone.")
    pdf = _compiled(template, data, fonts, format="pdf", pdf_standards=["ua-1"], timestamp=int(at.timestamp()))
    if not isinstance(pdf, bytes):
        raise DocumentFailed(f"{Path(template).name}: Es entstand kein Dokument.")
    return pdf


def render_pages(
    template: str | Path, data: Mapping[str, Any], *, dots: int = 110, fonts: Sequence[Path] | None = None
) -> list[bytes]:
    """Set `template` with `data` as one PNG picture a page, `dots` an inch; raises what `render_pdf` raises."""
    pages = _compiled(template, data, fonts, format="png", ppi=float(dots))
    return pages if isinstance(pages, list) else [pages]


def _compiled(
    template: str | Path, data: Mapping[str, Any], fonts: Sequence[Path] | None, **options: Any
) -> bytes | list[bytes]:
    path = Path(template).resolve()
    folders = tuple(str(folder) for folder in (settings.FONT_DIRS if fonts is None else fonts))
    text = json.dumps(dict(data), ensure_ascii=False, sort_keys=True)
    try:
        return typst.compile(path, root=path.parent, font_paths=_fonts(folders), sys_inputs={"data": text}, **options)
    except typst.TypstError as error:
        raise _reason(path.name, str(error)) from error


def _reason(name: str, message: str) -> Exception:
    """What the compiler's complaint means to the person who asked for the document."""
    found = _UNPRINTABLE.search(message)
    if found is None:
        return DocumentFailed(f"{name}: {message}")
    sign = found["shown"] or found["code"]
    return TextNotPrintable(
        f"Das Zeichen „{sign}“ lässt sich nicht drucken. "
        "Bitte in einer anderen Schrift schreiben, am besten in der lateinischen."
    )


@lru_cache(maxsize=4)
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    """The fonts of the folders, read once a process. Raises `FontsMissing` where a family is not there."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
    missing = [family for family in FAMILIES if family not in found.families()]
    if missing:
        names = " und ".join(f"„{family}“" for family in missing)
        raise FontsMissing(
            f"Für Schreiben und Berichte fehlen die Schriften {names}. Bitte „npm ci“ oder „make setup“ ausführen."
        )
    return found
