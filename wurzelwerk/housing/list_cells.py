"""What the cells of a list of dwellings mean: figures, floors, certificates, streets with their numbers."""

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from wurzelwerk.network.models import District
from wurzelwerk.sheets.cells import NO, Note, figure, yes_or_no
from wurzelwerk.sheets.heads import plain
from wurzelwerk.sheets.importer import Remark

from . import law
from .enums import StepFree

_NUMBERED = re.compile(r"^(?P<street>.*?\D)\s*\b(?P<number>\d+\s?[a-zA-Z]?(?:\s?[-–/+]\s?\d+\s?[a-zA-Z]?)?)$")
_FLOOR = re.compile(r"^(?P<floor>-?\d{1,2})\s*\.?\s*(?:og|obergeschoss|etage|stock|geschoss)?$")
_FLOORS = {"eg": 0, "erdgeschoss": 0, "parterre": 0, "hochparterre": 0, "hp": 0, "ug": -1, "untergeschoss": -1,
           "kg": -1, "souterrain": -1, "keller": -1}  # fmt: skip
LOWEST, HIGHEST = -3, 60
COMPANIES = re.compile(
    r"(?i)\b(gmbh|mbh|ag|kg|ohg|se|eg|gbr|weg|stiftung|genossenschaft|gesellschaft|verein|e\.?\s?v\.?|erbengemeinschaft|"
    r"hausverwaltung|immobilien|wohnen|wohnbau|wohnungsbau|stadt|kirchengemeinde)(?=\W|$)"
)


def parted(street: str) -> tuple[str, str]:
    """Return the street and the number of a house, parted before the last number."""
    found = _NUMBERED.match(street)
    return (found["street"].strip(" ,"), found["number"]) if found else (street, "")


def rounded(
    field: str, text: str, note: Note, *, least: Decimal | int, most: int, step: str = "0.01"
) -> Decimal | None:
    """Return a figure rounded to a step, with a remark where that changed it; None where the cell is empty."""
    found = figure(field, text, note, least=least, most=most)
    near = None if found is None else found.quantize(Decimal(step))
    if near is not None and near != found:
        note(Remark(field, _("Auf %(number)s gerundet.") % {"number": f"{near}".replace(".", ",")}))
    return near


def whole(field: str, text: str, note: Note, *, least: int, most: int) -> int | None:
    """Return a whole number; None where the cell is empty. What is none is refused."""
    found = figure(field, text, note, least=least, most=most)
    if found is not None and found != int(found):
        note(Remark(field, _("Hier steht keine ganze Zahl."), refuses=True))
        return None
    return None if found is None else int(found)


def floor(text: str, note: Note) -> int | None:
    """Return on which floor: `EG`, `2. OG`, `-1`; what is not understood is told and left open."""
    word = text.strip().casefold()
    if not word:
        return None
    found = _FLOORS.get(word.rstrip("."))
    if found is None and (said := _FLOOR.match(word)):
        found = int(said["floor"])
    if found is None or not LOWEST <= found <= HIGHEST:
        note(
            Remark(
                "floor", _("„%(text)s“ ist keine Etage, die sich lesen lässt; sie bleibt offen.") % {"text": text[:40]}
            )
        )
        return None
    return found


def wbs(text: str, note: Note, *, on: date) -> str:
    """Return the code of the certificate that is needed; one that is wanted but not named becomes the usual one."""
    kinds, word = law.choices("wbs_kinds", on=on), plain(text)
    for code, label in kinds:
        if word and word in {plain(code), plain(str(label)), plain(f"wbs {code}")}:
            return code
    if word in NO:
        return ""
    usual, label = kinds[0]
    said = _("Die Art des WBS ist nicht bekannt; geführt als „%(label)s“. Bitte prüfen.")
    note(Remark("wbs_kind", said % {"label": label}))
    return usual


def step_free(text: str, note: Note) -> str:
    """Return whether a dwelling is reached without steps, or with a wheelchair."""
    word = plain(text)
    if "rollstuhl" in word:
        return StepFree.WHEELCHAIR
    if word.startswith(("barriere", "stufenlos")):
        return StepFree.YES
    said = yes_or_no("step_free", text, note)
    return {True: StepFree.YES, False: StepFree.NO, None: StepFree.UNKNOWN}[said]


def district(text: str, note: Note, known: dict[str, str]) -> str | None:
    """Return the code of a district; one that is not in the directory is told and left open."""
    if not text:
        return None
    code = known.get(plain(text))
    if code is None:
        said = _("„%(name)s“ ist kein Stadtbezirk des Verzeichnisses; der Stadtbezirk bleibt offen.")
        note(Remark("district", said % {"name": text[:60]}))
    return code


def districts() -> dict[str, str]:
    """Return plain name and code of each district -> code."""
    return {plain(word): code for code, name in District.objects.values_list("code", "name") for word in (code, name)}


def is_company(name: str) -> bool:
    """Whether a name is that of a company or a community, as far as its words tell."""
    return bool(COMPANIES.search(name))
