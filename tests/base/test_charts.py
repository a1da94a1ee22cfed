"""Charts: sound SVG, the figures as a table, nothing styled in place."""

from decimal import Decimal

import pytest
from lxml import etree

from wurzelwerk.base import charts, formats

SERIES = [charts.Series("beraten", [5, 0, 12]), charts.Series("<suchen>", [3, None, 7])]
LABELS = ["Jan", "Feb", "Mrz"]


@pytest.mark.parametrize("draw", [charts.bar_chart, charts.line_chart])
def test_chart_is_sound_and_named(draw):
    chart = draw(title="Haushalte & mehr", labels=LABELS, series=SERIES, description="Anzahl im Monat")
    svg = etree.fromstring(chart.svg)
    assert (svg.find("title").text, svg.find("desc").text) == ("Haushalte & mehr", "Anzahl im Monat")
    assert svg.get("role") == "img"
    assert "style=" not in chart.svg + chart.legend + chart.table


@pytest.mark.parametrize("draw", [charts.bar_chart, charts.line_chart])
def test_table_beside_shows_every_figure_and_a_dash_for_gaps(draw):
    table = etree.fromstring(draw(title="T", labels=LABELS, series=SERIES).table)
    lines = [[cell.text for cell in row] for row in table.findall("tbody/tr")]
    assert lines == [["Jan", "5", "3"], ["Feb", "0", "–"], ["Mrz", "12", "7"]]


def test_gap_leaves_its_bar_out():
    svg = etree.fromstring(charts.bar_chart(title="T", labels=LABELS, series=SERIES).svg)
    assert len(svg.findall(".//rect")) == 5


def test_series_differ_without_colour():
    bars = charts.bar_chart(title="T", labels=LABELS, series=SERIES)
    assert bars.svg.count("<pattern ") == 1
    lines = charts.line_chart(title="T", labels=LABELS, series=SERIES)
    assert 'stroke-dasharray="8 4"' in lines.svg


def test_single_series_needs_no_legend():
    assert charts.bar_chart(title="T", labels=["a"], series=[charts.Series("x", [1])]).legend == ""


def test_nothing_at_all_is_drawn_too():
    assert etree.fromstring(charts.bar_chart(title="T", labels=[], series=[]).svg) is not None
    assert (
        etree.fromstring(charts.line_chart(title="T", labels=["a"], series=[charts.Series("x", [0])]).svg) is not None
    )


def test_amounts_are_written_as_asked():
    chart = charts.bar_chart(title="T", labels=["a"], series=[charts.Series("x", [Decimal("2.5")])], write=formats.euro)
    assert "2,50\u00a0€" in chart.svg


@pytest.mark.parametrize(
    ("labels", "series"),
    [
        (["a"], [charts.Series("x", [1, 2])]),
        (["a"], [charts.Series("x", [-1])]),
        (["a"], [charts.Series("x", [1])] * 7),
    ],
)
def test_figures_that_cannot_be_drawn_are_refused(labels, series):
    with pytest.raises(ValueError):
        charts.bar_chart(title="T", labels=labels, series=series)
