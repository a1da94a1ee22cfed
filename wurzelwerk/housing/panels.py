"""What housing contributes to the household page and to Heute. At most two queries a panel."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.clock import local_day
from wurzelwerk.pathways.models import Journey
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.scopes import Scope

from . import law
from .enums import PlacementState, RoundState
from .models import HousingSearch, Outcome, PlacementMove, Round
from .queries.households import claims_for, table_limit, wishes_of
from .queries.panels import aftercare_of, page_journey, page_profile
from .queries.searches import placements_of, placements_with, waiting_referrals

SHOWN = 5
AFTER_VIEWING = timedelta(days=1)
KINDS = {
    "proposed": "info", "viewing": "info", "applied": "warning", "promised": "success", "contract": "success",
    "keys": "success", "declined": "danger", "refused": "", "withdrawn": "",
}  # fmt: skip


def pathway(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """The way into a home as a stepper, since when, and what blocks (two queries)."""
    if not page.may_read(Scope.PATHWAY):
        return None
    journey = page_journey(page)
    lacks_profile = page.may_read(Scope.SEARCH_PROFILE) and page_profile(page) is None
    writes = page.may_write(Scope.PATHWAY) and page.actor.may("journey.advance")
    if journey is None:
        return {"journey": None, "writes": writes and not page.is_foreign and page.case is not None}
    stage = journey.at_stage
    return {
        "journey": journey,
        "stage": stage,
        "lacks_profile": lacks_profile and not journey.ended_on,
        "aside": not stage.main,
        "final": stage.final,
        "stages": (shown := stages_shown(journey)),
        "near": near_stages(shown),
        "writes": writes,
        "can_go_on": bool(stage.next),
        "can_go_back": journey.stage != journey.table.first.code,
    }


def stages_shown(journey: Journey) -> list[dict[str, str]]:
    """The main stages as the stepper shows them; a stage with blockers ahead is shown as blocked."""
    here = journey.at_stage
    main = [stage for stage in journey.table.stages if stage.main]
    place = main.index(here) if here in main else -1
    shown = []
    for number, stage in enumerate(main):
        state = "done" if number < place or (number == place and here.final) else "open"
        if number == place and not here.final:
            state = "current"
        elif number == place + 1 and stage.blockers:
            state = "blocked"
        note = _("seit %(day)s") % {"day": formats.day(journey.since)} if number == place else ""
        shown.append({"name": stage.label, "state": state, "note": note})
    return shown


def near_stages(shown: list[dict[str, str]]) -> list[dict[str, str]]:
    """The stage behind, the present one and the two ahead: as many as stand side by side."""
    here = next((n for n, one in enumerate(shown) if one["note"]), len(shown) - 1)
    first = max(0, min(here - 1, len(shown) - 4))
    return shown[first : first + 4]


def claims(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """What the household may claim, with its source (two queries; the profile was read with the way)."""
    if page.is_foreign or not page.may_read(Scope.ECONOMIC) or not page.members:
        return None
    return {"claims": claims_for(page, profile=page_profile(page))}


def profile(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """The search profile (two queries)."""
    if not page.may_read(Scope.SEARCH_PROFILE):
        return None
    found = page_profile(page)
    writes = page.may_write(Scope.SEARCH_PROFILE)
    if found is None:
        return {"profile": None, "writes": writes} if writes else None
    return {
        "profile": found,
        "writes": writes,
        "wishes": wishes_of(found),
        "priority": law.label("priority_classes", str(found.priority)),
        "table_limit": table_limit(found, on=page.today),
        "wbs_kind": law.label("wbs_kinds", found.wbs_kind) if found.wbs_kind else "",
    }


def placements(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """Placements, and what the last round answered with its nearest misses (two queries)."""
    rows = placements_of(page.household.pk, actor=page.actor)[:20]
    for row in rows:
        row.kind = KINDS[row.state]
    outcome = last_answer(page)
    own = not page.is_foreign and page.actor.may("housing.place")
    if not rows and outcome is None and not own and page_journey(page) is None:
        return None
    return {
        "placements": rows,
        "outcome": outcome,
        "may_take_on": own and outcome is None and may_take_on(page),
        "empty_text": _("Sobald eine Wohnung vorgeschlagen wird, steht sie hier, mit jedem Schritt bis zum Schlüssel."),
    }


def may_take_on(page: Any) -> bool:
    """Whether a search could be opened: there is a profile and none goes on (one query, for the placing body alone)."""
    if page.case is None or page_profile(page) is None:
        return False
    running = HousingSearch.objects.visible_to(page.actor).of(household_ref=page.household.pk)
    return not running.filter(state__in=["searching", "paused"]).exists()


def last_answer(page: Any) -> dict[str, Any] | None:
    """The latest round's line for the household (one query); dwellings are named by nobody but the sentence."""
    lines = Outcome.objects.visible_to(page.actor).filter(
        search__household_ref=page.household.pk, round__state=RoundState.DONE
    )
    found = (
        lines.exclude(kind="reserve")
        .order_by("-round__finished_at", "-pk")
        .values("kind", "misses", "unclear", "round__finished_at")
        .first()
    )
    if found is None:
        return None
    return {
        "kind": found["kind"],
        "finished": local_day(found["round__finished_at"]),
        "lines": [("", miss["sentence"], miss["change"]) for miss in found["misses"]],
        "unclear": found["unclear"] if found["kind"] == "unclear" else [],
    }


def aftercare(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """The look-ins after moving in (one query)."""
    if not page.may_read(Scope.PATHWAY):
        return None
    rows = aftercare_of(page.household.pk, actor=page.actor)
    if not rows:
        return None
    return {"rows": rows, "writes": page.may_write(Scope.PATHWAY) and not page.is_foreign}


# -- Heute ------------------------------------------------------------------------------------------------------------


def referrals_today(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """Referrals that wait for an answer of the actor's body (one query)."""
    if not page.actor.may("referral.answer"):
        return None
    rows = list(waiting_referrals(page.actor)[: SHOWN + 1])
    return {"referrals": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else None


def placements_today(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """Viewings of today and yesterday that nobody answered, and promises that were asked for (one query)."""
    if not page.actor.may("housing.place"):
        return None
    soon = Q(state=PlacementState.VIEWING, viewing_at__lt=page.now + AFTER_VIEWING)
    rows = list(
        placements_with(page.actor)
        .filter(soon | Q(state=PlacementState.APPLIED))
        .order_by("state", "viewing_at", "proposed_at")[: 2 * SHOWN]
    )
    viewings = [row for row in rows if row.state == PlacementState.VIEWING]
    for row in rows:
        row.kind = KINDS[row.state]
    shown = viewings + [row for row in rows if row.state == PlacementState.APPLIED]
    return {"placements": shown} if shown else None


def round_today(request: HttpRequest, page: Any) -> Mapping[str, Any] | None:
    """Whether searches or placements changed since the last round (two queries)."""
    if not page.actor.may("housing.round"):
        return None
    latest = Round.objects.visible_to(page.actor).filter(state=RoundState.DONE).order_by("-started_at").first()
    if latest is None:
        return {"round": None, "changes": 0}
    changes = changes_since(latest, page.actor)
    return {"round": latest, "changes": changes} if changes else None


def changes_since(latest: Round, actor: Actor) -> int:
    """Count promises, ends of placements and steps back since a round (one query)."""
    moves = PlacementMove.objects.visible_to(actor).filter(moved_at__gt=latest.started_at)
    return moves.exclude(to_state__in=[PlacementState.PROPOSED, PlacementState.VIEWING, PlacementState.APPLIED]).count()


def waiting_count(actor: Actor) -> int:
    """Count the referrals that wait for an answer (one query), for the menu."""
    return waiting_referrals(actor).order_by()[:99].count() if actor.may("referral.answer") else 0
