"""Lying bars: as long as their figures, each named, all figures as a table."""

import re

import pytest

from wurzelwerk.base.lying_bars import WIDTH, lying_bars


def drawn(*figures: tuple[str, int]):
    return lying_bars(title="Nach Sprache", figures=figures, name="Kontakte", label_head="Sprache")


def test_bars_are_as_long_as_their_figures():
    widths = [float(text) for text in re.findall(r'<rect [^>]*width="([0-9.]+)"', drawn(("a", 40), ("b", 10)).svg)]
    assert (widths[0], round(widths[0] / widths[1])) == (WIDTH - 4, 4)


def test_names_are_text_and_figures_stand_in_the_table():
    chart = drawn(("<b>Dari</b>", 1_200))
    assert "&lt;b&gt;Dari&lt;/b&gt;: 1.200" in chart.svg
    assert '<td class="is-number">1.200</td>' in chart.table
    assert drawn().svg.count("<rect") == 0


def test_two_charts_of_a_page_do_not_share_ids():
    ids = re.findall(r' id="([^"]+)"', drawn().svg + drawn().svg)
    assert (len(ids), len(set(ids))) == (4, 4)


def test_negative_figure_is_refused():
    with pytest.raises(ValueError, match="must not be negative"):
        drawn(("a", -1))
