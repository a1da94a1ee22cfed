"""German ways of writing numbers, money, areas, dates and times.

Used by pages (through the template filters of `templatetags/formats.py`), by exports and by letters, so that one figure
reads the same everywhere. Every function takes `None` and answers with an empty string.
"""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

NO_BREAK = "\u00a0"
MINUS = "\u2212"
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")

Number = int | float | Decimal


def number(value: Number | None, places: int | None = 0) -> str:
    """Write a number with German separators.

    `places` is the count of decimals (rounded half up); `None` keeps what is there without trailing zeros.
    """
    if value is None or value == "":
        return ""
    exact = Decimal(str(value))
    if places is None:
        text = format(exact.normalize(), ",f")
    else:
        text = format(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP), ",f")
    return text.translate(str.maketrans(",.-", f".,{MINUS}"))


def euro(value: Number | None, places: int = 2) -> str:
    """Write an amount in euro: `1.234,50 €`."""
    return f"{number(value, places)}{NO_BREAK}€" if value not in (None, "") else ""


def cents(value: int | None) -> str:
    """Write an amount held in whole cents as euro: `123450` → `1.234,50 €`."""
    return euro(Decimal(value) / 100) if value is not None else ""


def area(value: Number | None) -> str:
    """Write square metres without needless zeros: `54,5 m²`."""
    return f"{number(value, None)}{NO_BREAK}m²" if value not in (None, "") else ""


def percent(value: Number | None, places: int = 0) -> str:
    """Write a fraction (0..1) as per cent: `0.125` with one place → `12,5 %`."""
    return f"{number(Decimal(str(value)) * 100, places)}{NO_BREAK}%" if value is not None else ""


def local(value: datetime) -> datetime:
    """Return an aware time in the city's zone; a naive one unchanged."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime | None) -> str:
    """Write a date: `05.03.2026`."""
    return f"{_day(value):%d.%m.%Y}" if value else ""


def long_day(value: date | datetime | None) -> str:
    """Write a date in words: `5. März 2026`."""
    if not value:
        return ""
    when = _day(value)
    return f"{when.day}.{NO_BREAK}{MONTHS[when.month - 1]} {when.year}"


def weekday(value: date | datetime | None) -> str:
    """Write a date with its day of the week: `Donnerstag, 5. März 2026`."""
    return f"{WEEKDAYS[_day(value).weekday()]}, {long_day(value)}" if value else ""


def month(value: date | datetime | None) -> str:
    """Write a month: `März 2026`."""
    return f"{MONTHS[_day(value).month - 1]} {_day(value).year}" if value else ""


def clock(value: datetime | time | None) -> str:
    """Write a time of day: `14:30 Uhr`."""
    if value is None or value == "":
        return ""
    moment = local(value) if isinstance(value, datetime) else value
    return f"{moment:%H:%M}{NO_BREAK}Uhr"


def moment(value: datetime | None) -> str:
    """Write a date with its time: `05.03.2026, 14:30 Uhr`."""
    return f"{day(value)}, {clock(value)}" if value else ""


def distance(value: date | datetime | None, today: date) -> str:
    """Say how far a day lies from `today`: `heute`, `morgen`, `vor 3 Tagen`, `in 2 Monaten`."""
    if not value:
        return ""
    days = (_day(value) - today).days
    near = {0: "heute", 1: "morgen", -1: "gestern", 2: "übermorgen", -2: "vorgestern"}
    if days in near:
        return near[days]
    size = abs(days)
    if size < 31:
        amount = f"{size} Tagen"
    elif size < 365:
        amount = "1 Monat" if size < 61 else f"{size * 12 // 365} Monaten"
    else:
        amount = "1 Jahr" if size < 730 else f"{size * 100 // 36525} Jahren"
    return f"in {amount}" if days > 0 else f"vor {amount}"


def counted(value: int | None, one: str, many: str) -> str:
    """Write a count with its noun: `1 Haushalt`, `1.204 Haushalte`."""
    return f"{number(value or 0)} {one if value == 1 else many}"


def age(birth: date | None, today: date) -> int | None:
    """Return full years lived on `today`; `None` without a birth date."""
    if birth is None:
        return None
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def yes_no(value: bool | None) -> str:
    """Write a truth: `ja`, `nein`, and `unbekannt` for none."""
    if value is None:
        return "unbekannt"
    return "ja" if value else "nein"


def file_size(size: int | None) -> str:
    """Write a count of bytes: `12 KB`, `3,4 MB` (1 MB = 1.000.000 bytes)."""
    if size is None:
        return ""
    if size < 1_000_000:
        return f"{number(max(Decimal(1), Decimal(size) / 1000))}{NO_BREAK}KB"
    return f"{number(Decimal(size) / 1_000_000, 1)}{NO_BREAK}MB"
