"""Heute: what waits for me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wurzelwerk.base import clock, formats

from ..pages import TodayPage, compose


def home(request: HttpRequest) -> HttpResponse:
    """Lead from the bare address to Heute."""
    return redirect("today")


def today(request: HttpRequest) -> HttpResponse:
    """Show every room's panels of the day."""
    request.shows_badges = True
    page = TodayPage(actor=request.actor, today=clock.today(), now=clock.now())
    columns = compose(request, "today", page)
    context = {"page": page, "greeting": _greeting(page), "subject": page}
    return render(request, "desk/today.html", context | columns)


def _greeting(page: TodayPage) -> str:
    hour = formats.local(page.now).hour
    if hour < 10:
        return "Guten Morgen"
    return "Guten Tag" if hour < 18 else "Guten Abend"
