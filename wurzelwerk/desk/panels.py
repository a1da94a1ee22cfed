"""The desk's own panels."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wurzelwerk.base.rooms import akte_labels, draft_names
from wurzelwerk.drafts.offering import DISCARD, Offered
from wurzelwerk.drafts.queries import drafts_of

from . import first_day as beginning
from .pages import TodayPage, covered
from .queries import notices_of

SHOWN = 5


def covers(request: HttpRequest, page: TodayPage) -> Mapping[str, Any] | None:
    """For whom the actor stands in, now or soon; nothing where for nobody (two queries)."""
    found = covered(page)
    if not found:
        return None
    return {"lines": [(one, one.on(page.today)) for one in found]}


DRAFTS_SHOWN = 10


def notices(request: HttpRequest, page: TodayPage) -> Mapping[str, Any] | None:
    """The newest unread notices; nothing where none waits (one query)."""
    unread = list(notices_of(page.actor).filter(read_at__isnull=True)[: SHOWN + 1])
    if not unread:
        return None
    return {"notices": unread[:SHOWN], "more": len(unread) > SHOWN}


def drafts(request: HttpRequest, page: TodayPage) -> Mapping[str, Any] | None:
    """What the actor began to write and has not sent; nothing where nothing is (one query, and one for the names)."""
    found = drafts_of(page.actor, at=page.now)
    if not found:
        return None
    called, about = draft_names(), akte_labels(page.actor, {row.akte_id for row in found[:DRAFTS_SHOWN]})
    lines = [
        {
            "draft": row,
            "title": called.get(row.form.partition(":")[0], _("Formular")),
            "about": about.get(row.akte_id, ("", "")),
            "discard": Offered(row.address, "").asking(DISCARD),
        }
        for row in found[:DRAFTS_SHOWN]
    ]
    return {"lines": lines, "more": max(0, len(found) - DRAFTS_SHOWN)}


def first_day(request: HttpRequest, page: TodayPage) -> Mapping[str, Any] | None:
    """What a new colleague may try, while the account is new, something is left and nobody took it off (one query)."""
    if not beginning.is_shown(request) or not beginning.is_new(request.user.date_joined, now=page.now):
        return None
    tour = beginning.tour(page.actor)
    return None if tour.is_over else {"tour": tour}
