"""Hand long work over to a job once the write that asked for it is kept."""

from django.db import transaction

from .models import Round


def run_later(begun: Round) -> None:
    """Run a round in the background after commit."""
    transaction.on_commit(lambda: _enqueue(str(begun.pk)))


def _enqueue(round_id: str) -> None:
    from .tasks import run_round_job

    run_round_job.enqueue(round_id=round_id)
