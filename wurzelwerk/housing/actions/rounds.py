"""Rounds: begin one, keep what it found, say that it failed, propose from it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import HouseError, NotAllowed, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.actions import open_akte
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_can_write

from .. import facts
from ..actions.placing import propose_placement
from ..enums import OutcomeKind, RoundState
from ..models import HousingSearch, Outcome, Placement, Round
from ..queries.rounds import AKTE_SUBJECT, rounds_akte
from ..round_findings import RoundFindings
from ..rules.placing import check_can_run_rounds

GIVEN_UP_AFTER = timedelta(hours=1)


@transaction.atomic
def start_round(*, by: Actor, at: datetime) -> Round:
    """Begin a round; a job runs it. Raises NotAllowed, WrongState (one runs already)."""
    check_can_run_rounds(by)
    akte = rounds_akte(by) or _folder(by, at)
    Akte.objects.for_system(reason="one round at a time").select_for_update().get(pk=akte.pk)
    going = Round.objects.visible_to(by).filter(
        akte=akte, state__in=[RoundState.WAITING, RoundState.RUNNING], started_at__gt=at - GIVEN_UP_AFTER
    )
    if going.exists():
        raise WrongState(_("Es läuft schon eine Runde. Bitte warten Sie, bis sie fertig ist."))
    begun = Round(akte=akte, started_at=at)
    if by.user_id is not None:
        begun.started_by_id = by.user_id
    check_can_write(by, begun)
    begun.save()
    record(facts.ROUND_STARTED, about=[], frame=frame_of(akte), at=at)
    return begun


def _folder(by: Actor, at: datetime) -> Akte:
    if by.home is None:
        raise NotAllowed(_("Sie arbeiten für keine Stelle, die Runden rechnet."))
    controller = Organisation.objects.get(pk=by.home.organisation_id)
    return open_akte(controller=controller, site=None, subject=AKTE_SUBJECT, by=by, at=at)


@transaction.atomic
def keep_findings(*, begun: Round, findings: RoundFindings, by: Actor, at: datetime) -> None:
    """Keep what a round found: one line a household, the reserve of each letting. Raises NotAllowed, WrongState."""
    check_can_write(by, begun)
    locked = Round.objects.for_system(reason="a round is finished once").select_for_update().get(pk=begun.pk)
    if locked.state == RoundState.DONE:
        raise WrongState(_("Diese Runde ist schon fertig."))
    akten = dict(HousingSearch.objects.visible_to(by).values_list("pk", "akte_id"))
    circles = dict(HousingSearch.objects.visible_to(by).values_list("pk", "circle_id"))
    Outcome.objects.bulk_create(
        [
            Outcome(
                akte_id=akten[UUID(line.search)],
                circle_id=circles[UUID(line.search)],
                round=begun,
                search_id=UUID(line.search),
                letting_id=UUID(line.letting) if line.letting else None,
                kind=line.kind,
                position=line.position,
                score=line.score,
                explanation=line.explanation,
                misses=line.misses,
                unclear=line.unclear,
            )
            for line in findings.lines
            if UUID(line.search) in akten
        ],
        batch_size=500,
    )
    for name in ("searches", "lettings", "placed", "optimal", "inputs_hash", "rules", "summary"):
        setattr(begun, name, getattr(findings, name))
    begun.state, begun.finished_at, begun.progress, begun.message = RoundState.DONE, at, 100, ""
    begun.save()
    record(facts.ROUND_RUN, about=[], frame=frame_of(begun.akte), at=at)


@transaction.atomic
def fail_round(*, begun: Round, message: str, by: Actor, at: datetime) -> None:
    """Say why a round gave no result. Raises NotAllowed."""
    check_can_write(by, begun)
    begun.state, begun.finished_at, begun.message = RoundState.FAILED, at, message[:300]
    begun.save(update_fields=["state", "finished_at", "message"])
    record(facts.ROUND_RUN, about=[], frame=frame_of(begun.akte), at=at)


@transaction.atomic
def propose_all(*, found: Round, by: Actor, at: datetime) -> tuple[list[Placement], list[str]]:
    """Propose every placement of a round that is still open.

    Returns the placements and the sentences of those that could not be made. Raises NotAllowed.
    """
    check_can_run_rounds(by)
    made: list[Placement] = []
    refused: list[str] = []
    lines = Outcome.objects.visible_to(by).filter(round=found, kind=OutcomeKind.PLACED)
    for line in lines.select_related("search", "letting__offer"):
        if Placement.objects.visible_to(by).filter(search=line.search, letting=line.letting).exists():
            continue
        try:
            with transaction.atomic():
                made.append(propose_placement(search=line.search, letting=line.letting, in_round=found, by=by, at=at))
        except HouseError as error:
            refused.append(f"{line.letting.offer.title}: {error.message}")
    return made, refused
