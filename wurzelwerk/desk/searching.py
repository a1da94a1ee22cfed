"""The search over everything: what the rooms' searchers find for an actor, and the pages and actions open to them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from wurzelwerk.base.rooms import Hit, Searcher, searchers, shortcuts
from wurzelwerk.trust.actor import Actor

from .context import allowed_entries, user_links
from .finding import is_called

SHORTEST, LONGEST = 2, 200
SUGGESTED, SHOWN, AT_MOST = 5, 10, 100
"""Hits of a group while one types, on the page of results, and where one group is shown alone."""

SURE = 0.9
"""From this score on a hit is what was meant: names as heard reach it, names that merely sound near do not."""

ACTIONS, PAGES = "aktionen", "seiten"
NO_TEXT = {"Cc", "Cn", "Co", "Cs"}
"""Control signs and what stands for nothing; marks inside Persian and Arabic names stay."""


@dataclass(frozen=True)
class Group:
    """The hits of one kind, the best first. `more`: there are others beyond them."""

    key: str
    label: str
    icon: str
    hits: tuple[Hit, ...]
    more: bool = False


def cleaned(text: str) -> str:
    """Return a typed text without control signs and surplus blanks, at most 200 characters of it."""
    signs = (" " if unicodedata.category(sign) in NO_TEXT else sign for sign in text[: LONGEST * 2])
    return " ".join("".join(signs).split())[:LONGEST].rstrip()


def search(actor: Actor, text: str, *, limit: int, only: str = "") -> list[Group]:
    """Return the groups in which something is found, each with at most `limit` hits; `only`: one group alone.

    A page or action of that very name comes first, groups whose best hit is not sure come behind the others. A text of
    less than two characters finds nothing.
    """
    if len(text) < SHORTEST:
        return []
    kinds = [one for one in searchers() if not one.permission or actor.may(one.permission)]
    found = [_found(one, actor, text, limit) for one in kinds if only in ("", one.key)]
    found += [_cut(group, limit) for group in ways(actor, text) if only in ("", group.key)]
    return sorted(
        (group for group in found if group.hits),
        key=lambda group: (not _is_named(group, text), group.hits[0].score < SURE),
    )


def _is_named(group: Group, text: str) -> bool:
    return group.key in {ACTIONS, PAGES} and group.hits[0].label.casefold() == text.casefold()


def is_group(key: str) -> bool:
    """Whether there is a group of this key."""
    return key in {ACTIONS, PAGES, *(one.key for one in searchers())}


def _found(searcher: Searcher, actor: Actor, text: str, limit: int) -> Group:
    hits = sorted(searcher.find(actor, text, limit + 1), key=lambda hit: -hit.score)
    return _cut(Group(searcher.key, str(searcher.label), searcher.icon, tuple(hits)), limit)


def _cut(group: Group, limit: int) -> Group:
    return Group(group.key, group.label, group.icon, group.hits[:limit], len(group.hits) > limit)


def ways(actor: Actor, text: str = "") -> list[Group]:
    """Return what the actor can do and the pages that are open to them; with a text those that are called so."""
    allowed = [one for one in shortcuts() if not one.permission or actor.may(one.permission)]
    actions = [(_address(one.url_name), str(one.label), one.words) for one in allowed]
    entries = [(address, str(entry.label), "") for entry, address in allowed_entries(actor)]
    links = [(link.url, link.label, "") for link in user_links(actor)]
    taken = {address for address, *_rest in actions}
    pages = dict.fromkeys(one for one in [*entries, *links] if one[0] not in taken)
    groups = (
        Group(ACTIONS, _("Aktionen"), "plus", _called(actions, text)),
        Group(PAGES, _("Seiten"), "document", _called(pages, text)),
    )
    return [group for group in groups if group.hits]


def _called(lines: Iterable[tuple[str, str, str]], text: str) -> tuple[Hit, ...]:
    """Hits of the lines (address, label, further words) that are called so, the very name first; without a text all."""
    found = [
        Hit(label, url=address)
        for address, label, more in lines
        if address and (not text or is_called(f"{label} {more}", text))
    ]
    return tuple(sorted(found, key=lambda hit: hit.label.casefold() != text.casefold()))


def _address(url_name: str) -> str:
    """The address of a shortcut; empty where the room that would serve it is not part of this city."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def counted(groups: Iterable[Group]) -> tuple[int, bool]:
    """Return how many hits are shown, and whether there are more of them."""
    groups = list(groups)
    return sum(len(group.hits) for group in groups), any(group.more for group in groups)
