"""Background jobs of lists: check, take in, take back. A job that was overtaken by another does nothing."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from wurzelwerk.base import clock
from wurzelwerk.base.errors import HouseError, WrongState
from wurzelwerk.trust.actor import Actor

from . import checking, taking
from .actions import fail_sheet, keep_checked, record_taken_back, record_taken_in
from .enums import State
from .importer import Importer, Progress
from .models import Sheet
from .reading import read
from .rules import importer_for

BEAT = timedelta(seconds=1)
Work = Callable[[Sheet, Importer, Actor], None]


def work_later(sheet: Sheet) -> None:
    """Do in the background, after commit, what the list's state asks for."""
    transaction.on_commit(lambda: sheet_job.enqueue(sheet_id=str(sheet.pk), attempt=sheet.attempt, state=sheet.state))


@task()
def sheet_job(sheet_id: str, attempt: int, state: str) -> None:
    """Check a list, take it in or take it back, with the rights of who asked for it."""
    sheets = Sheet.objects.for_system(reason="the job does what somebody asked for")
    mine = sheets.filter(pk=UUID(sheet_id), attempt=attempt, state=state)
    if not mine.update(alive_at=clock.now()):
        return
    sheet = sheets.select_related("akte", "author").get(pk=UUID(sheet_id))
    {State.CHECKING: _check, State.RUNNING: _take_in, State.UNDOING: _take_back}[State(state)](sheet)


def _beat(sheet: Sheet) -> Progress:
    """Say every second how far the job is."""
    rows = Sheet.objects.for_system(reason="how far the job is").filter(pk=sheet.pk, attempt=sheet.attempt)
    said = [clock.now() - BEAT]

    def progress(done: int, total: int) -> None:
        at = clock.now()
        if at - said[0] >= BEAT or done == total:
            said[0] = at
            rows.update(done=done, total=total, alive_at=at)

    return progress


def _failing(error: Exception) -> str:
    if isinstance(error, HouseError):
        return error.message
    return _("Ein Fehler im Programm hat die Arbeit abgebrochen. Bitte melden Sie das.")


def _check(sheet: Sheet) -> None:
    by = Actor.of(sheet.author)
    try:
        importer = importer_for(by, sheet)
        with sheet.file.open("rb") as file:
            contents = read(file.read())
        checking.check(
            sheet, contents.tables[sheet.table], importer, by=by, on=clock.today(), progress=_beat(sheet)
        )  # fmt: skip
        keep_checked(sheet=sheet, by=by, at=clock.now())
    except HouseError as error:
        fail_sheet(sheet=sheet, state=State.FAILED, message=error.message, by=by, at=clock.now())
    except Exception as error:
        fail_sheet(sheet=sheet, state=State.FAILED, message=_failing(error), by=by, at=clock.now())
        raise


def _take_in(sheet: Sheet) -> None:
    by = Actor.of(sheet.author)
    try:
        importer = importer_for(by, sheet)
        taking.take_in(sheet, importer, by=by, on=clock.today(), progress=_beat(sheet))
        record_taken_in(sheet=sheet, by=by, at=clock.now())
    except Exception as error:
        undo_half(sheet, by, _failing(error))
        if not isinstance(error, HouseError):
            raise


def undo_half(sheet: Sheet, by: Actor, why: str) -> None:
    """Take back what stands of a list that could not be taken in as a whole."""
    try:
        sheet.refresh_from_db(from_queryset=Sheet.objects.for_system(reason="which facts name nobody"))
        importer = importer_for(by, sheet)
        taking.take_back(sheet, importer, by=by, at=clock.now(), progress=_beat(sheet))
    except HouseError as error:
        said = _("%(why)s Ein Teil ist übernommen und lässt sich nicht zurücknehmen: %(error)s")
        fail_sheet(
            sheet=sheet, state=State.DONE, message=said % {"why": why, "error": error.message}, by=by, at=clock.now()
        )
    else:
        message = _("%(why)s Es wurde nichts übernommen.") % {"why": why}
        record_taken_back(sheet=sheet, message=message, by=by, at=clock.now())


def _take_back(sheet: Sheet) -> None:
    by = Actor.of(sheet.author)
    try:
        importer = importer_for(by, sheet)
        if found := taking.against(sheet, importer, actor=by):
            said = _("Nicht zurückgenommen: Auf %(count)d Einträgen wurde inzwischen aufgebaut.")
            raise WrongState(said % {"count": len(found)})
        taking.take_back(sheet, importer, by=by, at=clock.now(), progress=_beat(sheet))
        record_taken_back(sheet=sheet, by=by, at=clock.now())
    except HouseError as error:
        fail_sheet(sheet=sheet, state=State.DONE, message=error.message, by=by, at=clock.now())
    except Exception as error:
        fail_sheet(sheet=sheet, state=State.DONE, message=_failing(error), by=by, at=clock.now())
        raise
