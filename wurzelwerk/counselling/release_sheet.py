"""The sheet on which a person releases the passing on of their data to another controller, in their language too.

The German text binds. The words stand in `release_texts/<language>.json`; a language whose file says
`"reviewed": false` carries a mark in both languages. Which data belong to which stage is dated data of the cases room
(`release_stages`, `release_never`). Neither title nor metadata nor `file_name` of the PDF name a person.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from wurzelwerk.base import formats
from wurzelwerk.base.documents import render_pdf
from wurzelwerk.base.errors import BadInput
from wurzelwerk.cases import lists

HERE = Path(__file__).parent
TEXTS = HERE / "release_texts"
TEMPLATE = HERE / "documents" / "release_sheet.typ"
BINDING = "de"


@dataclass(frozen=True, slots=True)
class Office:
    """A controller as it stands on the sheet: name and address in one line each."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Who interpreted, and in which language (ISO 639 code)."""

    name: str
    language: str


@dataclass(frozen=True, slots=True)
class ReleaseSheet:
    """One person's release. For a child `person` is the child and `custodians` those who sign; else it is empty.

    `stages`: codes of the stages chosen (`release_stages`); the others are printed unticked, but for those that are
    asked for now and then alone (`"chosen": false` in the list). `contact`: to withdraw.
    `reference` is a number without a name in it. `made_at` (aware) dates the sheet and chooses the lists valid then.
    """

    reference: str
    person: str
    from_office: Office
    to_office: Office
    stages: frozenset[str]
    valid_until: date
    contact: str
    made_at: datetime
    custodians: tuple[str, ...] = ()
    purpose: str = "home_search"
    interpreter: Interpreter | None = field(default=None)

    @property
    def file_name(self) -> str:
        """A name for the download without personal data."""
        kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in self.reference).strip("-")
        return f"freigabe-{kept or 'blatt'}.pdf"


def languages() -> tuple[str, ...]:
    """Codes of the languages the sheet exists in, German first."""
    found = sorted(path.stem for path in TEXTS.glob("*.json"))
    return (BINDING, *(code for code in found if code != BINDING))


@cache
def texts(language: str) -> Mapping[str, Any]:
    """The words of one language. Raises `BadInput` where the sheet does not exist in it."""
    if language not in languages():
        raise BadInput("In dieser Sprache gibt es das Freigabeblatt noch nicht.", field="language")
    return json.loads((TEXTS / f"{language}.json").read_text(encoding="utf-8"))


def is_reviewed(language: str) -> bool:
    """True where somebody competent has read the translation."""
    return bool(texts(language)["reviewed"])


def render_release_sheet(sheet: ReleaseSheet, *, language: str) -> bytes:
    """The sheet as PDF/UA-1, German with `language` beside it ("de": German alone).

    Raises `BadInput` for an unknown language, stage or purpose, a missing name, or an end before the day it is made.
    """
    _check(sheet)
    other = None if language == BINDING else texts(language)
    data = {"de": texts(BINDING), "own": other, "sheet": _as_data(sheet, language)}
    return render_pdf(TEMPLATE, data, at=sheet.made_at)


def _check(sheet: ReleaseSheet) -> None:
    known = {row.key for row in _stages_of(sheet)}
    if not sheet.stages or not sheet.stages <= known:
        raise BadInput("Bitte mindestens eine der vorgesehenen Stufen wählen.", field="stages")
    if sheet.purpose not in texts(BINDING)["purposes"]:
        raise BadInput("Dieser Zweck ist auf dem Freigabeblatt nicht vorgesehen.", field="purpose")
    if not sheet.person.strip():
        raise BadInput("Der Name der Person fehlt.", field="person")
    if not sheet.to_office.name.strip() or not sheet.from_office.name.strip():
        raise BadInput("Beide Stellen müssen mit Namen genannt sein.", field="to_office")
    if not sheet.contact.strip():
        raise BadInput("Bitte angeben, wo die Freigabe widerrufen werden kann.", field="contact")
    if sheet.valid_until < formats.local(sheet.made_at).date():
        raise BadInput("Die Freigabe endet vor dem Tag, an dem sie gegeben wird.", field="valid_until")


def _stages_of(sheet: ReleaseSheet) -> list[Any]:
    """The stages that this purpose knows: those towards a body with an account, or towards one outside."""
    on = formats.local(sheet.made_at).date()
    purposes = lists.table("release_purposes").all_on(on)
    outside = any(row.value["sheet"] == sheet.purpose and row.value.get("outside") for row in purposes)
    return [row for row in lists.table("release_stages").all_on(on) if bool(row.value.get("outside")) == outside]


def _as_data(sheet: ReleaseSheet, language: str) -> dict[str, Any]:
    on = formats.local(sheet.made_at).date()
    stages = [
        {"code": row.key, "items": list(row.value["data"]), "chosen": row.key in sheet.stages}
        for row in _stages_of(sheet)
        if row.value.get("chosen", True) or row.key in sheet.stages
    ]
    return {
        "reference": sheet.reference,
        "person": sheet.person,
        "custodians": list(sheet.custodians),
        "from": {"name": sheet.from_office.name, "address": sheet.from_office.address},
        "to": {"name": sheet.to_office.name, "address": sheet.to_office.address},
        "purpose": sheet.purpose,
        "made": formats.day(on),
        "until": formats.day(sheet.valid_until),
        "contact": sheet.contact,
        "stages": stages,
        "never": [row.key for row in lists.table("release_never").all_on(on)],
        "interpreter": _interpreter(sheet.interpreter, language),
    }


def _interpreter(interpreter: Interpreter | None, language: str) -> dict[str, str] | None:
    if interpreter is None:
        return None
    names = [_language_name(interpreter.language, shown) for shown in (BINDING, language)]
    return {"name": interpreter.name, "language": names[0], "own_language": names[1]}


def _language_name(code: str, shown_in: str) -> str:
    """The name of a language in another; the code itself where nobody knows it."""
    try:
        found = Locale.parse(shown_in).languages.get(code)
    except (UnknownLocaleError, ValueError):
        found = None
    if found:
        return str(found)
    return lists.label("languages", code) if code in lists.table("languages").keys else code
