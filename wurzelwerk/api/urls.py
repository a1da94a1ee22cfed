"""Addresses of the interface."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.urls.resolvers import URLPattern

from .views import api, health


def _open(pattern: URLPattern) -> URLPattern:
    """The interface answers 401 by itself; it must not redirect a program to the login page."""
    pattern.callback = login_not_required(pattern.callback)
    return pattern


urlpatterns = [
    path("healthz", health, name="health"),
    path("api/", ([_open(pattern) for pattern in api.urls[0]], *api.urls[1:])),
]
