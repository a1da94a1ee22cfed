"""Background jobs of housing."""

from uuid import UUID

from django_tasks import task

from wurzelwerk.base import clock
from wurzelwerk.base.errors import HouseError
from wurzelwerk.trust.actor import Actor

from .actions.rounds import fail_round, keep_findings
from .enums import RoundState
from .models import Round
from .round_run import compute_round


@task()
def run_round_job(round_id: str) -> None:
    """Run a round on behalf of who began it; what they may not see is not in it."""
    rounds = Round.objects.for_system(reason="the job runs what somebody began")
    begun = rounds.select_related("akte", "started_by").get(pk=UUID(round_id))
    if begun.state == RoundState.DONE:
        return
    actor = Actor.of(begun.started_by)
    rounds.filter(pk=begun.pk).update(state=RoundState.RUNNING, progress=10)
    try:
        findings = compute_round(actor, on=clock.today())
        rounds.filter(pk=begun.pk).update(progress=80)
        keep_findings(begun=begun, findings=findings, by=actor, at=clock.now())
    except HouseError as error:
        fail_round(begun=begun, message=error.message, by=actor, at=clock.now())
    except Exception:
        message = "Die Runde ist an einem Fehler im Programm gescheitert. Bitte melden Sie das der Verwaltung."
        fail_round(begun=begun, message=message, by=actor, at=clock.now())
        raise
