"""How many of a team's appointments were kept and missed, by kind, weekday and part of the day: counts only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wurzelwerk.base.formats import WEEKDAYS, local, number, percent
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.scopes import Scope

from .habits import part_of_day
from .kinds import kind_label
from .spans import Span

FEWEST = 5
"""Below so many appointments a share says nothing and might say something about somebody."""


@dataclass(frozen=True)
class FiguresPage:
    """Of which appointments figures are shown: those of the actor's teams in a stretch, as far as they are over."""

    actor: Actor
    span: Span
    now: datetime

    @property
    def rows(self) -> QuerySet[Appointment]:
        """The appointments that are counted, not read yet."""
        return Appointment.objects.visible_to(self.actor).filter(
            circle_id__in=self.actor.home_circles(Scope.CALENDAR), starts_at__gte=self.span.starts_at,
            starts_at__lt=min(self.span.ends_at, self.now),
        )  # fmt: skip


def marked(value: int) -> str:
    """Write a count; a star says that it is too small to leave the house."""
    return f"{number(value)}*" if 0 < value < FEWEST else number(value)


@dataclass(frozen=True)
class Line:
    """A row of a table: kept and missed, and which part of them was missed."""

    label: str
    kept: int
    missed: int

    @property
    def order(self) -> tuple[int, str]:
        """The most first, equals by name."""
        return (-self.kept - self.missed, self.label)

    @property
    def share(self) -> str:
        """The part that was missed; a dash where there are too few to say."""
        whole = self.kept + self.missed
        return percent(self.missed / whole) if whole >= FEWEST else "–"

    @property
    def shown(self) -> tuple[str, str, str]:
        """Kept, missed and the part that was missed, as a table writes them."""
        return marked(self.kept), marked(self.missed), self.share


@dataclass(frozen=True)
class Figures:
    """What became of the appointments of a period."""

    kept: int
    missed: int
    cancelled: int
    unmarked: int
    tables: tuple[tuple[str, str, list[Line]], ...]

    @property
    def number(self) -> int:
        """How many there were."""
        return self.kept + self.missed + self.cancelled + self.unmarked


def figures_of(page: FiguresPage) -> Figures:
    """Count the appointments in the Akten of the actor's teams (one query)."""
    found = list(page.rows.only("kind", "starts_at", "state", "akte", "circle"))
    states = Counter(row.state for row in found)
    by_kind = _counted((row.kind, row.state) for row in found)
    by_weekday = sorted(_counted((str(local(row.starts_at).weekday()), row.state) for row in found).items())
    parts = _counted((part_of_day(row), row.state) for row in found)
    named = {"morning": _("vormittags"), "afternoon": _("nachmittags"), "evening": _("abends")}
    kinds = sorted((Line(kind_label(code), *two) for code, two in by_kind.items()), key=lambda one: one.order)
    return Figures(
        kept=states[AppointmentState.KEPT],
        missed=states[AppointmentState.MISSED],
        cancelled=states[AppointmentState.CANCELLED],
        unmarked=states[AppointmentState.PLANNED],
        tables=(
            (_("Nach Art"), _("Art"), kinds),
            (_("Nach Wochentag"), _("Wochentag"), [Line(WEEKDAYS[int(day)], *two) for day, two in by_weekday]),
            (_("Nach Tageszeit"), _("Tageszeit"), [Line(named[key], *parts[key]) for key in named if key in parts]),
        ),
    )


def _counted(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    counts = Counter(pairs)
    keys = {key for key, state in counts if state in {AppointmentState.KEPT, AppointmentState.MISSED}}
    return {key: (counts[key, AppointmentState.KEPT], counts[key, AppointmentState.MISSED]) for key in keys}
