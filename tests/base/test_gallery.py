"""Every component renders, without scripts or styles in place."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from wurzelwerk.base import components, gallery

pytestmark = pytest.mark.urls("wurzelwerk.base.gallery")
COMPONENTS = Path(gallery.__file__).parent / "templates/cotton"


@pytest.fixture
def page() -> str:
    """The gallery as HTML."""
    request = RequestFactory().get("/galerie/")
    return render_to_string("base/gallery.html", gallery.sample_frame() | gallery.gallery_context(request), request)


def test_every_component_is_shown_or_carries_one_that_is(page):
    source = (COMPONENTS.parent / "base/gallery.html").read_text()
    inner = {"field", "icon", "pagination", "empty", "heading"}
    names = {path.stem.replace("_", "-") for path in COMPONENTS.glob("*.html")} | set(components.COMPONENTS)
    names -= inner
    assert {name for name in names if f"<c-{name}" not in source} == set()


def test_nothing_is_styled_or_scripted_in_place(page):
    assert re.findall(r"\sstyle=|<style|\son\w+=", page) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []


def test_no_component_tag_is_left_over(page):
    assert re.findall(r"</?c-[a-z]|\{%|\{\{", page) == []


def test_ids_are_unique(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert [i for i in set(ids) if ids.count(i) > 1] == []


def test_drawings_exist_for_every_name(page):
    sheet = (COMPONENTS.parent.parent / "static/wurzelwerk/icons.svg").read_text()
    known = set(re.findall(r'<symbol id="([a-z-]+)"', sheet))
    assert set(re.findall(r"icons\.svg#([a-z-]+)", page)) <= known


@pytest.mark.parametrize("part", ["bestaetigen", "leer"])
def test_whole_pages_render(part):
    request = RequestFactory().get(reverse("gallery-part", args=[part]))
    assert "Freigabe beenden?" in gallery.gallery_part(request, part).content.decode()
