"""The lines of a round as its page shows them; names only of households that are open to the reader."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from wurzelwerk.cases.models import Household
from wurzelwerk.trust.actor import Actor

from ..enums import OutcomeKind
from ..models import Letting, Outcome, Placement, Round, SearchProfile


def lines_of(found: Round, kinds: Iterable[str], *, actor: Actor) -> QuerySet[Outcome]:
    """Return lines of some kinds with the household's name, class and waiting time, most urgent first."""
    profiles = SearchProfile.objects.visible_to(actor).filter(household_id=OuterRef("search__household_ref"))
    households = Household.objects.visible_to(actor).filter(pk=OuterRef("search__household_ref"))
    placements = Placement.objects.visible_to(actor).filter(
        search_id=OuterRef("search_id"), letting_id=OuterRef("letting_id")
    )
    newest = placements.order_by("-proposed_at")
    return (
        Outcome.objects.visible_to(actor)
        .filter(round=found, kind__in=list(kinds))
        .select_related("search")
        .annotate(
            household_name=Subquery(households.values("name")[:1]),
            priority=Subquery(profiles.values("priority")[:1]),
            persons=Subquery(profiles.values("persons")[:1]),
            waiting_since=Subquery(profiles.values("waiting_since")[:1]),
            placement_id=Subquery(newest.values("pk")[:1]),
            placement_state=Subquery(newest.values("state")[:1]),
            offer_title=F("letting__offer__title"),
        )
    )


def reserves_of(found: Round, lettings: Iterable[UUID], *, actor: Actor) -> dict[UUID, list[tuple[UUID, str]]]:
    """Return letting -> (search, household's name) in order (one query); names that are not open are left out."""
    wanted = list(lettings)
    lines = lines_of(found, [OutcomeKind.RESERVE], actor=actor).filter(letting_id__in=wanted).order_by("position")
    reserves: dict[UUID, list[tuple[UUID, str]]] = {}
    for letting, search, name in lines.values_list("letting_id", "search_id", "household_name"):
        if name:
            reserves.setdefault(letting, []).append((search, name))
    return reserves


def lettings_named(ids: Iterable[UUID], *, actor: Actor) -> dict[str, Letting]:
    """Return letting id as text -> letting with offer and dwelling (one query)."""
    rows = Letting.objects.visible_to(actor).filter(pk__in=set(ids)).select_related("offer", "dwelling__building")
    return {str(row.pk): row for row in rows}


def lettings_left(found: Round, *, actor: Actor) -> QuerySet[Letting]:
    """Return open lettings for which the round found nobody (as far as they are still open)."""
    placed = Outcome.objects.visible_to(actor).filter(round=found, kind=OutcomeKind.PLACED).values("letting_id")
    rows = Letting.objects.writable_by(actor).filter(is_current=True, offer__state="open").exclude(pk__in=placed)
    return rows.select_related("offer__district", "dwelling__building")
