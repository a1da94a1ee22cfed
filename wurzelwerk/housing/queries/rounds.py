"""Reads of rounds: the latest one, what it says of a pair, who is next in reserve."""

from uuid import UUID

from django.db.models import QuerySet

from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte

from ..enums import BINDING_PLACEMENT, OutcomeKind, PlacementState, RoundState, SearchState
from ..models import HousingSearch, Letting, Outcome, Placement, Round

AKTE_SUBJECT = "rounds"
ENDED = (PlacementState.DECLINED, PlacementState.REFUSED, PlacementState.WITHDRAWN)


def rounds_akte(actor: Actor) -> Akte | None:
    """Return the folder in which the actor's body keeps its rounds; None where it has run none yet."""
    controller = actor.home.organisation_id if actor.home else None
    return Akte.objects.visible_to(actor).filter(controller_id=controller, subject=AKTE_SUBJECT).first()


def rounds_of(actor: Actor) -> QuerySet[Round]:
    """Return the rounds that the actor may see, the newest first."""
    return Round.objects.visible_to(actor).select_related("started_by").order_by("-started_at", "-pk")


def latest_round(controller_id: UUID) -> Round | None:
    """Return a body's latest finished round, for the rule that overriding it needs a reason."""
    done = Round.objects.for_system(reason="what the latest round says").filter(
        akte__controller_id=controller_id, state=RoundState.DONE
    )
    return done.order_by("-started_at", "-pk").first()


def round_says(search: HousingSearch, letting: Letting) -> Round | None:
    """Return the latest round where it proposes this pair, itself or as the next one who can still be asked."""
    latest = latest_round(search.akte.controller_id)
    if latest is None:
        return None
    asked = asked_in_order(latest, letting)
    if asked and asked[0].search_id == search.pk:
        return latest
    return None


def asked_in_order(found: Round, letting: Letting) -> list[Outcome]:
    """Return placement and reserve of a letting in order, but only who can still be asked (three queries)."""
    reason = "who can still be asked"
    lines = list(
        Outcome.objects.for_system(reason=reason)
        .filter(round=found, letting=letting, kind__in=[OutcomeKind.PLACED, OutcomeKind.RESERVE])
        .select_related("search")
        .order_by("position")
    )
    ended = Placement.objects.for_system(reason=reason).filter(letting=letting, state__in=ENDED)
    over = set(ended.values_list("search_id", flat=True))
    households = [line.search.household_ref for line in lines]
    promised = Placement.objects.for_system(reason=reason).filter(
        household_ref__in=households, state__in=BINDING_PLACEMENT
    )
    bound = set(promised.values_list("household_ref", flat=True))
    return [
        line
        for line in lines
        if line.search_id not in over
        and line.search.household_ref not in bound
        and line.search.state == SearchState.SEARCHING
    ]


def next_in_reserve(letting: Letting, *, actor: Actor) -> HousingSearch | None:
    """Return whom the latest round names next for a letting, as far as the actor places them."""
    latest = latest_round(letting.akte.controller_id)
    if latest is None:
        return None
    going = Placement.objects.visible_to(actor).filter(letting=letting).exclude(state__in=ENDED)
    asked = set(going.values_list("search_id", flat=True))
    waiting = [line.search for line in asked_in_order(latest, letting) if line.search_id not in asked]
    if not waiting:
        return None
    return HousingSearch.objects.visible_to(actor).filter(pk=waiting[0].pk).first()
