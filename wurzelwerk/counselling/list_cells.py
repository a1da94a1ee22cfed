"""What the cells of a list of people mean: names, births, telephones, languages, addresses as others write them."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from wurzelwerk.base.typed import Unreadable, read_day
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import BirthKnown, ContactRule
from wurzelwerk.sheets.heads import plain
from wurzelwerk.sheets.importer import Remark

from .forms.choosing import ONE_NUMBER

Note = Callable[[Remark], None]
YES = frozenset({"ja", "j", "x", "yes", "y", "true", "wahr", "1", "nötig", "erforderlich", "benötigt"})
NO = frozenset({"", "nein", "n", "no", "false", "falsch", "0", "nicht nötig", "nicht erforderlich", "keine"})
OLDEST = 120
EXCEL_BEGINS, EXCEL_DAYS = date(1899, 12, 30), range(3_700, 60_000)
_YEAR = re.compile(r"^(?:[0?xX]{1,2}[./-]){0,2}((?:19|20)\d\d)$")
_MOMENT = re.compile(r"^(\S+)[ T]\d{1,2}:\d\d(:\d\d(\.\d+)?)?$")
_SEVERAL = re.compile(r"[;,\n]|\s(?:oder|und|/)\s")
_LABELS = re.compile(r"^(?:tel(?:efon)?|mobil|handy|fest(?:netz)?|privat|dienstlich)\s*[.:]*\s*", re.IGNORECASE)
_NUMBER = re.compile(rf"^{ONE_NUMBER}$")
_SALUTATION = re.compile(r"^(?:herr|frau|hr\.|fr\.|dr\.)\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?P<street>.*?)[,;\n]?\s*\b(?:D-?)?(?P<postcode>\d{5})\s+(?P<city>\D.*)$", re.DOTALL)
_PLACE = re.compile(r"^(?:D-?)?(?P<postcode>\d{5})\s+(?P<city>\D.*)$")

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
    bare = moment[1] if (moment := _MOMENT.match(text)) else text
    if bare.isascii() and bare.isdigit() and int(bare) in EXCEL_DAYS:
        day = EXCEL_BEGINS + timedelta(days=int(bare))
        note(Remark("birth", _("„%(text)s“ ist als %(day)s gelesen.") % {"text": bare, "day": f"{day:%d.%m.%Y}"}))
        return _plausible(day, note, on), BirthKnown.DAY
    try:
        day = read_day(bare, latest=on, today=on)
    except Unreadable as error:
        note(Remark("birth", str(error), refuses=True))
        return None, BirthKnown.DAY
    return _plausible(day, note, on), BirthKnown.DAY


def _plausible(day: date, note: Note, on: date) -> date | None:
    if day > on:
        note(Remark("birth", _("Ein Geburtsdatum kann nicht in der Zukunft liegen."), refuses=True))
    elif day.year < max(1900, on.year - OLDEST):
        note(Remark("birth", _("Dieses Geburtsdatum liegt mehr als 120 Jahre zurück."), refuses=True))
    else:
        return day
    return None


def phones(text: str, note: Note) -> str:
    """Return the numbers, parted by commas; what holds other letters than a label is refused."""
    numbers = []
    for part in _SEVERAL.split(text):
        number = _LABELS.sub("", part.strip()).strip()
        if number and not _NUMBER.match(number):
            said = _("„%(text)s“ ist keine Telefonnummer: Sie besteht aus Ziffern, zum Beispiel 0231 123456.")
            note(Remark("phone", said % {"text": number[:40]}, refuses=True))
        elif number:
            numbers.append(number)
    found = ", ".join(dict.fromkeys(numbers))
    return limited("phone", found, 120, note)


def email(text: str, note: Note) -> str:
    """Return a mail address; what cannot be one is refused."""
    bare = text.removeprefix("mailto:").strip()
    try:
        if bare:
            validate_email(bare)
    except ValidationError:
        note(Remark("email", _("Das ist keine gültige E-Mail-Adresse."), refuses=True))
        return ""
    return limited("email", bare, 254, note)


def limited(field: str, text: str, most: int, note: Note) -> str:
    """Return a text that fits; what is longer is refused."""
    if len(text) > most:
        said = _("Zu lang: höchstens %(most)d Zeichen, es sind %(length)d.") % {"most": most, "length": len(text)}
        note(Remark(field, said, refuses=True))
        return ""
    return text


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


def yes(field: str, text: str, note: Note) -> bool:
    """Return whether a cell says yes; what is neither yes nor no is told and taken for no."""
    word = text.strip().casefold().rstrip(".")
    if word not in YES and word not in NO:
        note(Remark(field, _("„%(text)s“ ist weder Ja noch Nein und wird nicht übernommen.") % {"text": text[:40]}))
    return word in YES


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
    street, postcode, city = (cells.get(name, "") for name in ("street", "postcode", "city"))
    if not postcode and (found := _ADDRESS.match(street)):
        street, postcode, city = found["street"].strip(), found["postcode"], city or found["city"].strip()
    for text in (postcode, city):
        if found := _PLACE.match(text):
            postcode, city = found["postcode"], found["city"] if text == postcode or not city else city
            city = found["city"].strip()
    street = f"{street} {cells.get('house_number', '')}".strip()
    place = {
        "street": limited("street", street, 120, note),
        "postcode": _postcode(postcode.removeprefix("D-").strip(), note),
        "city": limited("city", city, 80, note),
        "care_of": limited("care_of", cells.get("care_of", ""), 120, note),
    }
    kind, blocked = _kind(cells.get("kind", ""), note), yes("is_blocked", cells.get("is_blocked", ""), note)
    if not any(place.values()) and not kind and not blocked:
        return None
    return {"kind": kind or "not_asked", **place, "is_blocked": blocked}


def _postcode(text: str, note: Note) -> str:
    if text.isascii() and text.isdigit() and len(text) == 4:
        note(Remark("postcode", _("Die führende Null ist ergänzt: %(text)s.") % {"text": f"0{text}"}))
        return f"0{text}"
    if text and not re.fullmatch(r"[0-9]{5}", text):
        note(Remark("postcode", _("Eine Postleitzahl hat fünf Ziffern."), refuses=True))
        return ""
    return text


def _kind(text: str, note: Note) -> str:
    if not text:
        return ""
    code = _by_label("dwelling_kinds").get(plain(text), "")
    if not code:
        said = _("Die Unterkunft „%(text)s“ steht nicht in der Liste und wird nicht übernommen.")
        note(Remark("kind", said % {"text": text[:40]}))
    return code


# -- what cells look like --------------------------------------------------------------------------------------------


def looks_like_day(text: str) -> bool:
    """Whether a text is a day between 1900 and now, as far as it can be told."""
    return bool(re.match(r"^\d{1,2}\.\d{1,2}\.(19|20)?\d\d$|^(19|20)\d\d-\d\d-\d\d$", text))


def looks_like_phone(text: str) -> bool:
    """Whether a text is a telephone number: it begins with 0 or + and has enough digits."""
    digits = sum(letter.isdigit() for letter in text)
    return bool(re.match(r"^[(+0][\d\s()/+-]+$", text)) and 6 <= digits <= 16


def looks_foreign(text: str) -> bool:
    """Whether a text is written in other letters than Latin ones."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and not any("LATIN" in unicodedata.name(letter, "") for letter in letters)


def looks_like_street(text: str) -> bool:
    """Whether a text ends with the number of a house."""
    return bool(re.search(r"(?i)(str\.|straße|strasse|weg|platz|allee|gasse|ring|damm|ufer)\s*\d+\s*[a-z]?\b", text))


def looks_like_language(text: str) -> bool:
    """Whether a text names a language."""
    return bool(_language(plain(text)))


def looks_like_mail(text: str) -> bool:
    """Whether a text is an address of mail."""
    return "@" in text


def looks_like_postcode(text: str) -> bool:
    """Whether a text is five digits."""
    return len(text) == 5 and text.isascii() and text.isdigit()
