"""Writes on lists: send, map, choose, take in, take back. Check, change, record."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import WrongState
from wurzelwerk.base.ids import random_key
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import FactType
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.trust.actions import open_akte
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.circles import team_circle
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_can_write

from . import facts, rules
from .columns import Layout, outline_of, propose, shape_of
from .deleting import delete
from .enums import Choice, State, Verdict
from .importer import Importer
from .models import Sheet, SheetLine, SheetShape
from .reading import Contents
from .sheet_rules import kept_for

AKTE_SUBJECT = "sheets"


def _note(fact_type: FactType, sheet: Sheet, at: datetime) -> None:
    record(fact_type, about=[], frame=frame_of(sheet.akte), at=at)


@transaction.atomic
def start_sheet(
    *, content: bytes, contents: Contents, name: str, importer: Importer, by: Actor, at: datetime
) -> tuple[Sheet, bool]:
    """Keep a list for the way through. Returns it, and False where the same file of the author is on its way already.

    Raises NotAllowed, WrongState (no body that keeps Akten).
    """
    rules.check_can_send(by, importer)
    akte = _folder(by, at)
    digest = hashlib.sha256(content).hexdigest()
    rows = Sheet.objects.visible_to(by).filter(kind=importer.key, digest=digest)
    if same := rows.exclude(state__in=[State.FAILED, State.UNDONE]).order_by("-sent_at").first():
        return same, False
    outline = [{"name": one.name, "count": len(one.rows), "rows": outline_of(one.rows)} for one in contents.tables]
    layout = propose(outline, importer, controller=akte.controller_id)
    sheet = Sheet(
        akte=akte, author_id=by.user_id, kind=importer.key, name=name[:200], form=contents.form,
        encoding=contents.encoding, delimiter=contents.delimiter, digest=digest, size=len(content), outline=outline,
        table=layout.table, head=layout.head, heads=layout.heads, columns=layout.columns, option=layout.option,
        sent_at=at, alive_at=at, expires_at=at + kept_for(on=local_day(at)),
    )  # fmt: skip
    check_can_write(by, sheet)
    sheet.file.save(f"{random_key().hex}.list", ContentFile(content), save=False)
    stored = sheet.file
    try:
        sheet.save()
    except BaseException:
        stored.delete(save=False)
        raise
    _note(facts.LIST_SENT, sheet, at)
    return sheet, True


def _folder(by: Actor, at: datetime) -> Akte:
    """The Akte in which the actor's team keeps its lists; made on first use."""
    if by.home is None:
        raise WrongState(_("Ihr Zugang gehört zu keiner Stelle. Bitte wenden Sie sich an die Verwaltung der Zugänge."))
    controller = Organisation.objects.select_for_update().get(pk=by.home.organisation_id)
    site = Site.objects.filter(pk=by.home.site_id).first() if by.home.site_id else None
    circle = team_circle(organisation=controller, site=site)
    held = Akte.objects.for_system(reason="the team's lists").filter(circle=circle, subject=AKTE_SUBJECT)
    return held.order_by("opened_at").first() or open_akte(
        controller=controller, site=site, subject=AKTE_SUBJECT, by=by, at=at
    )


def _locked(sheet: Sheet) -> Sheet:
    rows = Sheet.objects.for_system(reason="one act a list at a time").select_for_update(of=("self",))
    return rows.select_related("akte").get(pk=sheet.pk)


def _going(sheet: Sheet, state: State, at: datetime, **more: object) -> Sheet:
    sheet.state, sheet.attempt, sheet.done, sheet.total = state, sheet.attempt + 1, 0, 0
    sheet.alive_at, sheet.finished_at, sheet.message = at, None, ""
    for name, value in more.items():
        setattr(sheet, name, value)
    sheet.save()
    return sheet


@transaction.atomic
def set_columns(*, sheet: Sheet, layout: Layout, by: Actor, at: datetime) -> Sheet:
    """Say how a list is to be read, and remember it for lists with the same head. A job then checks the rows.

    Raises NotAllowed, WrongState (taken in already), BadInput.
    """
    importer = rules.check_can_work(by, sheet)
    locked = _locked(sheet)
    rules.check_state(locked, State.SENT, State.CHECKED, State.FAILED, at=at)
    rules.check_columns(importer, layout.columns)
    if SheetLine.objects.for_system(reason="what was taken in stays").filter(sheet=locked, is_taken=True).exists():
        raise WrongState(_("Ein Teil dieser Liste ist schon übernommen. Bitte nehmen Sie ihn zuerst zurück."))
    if shape := shape_of(layout.heads):
        SheetShape.objects.update_or_create(
            controller_id=locked.akte.controller_id, kind=locked.kind, shape=shape,
            defaults={"columns": layout.columns, "option": layout.option, "used_at": at},
        )  # fmt: skip
    _note(facts.LIST_CHECKED, locked, at)
    return _going(
        locked, State.CHECKING, at, table=layout.table, head=layout.head, heads=layout.heads, columns=layout.columns,
        option=layout.option,
    )  # fmt: skip


@transaction.atomic
def keep_checked(*, sheet: Sheet, by: Actor, at: datetime) -> None:
    """Say that the rows of a list are checked. Raises NotAllowed, WrongState (begun anew meanwhile)."""
    rules.check_can_work(by, sheet)
    locked = _locked(sheet)
    _check_mine(locked, sheet, State.CHECKING)
    locked.state, locked.finished_at = State.CHECKED, at
    locked.save(update_fields=["state", "finished_at"])
    _note(facts.LIST_CHECKED, locked, at)


def _check_mine(locked: Sheet, sheet: Sheet, *states: State) -> None:
    if locked.state not in states or locked.attempt != sheet.attempt:
        raise WrongState(_("Diese Arbeit wurde inzwischen neu begonnen."))


@transaction.atomic
def set_choices(
    *, sheet: Sheet, choice: Choice, by: Actor, at: datetime, numbers: Collection[int] = (), verdict: str = ""
) -> int:
    """Say what is to become of rows: of these numbers, or of all with a verdict. Returns how many it concerns.

    Raises NotAllowed, WrongState. Rows that are refused or were taken in before have no choice; only what may be there
    already can be completed, and not what somebody else keeps.
    """
    rules.check_can_work(by, sheet)
    locked = _locked(sheet)
    if locked.state != State.CHECKED:
        raise WrongState(_("Diese Liste ist inzwischen weiter. Bitte laden Sie die Seite neu."))
    rows = SheetLine.objects.writable_by(by).filter(sheet=locked).exclude(verdict__in=[Verdict.REFUSED, Verdict.BEFORE])
    rows = rows.filter(verdict=verdict) if verdict else rows.filter(number__in=list(numbers))
    if choice == Choice.COMPLETE:
        rows = rows.filter(verdict=Verdict.ALIKE).exclude(alike__0__fixed=True)
    concerned = SheetLine.objects.for_system(reason="the rows were chosen by what the actor may write").filter(
        pk__in=list(rows.order_by().values_list("pk", flat=True))
    )
    _note(facts.LIST_CHECKED, locked, at)
    return concerned.update(choice=choice)


@transaction.atomic
def begin_take_in(*, sheet: Sheet, by: Actor, at: datetime) -> Sheet:
    """Say that a checked list shall be taken in, or a stopped job go on. Raises NotAllowed, WrongState."""
    rules.check_can_work(by, sheet)
    locked = _locked(sheet)
    rules.check_state(locked, State.CHECKED, at=at)
    if locked.state not in {State.CHECKED, State.RUNNING}:
        raise WrongState(_("Diese Liste ist inzwischen weiter. Bitte laden Sie die Seite neu."))
    wanted = SheetLine.objects.for_system(reason="whether there is anything to do").filter(sheet=locked)
    if not wanted.exclude(choice=Choice.SKIP).exists():
        raise WrongState(_("In dieser Liste ist nichts zu übernehmen."))
    _note(facts.LIST_BEGUN, locked, at)
    return _going(locked, State.RUNNING, at, taken_at=locked.taken_at or at)


@transaction.atomic
def record_taken_in(*, sheet: Sheet, by: Actor, at: datetime) -> None:
    """Say that a list is taken in; its file is no longer needed. Raises NotAllowed, WrongState."""
    rules.check_can_work(by, sheet)
    locked = _locked(sheet)
    _check_mine(locked, sheet, State.RUNNING)
    locked.state, locked.finished_at, locked.outline = State.DONE, at, []
    file, name = locked.file.storage, locked.file.name
    locked.file = ""
    locked.save()
    if name:
        transaction.on_commit(lambda: file.delete(name))
    _note(facts.LIST_TAKEN_IN, locked, at)


@transaction.atomic
def begin_take_back(*, sheet: Sheet, by: Actor, at: datetime) -> Sheet:
    """Say that all that a list brought shall be taken back; a job does it. Raises NotAllowed, WrongState."""
    rules.check_can_work(by, sheet)
    locked = _locked(sheet)
    rules.check_state(locked, State.DONE, at=at)
    if locked.taken_at is None:
        raise WrongState(_("Diese Liste ist noch nicht übernommen."))
    _note(facts.LIST_BEGUN, locked, at)
    return _going(locked, State.UNDOING, at)


@transaction.atomic
def record_taken_back(*, sheet: Sheet, by: Actor, at: datetime, message: str = "") -> None:
    """Say that nothing of a list is taken in any more; with a message, that it failed and why.

    Raises NotAllowed, WrongState.
    """
    rules.check_can_work(by, sheet)
    locked = _locked(sheet)
    _check_mine(locked, sheet, State.RUNNING, State.UNDOING)
    locked.state, locked.finished_at, locked.events = State.FAILED if message else State.UNDONE, at, []
    locked.message = message[:400]
    locked.save()
    _note(facts.LIST_TAKEN_BACK, locked, at)


@transaction.atomic
def fail_sheet(*, sheet: Sheet, state: State, message: str, by: Actor, at: datetime) -> None:
    """Say why a job came to nothing, and where the list stands now. Raises WrongState (begun anew meanwhile)."""
    locked = _locked(sheet)
    check_can_write(by, locked)
    _check_mine(locked, sheet, State.CHECKING, State.RUNNING, State.UNDOING)
    locked.state, locked.message, locked.finished_at = state, message[:400], at
    locked.save()
    _note(facts.LIST_CHECKED, locked, at)


@transaction.atomic
def drop_sheet(*, sheet: Sheet, by: Actor, at: datetime) -> None:
    """Delete a list with its rows; what was taken in stays, but can no longer be taken back.

    Raises NotAllowed, WrongState.
    """
    rules.check_can_work(by, sheet)
    locked = _locked(sheet)
    if (locked.is_going and not rules.is_given_up(locked, at=at)) or locked.state in {State.RUNNING, State.UNDOING}:
        raise WrongState(_("An dieser Liste wird gerade gearbeitet. Bitte warten Sie."))
    _note(facts.LIST_DROPPED, locked, at)
    delete(locked)
