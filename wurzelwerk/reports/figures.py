"""The report: every room's indicators over the columns of a chosen period, a query for each kind of facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.charts import Chart, Series, bar_chart
from wurzelwerk.base.rooms import Room, installed_rooms
from wurzelwerk.evidence.indicators import Indicator, Slice, Unit, all_indicators, count_all
from wurzelwerk.network.models import Programme

from .periods import Grain, spans
from .queries import Reader
from .small import is_small, threshold

OUTSIDE = "ohne"
"""Stands in addresses for work outside of programmes."""
LABEL_AT_MOST = 22
TOTAL = "total"


@dataclass(frozen=True)
class Choice:
    """What somebody asked for. `programme`: None for all, "" for work outside of programmes, else a code."""

    first: date
    last: date
    grain: Grain
    programme: str | None = None

    def params(self) -> dict[str, str]:
        """Return the choice as it stands in an address."""
        return slice_params(self.first, self.last, self.programme) | {"nach": self.grain.value}


def slice_params(first: date, last: date, programme: str | None) -> dict[str, str]:
    """Return a period and a programme as they stand in an address."""
    params = {"von": formats.day(first), "bis": formats.day(last)}
    return params if programme is None else params | {"programm": programme or OUTSIDE}


@dataclass(frozen=True)
class Column:
    """One column: `label` on the page, `name` in full; `slice` is None where all of it lies in the future."""

    label: str
    name: str
    slice: Slice | None
    cut: bool = False


@dataclass(frozen=True)
class Cell:
    """A figure; `value` None: not yet. `url` opens the cases behind it; `name` says of what it is."""

    value: int | None
    small: bool = False
    url: str = ""
    name: str = ""


@dataclass(frozen=True)
class Goal:
    """What a programme promised for an indicator, and what is reached; `share` is a fraction."""

    label: str
    target: int
    reached: Cell
    share: float | None


@dataclass(frozen=True)
class ProgrammeGoals:
    """A programme's promises. `elapsed`: the fraction of its time that has passed."""

    programme: Programme
    elapsed: float
    goals: Sequence[Goal]


@dataclass(frozen=True)
class Line:
    """One indicator over all columns, with its total over the whole period."""

    indicator: Indicator
    cells: Sequence[Cell]
    total: Cell
    columns: Sequence[Column]

    @property
    def anchor(self) -> str:
        """The id of its chart and definition on the page."""
        return f"figur-{self.indicator.code.replace('_', '-')}"

    @cached_property
    def chart(self) -> Chart:
        """The same figures as bars."""
        return bar_chart(
            title=str(self.indicator.label),
            labels=[_short(column.label) for column in self.columns],
            series=[Series(str(UNIT_NAMES[self.indicator.unit]()), [cell.value for cell in self.cells])],
            description=str(self.indicator.definition),
            label_head=_("Spalte"),
        )


@dataclass(frozen=True)
class Section:
    """The indicators of one room."""

    label: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Report:
    """Everything that the page, the workbook and the PDF show."""

    choice: Choice
    columns: Sequence[Column]
    sections: Sequence[Section]
    goals: Sequence[ProgrammeGoals]
    below: int
    reader: Reader
    today: date
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def lines(self) -> list[Line]:
        """All indicators in order."""
        return [line for section in self.sections for line in section.lines]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was counted."""
        return not any(line.total.value for line in self.lines)

    @property
    def has_small(self) -> bool:
        """Whether a figure may not leave the house as it is."""
        cells = [cell for line in self.lines for cell in (*line.cells, line.total)]
        return any(cell.small for cell in cells) or any(goal.reached.small for one in self.goals for goal in one.goals)

    @property
    def period(self) -> str:
        """`01.01.2026 bis 31.03.2026`."""
        return _("%(first)s bis %(last)s") % {
            "first": formats.day(self.choice.first),
            "last": formats.day(self.choice.last),
        }


UNIT_NAMES = {
    Unit.HOUSEHOLDS: lambda: _("Haushalte"),
    Unit.PERSONS: lambda: _("Personen"),
    Unit.CASES: lambda: _("Fälle"),
    Unit.EVENTS: lambda: _("Vorgänge"),
}


def build_report(choice: Choice, *, reader: Reader, today: date) -> Report:
    """Count everything that was asked for; indicators of the same facts share a query."""
    below = threshold(on=today)
    columns = list(_columns(choice, reader, today))
    programmes = [one for one in reader.programmes if choice.programme in {None, one.code} and one.starts_on <= today]
    maker = _Maker(choice, columns, programmes, reader, today, below)
    sections = [Section(str(room.label), [maker.line(one) for one in _ordered(room)]) for room in _measured()]
    return Report(
        choice=choice,
        columns=columns,
        sections=sections,
        goals=maker.goals(),
        below=below,
        reader=reader,
        today=today,
        notes=tuple(_notes(choice, columns, today, below)),
    )


def _measured() -> list[Room]:
    rooms = [room for room in installed_rooms() if room.indicators]
    return sorted(rooms, key=lambda room: _ordered(room)[0].order)


def _ordered(room: Room) -> list[Indicator]:
    return sorted(room.indicators, key=lambda indicator: (indicator.order, indicator.code))


def _columns(choice: Choice, reader: Reader, today: date) -> Iterator[Column]:
    if choice.grain == Grain.PROGRAMME:
        codes = [one.code for one in reader.programmes] + [""] if choice.programme is None else [choice.programme]
        for place, code in enumerate(codes):
            name = reader.programme_name(code)
            yield Column(name, name, _slice(f"c{place}", choice.first, choice.last, code, today))
        return
    for place, span in enumerate(spans(choice.first, choice.last, choice.grain)):
        one = _slice(f"c{place}", span.first, span.last, choice.programme, today)
        yield Column(span.label, span.name, one, span.cut)


def _slice(key: str, first: date, last: date, programme: str | None, today: date) -> Slice | None:
    """The days of a column that have come; the future holds no figures."""
    return Slice(key, first, min(last, today), programme) if first <= today else None


@dataclass
class _Maker:
    """Counts once for everything, then makes the lines and what the programmes promised."""

    choice: Choice
    columns: Sequence[Column]
    programmes: Sequence[Programme]
    reader: Reader
    today: date
    below: int
    figures: dict[str, dict[str, int]] = field(default_factory=dict)
    targets: dict[tuple[str, str], tuple[Indicator, Slice]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        one = self.choice
        self.total = _slice(TOTAL, one.first, one.last, one.programme, self.today)
        shown = [column.slice for column in self.columns if column.slice] + [self.total] * bool(self.total)
        asked = {}
        for indicator in all_indicators():
            targets = list(self._targets(indicator))
            self.targets |= {(target.programme or "", indicator.code): (indicator, target) for target in targets}
            asked[indicator] = shown + targets
        self.figures = count_all(asked, readable=self.reader.right.as_q())

    def line(self, indicator: Indicator) -> Line:
        cells = [self._cell(indicator, column.slice, column.name) for column in self.columns]
        return Line(indicator, cells, self._cell(indicator, self.total, _("insgesamt")), self.columns)

    def _targets(self, indicator: Indicator) -> Iterator[Slice]:
        for programme in self.programmes:
            if any(target.indicator == indicator.code for target in programme.targets.all()):
                last = min(programme.ends_on, self.today)
                yield Slice(f"target:{programme.code}", programme.starts_on, last, programme.code)

    def _cell(self, indicator: Indicator, one: Slice | None, name: str) -> Cell:
        value = self.figures[indicator.code][one.key] if one else None
        url = cases_url(indicator, one) if one and value else ""
        return Cell(value, is_small(value, below=self.below), url, f"{indicator.label}, {name}")

    def goals(self) -> list[ProgrammeGoals]:
        return [
            ProgrammeGoals(one, _elapsed(one, self.today), goals)
            for one in self.programmes
            if (goals := list(self._goals(one)))
        ]

    def _goals(self, programme: Programme) -> Iterator[Goal]:
        for target in programme.targets.all():
            known = self.targets.get((programme.code, target.indicator))
            if known is None:  # the room that measures it is not part of this city
                continue
            indicator, one = known
            cell = self._cell(indicator, one, programme.name)
            share = (cell.value or 0) / target.value if target.value else None
            yield Goal(str(indicator.label), target.value, cell, share)


def _elapsed(programme: Programme, today: date) -> float:
    length = (programme.ends_on - programme.starts_on).days + 1
    return min(1.0, max(0.0, ((today - programme.starts_on).days + 1) / length))


def cases_url(indicator: Indicator, one: Slice) -> str:
    """Return the address of the cases behind a figure."""
    params = slice_params(one.first, one.last, one.programme)
    return f"{reverse('report_cases', args=[indicator.code])}?{urlencode(params)}"


def _notes(choice: Choice, columns: Sequence[Column], today: date, below: int) -> Iterator[str]:
    if choice.grain == Grain.PROGRAMME:
        yield _(
            "Wer in zwei Programmen begleitet wird, zählt in jedem Programm einmal und in „Insgesamt“ nur einmal. "
            "Deshalb ist die Summe der Spalten oft größer."
        )
    else:
        yield _(
            "Haushalte, Personen und Fälle zählen je Zeitraum einmal. Ein Quartal ist deshalb nicht die Summe seiner "
            "Monate, „Insgesamt“ nicht die Summe der Spalten."
        )
    yield _("Wird ein Haushalt von zwei Stellen begleitet, führt jede ihre eigene Akte; er zählt bei jeder einmal.")
    if any(column.cut for column in columns):
        yield _("Der erste oder letzte Abschnitt ist angeschnitten: Der Zeitraum beginnt oder endet mittendrin.")
    if choice.last > today:
        yield _("Der Zeitraum läuft noch. Gezählt ist bis heute, %(day)s.") % {"day": formats.day(today)}
    yield _(
        "Interner Bericht: Zahlen von 1 bis %(most)d sind in Tabellen mit * gekennzeichnet und dürfen das Haus so "
        "nicht verlassen, auch nicht im Diagramm oder als Unterschied zweier Zahlen."
    ) % {"most": below - 1}


def _short(label: str) -> str:
    return label if len(label) <= LABEL_AT_MOST else f"{label[: LABEL_AT_MOST - 1].rstrip()}…"
