"""The manifest: what a room gives the house. Read one `room.py`, know the room."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

from django.conf import settings

T = TypeVar("T")


@dataclass(frozen=True)
class MenuEntry:
    """A place in the main navigation.

    `permission`: what the actor's role must allow; empty means everybody who is logged in.
    `active`: prefixes of addresses under which the entry is shown as the present one.
    `badge`: callable(actor) -> int of things that wait, or None.
    """

    label: str
    url_name: str
    icon: str
    order: int
    permission: str = ""
    active: tuple[str, ...] = ()
    badge: Callable[[Any], int] | None = None


@dataclass(frozen=True)
class Panel:
    """A part of a page that is composed of several rooms' contributions.

    `place`: the page ("household", "today", …). `context`: callable(request, subject) -> the
    template's context, or None where the panel has nothing to show to this actor.
    At most two queries a panel (a test counts). `label`: its name in the page's own navigation, which
    leads to the element with the panel's `key` as id; a panel without one is not listed there.
    """

    key: str
    place: str
    order: int
    template: str
    context: Callable[[Any, Any], Mapping[str, Any] | None]
    column: str = "main"
    label: str = ""


@dataclass(frozen=True)
class Hit:
    """Something that a search found.

    `detail`: a second line that tells it from others of the same name. `url`: its page; empty where it has none, then
    the page of results shows all there is. `score`: 0 to 1, the best first; equals stay in the order of their search.
    """

    label: str
    detail: str = ""
    url: str = ""
    score: float = 1.0


@dataclass(frozen=True)
class Searcher:
    """One kind of things that the search finds, as a group of its own.

    `find`: callable(actor, text, limit) -> at most `limit` hits among what the actor may see, in as many queries for
    few rows as for many. The text has 2 to 200 characters and no control signs. `permission`: as in the menu.
    """

    key: str
    label: str
    icon: str
    order: int
    find: Callable[[Any, str, int], Iterable[Hit]]
    permission: str = ""


@dataclass(frozen=True)
class Shortcut:
    """Something to do that the search offers beside the pages of the menu.

    `words`: what else people call it, blanks between them.
    """

    label: str
    url_name: str
    permission: str = ""
    words: str = ""


@dataclass(frozen=True)
class LinkPage:
    """A page that a secret address opens to somebody without an account (`trust.links`; the face `portal` shows it).

    `purpose`: what links are issued for, the room's name first ("appointments.change"). `label`: what colleagues read
    in the list of links. `view`: callable(request, visit) -> HttpResponse; `visit` is a `trust.links.Visit`. It answers
    GET without a change and acts on POST alone; its template extends "portal/page.html". `languages`: codes it speaks;
    empty for all of the portal's.
    """

    purpose: str
    label: str
    view: Callable[[Any, Any], Any]
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class TourStep:
    """Something that a new colleague tries on the first day.

    `text`: one sentence, what for. `manual`: the slug of the page that says more. `done`: callable(actor) -> a queryset
    that has a row once the actor did it (all steps together cost one query); without it the step is never ticked.
    """

    label: str
    text: str
    url_name: str
    order: int
    permission: str = ""
    manual: str = ""
    done: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class LetterField:
    """Something that a letter may say of a household, a case or a person.

    `key`: its name in templates ("termin.tag"). `value`: callable(subject) -> what the actor may see of it, None or
    empty where there is nothing; the subject is the trunk's (`cases.letters.LetterSubject`). `kind`: text, day, weekday
    or time, which the letter writes in its language.
    """

    key: str
    label: str
    example: str
    value: Callable[[Any], Any]
    kind: str = "text"


@dataclass(frozen=True)
class LetterPartner:
    """Somebody outside of all households whom a room keeps in an Akte of their own, and to whom letters are written.

    `akte`: where their letters lie. `kind`: of which templates. `lines`: what stands in the window. `greeted`: who is
    addressed, empty for nobody in particular. `address`: their page. `fields`: key -> (label, text), what a template
    can say of them; an empty text leaves a gap.
    """

    akte: Any
    kind: str
    name: str
    lines: tuple[str, ...]
    greeted: str
    address: str
    fields: Mapping[str, tuple[str, str]]


def once(page: Any, key: str, read: Callable[[], T]) -> T:
    """Return what a panel read for this page before under the same key ("cases.home"), or read it now.

    `page`: the subject of the composed page; what lies on it is forgotten with it.
    """
    kept = page.__dict__.setdefault("_read", {})
    if key not in kept:
        kept[key] = read()
    return kept[key]


@dataclass(frozen=True)
class Room:
    """What a room gives the house. Types of the higher mechanisms are theirs, hence Any.

    `facts`: evidence.FactType; `indicators`: evidence.Indicator; `pathways`: pathways.Pathway;
    `criteria`: matching rules; `letters`: documents the room can print;
    `comparisons`: evidence.Comparison, what the room's tables and its facts must agree on;
    `fates`: model -> trust.Fate, what becomes of its rows when two Akten of one household become one;
    `drafts`: key of a form that keeps a draft, up to its first colon -> what the draft is called;
    `importers`: sheets.Importer, of what lists can be taken in;
    `manual`: slug of a page of the manual -> names of the addresses that it explains, for the help link of these pages;
    `letter_fields`: what letters can say of what lies in the room;
    `akte_labels`: callable(actor, akte_ids) -> {akte_id: (label, address)} for what the actor sees;
    `letter_partner`: callable(actor, akte_id) -> LetterPartner, None where the actor sees nobody there;
    `contact_bars`: callable(person_ids, channel) -> {person_id: why nothing may be sent to them by it, in German};
    `ticks`: callable(at), done every half minute by the process that sends (`outbox.sending`).
    """

    name: str
    label: str
    menu: tuple[MenuEntry, ...] = ()
    panels: tuple[Panel, ...] = ()
    facts: tuple[Any, ...] = ()
    indicators: tuple[Any, ...] = ()
    pathways: tuple[Any, ...] = ()
    criteria: tuple[Any, ...] = ()
    letters: tuple[Any, ...] = ()
    letter_fields: tuple[LetterField, ...] = ()
    comparisons: tuple[Any, ...] = ()
    fates: Mapping[str, Any] = field(default_factory=dict)
    searchers: tuple[Searcher, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    drafts: Mapping[str, str] = field(default_factory=dict)
    tour: tuple[TourStep, ...] = ()
    manual: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    importers: tuple[Any, ...] = ()
    akte_labels: Callable[[Any, Iterable[Any]], Mapping[Any, tuple[str, str]]] | None = None
    letter_partner: Callable[[Any, Any], LetterPartner | None] | None = None
    link_pages: tuple[LinkPage, ...] = ()
    contact_bars: Callable[[Iterable[Any], str], Mapping[Any, str]] | None = None
    ticks: tuple[Callable[[Any], Any], ...] = ()


@cache
def installed_rooms() -> tuple[Room, ...]:
    """Return the manifests of all rooms in the settings, in their order."""
    return tuple(
        import_module(f"{name}.room").ROOM
        for name in settings.WURZELWERK_ROOMS
        if find_spec(f"{name}.room") is not None
    )


def panels(place: str) -> tuple[Panel, ...]:
    """Return all rooms' panels of a page, in order."""
    found = (panel for room in installed_rooms() for panel in room.panels if panel.place == place)
    return tuple(sorted(found, key=lambda panel: (panel.order, panel.key)))


def menu() -> tuple[MenuEntry, ...]:
    """Return all rooms' menu entries, in order."""
    found = (entry for room in installed_rooms() for entry in room.menu)
    return tuple(sorted(found, key=lambda entry: entry.order))


def akte_labels(actor: Any, akte_ids: Iterable[Any]) -> dict[Any, tuple[str, str]]:
    """Return Akte -> (label, address) as the rooms name what the actor may see; the first that knows it wins."""
    left = list(akte_ids)
    found: dict[Any, tuple[str, str]] = {}
    for room in installed_rooms():
        if room.akte_labels and left:
            found.update(room.akte_labels(actor, left))
            left = [pk for pk in left if pk not in found]
    return found


def letter_partner(actor: Any, akte_id: Any) -> LetterPartner | None:
    """Return to whom letters of an Akte go, as far as the actor sees them; the first room that knows it wins."""
    found = (room.letter_partner(actor, akte_id) for room in installed_rooms() if room.letter_partner)
    return next((one for one in found if one is not None), None)


def draft_names() -> dict[str, str]:
    """Return what the drafts of all rooms' forms are called, by key."""
    return {key: str(name) for room in installed_rooms() for key, name in room.drafts.items()}


def link_pages() -> dict[str, LinkPage]:
    """Return the pages that links open, of all rooms, by purpose."""
    return {page.purpose: page for room in installed_rooms() for page in room.link_pages}


def letter_fields() -> dict[str, LetterField]:
    """Return what letters can say, by key, in the order of the rooms."""
    return {one.key: one for room in installed_rooms() for one in room.letter_fields}


def contact_bars(persons: Iterable[Any], channel: str) -> dict[Any, str]:
    """Return person -> why nothing may be sent to them on a channel, as any room says; who is not in it may get it."""
    wanted = list(persons)
    bars = [dict(room.contact_bars(wanted, channel)) for room in installed_rooms() if room.contact_bars]
    return {person: said for found in bars for person, said in found.items()}


def ticks() -> tuple[Callable[[Any], Any], ...]:
    """Return what all rooms do every half minute."""
    return tuple(work for room in installed_rooms() for work in room.ticks)


def searchers() -> tuple[Searcher, ...]:
    """Return what all rooms give to the search, in order."""
    found = (searcher for room in installed_rooms() for searcher in room.searchers)
    return tuple(sorted(found, key=lambda searcher: (searcher.order, searcher.key)))


def shortcuts() -> tuple[Shortcut, ...]:
    """Return all rooms' shortcuts, in the order of the rooms."""
    return tuple(shortcut for room in installed_rooms() for shortcut in room.shortcuts)


def tour_steps() -> tuple[TourStep, ...]:
    """Return all rooms' steps of the first day, in order."""
    found = (step for room in installed_rooms() for step in room.tour)
    return tuple(sorted(found, key=lambda step: step.order))


@cache
def manual_of_pages() -> dict[str, str]:
    """Return the name of an address -> the slug of the manual's page about it."""
    return {name: slug for room in installed_rooms() for slug, names in room.manual.items() for name in names}
