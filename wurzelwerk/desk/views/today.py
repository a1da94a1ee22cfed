"""Heute: what waits for me, for those for whom I stand in, for my team, and for one of it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base import clock, formats
from wurzelwerk.cases.absence_rules import led_people
from wurzelwerk.cases.covers import Covered
from wurzelwerk.counselling.team_day import team_day
from wurzelwerk.counselling.working_rules import working_rule

from ..pages import TodayPage, compose, covered
from ..queries import people_at, workload_places


def home(request: HttpRequest) -> HttpResponse:
    """Lead from the bare address to Heute."""
    return redirect("today")


def today(request: HttpRequest) -> HttpResponse:
    """Show every room's panels of the day."""
    return _shown(request, "today")


def today_cover(request: HttpRequest) -> HttpResponse:
    """Show what waits for those for whom the actor stands in today."""
    return _shown(request, "today_cover")


def today_team(request: HttpRequest) -> HttpResponse:
    """Show what waits in one of the lead's teams, by colleague."""
    if not request.actor.may("case.assign"):
        raise Http404
    page = _page(request)
    places = workload_places(request.actor)
    here = next((one for one in places if one.key == request.GET.get("ort")), places[0] if places else None)
    people = people_at(here, on=page.today) if here else []
    lines = team_day(request.actor, people, today=page.today, now=page.now)
    context = {
        "lines": lines, "here": here, "places": places if len(places) > 1 else [],
        "ahead": working_rule("days_ahead", on=page.today),
        "unseen_days": working_rule("unseen_after_days", on=page.today),
    }  # fmt: skip
    return render(
        request, "desk/today_team.html", _frame(page, "today_team") | compose(request, "today_team", page) | context
    )


def today_of(request: HttpRequest, user: UUID) -> HttpResponse:
    """Show the day of one colleague to who leads them: the same panels that a cover sees."""
    person = next((one for one in led_people(request.actor) if one.pk == user), None)
    if person is None:
        raise Http404
    page = _page(request)
    whole = Covered(person.pk, (), person.pk, person.display_name, page.today, page.today, None, frozenset(), seen=True)
    page.__dict__["_read"] = {"cases.covered": [whole]}  # the panels look there for whose day it is
    columns = compose(request, "today_cover", page)
    trail = [(_("Heute"), reverse("today")), (_("Team"), reverse("today_team"))]
    context = {"person": person, "trail": trail, "page": page, "subject": page}
    return render(request, "desk/today_of.html", context | columns)


def _page(request: HttpRequest) -> TodayPage:
    request.shows_badges = True
    return TodayPage(actor=request.actor, today=clock.today(), now=clock.now())


def _shown(request: HttpRequest, place: str) -> HttpResponse:
    page = _page(request)
    columns = compose(request, place, page)
    context = {"place": place, "covered": [one for one in covered(page) if one.on(page.today)]}
    return render(request, "desk/today.html", _frame(page, place) | context | columns)


def _frame(page: TodayPage, place: str) -> dict[str, object]:
    return {"page": page, "greeting": _greeting(page), "subject": page, "tabs": _tabs(page, place)}


def _tabs(page: TodayPage, here: str) -> list[dict[str, object]]:
    """The views of the day that there are for the actor; none where there is but one."""
    found = [("today", _("Meins"), 0)]
    if (number := sum(one.on(page.today) for one in covered(page))) or here == "today_cover":
        found.append(("today_cover", _("Vertretung"), number))
    if page.actor.may("case.assign"):
        found.append(("today_team", _("Team"), 0))
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
