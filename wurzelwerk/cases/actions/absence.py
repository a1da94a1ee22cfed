"""Absence and cover: enter, change, end early, take back; say who covers for what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.enums import AbsenceKind
from wurzelwerk.network.models import Absence, AbsenceDay, User
from wurzelwerk.trust.actor import Actor

from .. import absence_rules as rules
from .. import facts
from ..absence_states import covers_in, put_back, remember, state_of
from ..covers import settle_grants
from ..ledger import person_frame
from ..models import AbsenceChange, Case, Cover
from ..notices import ask_to_look_in


@transaction.atomic
def record_absence(
    *, user: User, kind: str, starts_on: date, ends_on: date, covers: Sequence[User], by: Actor, at: datetime
) -> Absence:
    """Enter that somebody is away, both days included, and who covers for all of their work.

    Raises NotAllowed, BadInput (impossible or taken days, a cover of another controller).
    """
    rules.check_may_manage(by, user.pk)
    rules.check_period(user, starts_on, ends_on, at=at)
    rules.check_covers(user, covers, on=starts_on)
    absence = Absence.objects.create(
        user=user, kind=AbsenceKind(kind), starts_on=starts_on, ends_on=ends_on, entered_by_id=by.user_id, entered_at=at
    )
    _take_days(absence)
    _set_covers(absence, covers, at)
    settle_grants(absence, by=by, at=at)
    _record(absence, "entered", at)
    return absence


@transaction.atomic
def change_absence(
    *, absence: Absence, kind: str, starts_on: date, ends_on: date, covers: Sequence[User], by: Actor, at: datetime
) -> AbsenceChange | None:
    """Change kind, days and covers; returns the change, None for none. Raises NotAllowed, WrongState, BadInput."""
    rules.check_may_manage(by, absence.user_id)
    rules.check_not_cancelled(absence)
    before = state_of(absence)
    rules.check_period(absence.user, starts_on, ends_on, at=at, but=absence)
    rules.check_covers(absence.user, covers, on=starts_on)
    absence.kind, absence.starts_on, absence.ends_on = AbsenceKind(kind), starts_on, ends_on
    absence.planned_until = None
    absence.save(update_fields=["kind", "starts_on", "ends_on", "planned_until"])
    _take_days(absence)
    _set_covers(absence, covers, at)
    settle_grants(absence, by=by, at=at)
    _record(absence, "changed", at)
    return remember(absence, before, user_id=by.user_id, at=at)


@transaction.atomic
def take_back_absence_change(*, change: AbsenceChange, by: Actor, at: datetime) -> None:
    """Put an absence and its covers back as they stood. Raises NotAllowed, WrongState (changed again), BadInput."""
    absence = change.absence
    rules.check_may_manage(by, absence.user_id)
    rules.check_not_cancelled(absence)
    rules.check_stands_as_left(change)
    rules.check_covers(absence.user, covers_in(change.before), on=local_day(at))
    put_back(absence, change.before)
    _take_days(absence)
    settle_grants(absence, by=by, at=at)
    change.undone_at = at
    change.save(update_fields=["undone_at"])
    _record(absence, "changed", at)


@transaction.atomic
def end_absence(*, absence: Absence, by: Actor, at: datetime) -> None:
    """Somebody is back today, before the planned end. Raises NotAllowed, WrongState."""
    rules.check_may_manage(by, absence.user_id)
    rules.check_can_end(absence, at=at)
    planned = absence.planned_until or absence.ends_on
    absence.planned_until, absence.ends_on = planned, local_day(at) - timedelta(days=1)
    absence.save(update_fields=["planned_until", "ends_on"])
    _take_days(absence)
    settle_grants(absence, by=by, at=at)
    _record(absence, "ended", at)


@transaction.atomic
def resume_absence(*, absence: Absence, by: Actor, at: datetime) -> None:
    """Take back that somebody is back. Raises NotAllowed, WrongState (another absence was entered meanwhile)."""
    rules.check_may_manage(by, absence.user_id)
    rules.check_not_cancelled(absence)
    if absence.planned_until is None:
        raise WrongState(_("Diese Abwesenheit wurde nicht vorzeitig beendet."))
    absence.ends_on, absence.planned_until = absence.planned_until, None
    absence.save(update_fields=["planned_until", "ends_on"])
    _take_days(absence)
    settle_grants(absence, by=by, at=at)
    _record(absence, "resumed", at)


@transaction.atomic
def cancel_absence(*, absence: Absence, by: Actor, at: datetime) -> None:
    """Take an absence out of the list: it will not be, or was entered by mistake. Raises NotAllowed, WrongState."""
    rules.check_may_manage(by, absence.user_id)
    rules.check_not_cancelled(absence)
    absence.cancelled_at = at
    absence.save(update_fields=["cancelled_at"])
    _take_days(absence)
    settle_grants(absence, by=by, at=at)
    _record(absence, "cancelled", at)


@transaction.atomic
def restore_absence(*, absence: Absence, by: Actor, at: datetime) -> None:
    """Take back that an absence was taken out of the list. Raises NotAllowed, WrongState."""
    rules.check_may_manage(by, absence.user_id)
    if not absence.cancelled_at:
        raise WrongState(_("Diese Abwesenheit steht in der Liste."))
    absence.cancelled_at = None
    absence.save(update_fields=["cancelled_at"])
    _take_days(absence)
    settle_grants(absence, by=by, at=at)
    _record(absence, "restored", at)


@transaction.atomic
def assign_covers(
    *, absence: Absence, cases: Mapping[Case, User | None], by: Actor, at: datetime
) -> AbsenceChange | None:
    """Say who covers for single cases; None leaves a case to those who cover for everything. Returns the change.

    Raises NotAllowed, WrongState, BadInput. What is not named stays as it is.
    """
    rules.check_may_manage(by, absence.user_id)
    rules.check_not_cancelled(absence)
    before = state_of(absence)
    if any(case.lead_id != absence.user_id or case.closed_on for case in cases):
        raise BadInput(_("Einer der Fälle gehört nicht (mehr) zu dieser Person. Bitte laden Sie die Seite neu."))
    for user in {user for user in cases.values() if user}:
        rules.check_covers(absence.user, [user], on=absence.starts_on)
    known = {cover.case_id: cover for cover in absence.covers.filter(case__in=list(cases))}
    for case, user in cases.items():
        if (cover := known.get(case.pk)) and (user is None or cover.user_id != user.pk):
            cover.delete()
        if user and (cover is None or cover.user_id != user.pk):
            _tell(Cover.objects.create(absence=absence, user=user, case=case, made_at=at))
    settle_grants(absence, by=by, at=at)
    _record(absence, "changed", at)
    return remember(absence, before, user_id=by.user_id, at=at)


@transaction.atomic
def change_case_cover(*, cover: Cover, user: User, until: date | None, by: Actor, at: datetime) -> AbsenceChange | None:
    """Say who covers for a single case, and until when (None: as long as the absence lasts). Returns the change.

    Raises NotAllowed, WrongState, BadInput.
    """
    absence = cover.absence
    rules.check_may_manage(by, absence.user_id)
    rules.check_not_cancelled(absence)
    rules.check_covers(absence.user, [user], on=absence.starts_on, field="user")
    rules.check_cover_until(absence, until)
    before, other = state_of(absence), cover.user_id != user.pk
    cover.user, cover.until = user, until
    if other:
        cover.made_at, cover.seen_at = at, None
        _tell(cover)
    cover.save(update_fields=["user", "until", "made_at", "seen_at"])
    settle_grants(absence, by=by, at=at)
    _record(absence, "changed", at)
    return remember(absence, before, user_id=by.user_id, at=at)


@transaction.atomic
def remove_case_cover(*, cover: Cover, by: Actor, at: datetime) -> AbsenceChange | None:
    """Leave a single case to those who cover for everything; returns the change. Raises NotAllowed, WrongState."""
    absence = cover.absence
    rules.check_may_manage(by, absence.user_id)
    rules.check_not_cancelled(absence)
    before = state_of(absence)
    cover.delete()
    settle_grants(absence, by=by, at=at)
    _record(absence, "changed", at)
    return remember(absence, before, user_id=by.user_id, at=at)


@transaction.atomic
def read_cover(*, covers: Iterable[Cover], by: Actor, at: datetime) -> None:
    """Say that one knows of having to cover. Raises WrongState where it is somebody else's cover."""
    rows = list(covers)
    if not rows or any(cover.user_id != by.user_id for cover in rows):
        raise WrongState(_("Diese Vertretung gibt es nicht (mehr)."))
    Cover.objects.filter(pk__in=[cover.pk for cover in rows], seen_at__isnull=True).update(seen_at=at)
    _record(rows[0].absence, "cover_seen", at)


def _take_days(absence: Absence) -> None:
    """Write the absence's days anew; the database refuses a day that another absence has taken meanwhile."""
    absence.days.all().delete()
    if absence.cancelled_at:
        return
    number = (absence.ends_on - absence.starts_on).days + 1
    days = [
        AbsenceDay(absence=absence, user_id=absence.user_id, day=absence.starts_on + timedelta(days=n))
        for n in range(number)
    ]
    try:
        with transaction.atomic():
            AbsenceDay.objects.bulk_create(days)
    except IntegrityError:
        raise WrongState(_("Für diese Zeit wurde inzwischen eine andere Abwesenheit eingetragen.")) from None


def _set_covers(absence: Absence, covers: Sequence[User], at: datetime) -> None:
    """Keep who covers already (and whether they know), add who is new, take away the others."""
    wanted = {cover.pk for cover in covers}
    known = absence.covers.filter(case__isnull=True)
    known.exclude(user_id__in=wanted).delete()
    there = set(known.values_list("user_id", flat=True))
    for cover in covers:
        if cover.pk not in there:
            _tell(Cover.objects.create(absence=absence, user=cover, made_at=at))


def _tell(cover: Cover) -> None:
    """By mail that there is something to see; what it is stands on "Heute" of whom it concerns, until they know."""
    ask_to_look_in(cover.user)


def _record(absence: Absence, what: str, at: datetime) -> None:
    """For the ledger an absence is about nobody: neither who, nor why, nor how long."""
    record(facts.ABSENCE, about=[], frame=person_frame(absence.user_id), at=at, dimensions={"what": what})
