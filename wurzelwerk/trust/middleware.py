"""Puts the actor on the request, resolved once and only when somebody asks; no page stays in a cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .actor import Actor


class ActorMiddleware:
    """`request.actor`: the Actor of the account, or None without one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor | None:
    """Return the actor of a request; None where nobody is logged in."""
    return Actor.of(request.user) if request.user.is_authenticated else None


class KeptByNobodyMiddleware:
    """Pages name people, and desks are shared: unless an answer says otherwise, no browser and no proxy keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer
