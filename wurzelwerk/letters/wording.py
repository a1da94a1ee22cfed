"""The words of the built-in letters, in German and in the languages they are translated into.

`data/letter_templates.json` says of which sentences a letter is made, `texts/<language>.json` says them. A sentence of
a template that is no key of the texts stands in German only. A language whose file says `"reviewed": false` carries a
mark in both languages.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from wurzelwerk.base.dated import DatedTable, load_table
from wurzelwerk.cases import lists

from .enums import BINDING

HERE = Path(__file__).parent
TEXTS = HERE / "texts"


@cache
def templates() -> DatedTable[Mapping[str, Any]]:
    """The built-in templates as dated data."""
    return load_table(HERE / "data" / "letter_templates.json")


@cache
def partner_templates() -> DatedTable[Mapping[str, Any]]:
    """The templates of letters to partners (owners of dwellings), German alone, their sentences in full."""
    return load_table(HERE / "data" / "partner_templates.json")


def partner_choices(kind: str, *, on: date) -> list[tuple[str, str]]:
    """(code, name and hint) of every template for a kind of partner valid on a day."""
    rows = [row for row in partner_templates().all_on(on) if row.value["kind"] == kind]
    return [(row.key, f"{row.value['label']} – {row.value['hint']}") for row in rows]


def template_choices(*, on: date) -> list[tuple[str, str]]:
    """(code, name and hint) of every built-in template valid on a day."""
    rows = templates().all_on(on)
    return [(row.key, f"{row.value['label']} – {row.value['hint']}") for row in rows]


def mailing_choices(*, on: date) -> list[tuple[str, str]]:
    """(code, name) of the built-in templates that may go to many: those to the person, events first."""
    rows = [row for row in templates().all_on(on) if row.value["to"] == "person" and row.value.get("many")]
    return [(row.key, str(row.value["label"])) for row in rows]


def template_label(code: str) -> str:
    """The name of a template; the code itself where there never was one."""
    known = next((table for table in (templates(), partner_templates()) if code in table.keys), None)
    return str(known.latest(code).value["label"]) if known else code


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages into which the built-in letters are translated, without German."""
    return tuple(sorted(path.stem for path in TEXTS.glob("*.json") if path.stem != BINDING))


@cache
def words(language: str) -> Mapping[str, Any]:
    """The words of a language; of one without translation only its name and direction."""
    if language in (BINDING, *languages()):
        return json.loads((TEXTS / f"{language}.json").read_text(encoding="utf-8"))
    row = lists.table("languages").latest(language).value
    return {"language": language, "name": row["own_name"], "direction": row["direction"], "reviewed": True}


def language_choices(*, on: date) -> list[tuple[str, str]]:
    """Every language of the list, those with a translation first; an unreviewed one says so."""
    offered = [(code, label) for code, label in lists.choices("languages", on=on) if code != BINDING]
    translated = [(code, label) for code, label in offered if code in languages()]
    others = [(code, f"{label} (nur mit eigener Übersetzung)") for code, label in offered if code not in languages()]
    marked = [
        (code, label if words(code)["reviewed"] else f"{label} (Übersetzung nicht geprüft)")
        for code, label in translated
    ]
    return [("", "nur Deutsch"), *marked, *others]
