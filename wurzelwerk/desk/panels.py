"""The desk's own panels."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from .pages import TodayPage
from .queries import notices_of

SHOWN = 5


def notices(request: HttpRequest, page: TodayPage) -> Mapping[str, Any] | None:
    """The newest unread notices; nothing where none waits (one query)."""
    unread = list(notices_of(page.actor).filter(read_at__isnull=True)[: SHOWN + 1])
    if not unread:
        return None
    return {"notices": unread[:SHOWN], "more": len(unread) > SHOWN}
