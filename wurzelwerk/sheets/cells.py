"""What cells mean that stand in lists of any kind: telephones, addresses, days, figures, yes and no."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from wurzelwerk.base.formats import number
from wurzelwerk.base.typed import ONE_NUMBER, Unreadable, read_day, read_number

from .heads import plain
from .importer import Remark

Note = Callable[[Remark], None]
YES = frozenset({"ja", "j", "x", "yes", "y", "true", "wahr", "1", "nötig", "erforderlich", "benötigt", "vorhanden"})
NO = frozenset({"", "nein", "n", "no", "false", "falsch", "0", "nicht nötig", "nicht erforderlich", "keine", "kein"})
EXCEL_BEGINS, EXCEL_DAYS = date(1899, 12, 30), range(3_700, 60_000)
_MOMENT = re.compile(r"^(\S+)[ T]\d{1,2}:\d\d(:\d\d(\.\d+)?)?$")
_SEVERAL = re.compile(r"[;,\n]|\s(?:oder|und|/)\s")
_LABELS = re.compile(r"^(?:tel(?:efon)?|mobil|handy|fest(?:netz)?|privat|dienstlich)\s*[.:]*\s*", re.IGNORECASE)
_NUMBER = re.compile(rf"^{ONE_NUMBER}$")
_ADDRESS = re.compile(r"^(?P<street>.*?)[,;\n]?\s*\b(?:D-?)?(?P<postcode>\d{5})\s+(?P<city>\D.*)$", re.DOTALL)
_PLACE = re.compile(r"^(?:D-?)?(?P<postcode>\d{5})\s+(?P<city>\D.*)$")


def limited(field: str, text: str, most: int, note: Note) -> str:
    """Return a text that fits; what is longer is refused."""
    if len(text) > most:
        said = _("Zu lang: höchstens %(most)d Zeichen, es sind %(length)d.") % {"most": most, "length": len(text)}
        note(Remark(field, said, refuses=True))
        return ""
    return text


def phones(text: str, note: Note, *, most: int = 120) -> str:
    """Return the numbers, parted by commas; what holds other letters than a label is refused."""
    numbers = []
    for part in _SEVERAL.split(text):
        number = _LABELS.sub("", part.strip()).strip()
        if number and not _NUMBER.match(number):
            said = _("„%(text)s“ ist keine Telefonnummer: Sie besteht aus Ziffern, zum Beispiel 0231 123456.")
            note(Remark("phone", said % {"text": number[:40]}, refuses=True))
        elif number:
            numbers.append(number)
    return limited("phone", ", ".join(dict.fromkeys(numbers)), most, note)


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


def yes(field: str, text: str, note: Note) -> bool:
    """Return whether a cell says yes; what is neither yes nor no is told and taken for no."""
    return bool(yes_or_no(field, text, note))


def yes_or_no(field: str, text: str, note: Note) -> bool | None:
    """Return what a cell says; None where it is empty, or neither yes nor no, which is told."""
    word = text.strip().casefold().rstrip(".")
    if word not in YES and word not in NO:
        note(Remark(field, _("„%(text)s“ ist weder Ja noch Nein und wird nicht übernommen.") % {"text": text[:40]}))
        return None
    return word in YES if word else None


def address(cells: Mapping[str, str], note: Note, *, longest: int = 120) -> dict[str, str]:
    """Return street with number, postcode and place, however they are spread over the cells."""
    street, postcode, city = (cells.get(name, "") for name in ("street", "postcode", "city"))
    if not postcode and (found := _ADDRESS.match(street)):
        street, postcode, city = found["street"].strip(), found["postcode"], city or found["city"].strip()
    for text in (postcode, city):
        if found := _PLACE.match(text):
            postcode, city = found["postcode"], found["city"] if text == postcode or not city else city
            city = found["city"].strip()
    street = f"{street} {cells.get('house_number', '')}".strip()
    return {
        "street": limited("street", street, longest, note),
        "postcode": _postcode(postcode.removeprefix("D-").strip(), note),
        "city": limited("city", city, 80, note),
    }


def _postcode(text: str, note: Note) -> str:
    if text.isascii() and text.isdigit() and len(text) == 4:
        note(Remark("postcode", _("Die führende Null ist ergänzt: %(text)s.") % {"text": f"0{text}"}))
        return f"0{text}"
    if text and not re.fullmatch(r"[0-9]{5}", text):
        note(Remark("postcode", _("Eine Postleitzahl hat fünf Ziffern."), refuses=True))
        return ""
    return text


def day(field: str, text: str, note: Note, *, on: date, latest: date | None = None) -> date | None:
    """Return a day, as text or as the number a spreadsheet keeps; what cannot be one is refused.

    `latest`: two digits of a year mean the century before it.
    """
    bare = moment[1] if (moment := _MOMENT.match(text)) else text
    if bare.isascii() and bare.isdigit() and int(bare) in EXCEL_DAYS:
        found = EXCEL_BEGINS + timedelta(days=int(bare))
        note(Remark(field, _("„%(text)s“ ist als %(day)s gelesen.") % {"text": bare, "day": f"{found:%d.%m.%Y}"}))
        return found
    try:
        return read_day(bare, latest=latest, today=on)
    except Unreadable as error:
        note(Remark(field, str(error), refuses=True))
        return None


def figure(field: str, text: str, note: Note, *, least: Decimal | int, most: Decimal | int) -> Decimal | None:
    """Return a figure between these two, both included; None where the cell is empty. What is no figure is refused."""
    if not text:
        return None
    try:
        found = read_number(text)
    except Unreadable as error:
        note(Remark(field, str(error), refuses=True))
        return None
    if not least <= found <= most:
        said = _("Hier steht %(found)s; möglich ist %(least)s bis %(most)s.")
        bounds = {"least": number(least, None), "most": number(most, None)}
        note(Remark(field, said % ({"found": text[:40]} | bounds), refuses=True))
        return None
    return found


# -- what cells look like --------------------------------------------------------------------------------------------


def looks_like_day(text: str) -> bool:
    """Whether a text is a day between 1900 and now, as far as it can be told."""
    return bool(re.match(r"^\d{1,2}\.\d{1,2}\.(19|20)?\d\d$|^(19|20)\d\d-\d\d-\d\d$", text))


def looks_like_phone(text: str) -> bool:
    """Whether a text is a telephone number: it begins with 0 or + and has enough digits."""
    digits = sum(letter.isdigit() for letter in text)
    return bool(re.match(r"^[(+0][\d\s()/+-]+$", text)) and 6 <= digits <= 16


def looks_like_street(text: str) -> bool:
    """Whether a text ends with the number of a house."""
    return bool(re.search(r"(?i)(str\.|straße|strasse|weg|platz|allee|gasse|ring|damm|ufer)\s*\d+\s*[a-z]?\b", text))


def looks_like_mail(text: str) -> bool:
    """Whether a text is an address of mail."""
    return "@" in text


def looks_like_postcode(text: str) -> bool:
    """Whether a text is five digits."""
    return len(text) == 5 and text.isascii() and text.isdigit()


def same_word(text: str) -> str:
    """Return a street or name as it is compared: „Str.“ is „Straße“, blanks and stops do not count."""
    return re.sub(r"str(?:asse)?\b", "strasse", plain(text)).replace(" ", "")
