"""Reading what people type: German and plain numbers, dates and times, with sentences for what cannot be read."""

import re
from datetime import date, time
from decimal import Decimal

from django.utils.translation import gettext as _

from wurzelwerk.base.formats import MONTHS

LONGEST = 40
ONE_NUMBER = r"(?:\+|\()?[0-9][0-9 ()/\-.]{3,}"
"""A telephone number as people write it: a regular expression."""
_UNITS = re.compile(r"(€|EUR|Euro|m²|m2|qm|%)$", re.IGNORECASE)
_GROUPED = re.compile(r"^\d{1,3}(\.\d{3})+$")
_PLAIN = re.compile(r"^\d+(\.\d+)?$")


class Unreadable(ValueError):
    """What was typed cannot be read; the text is a German sentence for the person."""


def _bare(text: str) -> str:
    """Take blanks, unit and the clerks' dash (`850,-`) away."""
    bare = re.sub(r"\s", "", text).replace("\u2212", "-").replace("'", "").replace("’", "")
    bare = _UNITS.sub("", bare)
    return re.sub(r",(-|–|—)+$", "", bare)


def read_number(text: str) -> Decimal:
    """Return the number meant by `1.234,50`, `1234,5`, `1234.5`, `1,234.50`, `1.234` (= 1234) or `850,- €`.

    Raises Unreadable.
    """
    if len(text) > LONGEST:
        raise Unreadable(_("Diese Zahl ist zu lang."))
    bare = _bare(text)
    sign, digits = ("-", bare[1:]) if bare.startswith("-") else ("", bare.removeprefix("+"))
    dot, comma = digits.rfind("."), digits.rfind(",")
    if comma > dot:
        whole, _comma, rest = digits.rpartition(",")
        if "." in whole and not _GROUPED.match(whole):
            raise _no_number(text)
        digits = f"{whole.replace('.', '')}.{rest}"
    elif comma >= 0:
        digits = digits.replace(",", "")
    elif _GROUPED.match(digits):
        digits = digits.replace(".", "")
    if not digits.isascii() or not _PLAIN.match(digits):
        raise _no_number(text)
    return Decimal(sign + digits)


def _no_number(text: str) -> Unreadable:
    return Unreadable(_("„%(text)s“ ist keine Zahl. Bitte zum Beispiel 1.234,50 schreiben.") % {"text": text.strip()})


_DAY_FORMS = (
    re.compile(r"^(?P<d>\d{1,2})\.\s*(?P<m>\d{1,2})\.\s*(?P<y>\d{4}|\d{2})$"),
    re.compile(r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$"),
    re.compile(r"^(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?P<y>\d{4}|\d{2})$"),
    re.compile(r"^(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})$"),
    re.compile(r"^(?P<d>\d{1,2})\.?\s+(?P<name>[A-Za-zä]+)\.?\s+(?P<y>\d{4})$"),
)


def _month_named(name: str) -> int:
    found = [n for n, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower())]
    return found[0] if len(name) >= 3 and len(found) == 1 else 0


def read_day(text: str, *, latest: date | None = None, today: date) -> date:
    """Return the day meant by `05.03.2026`, `5.3.26`, `2026-03-05`, `05032026`, `5/3/2026` or `5. März 2026`.

    Two digits of a year mean the century that lies nearest before `latest`, or, without it, within 50 years of `today`.
    Raises Unreadable.
    """
    bare = text.strip()
    match = next((m for form in _DAY_FORMS if (m := form.match(bare))), None)
    if match is None or len(bare) > LONGEST or not bare.isprintable():
        raise Unreadable(
            _("„%(text)s“ ist kein Datum. Bitte zum Beispiel 05.03.2026 schreiben.") % {"text": bare[:LONGEST]}
        )
    parts = match.groupdict()
    month = _month_named(parts["name"]) if "name" in parts else int(parts["m"])
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year = _full_year(year, latest=latest, today=today)
    try:
        return date(year, month, int(parts["d"]))
    except ValueError:
        raise Unreadable(_("Den %(text)s gibt es im Kalender nicht.") % {"text": bare}) from None


def _full_year(short: int, *, latest: date | None, today: date) -> int:
    century = today.year // 100 * 100
    year = century + short
    limit = latest.year if latest else today.year + 50
    if year > limit:
        return year - 100
    if latest is None and year < today.year - 49:
        return year + 100
    return year


_TIME = re.compile(r"^(\d{1,2})(?:[:.]?(\d{2}))?(?:\s*Uhr)?$", re.IGNORECASE)


def read_time(text: str) -> time:
    """Return the time meant by `14:30`, `14.30`, `1430`, `9` or `9 Uhr`. Raises Unreadable."""
    match = _TIME.match(text.strip()[:LONGEST])
    try:
        if match is None or not text.isascii():
            raise ValueError
        return time(int(match[1]), int(match[2] or 0))
    except ValueError:
        raise Unreadable(
            _("„%(text)s“ ist keine Uhrzeit. Bitte zum Beispiel 14:30 schreiben.") % {"text": text.strip()[:LONGEST]}
        ) from None
