"""Background jobs of OpenImmo: check a file, take it in."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from wurzelwerk.base import clock
from wurzelwerk.base.errors import HouseError
from wurzelwerk.trust.actor import Actor

from .actions.importing import fail_import, keep_preview, take_in_listings
from .import_plan import Prepared, plan_file, prepare_file, report_of
from .models import ImportRun
from .openimmo import NotOpenImmo, read
from .photo_files import dropped_on_failure

State = ImportRun.State
BEAT = timedelta(seconds=1)


def check_later(run: ImportRun) -> None:
    """Check a file in the background after commit."""
    transaction.on_commit(lambda: check_import_job.enqueue(run_id=str(run.pk), attempt=run.attempt))


def take_in_later(run: ImportRun) -> None:
    """Take a checked file in in the background after commit."""
    transaction.on_commit(lambda: take_import_job.enqueue(run_id=str(run.pk), attempt=run.attempt))


@task()
def check_import_job(run_id: str, attempt: int) -> None:
    """Say what a file would do; writes nothing but the report."""
    run = _claimed(run_id, attempt, State.WAITING, State.CHECKING)
    if run is not None:
        _work(run, _check)


@task()
def take_import_job(run_id: str, attempt: int) -> None:
    """Take a file in, as one transaction, with the rights of who asked for it."""
    run = _claimed(run_id, attempt, State.RUNNING, State.RUNNING)
    if run is not None:
        _work(run, _take_in)


def _claimed(run_id: str, attempt: int, before: str, after: str) -> ImportRun | None:
    """The run, if this job is still the one to do it."""
    runs = ImportRun.objects.for_system(reason="the job does what somebody asked for")
    mine = runs.filter(pk=UUID(run_id), attempt=attempt, state=before)
    if not mine.update(state=after, alive_at=clock.now()):
        return None
    return runs.select_related("akte", "started_by", "owner").get(pk=UUID(run_id))


def _work(run: ImportRun, do: Callable[[ImportRun, Prepared, Actor], None]) -> None:
    """Read the file and do something with it; whatever fails is said on the run's page."""
    actor = Actor.of(run.started_by)
    try:
        do(run, prepared(run), actor)
    except NotOpenImmo as error:
        fail_import(run=run, message=str(error), by=actor, at=clock.now())
    except HouseError as error:
        fail_import(run=run, message=error.message, by=actor, at=clock.now())
    except Exception:
        message = _("Ein Fehler im Programm hat die Arbeit abgebrochen; nichts wurde übernommen. Bitte melden Sie das.")
        fail_import(run=run, message=message, by=actor, at=clock.now())
        raise


def prepared(run: ImportRun) -> Prepared:
    """Read the kept file and make its pictures ready; says every second how far it is. Raises NotOpenImmo."""
    with run.file.open("rb") as file:
        content = file.read()
    return prepare_file(read(content, filename=run.name), progress=_beat(run))


def _beat(run: ImportRun) -> Callable[[int, int], None]:
    rows = ImportRun.objects.for_system(reason="how far the job is").filter(pk=run.pk, attempt=run.attempt)
    said = [clock.now() - BEAT]

    def progress(done: int, total: int) -> None:
        at = clock.now()
        if at - said[0] >= BEAT or done == total:
            said[0] = at
            rows.update(done=done, total=total, alive_at=at)

    return progress


def _check(run: ImportRun, found: Prepared, actor: Actor) -> None:
    plan = plan_file(found.file, by=actor, on=clock.today())
    keep_preview(run=run, report=report_of(found.file, plan, more=found.remarks), by=actor, at=clock.now())


def _take_in(run: ImportRun, found: Prepared, actor: Actor) -> None:
    with dropped_on_failure():
        take_in_listings(run=run, prepared=found, by=actor, at=clock.now())
