"""The way from a household's page to its reminders, slips and links; no query."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from wurzelwerk.trust.scopes import Scope


def way_in(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """Where the way leads, for who may change the household's calendar."""
    return {"household": page.household} if page.may_write(Scope.CALENDAR) and not page.is_foreign else None
