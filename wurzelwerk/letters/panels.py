"""What letters give to the household page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from .queries import writes_letters


def letters(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """The way to the letters (no query)."""
    if page.case is None or not writes_letters(page.actor, page.case):
        return None
    return {"may_write": not page.case.closed_on}
