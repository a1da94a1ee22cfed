"""Telephone numbers in any notation, and days and years of birth as people type them."""

import re
from datetime import date
from functools import lru_cache

import phonenumbers

REGION = "DE"
SHORTEST = 6
_SEVERAL = re.compile(r"[/;,]|\boder\b")
_BEGINS = re.compile(r"\s*\(?[0+]")
_DAY = re.compile(r"\b(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})\b|\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_YEAR = re.compile(r"^(?:19|20)\d\d$")


@lru_cache(maxsize=1 << 16)
def digits_of(text: str) -> tuple[str, ...]:
    """Return the numbers of a telephone field as digits with the country's code; several are parted by / ; or comma.

    A number that does not exist anywhere is kept as its digits, so that what was typed can be found by them.
    """
    several = _SEVERAL.split(text)
    if not all(_BEGINS.match(part) and len(re.sub(r"\D", "", part)) >= SHORTEST for part in several):  # 0231/5012345
        several = [text]
    return tuple(dict.fromkeys(number for part in several if len(number := _one(part)) >= SHORTEST - 2))


def _one(text: str) -> str:
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return re.sub(r"\D", "", text)
    return f"{number.country_code}{number.national_number}"


def day_in(text: str, *, today: date) -> date | None:
    """Return the day named in a text (12.3.1990, 12.03.90, 1990-03-12), or None; two digits are the last such year."""
    if (found := _DAY.search(text)) is None:
        return None
    day, month, year, *iso = found.groups()
    if iso[0]:
        year, month, day = iso
    number = int(year)
    if len(year) == 2:
        century = today.year - today.year % 100
        number += century if century + number <= today.year else century - 100
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def year_in(word: str) -> int | None:
    """Return the year that a word names, 1900 to 2099, or None."""
    return int(word) if _YEAR.match(word) else None
