"""Texts for people in their own language: one JSON file a language, all with the same keys, German first.

    TEXTS = OwnTexts(Path(__file__).parent / "link_texts")
    TEXTS.of("ar")["title"]

Every file says `"language"`, `"name"` (in that language), `"direction"` ("ltr" or "rtl") and `"reviewed"`: whether
somebody competent has read the translation. A language that a folder lacks is spoken in German.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

GERMAN = "de"


class OwnTexts:
    """The texts of one folder, read once a process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def all(self) -> Mapping[str, Mapping[str, Any]]:
        """Language code -> its texts; German first, then by code."""
        found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(self.folder.glob("*.json"))]
        return {one["language"]: one for one in sorted(found, key=lambda one: one["language"] != GERMAN)}

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of all languages, German first."""
        return tuple(self.all)

    def of(self, language: str) -> Mapping[str, Any]:
        """The texts in a language, or in German where there are none."""
        return self.all.get(language) or self.all[GERMAN]


def chosen_language(request: HttpRequest, *, among: Iterable[str], default: str) -> str:
    """Return the language that was asked for in the address, else the default, else the browser's, else German."""
    known = tuple(among)
    accepted = [
        code.partition("-")[0] for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    ]
    wanted = (request.POST.get("sprache"), request.GET.get("sprache"), default, *accepted, GERMAN)
    return next((code for code in wanted if code in known), known[0])
