"""What the panels of the household page share; each thing is read once a page."""

from typing import Any

from wurzelwerk.base.rooms import once
from wurzelwerk.pathways.models import Journey
from wurzelwerk.trust.actor import Actor

from ..models import AfterCare, SearchProfile
from .households import profile_of


def page_profile(page: Any) -> SearchProfile | None:
    """Return the household's profile (one query a page)."""
    return once(page, "housing.profile", lambda: profile_of(page.household.pk, actor=page.actor))


def page_journey(page: Any) -> Journey | None:
    """Return the household's housing journey, an open one first (one query a page)."""
    return once(page, "housing.journey", lambda: journey_seen(page.household.pk, actor=page.actor))


def journey_seen(household_id: Any, *, actor: Actor) -> Journey | None:
    """Return the household's housing journey as far as the actor may see it, an open one first."""
    rows = Journey.objects.visible_to(actor).filter(case__parties__household_id=household_id, pathway="housing")
    return min(rows, key=lambda row: (row.ended_on is not None, -row.started_on.toordinal()), default=None)


def aftercare_of(household_id: Any, *, actor: Actor) -> list[AfterCare]:
    """Return the look-ins that are planned or noted, in order."""
    rows = AfterCare.objects.visible_to(actor).of(household_ref=household_id).filter(cancelled_at__isnull=True)
    return sorted(rows.order_by(), key=lambda row: (row.due_on, row.pk.int))
