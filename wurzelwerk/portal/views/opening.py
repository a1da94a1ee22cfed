"""Opening a link: find what it opens, let the room's page answer, and let nobody keep or pass on what was shown."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wurzelwerk.base import clock, knocking
from wurzelwerk.base.own_language import chosen_language
from wurzelwerk.base.rooms import link_pages
from wurzelwerk.base.small_bodies import NoFiles, is_too_large, refusal
from wurzelwerk.network.models import Site
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.links import LinkBusy, LinkGone, Visit, standing_link

from ..texts_of import FRAME as TEXTS

SITES_SHOWN = 8
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@dataclass(frozen=True)
class Portal:
    """What the frame of a page without an account needs; templates find it as `request.portal`."""

    language: str
    languages: tuple[str, ...]

    @property
    def texts(self) -> Any:
        """The frame's own words."""
        return TEXTS.of(self.language)

    @property
    def choices(self) -> list[Any]:
        """The languages to choose from, each with its code, name and direction."""
        return [TEXTS.of(code) for code in self.languages]


@csrf_exempt  # no session is asked here: who has the secret may act, and without it nobody can make a browser do so
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what a link opens, or take what is sent there; one and the same page where it opens nothing."""
    request.upload_handlers = [NoFiles(request)]
    answer = refusal() if is_too_large(request) else _answer(request, secret)
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer


def _answer(request: HttpRequest, secret: str) -> HttpResponse:
    at = clock.now()
    request.portal = _portal(request)
    found = standing_link(secret, at=at)
    page = link_pages().get(found.purpose) if found else None
    if found is None or page is None:  # only who asks in vain is held up: others come through from the same network
        if knocking.is_too_often(request, at=at):
            return _busy(request, knocking.WINDOW)
        knocking.count(request, at=at)
        return _gone(request)
    request.portal = _portal(request, among=page.languages, default=found.language)
    visit = Visit(link=found, actor=Actor.by_link(found), language=request.portal.language)
    try:
        with translation.override(visit.language):
            return page.view(request, visit)
    except LinkBusy:
        return _busy(request, timedelta(hours=1), by_link=True)
    except LinkGone:
        return _gone(request)


def _portal(request: HttpRequest, *, among: tuple[str, ...] = (), default: str = "") -> Portal:
    languages = among or TEXTS.languages
    return Portal(chosen_language(request, among=languages, default=default), languages)


def _gone(request: HttpRequest) -> HttpResponse:
    return _frame_page(request, "portal/gone.html", status=404)


def _busy(request: HttpRequest, wait: timedelta, *, by_link: bool = False) -> HttpResponse:
    answer = _frame_page(request, "portal/busy.html", status=429, by_link=by_link)
    answer.headers["Retry-After"] = str(int(wait.total_seconds()))
    return answer


def _frame_page(request: HttpRequest, template: str, *, status: int, by_link: bool = False) -> HttpResponse:
    return render(request, template, {"offices": offices(), "by_link": by_link}, status=status)


def offices() -> list[Site]:
    """Return the sites that a page names which knows nobody's office (one query)."""
    rows = (
        Site.objects.filter(organisation__is_controller=True).exclude(phone="").order_by("organisation__name", "name")
    )
    if settings.PORTAL_SITES:
        rows = rows.filter(code__in=settings.PORTAL_SITES)
    return list(rows[:SITES_SHOWN])
