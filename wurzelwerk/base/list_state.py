"""How somebody sees a list: the columns and filters they keep, and what was typed that stands in no address (ADR 0011).

What is kept lies with the account (`request.user.lists`, written by the ground floor that knows accounts). A filter in
which people type names or addresses is posted; the text is kept with the session under a random mark, and the address
carries the mark alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from wurzelwerk.base.templatetags.links import with_query

MARK, ALL, SORT = "merk", "alles", "sortierung"
TYPED, TYPED_AT_MOST = "list_texts", 20
"""Under which name the session holds what was typed by its marks, and of how many lists."""


@dataclass(frozen=True)
class KeptFilter:
    """A filter under a name: `query` is what stands in the address; `is_first`: the list begins with it."""

    key: str
    name: str
    query: str
    is_first: bool = False
    removed: bool = False


@dataclass(frozen=True)
class Kept:
    """What somebody keeps of a list: the keys of its columns in order (none: as the house shows it), and filters."""

    columns: tuple[str, ...] = ()
    filters: tuple[KeptFilter, ...] = ()

    @property
    def standing(self) -> list[KeptFilter]:
        """The filters that were not removed."""
        return [one for one in self.filters if not one.removed]

    @property
    def first(self) -> KeptFilter | None:
        """The filter with which the list begins."""
        return next((one for one in self.standing if one.is_first), None)


def read_kept(stored: Any, name: str) -> Kept:
    """Return what is stored for a list; what cannot be read counts as nothing."""
    rows = stored.get(name) if isinstance(stored, Mapping) else None
    if not isinstance(rows, Mapping):
        return Kept()
    columns = [key for key in _listed(rows, "columns") if isinstance(key, str)]
    filters = [found for one in _listed(rows, "filters") if (found := _read_filter(one))]
    return Kept(tuple(columns), tuple(filters))


def _listed(rows: Mapping, name: str) -> list:
    found = rows.get(name)
    return found if isinstance(found, list | tuple) else []


def _read_filter(one: Any) -> KeptFilter | None:
    """What an older or a newer release wrote is read as far as it is known here."""
    if not isinstance(one, Mapping):
        return None
    texts, marks = ("key", "name", "query"), ("is_first", "removed")
    if not all(isinstance(one.get(word), str) for word in texts):
        return None
    return KeptFilter(*(one[word] for word in texts), **{word: one.get(word) is True for word in marks})


def kept_of(request: HttpRequest, name: str) -> Kept:
    """Return what the person keeps of a list (no query: it came with the account)."""
    return read_kept(getattr(getattr(request, "user", None), "lists", None), name)


def without_private(params: QueryDict, private: Collection[str]) -> QueryDict:
    """Leave out what was written into an address by hand and may stand in none, for links would repeat it.

    An id stays: it names nobody, and other pages lead to lists by it.
    """
    written = [name for name in private if name in params and not _is_id(params[name])]
    if not written:
        return params
    left = params.copy()
    for name in written:
        left.pop(name)
    return left


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def params_of(request: HttpRequest, kept: Kept) -> QueryDict:
    """Return what is asked for: the address, or without a word about it the filter with which the list begins."""
    if request.GET or kept.first is None:
        return request.GET
    return QueryDict(kept.first.query)


def with_typed(params: QueryDict, request: HttpRequest) -> QueryDict:
    """Return what is asked for with what was typed and stands in no address."""
    session = getattr(request, "session", None)
    typed = session.get(TYPED, {}).get(params.get(MARK, ""), {}) if session is not None and MARK in params else {}
    if not typed:
        return params
    whole = params.copy()
    for name, text in typed.items():
        whole[name] = text
    return whole


def asked_again(request: HttpRequest, *, private: Collection[str]) -> HttpResponse:
    """Keep what was typed with the session and lead to the list: POST, redirect, GET."""
    texts = {name: request.POST[name][:200] for name in private if request.POST.get(name, "").strip()}
    open_ones = request.POST.copy()
    for name in ("csrfmiddlewaretoken", MARK, *private):
        open_ones.pop(name, None)
    for name in [name for name in open_ones if not any(open_ones.getlist(name))]:
        open_ones.pop(name)
    mark = _keep(request, texts) if texts else None
    nothing = not open_ones and mark is None
    return redirect(f"{request.path}{with_query(open_ones, **{MARK: mark, ALL: '1' if nothing else None})}")


def _keep(request: HttpRequest, texts: dict[str, str]) -> str:
    latest = list(request.session.get(TYPED, {}).items())[1 - TYPED_AT_MOST :]
    mark = token_urlsafe(6)
    request.session[TYPED] = dict([*latest, (mark, texts)])
    return mark
