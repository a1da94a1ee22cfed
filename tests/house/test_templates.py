"""What every template keeps to: a title that names nobody, no script or style inside, a guarded form, no walk past the guard."""

import re

import pytest
from django.db import models

from wurzelwerk.trust.guard import guarded_models

from .sources import ROOT, project_files

TEMPLATES = [name for name in project_files() if "/templates/" in name and name.endswith(".html")]
PAGES = [name for name in TEMPLATES if re.search(r"{% extends ", (ROOT / name).read_text(encoding="utf-8"))]
FRAME = "wurzelwerk/base/templates/base/page.html"

NAMES_SOMEBODY = re.compile(r"{{[^}]*(name|person|household|owner|contact|member)[^}]*}}")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
PATHS = re.compile(r"(?<![\w.\"'])[a-z_]+(?:\.[a-z_]+){2,}")

REVIEWED = {
    "page.household.": "the page is about it; it was read by visible_to",
    "subject.household.": "the page is about it; it was read by visible_to",
    "page.case.": "read by visible_to",
    "search.case.akte.": "the search's own case, in the reader's own Akte",
    "dwelling.akte.": "the page is about the dwelling",
    "line.member.person.": "members and persons have one scope; members were read by visible_to",
    "other.akte.": "another household that the actor may write (merging), and its folder",
    "one.person.": "members and persons have one scope; members were read by visible_to",
    "line.household.": "the lines of a mailing; their households were read by visible_to",
    "frame.household.": "the page is about it; it was read by visible_to",
    "row.conference.": "the rows are participants, which have one scope with their conference",
    "letter.person.": "whoever reads letters of an Akte reads the names in it; released to nobody",
    "letting.dwelling.area": "open with the offer",
    "letting.dwelling.rooms": "open with the offer",
    "letting.dwelling.building.district": "open with the offer",
    "letting.dwelling.building.address": "only for the body that lets it (`with_address`); the matrix looks for it",
    "letting.offer.": "letting and offer have one scope",
    "one.letting.offer.title": "who sees a placement sees which home it is",
    "row.letting.offer.title": "who sees a placement sees which home it is",
    "placement.letting.offer.title": "who sees a placement sees which home it is",
    "task.assignee.": "a colleague's name",
    "told.message.": "whether a reminder went out and why not; neither address nor text",
    "merge.dropped_akte.reference": "whoever reads the Akte kept may know the number of the one that went into it",
}
"""Walks over a relation into another scope that somebody has looked at, and why they show nothing foreign."""


def text_of(name: str) -> str:
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def title_of(text: str) -> str | None:
    found = re.search(r"{% block title %}(.*?){% endblock", text, re.DOTALL)
    return found.group(1) if found else None


def parents(name: str) -> list[str]:
    """A page and all that it extends, nearest first."""
    chain = [name]
    while extended := re.search(r"""{% extends "([^"]+)" %}""", text_of(chain[-1])):
        chain.append(next(one for one in TEMPLATES if one.endswith(f"/templates/{extended.group(1)}")))
    return chain


@pytest.mark.parametrize("name", PAGES)
def test_page_has_a_title_that_names_nobody(name):
    titles = [title_of(text_of(one)) for one in parents(name) if one != FRAME]
    title = next((one for one in titles if one), None)
    assert title, "the page has no title of its own"
    assert NAMES_SOMEBODY.search(title) is None


def test_title_that_names_somebody_is_found():
    planted = title_of("{% block title %}{{ page.household.name }}{% endblock %}")
    assert planted and NAMES_SOMEBODY.search(planted)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_has_no_script_style_or_handler_inside(name):
    assert INLINE.findall(text_of(name)) == []


@pytest.mark.parametrize("planted", ["<p onclick='x()'>", '<a style="color: red">', "<script>x</script>", "<style>"])
def test_what_is_inline_is_found(planted):
    assert INLINE.search(planted)


@pytest.mark.parametrize("name", TEMPLATES)
def test_form_that_posts_carries_the_token(name):
    forms = [form for form in FORM.findall(text_of(name)) if 'method="post"' in form.partition(">")[0]]
    assert [form[:80] for form in forms if "{% csrf_token %}" not in form] == []


def crossing() -> set[str]:
    """Names of the relations that lead from a guarded row to one of another scope; Django reads these unguarded."""
    return {
        field.name
        for model in guarded_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and hasattr(field.related_model, "Guard")
        and field.related_model.Guard.scope != model.Guard.scope
    } - {"akte"}  # a row may always name its own folder


def test_walks_into_another_scope_are_reviewed():
    """Nothing but ids and what somebody has looked at is reached over such a relation."""
    names = crossing()
    found = {
        path
        for template in TEMPLATES
        for path in PATHS.findall(text_of(template))
        if any(step in names for step in path.split(".")[:-1]) and not path.endswith((".pk", "_id"))
    }
    assert sorted(path for path in found if not path.startswith(tuple(REVIEWED))) == []
