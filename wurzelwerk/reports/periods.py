"""Periods of a report: how a stretch of days is cut into months, quarters or years, and the usual stretches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from wurzelwerk.base import formats

DAY = timedelta(days=1)
COLUMNS_AT_MOST = 36


class Grain(StrEnum):
    """By what the columns of a report go; the value stands in its address."""

    MONTH = "monat"
    QUARTER = "quartal"
    YEAR = "jahr"
    PROGRAMME = "programm"


_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}


@dataclass(frozen=True)
class Span:
    """One column's days (both count), with a short and a long name. `cut`: it is not a whole month, quarter, year."""

    first: date
    last: date
    label: str
    name: str
    cut: bool = False


def spans(first: date, last: date, grain: Grain) -> list[Span]:
    """Return the months, quarters or years from one day to another; the outer ones may be cut."""
    return list(_spans(first, last, grain))


def _spans(first: date, last: date, grain: Grain) -> Iterator[Span]:
    begin = beginning(first, grain)
    while begin <= last:
        following = begin + relativedelta(months=_MONTHS[grain])
        end = following - DAY
        label, name = _names(begin, grain)
        cut = begin < first or end > last
        yield Span(max(begin, first), min(end, last), label, name, cut)
        begin = following


def number_of_spans(first: date, last: date, grain: Grain) -> int:
    """Return how many columns a period would have."""
    start = beginning(first, grain)
    months = (last.year - start.year) * 12 + last.month - start.month
    return months // _MONTHS[grain] + 1


def beginning(day: date, grain: Grain) -> date:
    """Return the first day of the month, quarter or year in which a day lies."""
    if grain == Grain.YEAR:
        return day.replace(month=1, day=1)
    if grain == Grain.QUARTER:
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(day=1)


def _names(begin: date, grain: Grain) -> tuple[str, str]:
    if grain == Grain.YEAR:
        return str(begin.year), str(begin.year)
    if grain == Grain.QUARTER:
        words = {"quarter": (begin.month + 2) // 3, "year": begin.year}
        return _("Q%(quarter)d %(year)d") % words, _("%(quarter)d. Quartal %(year)d") % words
    return f"{begin:%m/%Y}", formats.month(begin)


@dataclass(frozen=True)
class Preset:
    """A usual period with the grain that suits it."""

    label: str
    first: date
    last: date
    grain: Grain


def presets(today: date) -> list[Preset]:
    """Return the usual periods as seen from a day; the last one is where a report begins."""
    quarter, year = beginning(today, Grain.QUARTER), beginning(today, Grain.YEAR)
    month = beginning(today, Grain.MONTH)
    three, twelve = relativedelta(months=3), relativedelta(years=1)
    return [
        Preset(_("Dieses Quartal"), quarter, quarter + three - DAY, Grain.MONTH),
        Preset(_("Letztes Quartal"), quarter - three, quarter - DAY, Grain.MONTH),
        Preset(_("Dieses Jahr"), year, year + twelve - DAY, Grain.QUARTER),
        Preset(_("Letztes Jahr"), year - twelve, year - DAY, Grain.QUARTER),
        Preset(_("18 Monate"), month - relativedelta(months=17), month + relativedelta(months=1) - DAY, Grain.QUARTER),
    ]
