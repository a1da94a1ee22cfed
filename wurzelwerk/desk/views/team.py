"""The team: who has how many open households, and whom nobody has seen for long."""

from datetime import timedelta
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wurzelwerk.counselling.working_rules import working_rule

from ..queries import work_of_team, workload_places


def team(request: HttpRequest) -> HttpResponse:
    """Show the open cases of one of the lead's teams by the person in charge."""
    actor = request.actor
    if not actor.may("case.assign"):
        raise PermissionDenied
    places = workload_places(actor)
    here = next((place for place in places if place.key == request.GET.get("ort")), places[0] if places else None)
    days = working_rule("unseen_after_days", on=actor.on)
    before = actor.on - timedelta(days=days)
    lines = work_of_team(here.circle_id, actor=actor, before=before) if here else []
    listed = reverse("household_list")
    for line in lines:
        if line.user_id:
            line.url = f"{listed}?{urlencode({'zustaendig': line.user_id})}"
            line.unseen_url = f"{listed}?{urlencode({'zustaendig': line.user_id, 'kontakt': f'{before:%d.%m.%Y}'})}"
    tabs = [{"label": p.name, "url": f"?ort={p.key}", "active": p is here} for p in places] if len(places) > 1 else []
    context = {"here": here, "tabs": tabs, "lines": lines, "days": days, "total": _total(lines)}
    return render(request, "desk/team.html", context)


def _total(lines: list) -> dict[str, int]:
    return {"open": sum(line.open for line in lines), "unseen": sum(line.unseen for line in lines)}
