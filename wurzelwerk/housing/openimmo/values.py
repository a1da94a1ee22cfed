"""Numbers, dates and yes/no as people and programs write them.

Each function takes the text of an element and returns what it can mean, or None. Nothing here knows a field;
which of two readings fits is decided by the field's range (`pick`).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

PLAIN = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?")
GERMAN = re.compile(r"[+-]?([0-9]{1,3}(\.[0-9]{3})+|[0-9]{1,12})(,[0-9]{1,12})?")
ENGLISH = re.compile(r"[+-]?([0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{1,12})?")
UNIT = re.compile(r"(€|eur|euro|m²|m2|qm|kwh.*|zimmer|zi\.?)$", re.IGNORECASE)
SPACE = re.compile("[\\s\u00a0\u2009\u202f'’]")

YES = {"true", "1", "ja", "j", "yes", "y", "wahr"}
NO = {"false", "0", "nein", "n", "no", "falsch"}

MONTHS = (
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
)
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})([T ][0-9:.]+)?(Z|[+-][0-9]{2}:?[0-9]{2})?")
GERMAN_DATE = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4}|[0-9]{2})")
COMPACT_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
MONTH_YEAR = re.compile(r"([0-9]{1,2})\s?[-/.]\s?([0-9]{4})")
YEAR_MONTH = re.compile(r"([0-9]{4})\s?[-/.]\s?([0-9]{1,2})")
NAMED_MONTH = re.compile(r"([^\W\d]+)\.?\s([0-9]{4})")
NAMED_DAY = re.compile(r"([0-9]{1,2})\.\s?([^\W\d]+)\.?\s([0-9]{4})")
YEAR = re.compile(r"[0-9]{4}")

MONTHS_OF_RENT = re.compile(
    r"(?P<number>[0-9]{1,2}(?:[.,][0-9]{1,2})?|ein(?:e|en)?|zwei|drei|vier)\s*(?:x\s*)?"
    r"(?:mm|km|nkm|bkm|kmm|monate?|monats\w*mieten?|mieten?|(?:netto|brutto)?(?:kalt|warm)mieten?)\b",
    re.IGNORECASE,
)
NUMBER_WORDS = {"ein": 1, "eine": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4}

FLOORS = re.compile(r"([0-9]{1,2})\.?\s*(?:og|obergeschoss|obergeschoß|etage|stock)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """The possible readings of a number, and whether it was written otherwise than OpenImmo wants it."""

    readings: tuple[Decimal, ...]
    usual: bool


def number(text: str) -> Number | None:
    """`450.5`, `450,50 €`, `1.234,50`, `1,234.50`; two readings for `1.234` and `1,234`. None: not a number."""
    bare = UNIT.sub("", SPACE.sub("", text[:60]))
    bare = re.sub(r",-{1,2}$", "", bare)
    if PLAIN.fullmatch(bare):
        thousands = GERMAN.fullmatch(bare) and "." in bare and not bare.lstrip("+-").startswith("0")
        other = (Decimal(bare.replace(".", "")),) if thousands else ()
        return Number((Decimal(bare), *other), usual=bare == text.strip())
    readings = []
    if GERMAN.fullmatch(bare):
        readings.append(Decimal(bare.replace(".", "").replace(",", ".")))
    if ENGLISH.fullmatch(bare):
        readings.append(Decimal(bare.replace(",", "")))
    return Number(tuple(dict.fromkeys(readings)), usual=False) if readings else None


def pick(found: Number, *, low: Decimal, high: Decimal) -> Decimal | None:
    """The one reading that can be; None where two readings can be. Where none can, the first."""
    if len(found.readings) == 1:
        return found.readings[0]
    fitting = [value for value in found.readings if low <= value <= high]
    if len(fitting) > 1:
        return None
    return fitting[0] if fitting else found.readings[0]


def boolean(text: str) -> bool | None:
    """true, 1, ja / false, 0, nein, in any case; None for anything else."""
    word = text.strip().lower()
    return True if word in YES else False if word in NO else None


@dataclass(frozen=True, slots=True)
class Day:
    """A date, how exact it was (day, month, year), and whether it stood there as OpenImmo wants it (ISO)."""

    value: date
    exact: str
    usual: bool


class ImpossibleDate(ValueError):
    """It is written like a date, but there is no such day."""


def day(text: str, *, last: bool = False) -> Day | None:
    """A date in any of its usual forms. A month or a year stands for its first day, or for its last.

    Two-digit years are of this century. None: not written like a date. Raises ImpossibleDate for 31.02.2026.
    """
    text = text.strip()[:60]
    if found := ISO_DATE.fullmatch(text):
        return Day(_date(found[1], found[2], found[3]), "day", usual=True)
    if found := GERMAN_DATE.fullmatch(text):
        year = found[3] if len(found[3]) == 4 else "20" + found[3]
        return Day(_date(year, found[2], found[1]), "day", usual=False)
    if found := COMPACT_DATE.fullmatch(text):
        return Day(_date(found[1], found[2], found[3]), "day", usual=False)
    if (found := NAMED_DAY.fullmatch(text)) and (month := _month(found[2])):
        return Day(_date(found[3], month, found[1]), "day", usual=False)
    if found := MONTH_YEAR.fullmatch(text):
        return _span(found[2], found[1], last=last)
    if found := YEAR_MONTH.fullmatch(text):
        return _span(found[1], found[2], last=last)
    if (found := NAMED_MONTH.fullmatch(text)) and (month := _month(found[1])):
        return _span(found[2], month, last=last)
    if YEAR.fullmatch(text):
        value = _date(text, 12 if last else 1, 31 if last else 1)
        return Day(value, "year", usual=False)
    return None


def day_in_words(text: str) -> date | None:
    """The first day that a phrase such as "ab 01.07.2026" or "Juli 2026" names; None where it names none."""
    try:
        found = day(re.sub(r"^(ab|zum|frei ab)\b\s*", "", text.strip(), flags=re.IGNORECASE))
    except ImpossibleDate:
        return None
    return found.value if found else None


def _month(name: str) -> int | None:
    """The month that a German name or its beginning means ("Jan", "Maerz"), else None."""
    word = name.lower().replace("ae", "ä")
    hits = [index for index, month in enumerate(MONTHS, 1) if len(word) >= 3 and month.startswith(word)]
    return hits[0] if len(hits) == 1 else None


def _span(year: str, month: str | int, *, last: bool) -> Day:
    first = _date(year, month, 1)
    value = first.replace(day=calendar.monthrange(first.year, first.month)[1]) if last else first
    return Day(value, "month", usual=False)


def _date(year: str, month: str | int, day_of_month: str | int) -> date:
    try:
        value = date(int(year), int(month), int(day_of_month))
    except ValueError:
        raise ImpossibleDate from None
    if not 1800 <= value.year <= 2200:
        raise ImpossibleDate
    return value


def moment(text: str) -> datetime | None:
    """An ISO date and time, with or without a zone; None for anything else."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def months_of_rent(text: str) -> Decimal | None:
    """ "3 Monatsmieten", "3 MM", "zwei Kaltmieten" -> 3, 3, 2; None where the text says no such number."""
    found = MONTHS_OF_RENT.search(text[:200])
    if not found:
        return None
    word = found["number"].lower()
    return Decimal(NUMBER_WORDS[word]) if word in NUMBER_WORDS else Decimal(word.replace(",", "."))


def floor(text: str) -> int | None:
    """ "EG" 0, "2. OG" 2, "Souterrain" and "UG" -1; None for anything else, "DG" included."""
    word = text.strip().lower().rstrip(".")
    if word in ("eg", "erdgeschoss", "erdgeschoß", "parterre", "hochparterre"):
        return 0
    if word in ("ug", "souterrain", "untergeschoss", "untergeschoß", "keller"):
        return -1
    found = FLOORS.fullmatch(text.strip())
    return int(found[1]) if found else None


def year(text: str) -> tuple[int, bool] | None:
    """(1960, True) for "1960"; (1960, False) for "ca. 1960" or "1960/65"; None without a year."""
    text = text.strip()[:60]
    if YEAR.fullmatch(text):
        return int(text), True
    found = re.search(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])", text)
    return (int(found[1]), False) if found else None
