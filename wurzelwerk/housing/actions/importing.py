"""Take OpenImmo files in: a file is one transaction, whatever happens on the way."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, HouseError, WrongState
from wurzelwerk.base.ids import random_key
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Keys
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.actions import open_akte
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_can_write

from .. import facts
from ..actions.import_listing import carry_out
from ..import_plan import Planned, Prepared, Step, plan_file, report_of
from ..models import ImportRun, Owner
from ..openimmo import MAX_BYTES
from ..rules import portfolio as rules

AKTE_SUBJECT = "imports"
GIVEN_UP_AFTER = timedelta(minutes=15)
State = ImportRun.State
GOING = (State.WAITING, State.CHECKING, State.RUNNING)


def _is_given_up(run: ImportRun, at: datetime) -> bool:
    return run.state in GOING and at - (run.alive_at or run.started_at) > GIVEN_UP_AFTER


@transaction.atomic
def start_import(
    *, content: bytes, name: str, by: Actor, at: datetime, owner: Owner | None = None
) -> tuple[ImportRun, bool]:
    """Keep a file for checking. Returns the run, and False where the same file is there already.

    Raises NotAllowed, BadInput (empty or too large, before anything is kept).
    """
    rules.check_can_import(by)
    if not content:
        raise BadInput(_("Die Datei ist leer."), field="file")
    if len(content) > MAX_BYTES:
        raise BadInput(_("Die Datei ist größer als 50 MB. Bitte teilen Sie sie in mehrere Dateien."), field="file")
    akte = _folder(by, at)
    digest = hashlib.sha256(content).hexdigest()
    same = ImportRun.objects.visible_to(by).filter(akte=akte, digest=digest).exclude(state=State.FAILED).first()
    if same is not None and not _is_given_up(same, at):
        return same, False
    run = ImportRun(
        akte=akte, digest=digest, name=name[:200], size=len(content), owner=owner, started_at=at, alive_at=at,
        started_by_id=by.user_id, attempt=1,
    )  # fmt: skip
    check_can_write(by, run)
    run.file.save(f"{random_key().hex}.openimmo", ContentFile(content), save=False)
    stored = run.file
    try:
        run.save()
    except BaseException:
        stored.delete(save=False)
        raise
    record(facts.IMPORT_STARTED, about=[Keys()], frame=frame_of(akte), at=at)
    return run, True


def _folder(by: Actor, at: datetime) -> Akte:
    """The Akte in which the body keeps its import runs; made on first use."""
    controller = Organisation.objects.get(pk=by.home.organisation_id)
    held = Akte.objects.visible_to(by).filter(controller=controller, subject=AKTE_SUBJECT).order_by("opened_at").first()
    return held or open_akte(controller=controller, site=None, subject=AKTE_SUBJECT, by=by, at=at)


def _locked(run: ImportRun) -> ImportRun:
    rows = ImportRun.objects.for_system(reason="one job a run").select_for_update()
    return rows.get(pk=run.pk)


@transaction.atomic
def keep_preview(*, run: ImportRun, report: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Keep what a file would do. Raises NotAllowed, WrongState (given up meanwhile)."""
    check_can_write(by, run)
    locked = _locked(run)
    if (locked.state, locked.attempt) != (State.CHECKING, run.attempt):
        raise WrongState(_("Diese Prüfung wurde inzwischen neu begonnen."))
    locked.state, locked.report, locked.finished_at, locked.message = State.CHECKED, dict(report), at, ""
    locked.save()
    record(facts.IMPORT_STARTED, about=[Keys()], frame=frame_of(run.akte), at=at)


@transaction.atomic
def begin_take_in(*, run: ImportRun, by: Actor, at: datetime) -> ImportRun:
    """Say that a checked file shall be taken in; a job does it. Raises NotAllowed, WrongState (begun already)."""
    rules.check_can_import(by)
    check_can_write(by, run)
    locked = _locked(run)
    if locked.state != State.CHECKED:
        raise WrongState(_("Diese Datei wird schon übernommen oder ist es schon."))
    locked.state, locked.attempt, locked.done, locked.total = State.RUNNING, locked.attempt + 1, 0, 0
    locked.alive_at, locked.finished_at, locked.started_by_id = at, None, by.user_id
    locked.save()
    record(facts.IMPORT_STARTED, about=[Keys()], frame=frame_of(run.akte), at=at)
    return locked


@transaction.atomic
def begin_at_once(*, run: ImportRun, by: Actor, at: datetime) -> ImportRun:
    """Take a file in without a preview, as the command line does. Raises NotAllowed, WrongState (a job is at it)."""
    rules.check_can_import(by)
    check_can_write(by, run)
    locked = _locked(run)
    if locked.state == State.RUNNING and not _is_given_up(locked, at):
        raise WrongState(_("Diese Datei wird gerade übernommen. Bitte warten Sie."))
    locked.state, locked.attempt, locked.alive_at, locked.finished_at = State.RUNNING, locked.attempt + 1, at, None
    locked.save()
    record(facts.IMPORT_STARTED, about=[Keys()], frame=frame_of(run.akte), at=at)
    return locked


@transaction.atomic
def repeat_import(*, run: ImportRun, by: Actor, at: datetime) -> ImportRun:
    """Check a file anew: after a failure, a dead job, or a change of the stock. Raises NotAllowed, WrongState."""
    rules.check_can_import(by)
    check_can_write(by, run)
    locked = _locked(run)
    if locked.state in GOING and not _is_given_up(locked, at):
        raise WrongState(_("Diese Datei wird gerade gelesen. Bitte warten Sie."))
    locked.state, locked.attempt, locked.done, locked.total = State.WAITING, locked.attempt + 1, 0, 0
    locked.alive_at, locked.finished_at, locked.message, locked.report = at, None, "", {}
    locked.started_by_id = by.user_id
    locked.save()
    record(facts.IMPORT_STARTED, about=[Keys()], frame=frame_of(run.akte), at=at)
    return locked


@transaction.atomic
def take_in_listings(*, run: ImportRun, prepared: Prepared, by: Actor, at: datetime) -> dict[str, list]:
    """Carry a file out: all of it or, if anything unforeseen happens, nothing. Returns the report.

    Put `photo_files.dropped_on_failure` around it. Raises NotAllowed, WrongState (given up meanwhile).
    """
    rules.check_can_import(by)
    check_can_write(by, run)
    locked = _locked(run)
    if (locked.state, locked.attempt) != (State.RUNNING, run.attempt):
        raise WrongState(_("Diese Übernahme wurde inzwischen neu begonnen."))
    plan = plan_file(prepared.file, by=by, on=local_day(at))
    owners: dict[str, Owner] = {}
    for planned in plan:
        _one(planned, prepared, run.owner, owners, by, at)
    report = report_of(prepared.file, plan, more=prepared.remarks)
    locked.state, locked.report, locked.finished_at, locked.message = State.DONE, report, at, ""
    locked.done = locked.total = len(plan)
    locked.save()
    record(facts.LISTINGS_IMPORTED, about=[Keys()], frame=frame_of(run.akte), at=at)
    return report


def _one(
    planned: Planned, prepared: Prepared, owner: Owner | None, owners: dict[str, Owner], by: Actor, at: datetime
) -> None:
    """Carry one object out; what the rules refuse is undone alone and said."""
    if planned.step in {Step.REFUSE, Step.KEEP}:
        return
    try:
        with transaction.atomic():
            carry_out(
                planned=planned, pictures=prepared.pictures.get(id(planned.record), []), owner=owner, owners=owners,
                by=by, at=at,
            )  # fmt: skip
    except HouseError as error:
        planned.step, planned.reason = Step.REFUSE, error.message


@transaction.atomic
def fail_import(*, run: ImportRun, message: str, by: Actor, at: datetime) -> None:
    """Say why a file was not taken in. Raises NotAllowed."""
    check_can_write(by, run)
    locked = _locked(run)
    if locked.attempt == run.attempt and locked.state in GOING:
        locked.state, locked.message, locked.finished_at = State.FAILED, message[:300], at
        locked.save()
    record(facts.IMPORT_FAILED, about=[Keys()], frame=frame_of(run.akte), at=at)
