"""Bars that lie, each below its own name: for names too long to stand under a bar. Drawn and shown like `charts`."""

from collections.abc import Callable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from wurzelwerk.base import charts, formats
from wurzelwerk.base.charts import Chart, Series

WIDTH, LINE, BAR, INSET = 480, 46, 12, 2


def lying_bars(
    *,
    title: str,
    figures: Sequence[tuple[str, int]],
    name: str,
    description: str = "",
    label_head: str = "",
    write: Callable[[charts.Figure], str] = formats.number,
) -> Chart:
    """Draw one bar for each (label, figure), in their order; `name` says what is counted.

    Raises ValueError when a figure is negative.
    """
    if any(value < 0 for _label, value in figures):
        raise ValueError("figures must not be negative")
    key = charts.new_key()
    most = max((value for _label, value in figures), default=0) or 1
    said = description or _("Die Zahlen stehen in der Tabelle darunter.")
    bars = format_html_join(
        "",
        '<text x="{}" y="{}">{}: {}</text><rect class="ww-chart__bar ww-chart__solid" x="{}" y="{}" width="{}" '
        'height="{}"/>',
        (
            (INSET, row * LINE + 22, label, write(value), INSET, row * LINE + 29,
             round(max(1, value / most * (WIDTH - 2 * INSET)), 1), BAR)
            for row, (label, value) in enumerate(figures)
        ),
    )  # fmt: skip
    svg = format_html(
        '<svg class="ww-chart__lying" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d"><title id="{}-t">{}'
        '</title><desc id="{}-d">{}</desc><g class="ww-series-1" aria-hidden="true">{}</g></svg>',
        WIDTH, max(1, len(figures)) * LINE, key, key, key, title, key, said, bars,
    )  # fmt: skip
    series = [Series(name, [value for _label, value in figures])]
    table = charts.figures_table(title, [label for label, _value in figures], series, label_head, write)
    return Chart(title, description, svg, mark_safe(""), table)
