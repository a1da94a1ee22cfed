"""What every page of the desk needs: the main navigation, and for whom one acts.

Everything is lazy: a fragment that shows no navigation resolves nothing. Badges cost a query each,
so only pages that set `request.shows_badges` (Heute, notices) ask for them.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from wurzelwerk.base.rooms import MenuEntry, menu
from wurzelwerk.trust.actor import Actor

from . import manual


@dataclass(frozen=True)
class NavigationEntry:
    """A line of the main navigation as the page shows it."""

    label: str
    url: str
    icon: str
    active: bool
    badge: int


@dataclass(frozen=True)
class UserLink:
    """A line of the menu behind one's own name."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class HelpLink:
    """The link of the header to the manual; `keys` is the overview of keys, opened by the question mark."""

    label: str
    url: str
    keys: str


def navigation(request: HttpRequest) -> dict:
    """Return `nav`, `user_links`, `actor`, search and help for the layout; nothing where nobody is logged in."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "list_pages": bool(actor),
        "nav": SimpleLazyObject(lambda: entries(request, actor)),
        "user_links": SimpleLazyObject(lambda: user_links(actor)),
        "search_url": SimpleLazyObject(lambda: reverse("search") if actor else ""),
        "search_suggest_url": SimpleLazyObject(lambda: reverse("search_suggest") if actor else ""),
        "help": SimpleLazyObject(lambda: _help(request) if actor else None),
    }


def entries(request: HttpRequest, actor: Actor | None) -> list[NavigationEntry]:
    """Return the menu entries that the actor's roles allow, the present one marked."""
    if not actor:
        return []
    found = allowed_entries(actor)
    present = _present(request.path, found)
    shows_badges = getattr(request, "shows_badges", False)
    return [
        NavigationEntry(
            label=str(entry.label),
            url=url,
            icon=entry.icon,
            active=entry is present,
            badge=entry.badge(actor) if entry.badge and shows_badges else 0,
        )
        for entry, url in found
    ]


def allowed_entries(actor: Actor) -> list[tuple[MenuEntry, str]]:
    """Return the menu entries that the actor's roles allow, each with its address."""
    allowed = [entry for entry in menu() if not entry.permission or actor.may(entry.permission)]
    return [(entry, url) for entry in allowed if (url := _address(entry))]


def _address(entry: MenuEntry) -> str:
    """The entry's address; empty where the room that would serve it is not part of this city."""
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _present(path: str, found: list[tuple[MenuEntry, str]]) -> MenuEntry | None:
    """The entry whose prefix fits the address best."""
    fitting = [
        (len(prefix), -place, entry)
        for place, (entry, url) in enumerate(found)
        for prefix in (entry.active or (url,))
        if path.startswith(prefix)
    ]
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def _help(request: HttpRequest) -> HelpLink:
    """What the manual says about the page that is shown."""
    match = request.resolver_match
    label, url = manual.about(match.url_name or "" if match else "")
    return HelpLink(label, url, reverse("manual_page", args=[manual.KEYS]))


def user_links(actor: Actor | None) -> list[UserLink]:
    """Return the lines behind one's own name."""
    if not actor:
        return []
    return [
        UserLink(_("Mein Zugang und meine Rollen"), reverse("account"), "person"),
        UserLink(_("Hinweise"), reverse("notice_list"), "bell"),
        UserLink(_("Passwort ändern"), reverse("password_change"), "key"),
        UserLink(_("Hilfe"), reverse("manual"), "help"),
    ]
