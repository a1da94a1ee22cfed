"""What a household's missed appointments have in common: a friendly hint when making the next, never a sanction."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.formats import local
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment, Case
from wurzelwerk.trust.actor import Actor

from .calendar_rules import rule
from .queries import past_of

NOON, EVENING = 12, 17


def part_of_day(appointment: Appointment) -> str:
    """Say whether an appointment began in the morning, the afternoon or the evening."""
    hour = local(appointment.starts_at).hour
    return "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"


@dataclass(frozen=True)
class Habit:
    """How many of the last appointments were missed; `when`: the part of the day of most of them, else empty."""

    missed: int
    of: int
    when: str = ""

    @property
    def sentence(self) -> str:
        """The hint in words."""
        said = _("Von den letzten %(of)d Terminen hat es %(missed)d Mal nicht geklappt")
        parts = {"morning": _("meist vormittags"), "afternoon": _("meist nachmittags"), "evening": _("meist abends")}
        usually = f", {parts[self.when]}" if self.when else ""
        ask = _("Fragen Sie ruhig, welche Tageszeit besser passt und ob eine Erinnerung hilft.")
        return f"{said % {'of': self.of, 'missed': self.missed}}{usually}. {ask}"


def habit_of(case: Case, *, actor: Actor, at) -> Habit | None:
    """Return what the last appointments of a case say, or None where they say nothing (one query)."""
    today = local_day(at)
    rows = list(past_of([case.pk], actor=actor, before=at)[: rule("habit_looked_at", on=today)])
    missed = [row for row in rows if row.state == AppointmentState.MISSED]
    if len(missed) < rule("habit_missed", on=today):
        return None
    parts = [part_of_day(row) for row in missed]
    often = max(sorted(set(parts)), key=parts.count)
    return Habit(len(missed), len(rows), often if parts.count(often) * 2 > len(parts) else "")
