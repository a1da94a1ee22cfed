"""What the cells of a list of people mean: names, births, telephones, languages, addresses as others write them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from django.utils.translation import gettext as _

from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import BirthKnown, ContactRule
from wurzelwerk.sheets.cells import Note, address, day, limited, yes
from wurzelwerk.sheets.heads import plain
from wurzelwerk.sheets.importer import Remark

OLDEST = 120
_YEAR = re.compile(r"^(?:[0?xX]{1,2}[./-]){0,2}((?:19|20)\d\d)$")
_SALUTATION = re.compile(r"^(?:herr|frau|hr\.|fr\.|dr\.)\s+", re.IGNORECASE)

RELATIONS = {
    "self": "selbst antragsteller antragstellerin haushaltsvorstand hv ansprechperson bezugsperson ego ich hauptperson",
    "spouse": "ehefrau ehemann ehepartner ehepartnerin ehegatte ehegattin frau mann verheiratet ef em",
    "partner": "partner partnerin lebensgefährte lebensgefährtin lebenspartner lebenspartnerin freundin freund",
    "child": "kind kinder sohn tochter",
    "parent": "mutter vater elternteil eltern",
    "sibling": "bruder schwester geschwister",
    "grandchild": "enkel enkelin enkelkind",
    "grandparent": "oma opa großmutter großvater",
    "stepchild": "stiefsohn stieftochter stiefkind",
    "foster_child": "pflegekind",
    "niece_nephew": "nichte neffe",
    "aunt_uncle": "tante onkel",
    "flatmate": "mitbewohner mitbewohnerin",
}


def birth(text: str, note: Note, *, on: date) -> tuple[date | None, str]:
    """Return the day of birth and how it is known; what cannot be one is refused."""
    if not text:
        return None, BirthKnown.DAY
    if found := _YEAR.match(text):
        return _plausible(date(int(found[1]), 1, 1), note, on), BirthKnown.YEAR
    born = day("birth", text, note, on=on, latest=on)
    return born and _plausible(born, note, on), BirthKnown.DAY


def _plausible(born: date, note: Note, on: date) -> date | None:
    if born > on:
        note(Remark("birth", _("Ein Geburtsdatum kann nicht in der Zukunft liegen."), refuses=True))
    elif born.year < max(1900, on.year - OLDEST):
        note(Remark("birth", _("Dieses Geburtsdatum liegt mehr als 120 Jahre zurück."), refuses=True))
    else:
        return born
    return None


def names(cells: Mapping[str, str], note: Note) -> tuple[str, str]:
    """Return given and family name; a full name is parted at its comma, else before its last word."""
    given, family = cells.get("given_name", ""), cells.get("family_name", "")
    full = _SALUTATION.sub("", cells.get("full_name", ""))
    if full and not (given and family):
        before, comma, behind = full.partition(",")
        first, _blank, last = full.rpartition(" ")
        parted = (behind.strip(), before.strip()) if comma else (first.strip(), last) if first else (last, "")
        given, family = given or parted[0], family or parted[1]
    if not (given or family):
        note(Remark("given_name", _("In dieser Zeile steht kein Name."), refuses=True))
    return limited("given_name", given, 120, note), limited("family_name", family, 120, note)


@cache
def _by_label(name: str) -> dict[str, str]:
    """Plain label (and own name, code) -> code of a list, as it ever was."""
    found: dict[str, str] = {}
    table = lists.table(name)
    for code in table.keys:
        row = table.latest(code).value
        for text in (row["label"], row.get("own_name", ""), code):
            found.setdefault(plain(text), code)
    return found


@cache
def _relations() -> dict[str, str]:
    known = {plain(word): code for code, words in RELATIONS.items() for word in words.split()}
    return _by_label("relation_kinds") | known


def languages(text: str, note: Note) -> tuple[str, ...]:
    """Return the codes of the languages; what is in no list is told and left out."""
    found: dict[str, None] = {}
    for part in re.split(r"[,;/+&\n]|\sund\s", text):
        if word := plain(part):
            if code := _language(word):
                found[code] = None
            else:
                said = _("Die Sprache „%(text)s“ steht nicht in der Liste und wird nicht übernommen.")
                note(Remark("languages", said % {"text": part.strip()[:40]}))
    return tuple(found)


@lru_cache(maxsize=1_000)
def _language(word: str) -> str:
    known = _by_label("languages")
    begins = {code for label, code in known.items() if len(word) > 3 and label.startswith(word)}
    return known.get(word) or (begins.pop() if len(begins) == 1 else "")


def relation(text: str, note: Note) -> str:
    """Return the code of a relation; empty where nothing is said."""
    if not text:
        return ""
    code = _relations().get(plain(text))
    if code is None:
        said = _("Die Beziehung „%(text)s“ ist nicht bekannt; eingetragen wird „andere Person“.")
        note(Remark("relation", said % {"text": text[:40]}))
    return code or "other"


def contact_rule(text: str, note: Note) -> tuple[str, str]:
    """Return what somebody asked for, and the words it was said in; what is not understood refuses: it protects."""
    if not text:
        return "", ""
    word = plain(text)
    for code, label in ContactRule.choices:
        if plain(str(label)) in word or word == code:
            return code, limited("contact", text if word != plain(str(label)) else "", 200, note)
    said = _("Bitte schreiben Sie eine dieser Angaben: %(choices)s.")
    note(Remark("contact", said % {"choices": ", ".join(str(one) for one in ContactRule.labels)}, refuses=True))
    return "", ""


def home(cells: Mapping[str, str], note: Note) -> dict[str, object] | None:
    """Return where somebody lives, as fields of `Accommodation`; None where nothing is said."""
    place = address(cells, note)
    place["care_of"] = limited("care_of", cells.get("care_of", ""), 120, note)
    kind, blocked = _kind(cells.get("kind", ""), note), yes("is_blocked", cells.get("is_blocked", ""), note)
    if not any(place.values()) and not kind and not blocked:
        return None
    return {"kind": kind or "not_asked", **place, "is_blocked": blocked}


def _kind(text: str, note: Note) -> str:
    if not text:
        return ""
    code = _by_label("dwelling_kinds").get(plain(text), "")
    if not code:
        said = _("Die Unterkunft „%(text)s“ steht nicht in der Liste und wird nicht übernommen.")
        note(Remark("kind", said % {"text": text[:40]}))
    return code


# -- what cells look like --------------------------------------------------------------------------------------------


def looks_foreign(text: str) -> bool:
    """Whether a text is written in other letters than Latin ones."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and not any("LATIN" in unicodedata.name(letter, "") for letter in letters)


def looks_like_language(text: str) -> bool:
    """Whether a text names a language."""
    return bool(_language(plain(text)))
