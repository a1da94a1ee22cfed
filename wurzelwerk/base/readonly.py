"""Reading pages only read: during GET and HEAD the database accepts nothing but SELECT.

A view that reads by POST, because what is asked for must not stand in an address, says `@reads_only`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

_WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE|REPLACE)\b", re.IGNORECASE)
# A session is renewed or ended by whatever page comes first, reading ones too; who asks in vain is counted;
# who takes a list out as a file is written down.
_ALLOWED = re.compile(r"\b(django_session|base_knock|network_exportentry)\b")


class WriteDuringRead(RuntimeError):
    """A reading page tried to write: a defect in the program, never the person's fault."""


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict) -> Any:
    """Database wrapper that lets only reading statements through."""
    if _WRITES.match(sql) and not _ALLOWED.search(sql):
        raise WriteDuringRead(f"a reading page tried to write: {sql[:60]}")
    return execute(sql, params, many, context)


@contextmanager
def reading() -> Iterator[None]:
    """Refuse every write on every database meanwhile."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(refuse_writes))
        yield


def reads_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hold a view to reading, whatever the method of the request."""

    @wraps(view)
    def held(*args: Any, **kwargs: Any) -> HttpResponse:
        with reading():
            return view(*args, **kwargs)

    return held


class ReadOnlyGetMiddleware:
    """Wrap every GET and HEAD so that a forgotten write fails at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with reading():
            return self.get_response(request)
