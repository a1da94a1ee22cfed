"""Charts drawn on the server as SVG, readable without colour and without eyes.

`bar_chart` and `line_chart` return a Chart with `svg`, `legend` and `table`; `<c-chart :chart="chart" />` shows the
three together. Series differ by pattern (bars) or by stroke and mark (lines) as well as by colour. Nothing is styled in
place: classes and presentation attributes only, so a strict content security policy holds.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wurzelwerk.base import formats

WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 72, 12, 16, 44
SERIES_AT_MOST = 6
_serial = itertools.count(1)

Figure = int | float | Decimal | None


@dataclass(frozen=True)
class Series:
    """A named row of figures, one for each label; None is a gap (unknown or suppressed)."""

    name: str
    values: Sequence[Figure]


@dataclass(frozen=True)
class Chart:
    """A drawn chart: `svg` (picture), `legend` (empty for one series), `table` (all figures)."""

    title: str
    description: str
    svg: SafeString
    legend: SafeString
    table: SafeString


@dataclass(frozen=True)
class _Scale:
    """Maps figures to pixels; `top` is the highest mark, `step` the distance between marks."""

    top: float
    step: float
    count: int

    def y(self, value: Figure) -> float:
        inner = HEIGHT - TOP - BOTTOM
        return round(HEIGHT - BOTTOM - float(value or 0) / self.top * inner, 1)

    @property
    def band(self) -> float:
        return (WIDTH - LEFT - RIGHT) / max(1, self.count)

    def x(self, index: int) -> float:
        return LEFT + self.band * index


def _scale(series: Sequence[Series], count: int) -> _Scale:
    highest = max((float(v) for one in series for v in one.values if v is not None), default=0)
    if highest <= 0:
        return _Scale(1, 1, count)
    rough = highest / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    if all(isinstance(v, int) or v is None for one in series for v in one.values):
        step = max(1, math.ceil(step))
    return _Scale(math.ceil(highest / step - 1e-9) * step, step, count)


def bar_chart(
    *,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    description: str = "",
    label_head: str = "",
    write: Callable[[Figure], str] = formats.number,
) -> Chart:
    """Draw bars, one group a label, figures from zero. `write` writes a figure (`formats.euro`, …).

    Raises ValueError when lengths differ, a figure is negative or there are more than six series.
    """
    return _chart(title, description, labels, series, label_head, write, _bars)


def line_chart(
    *,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    description: str = "",
    label_head: str = "",
    write: Callable[[Figure], str] = formats.number,
) -> Chart:
    """Draw lines over an ordered axis (months). Arguments and errors as for `bar_chart`; None breaks the line."""
    return _chart(title, description, labels, series, label_head, write, _lines)


def _chart(title, description, labels, series, label_head, write, draw) -> Chart:
    if len(series) > SERIES_AT_MOST:
        raise ValueError(f"at most {SERIES_AT_MOST} series can be told apart")
    if any(len(one.values) != len(labels) for one in series):
        raise ValueError("every series needs one figure for each label")
    if any(v is not None and v < 0 for one in series for v in one.values):
        raise ValueError("figures must not be negative")
    key = new_key()
    scale = _scale(series, len(labels))
    said = description or _("Die Zahlen stehen in der Tabelle darunter.")
    svg = format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d"><title id="{}-t">{}</title>'
        '<desc id="{}-d">{}</desc>{}{}{}</svg>',
        WIDTH, HEIGHT, key, key, key, title, key, said,
        _frame(scale, labels, write), _patterns(key, len(series)), draw(key, scale, series, labels, write),
    )  # fmt: skip
    legend = _legend(key, series, bars=draw is _bars) if len(series) > 1 else mark_safe("")
    return Chart(title, description, svg, legend, figures_table(title, labels, series, label_head, write))


def new_key() -> str:
    """Return an id that no other chart of the page has."""
    return f"ww-chart-{next(_serial)}"


def _frame(scale: _Scale, labels: Sequence[str], write: Callable[[Figure], str]) -> SafeString:
    marks = [scale.step * n for n in range(round(scale.top / scale.step) + 1)]
    lines = format_html_join(
        "",
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="ww-chart__tick" x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (
                "ww-chart__grid" if m else "ww-chart__axis",
                LEFT,
                WIDTH - RIGHT,
                scale.y(m),
                scale.y(m),
                LEFT - 8,
                scale.y(m) + 4,
                _tick(m, write),
            )
            for m in marks
        ),
    )
    every = math.ceil(len(labels) * 62 / (WIDTH - LEFT - RIGHT)) or 1
    names = format_html_join(
        "",
        '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (
                "" if n // every % 2 == 0 else "ww-chart__wide",
                round(scale.x(n) + scale.band / 2, 1),
                HEIGHT - BOTTOM + 26,
                label,
            )
            for n, label in enumerate(labels)
            if n % every == 0
        ),
    )
    return format_html('<g aria-hidden="true">{}{}</g>', lines, names)


def _tick(mark: float, write: Callable[[Figure], str]) -> str:
    return write(int(mark)) if float(mark).is_integer() else formats.number(mark, None)


_PATTERNS = (
    "",
    '<path class="ww-chart__hatch" d="M-2 2l4-4M0 8l8-8M6 10l4-4"/>',
    '<circle class="ww-chart__dot" cx="4" cy="4" r="2"/>',
    '<path class="ww-chart__hatch" d="M0 4h8"/>',
    '<path class="ww-chart__hatch" d="M4 0v8"/>',
    '<path class="ww-chart__hatch" d="M0 0l8 8M0 8l8-8"/>',
)


def _patterns(key: str, count: int) -> SafeString:
    return format_html(
        "<defs>{}</defs>",
        format_html_join(
            "",
            '<pattern id="{}-p{}" class="ww-series-{}" width="8" height="8" patternUnits="userSpaceOnUse">{}</pattern>',
            ((key, n + 1, n + 1, mark_safe(_PATTERNS[n])) for n in range(1, count)),  # noqa: S308 - own drawings
        ),
    )


def _bar_fill(key: str, index: int) -> SafeString:
    """The attributes that fill a bar: plain for the first series, a pattern for the others."""
    if index == 0:
        return mark_safe('class="ww-chart__bar ww-chart__solid"')
    return format_html('class="ww-chart__bar" fill="url(#{}-p{})"', key, index + 1)


def _bars(key: str, scale: _Scale, series: Sequence[Series], labels: Sequence[str], write) -> SafeString:
    gap = scale.band * 0.2
    width = min(48.0, (scale.band - gap) / max(1, len(series)))
    start = (scale.band - width * len(series)) / 2
    parts = []
    for index, one in enumerate(series):
        bars = format_html_join(
            "",
            '<rect {} x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
            (
                (
                    _bar_fill(key, index),
                    round(scale.x(n) + start + width * index + 1, 1),
                    scale.y(value),
                    round(max(1, width - 2), 1),
                    round(HEIGHT - BOTTOM - scale.y(value), 1),
                    f"{one.name}, {labels[n]}: {write(value)}",
                )
                for n, value in enumerate(one.values)
                if value is not None
            ),
        )
        written = _figures_above(scale, one, start + width * (index + 0.5), write) if width >= 26 else ""
        parts.append(format_html('<g class="ww-series-{}">{}{}</g>', index + 1, bars, written))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


def _figures_above(scale: _Scale, one: Series, offset: float, write) -> SafeString:
    return format_html_join(
        "",
        '<text class="ww-chart__wide" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (round(scale.x(n) + offset, 1), scale.y(value) - 5, write(value))
            for n, value in enumerate(one.values)
            if value is not None
        ),
    )


_DASHES = ("", "8 4", "2 4", "12 4 2 4", "4 4", "16 6")


def _mark(index: int, x: float, y: float) -> SafeString:
    """Draw a series' mark: circle, square, triangle, diamond, circle, square."""
    shapes = (
        '<circle class="ww-chart__point" cx="{x}" cy="{y}" r="4"/>',
        '<path class="ww-chart__point" d="M{x} {y}m-4 -4h8v8h-8z"/>',
        '<path class="ww-chart__point" d="M{x} {y}m0 -5l5 9h-10z"/>',
        '<path class="ww-chart__point" d="M{x} {y}m0 -6l6 6l-6 6l-6 -6z"/>',
    )
    return format_html(shapes[index % len(shapes)], x=x, y=y)


def _lines(key: str, scale: _Scale, series: Sequence[Series], labels: Sequence[str], write) -> SafeString:
    parts = []
    for index, one in enumerate(series):
        points = [
            (round(scale.x(n) + scale.band / 2, 1), scale.y(value), value) if value is not None else None
            for n, value in enumerate(one.values)
        ]
        path, drawing = [], False
        for point in points:
            if point:
                path.append(f"{'L' if drawing else 'M'}{point[0]} {point[1]}")
            drawing = point is not None
        marks = format_html_join(
            "",
            "<g><title>{}</title>{}</g>",
            (
                (f"{one.name}, {labels[n]}: {write(point[2])}", _mark(index, point[0], point[1]))
                for n, point in enumerate(points)
                if point
            ),
        )
        parts.append(
            format_html(
                '<g class="ww-series-{}"><path class="ww-chart__line" d="{}" stroke-dasharray="{}"/>{}</g>',
                index + 1,
                "".join(path),
                _DASHES[index] or "none",
                marks,
            )
        )
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


def _legend(key: str, series: Sequence[Series], *, bars: bool) -> SafeString:
    def sample(index: int) -> SafeString:
        if bars:
            return format_html('<rect {} x="1" y="1" width="26" height="14"/>', _bar_fill(key, index))
        line = format_html('<path class="ww-chart__line" d="M0 8h28" stroke-dasharray="{}"/>', _DASHES[index] or "none")
        return format_html("{}{}", line, _mark(index, 14, 8))

    return format_html(
        '<ul class="ww-chart__legend">{}</ul>',
        format_html_join(
            "",
            '<li><svg class="ww-series-{}" viewBox="0 0 28 16" aria-hidden="true">{}</svg>{}</li>',
            ((index + 1, sample(index), one.name) for index, one in enumerate(series)),
        ),
    )


def figures_table(title: str, labels: Sequence[str], series: Sequence[Series], label_head: str, write) -> SafeString:
    """Return all figures of a chart as an HTML table: a line a label, a column a series; None as a dash."""
    heads = format_html_join("", '<th scope="col" class="is-number">{}</th>', ((one.name,) for one in series))
    lines = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (
                label,
                format_html_join(
                    "",
                    '<td class="is-number">{}</td>',
                    ((write(one.values[n]) if one.values[n] is not None else "–",) for one in series),
                ),
            )
            for n, label in enumerate(labels)
        ),
    )
    return format_html(
        '<table class="ww-table"><caption class="kern-sr-only">{}</caption><thead><tr><th scope="col">{}</th>{}</tr>'
        "</thead><tbody>{}</tbody></table>",
        title, label_head or _("Zeitraum"), heads, lines,
    )  # fmt: skip
