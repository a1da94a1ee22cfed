"""Components written in Python mean the same as those written as templates, and escape what they are given."""

from datetime import date

import pytest
from django.template import Context, engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from wurzelwerk.base.components import COMPONENTS


def shown(source: str, **context) -> str:
    """Render a piece of template."""
    compiled = CottonCompiler().process(source)
    return engines["django"].from_string(compiled).render(context, RequestFactory().get("/"))


def test_badge_brings_the_drawing_of_its_kind():
    html = shown('<c-badge kind="info" label="{{ word }}" />', word="<b>")
    assert html.endswith("<span>&lt;b&gt;</span></span>")
    assert "icons.svg#info" in html


def test_attribute_given_as_text_is_escaped_once():
    assert "<strong>A &amp; B</strong>" in shown('<c-empty title="A & B" />')


def test_unknown_attributes_are_passed_on_and_escaped():
    html = shown('<c-button hx-get="{{ url }}" autofocus label="Los" />', url='/?a=1&b="2"')
    assert 'hx-get="/?a=1&amp;b=&quot;2&quot;" autofocus' in html


def test_slots_belong_to_the_component_in_which_they_stand():
    html = shown(
        '<c-panel title="Außen"><c-slot name="foot">unten</c-slot>'
        '<c-notice title="Innen">Text<c-slot name="actions">tun</c-slot></c-notice></c-panel>'
    )
    assert html.index("tun") < html.index("ww-panel__foot") < html.index("unten")


def test_variable_that_is_not_there_counts_as_nothing():
    assert shown('<c-fact label="Miete" :value="missing.rent" />') == shown('<c-fact label="Miete" />')


def test_fact_writes_numbers_and_days_in_german():
    assert "<dd>1.234</dd>" in shown('<c-fact label="Zahl" :value="number" />', number=1234)
    assert ">05.03.2026</time>" in shown(
        '<c-timeline><c-event title="Da" :at="day" /></c-timeline>', day=date(2026, 3, 5)
    )


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_every_component_renders_without_attributes(name):
    assert shown(f"<c-{name} />") not in ("", f"<c-{name} />")


def test_every_component_says_how_it_is_used():
    assert [name for name, one in COMPONENTS.items() if f"<c-{name}" not in (one.write.__doc__ or "")] == []


def test_context_is_left_as_it_was():
    context = Context({"label": "vorher"})
    template = engines["django"].from_string('{% cotton badge label="x" /%}{{ label }}').template
    assert template.render(context).endswith("vorher")
