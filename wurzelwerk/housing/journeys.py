"""Bring a household's journey to where its placements stand, as a consequence of an action that has been checked.

The journey lies in the Akte of the body that advises the household. Where the actor may not write it (any more), it
stays where it is: the advising body then moves it itself.
"""

from collections import deque
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from wurzelwerk.pathways import actions as pathways
from wurzelwerk.pathways.models import Journey
from wurzelwerk.pathways.queries import way_so_far
from wurzelwerk.pathways.stages import Pathway
from wurzelwerk.trust.actor import Actor

from .enums import SearchState
from .models import HousingSearch, Placement
from .moves import STANDING, WAY

PATHWAY = "housing"


def journey_of(household_ref: UUID, *, by: Actor) -> Journey | None:
    """Return the household's housing journey as far as the actor may write it, an open one first."""
    journeys = Journey.objects.writable_by(by).filter(case__parties__household_id=household_ref, pathway=PATHWAY)
    return journeys.order_by(F("ended_on").desc(nulls_first=True), "-started_on", "pk").first()


def steps_between(table: Pathway, start: str, end: str) -> list[str]:
    """Return the stages from behind `start` up to `end` on the shortest way; none where no way leads there.

    A final stage is never passed through.
    """
    came_from: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting and end not in came_from:
        here = waiting.popleft()
        if here != start and table.stage(here).final:
            continue
        for code in table.stage(here).next:
            if code not in came_from:
                came_from[code] = here
                waiting.append(code)
    steps: list[str] = []
    code = end
    while code in came_from and code != start:
        steps.append(code)
        code = came_from[code]
    return steps[::-1]


def stand_at(
    household_ref: UUID, stage: str, *, by: Actor, at: datetime, reason: str = "", occurred_on: date | None = None
) -> None:
    """Bring the journey to a stage: back over what was taken back where a reason is given, else along the table."""
    journey = journey_of(household_ref, by=by)
    if journey is None or journey.stage == stage:
        return
    if reason and stage in way_so_far(journey)[:-1]:
        while journey.stage != stage:
            pathways.take_back(journey=journey, reason=reason, by=by, at=at)
        return
    for code in steps_between(journey.table, journey.stage, stage):
        day = occurred_on if code == stage else None
        pathways.advance(journey=journey, to=code, by=by, at=at, occurred_on=day)


def follow_placements(
    search: HousingSearch, *, by: Actor, at: datetime, reason: str = "", occurred_on: date | None = None
) -> None:
    """Bring the journey to the furthest placement that stands, or back to searching. Raises what a move raises."""
    mine = Q(search=search) | Q(search__state__in=[SearchState.SEARCHING, SearchState.PAUSED])
    standing = (
        Placement.objects.for_system(reason="where the household stands")
        .filter(mine, household_ref=search.household_ref, state__in=WAY)
        .values_list("state", flat=True)
    )
    furthest = max(standing, key=WAY.index, default=None)
    stage = STANDING[furthest].stage if furthest else "searching"
    stand_at(search.household_ref, stage, by=by, at=at, reason=reason, occurred_on=occurred_on)
