"""Work that survives: every long form of the house keeps a draft, or says here why it needs none."""

from typing import Any

import pytest
from django import forms
from django.db import transaction

from wurzelwerk.base.filters import FilterForm
from wurzelwerk.drafts.models import Draft

from .test_permission_matrix import EXPECTED
from .world import browser, page_of

MANY = 6
"""Visible fields from which on a form is long; one with a field for running text is long always."""
NEED_NONE = {
    "absence_cases": "choices only, one a case",
    "absence_edit": "choices and two days",
    "absence_new": "choices and two days",
    "household_separate": "choices and a day",
    "list_columns": "choices and numbers, of a list and not of a person",
    "household_merge": "choices only, each with a proposal",
    "person_merge": "choices only, each with a proposal",
    "contact_list": "choices and one line, taken within a minute",
    **dict.fromkeys(
        [
            "appointment_new",
            "appointment_edit",
            "series_new",
            "series_edit",
            "own_time_new",
            "own_time_edit",
            "weekly_time_new",
            "weekly_time_edit",
        ],
        "choices, a day and a time",
    ),
    **dict.fromkeys(["hours_edit", "site_hours_edit"], "times only, and they lie in no Akte"),
    **dict.fromkeys(["place_new", "place_edit"], "a few words about a room, which lies in no Akte"),
    "document_new": "a file, which no draft keeps, and choices",
    "document_edit": "choices, days and a title",
    "aftercare_take_back": "one sentence",
    "housing_referral_refuse": "one sentence",
    "housing_search_close": "one sentence",
    "housing_search_pause": "one sentence",
    "pathway_take_back": "one sentence",
    "placement_step": "one sentence",
    "handover": "choices only, with a preview",
    "mailing_new": "choices, and a name to keep them under",
    "task_list": "choices, a number and a day for what is chosen",
    "task_done": "one sentence",
}
KEEPING = {
    "amira": {"accommodation_edit", "accommodation_move", "aftercare_note", "conference_edit", "conference_minutes",
              "conference_new", "custody_edit", "economy_edit", "helper_edit", "helper_new", "goal_new", "household_new",
              "kinship_new", "letter_edit", "mailing", "member_edit", "member_new", "need_new", "note_new",
              "outside_law_new", "outside_new", "outside_release_new", "outside_reply", "referral_new", "release_new",
              "residence_edit",
              "search_profile_edit"},
    "jonas": {"dwelling_edit", "dwelling_new", "letting_edit", "letting_new", "owner_edit", "partner_letter_edit", "placement_new", "right_edit",
              "right_new"},
}  # fmt: skip
"""Person of the cast -> the forms that keep a draft."""
KEEPING["amira"] |= {
    "handover_note_edit",
    "handover_note_new",
    "text_block_edit",
    "text_block_new",
    "goal_edit",
    "need_edit",
    "note_correct",
    "note_edit",
}
FORMS = [(login, name) for login, names in KEEPING.items() for name in sorted(names)]


def is_long(form: Any) -> bool:
    """Whether losing what was typed into a form hurts; a filter stands in the address."""
    if isinstance(form, FilterForm):
        return False
    fields = getattr(form, "fields", {}).values()
    seen = [shape for shape in fields if not isinstance(shape.widget, forms.HiddenInput)]
    return len(seen) >= MANY or any(isinstance(shape.widget, forms.Textarea) for shape in seen)


@pytest.mark.parametrize("login", ["amira", "jonas"])
def test_every_long_form_keeps_a_draft(world, db, now, login):
    client, long, keeping = browser(login), set(), set()
    for name in (name for name, answers in EXPECTED.items() if answers[login] == 200 and ":" not in name):
        form = (page_of(client, name, world)[1].context or {}).get("form")
        keeping |= {name} if getattr(form, "draft", None) else set()
        long |= {name} if is_long(form) else set()
    assert long - keeping - NEED_NONE.keys() == set()
    assert KEEPING[login] <= keeping


@pytest.mark.parametrize(("login", "name"), FORMS, ids=str)
def test_what_was_typed_comes_back_once_and_to_its_author_alone(world, db, now, login, name):
    client = browser(login)
    place, page = page_of(client, name, world)
    shown = page.context["form"]
    parts = [shown, *(one for rows in ("members", "needs") for one in getattr(getattr(shown, rows, None), "forms", ()))]
    texts = {
        part.add_prefix(field): "getippt, nicht gesendet"
        for part in (getattr(shown, "circumstances", shown), *parts[1:])
        for field, shape in part.fields.items()
        if type(shape) is forms.CharField and not isinstance(shape.widget, forms.HiddenInput)
    } | {"person-zeilen": "0", "anliegen-zeilen": "0"}
    with transaction.atomic():
        sent = client.post(place, {**texts, "entwurf": "sichern", "entwurf-stand": shown.draft.mark})
        assert (sent.status_code, Draft.objects.for_system(reason="test").count()) == (200, 1)
        again = client.get(place)
        assert again.context["form"].draft.put_in
        typed = sum(value.startswith("getippt") for value in texts.values())
        assert again.content.decode().count("getippt, nicht gesendet") >= typed
        for other in {"amira": ("bernd", "elif"), "jonas": ("katja",)}[login]:
            assert "getippt, nicht gesendet" not in browser(other).get(place).content.decode()
        transaction.set_rollback(True)
