"""My own month: what I did by week, and my working time by day, theme and programme. Of nobody else."""

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.charts import Chart, Series, bar_chart
from wurzelwerk.base.clock import local_day
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment, Case, Note, OpenHour, ShortContact
from wurzelwerk.network import remembered
from wurzelwerk.trust.actor import Actor

from .contacts import hours_and_minutes, within
from .forms.choosing import label_or_code
from .working_rules import working_rule

WAITING = "open_hour"
"""The theme of an open consultation hour as far as no contact filled it."""


@dataclass(frozen=True)
class Month:
    """A calendar month."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def days(self) -> list[date]:
        """All its days."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    @property
    def name(self) -> str:
        """`März 2026`."""
        return f"{formats.MONTHS[self.first.month - 1]} {self.first.year}"

    @property
    def code(self) -> str:
        """`2026-03`, for addresses and file names."""
        return f"{self.first:%Y-%m}"

    def beside(self, months: int) -> "Month":
        """Return the month so many later (negative: before)."""
        place = self.first.year * 12 + self.first.month - 1 + months
        return Month(date(place // 12, place % 12 + 1, 1))

    @property
    def weeks(self) -> list[tuple[date, date]]:
        """First and last day of each week in it, from Monday, cut at the month's ends."""
        found: dict[date, list[date]] = defaultdict(list)
        for day in self.days:
            found[day - timedelta(days=day.weekday())].append(day)
        return [(days[0], days[-1]) for days in found.values()]


@dataclass(frozen=True)
class Piece:
    """A piece of work on one day. `minutes` is None where nobody wrote down how long it took."""

    day: date
    theme: str
    minutes: int | None
    kind: str
    programme: UUID | None = None


@dataclass(frozen=True)
class HoursLine:
    """Working time of one day on one theme in one programme."""

    day: date
    theme: str
    programme: str
    entries: int
    minutes: int

    @property
    def hours(self) -> float:
        """The time in hours, for a spreadsheet to count with."""
        return round(self.minutes / 60, 2)

    @property
    def written(self) -> str:
        """The time as people write it: `2:05`."""
        return hours_and_minutes(self.minutes)


def my_work(actor: Actor, month: Month) -> list[Piece]:
    """Return what the actor wrote down in a month: journal, short contacts, open hours (four queries)."""
    notes = list(
        within(Note.objects.visible_to(actor).filter(author_id=actor.user_id), month.first, month.last)
        .order_by("occurred_at", "pk").values_list("occurred_at", "theme", "minutes", "case_id")
    )  # fmt: skip
    mine = ShortContact.objects.visible_to(actor).filter(taken_by_id=actor.user_id)
    contacts = list(
        within(mine, month.first, month.last).order_by("occurred_at", "pk")
        .values_list("occurred_at", "topic", "minutes", "open_hour_id", "case_id")
    )  # fmt: skip
    programmes = _programmes(actor, {*(note[3] for note in notes), *(one[4] for one in contacts if one[4])})
    found = [Piece(local_day(at), theme, took, "note", programmes.get(case)) for at, theme, took, case in notes]
    found += [
        Piece(local_day(at), topic, took, "contact", programmes.get(case)) for at, topic, took, _hour, case in contacts
    ]
    filled: Counter[UUID] = Counter()
    for _at, _topic, took, hour, _case in contacts:
        if hour:
            filled[hour] += took
    return [*found, *_waiting(actor, month, filled)]


def _programmes(actor: Actor, cases: set[UUID]) -> dict[UUID, UUID | None]:
    if not cases:
        return {}
    return dict(Case.objects.visible_to(actor).among(id=cases).order_by().values_list("pk", "programme_id"))


def _waiting(actor: Actor, month: Month, filled: Counter[UUID]) -> list[Piece]:
    """The part of the actor's open hours that no contact filled is working time all the same."""
    hours = OpenHour.objects.visible_to(actor).filter(held_by_id=actor.user_id)
    hours = hours.filter(starts_at__date__gte=month.first, starts_at__date__lte=month.last)
    found = []
    for row in hours.order_by("starts_at", "pk"):
        rest = int((row.ends_at - row.starts_at).total_seconds() // 60) - filled[row.pk]
        if rest > 0:
            found.append(Piece(local_day(row.starts_at), WAITING, rest, "hour"))
    return found


def hours_lines(work: Iterable[Piece]) -> list[HoursLine]:
    """Return the working time by day, theme and programme, in that order; without minutes it counts as an entry."""
    grouped: dict[tuple[date, str, str], list[int]] = defaultdict(list)
    for piece in work:
        programme = remembered.programmes.name(piece.programme) if piece.programme else ""
        grouped[piece.day, _theme(piece.theme), programme].append(piece.minutes or 0)
    return [HoursLine(*key, entries=len(took), minutes=sum(took)) for key, took in sorted(grouped.items())]


def _theme(code: str) -> str:
    return _("Offene Sprechstunde ohne Kontakt") if code == WAITING else label_or_code("journal_themes", code)


def by_theme(lines: Iterable[HoursLine]) -> list[tuple[str, str]]:
    """Return theme and time of the whole month, the longest first."""
    total: Counter[str] = Counter()
    for line in lines:
        total[line.theme] += line.minutes
    return [
        (theme, hours_and_minutes(minutes))
        for theme, minutes in sorted(total.items(), key=lambda one: (-one[1], one[0]))
    ]


def remarks(work: Iterable[Piece], month: Month, *, today: date) -> list[str]:
    """Return what to look at before the sheet is handed in: long days, empty working days, entries without minutes."""
    pieces = list(work)
    a_day: Counter[date] = Counter()
    for piece in pieces:
        a_day[piece.day] += piece.minutes or 0
    most = working_rule("day_minutes", on=month.first)
    workdays = working_rule("workdays", on=month.first)
    found = [
        _("%(day)s: %(hours)s Stunden, mehr als %(most)d an einem Tag.")
        % {"day": formats.day(day), "hours": hours_and_minutes(minutes), "most": most // 60}
        for day, minutes in sorted(a_day.items())
        if minutes > most
    ]
    seen = {piece.day for piece in pieces}
    gaps = [day for day in month.days if day <= today and day.weekday() < workdays and day not in seen]
    if gaps:
        days = ", ".join(f"{day.day}.{day.month}." for day in gaps)
        found.append(_("Ohne Eintrag: %(days)s (Feiertage und Urlaub kennt diese Seite nicht).") % {"days": days})
    if without := sum(piece.minutes is None for piece in pieces):
        found.append(_("%(number)d Journaleinträge haben keine Minuten und fehlen in der Summe.") % {"number": without})
    return found


@dataclass(frozen=True)
class MyMonth:
    """The figures and charts of a month."""

    talks: int
    contacts: int
    appointments: int
    minutes: int
    by_week: Chart
    hours: Chart

    @property
    def time_spent(self) -> str:
        """The working time as people write it."""
        return hours_and_minutes(self.minutes)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written down."""
        return not (self.talks or self.contacts or self.appointments or self.minutes)


def my_month(actor: Actor, month: Month) -> MyMonth:
    """Return the actor's own month by week (five queries)."""
    work = my_work(actor, month)
    meetings = Appointment.objects.visible_to(actor).filter(host_id=actor.user_id, state=AppointmentState.KEPT)
    meetings = meetings.filter(starts_at__date__gte=month.first, starts_at__date__lte=month.last)
    kept = [local_day(at) for at in meetings.order_by().values_list("starts_at", flat=True)]
    notes = [piece.day for piece in work if piece.kind == "note"]
    contacts = [piece.day for piece in work if piece.kind == "contact"]
    labels = [f"{first.day}.–{last.day}.{last.month}." for first, last in month.weeks]
    return MyMonth(
        talks=len(notes),
        contacts=len(contacts),
        appointments=len(kept),
        minutes=sum(piece.minutes or 0 for piece in work),
        by_week=bar_chart(
            title=_("Mein Monat nach Wochen"),
            description=_("Journaleinträge, Kurzkontakte und wahrgenommene Termine, die Sie selbst eingetragen haben."),
            labels=labels,
            series=[
                Series(_("Journaleinträge"), _in_weeks(notes, month)),
                Series(_("Kurzkontakte"), _in_weeks(contacts, month)),
                Series(_("Termine"), _in_weeks(kept, month)),
            ],
            label_head=_("Woche"),
        ),
        hours=bar_chart(
            title=_("Arbeitszeit nach Wochen"),
            labels=labels,
            series=[Series(_("Stunden"), _hours_in_weeks(work, month))],
            label_head=_("Woche"),
            write=lambda value: formats.number(value, None),
        ),
    )


def _in_weeks(days: Iterable[date], month: Month) -> list[float | None]:
    found = list(days)
    return [sum(first <= day <= last for day in found) for first, last in month.weeks]


def _hours_in_weeks(work: Iterable[Piece], month: Month) -> list[float | None]:
    pieces = list(work)
    return [
        round(sum(piece.minutes or 0 for piece in pieces if first <= piece.day <= last) / 60, 1)
        for first, last in month.weeks
    ]
