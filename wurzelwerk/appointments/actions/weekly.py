"""Colleagues keep time of their own that comes back every week."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..frames import own_frame
from ..models import WeeklyTime

MOST = 30


@dataclass(frozen=True)
class WeeklyData:
    """When a weekly time is (weekday 0 is Monday), and what for."""

    kind: str
    weekday: int
    starts: time
    ends: time
    first_on: date
    last_on: date | None = None
    title: str = ""


@transaction.atomic
def keep_weekly(*, data: WeeklyData, by: Actor, at: datetime) -> WeeklyTime:
    """Keep a stretch of every week for oneself. Raises NotAllowed, BadInput."""
    if by.user_id is None:
        raise NotAllowed(_("Eigene Zeiten hat nur, wer ein Konto hat."))
    if WeeklyTime.objects.filter(user_id=by.user_id, ended_at__isnull=True).count() >= MOST:
        raise BadInput(_("Höchstens %(most)d wöchentliche Zeiten.") % {"most": MOST})
    return _save(WeeklyTime(user_id=by.user_id), data, by, at)


@transaction.atomic
def change_weekly(*, weekly: WeeklyTime, data: WeeklyData, by: Actor, at: datetime) -> WeeklyTime:
    """Change a weekly time, also where it has been. Raises NotAllowed, WrongState, BadInput."""
    _check_own(by, weekly)
    if weekly.ended_at:
        raise WrongState(_("Diese wöchentliche Zeit ist beendet."))
    return _save(weekly, data, by, at)


@transaction.atomic
def end_weekly(*, weekly: WeeklyTime, by: Actor, at: datetime) -> None:
    """Let a weekly time not come back any more. Raises NotAllowed, WrongState."""
    _check_own(by, weekly)
    if weekly.ended_at:
        raise WrongState(_("Diese wöchentliche Zeit ist schon beendet."))
    _set_end(weekly, at, by, at)


@transaction.atomic
def resume_weekly(*, weekly: WeeklyTime, by: Actor, at: datetime) -> None:
    """Take back that a weekly time was ended. Raises NotAllowed, WrongState."""
    _check_own(by, weekly)
    if not weekly.ended_at:
        raise WrongState(_("Diese wöchentliche Zeit ist nicht beendet."))
    _set_end(weekly, None, by, at)


def _set_end(weekly: WeeklyTime, ended_at: datetime | None, by: Actor, at: datetime) -> None:
    weekly.ended_at = ended_at
    weekly.save(update_fields=["ended_at"])
    record(facts.OWN_TIME_KEPT, about=[], frame=own_frame(by), at=at)


def _check_own(by: Actor, weekly: WeeklyTime) -> None:
    if by.user_id != weekly.user_id:
        raise NotAllowed(_("Das kann nur ändern, wem die Zeit gehört."))


def _save(weekly: WeeklyTime, data: WeeklyData, by: Actor, at: datetime) -> WeeklyTime:
    if data.ends <= data.starts:
        raise BadInput(_("Das Ende liegt nicht nach dem Beginn."), field="ends")
    if data.last_on and data.last_on < data.first_on:
        raise BadInput(_("Das Ende liegt vor dem Anfang."), field="last_on")
    for name, value in asdict(data).items():
        setattr(weekly, name, value)
    weekly.title = data.title.strip()
    weekly.save()
    record(facts.OWN_TIME_KEPT, about=[], frame=own_frame(by), at=at)
    return weekly
