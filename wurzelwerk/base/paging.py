"""Paging without counting millions: only as many rows are counted as a person would ever read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from wurzelwerk.base.formats import number
from wurzelwerk.base.templatetags.links import with_query

COUNTED = 500
DEEPEST = 10_000


@dataclass(frozen=True)
class Count:
    """How many rows there are; `more` says that counting stopped at `seen`."""

    seen: int
    more: bool = False

    def text(self, one: str, many: str) -> str:
        """`1 Haushalt`, `24 Haushalte`, `mehr als 500 Haushalte`."""
        if self.more:
            return _("mehr als %(number)s %(noun)s") % {"number": number(self.seen), "noun": many}
        return f"{number(self.seen)} {one if self.seen == 1 else many}"


@dataclass(frozen=True)
class Page:
    """One page of a list and the links around it; `numbers` are (number, url) with url "" for the page itself."""

    number: int
    text: str
    previous_url: str
    next_url: str
    numbers: Sequence[tuple[int, str]]


def count(rows: QuerySet | Sequence, *, limit: int = COUNTED) -> Count:
    """Count rows, but never more than `limit` + 1 of a database's."""
    if not isinstance(rows, QuerySet):
        return Count(len(rows))
    found = rows.order_by()[: limit + 1].count()
    return Count(min(found, limit), found > limit)


def asked_page(params: QueryDict, key: str = "seite") -> int:
    """Return the page number asked for; 1 for anything that is not a positive number."""
    text = params.get(key, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def take(
    rows: QuerySet | Sequence, *, params: QueryDict, size: int, total: Count, key: str = "seite"
) -> tuple[list, Page]:
    """Return the rows of the asked page and its `Page`.

    A page behind the end answers with the last one. Beyond 10,000 rows no page is offered: a list that long is to be
    filtered, not leafed through.
    """
    last = None if total.more else max(1, -(-total.seen // size))
    at = min(asked_page(params, key), last or DEEPEST // size)
    start = (at - 1) * size
    found = list(rows[start : start + size + 1])
    further = len(found) > size and start + size < DEEPEST
    found = found[:size]

    def url(page: int) -> str:
        return with_query(params, **{key: page if page > 1 else None})

    first, final = max(1, at - 2), min(last or at + further, at + 2)
    return found, Page(
        number=at,
        text=_("%(from)s bis %(to)s") % {"from": number(start + 1), "to": number(start + len(found))}
        if total.more or total.seen > size
        else "",
        previous_url=url(at - 1) if at > 1 else "",
        next_url=url(at + 1) if further else "",
        numbers=[(page, "" if page == at else url(page)) for page in range(first, final + 1)],
    )
