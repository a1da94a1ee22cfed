"""Heute: what waits for me, for those for whom I stand in, and for my team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base import clock, formats

from ..pages import TodayPage, compose, covered


def home(request: HttpRequest) -> HttpResponse:
    """Lead from the bare address to Heute."""
    return redirect("today")


def today(request: HttpRequest) -> HttpResponse:
    """Show every room's panels of the day."""
    return _shown(request, "today")


def today_cover(request: HttpRequest) -> HttpResponse:
    """Show what waits for those for whom the actor stands in today."""
    return _shown(request, "today_cover")


def _shown(request: HttpRequest, place: str) -> HttpResponse:
    request.shows_badges = True
    page = TodayPage(actor=request.actor, today=clock.today(), now=clock.now())
    columns = compose(request, place, page)
    context = {
        "page": page, "greeting": _greeting(page), "subject": page, "place": place, "tabs": _tabs(page, place),
        "covered": [one for one in covered(page) if one.on(page.today)],
    }  # fmt: skip
    return render(request, "desk/today.html", context | columns)


def _tabs(page: TodayPage, here: str) -> list[dict[str, object]]:
    """The views of the day that there are for the actor; none where there is but one."""
    found = [("today", _("Meins"), 0)]
    if (number := sum(one.on(page.today) for one in covered(page))) or here == "today_cover":
        found.append(("today_cover", _("Vertretung"), number))
    if len(found) == 1:
        return []
    return [
        {"label": label, "url": reverse(name), "active": name == here, "count": count or ""}
        for name, label, count in found
    ]


def _greeting(page: TodayPage) -> str:
    hour = formats.local(page.now).hour
    if hour < 10:
        return "Guten Morgen"
    return "Guten Tag" if hour < 18 else "Guten Abend"
