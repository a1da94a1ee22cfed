"""Two people at one form: every form that changes stored values compares them, or says here why it does not."""

import itertools
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.test import Client

from tests.forms import as_shown
from wurzelwerk.base.editing import CHOICE, MINE, THEIRS
from wurzelwerk.base.filters import FilterForm
from wurzelwerk.network.models import User

from .test_permission_matrix import EXPECTED
from .world import address, browser, page_of

NEED_NONE = {
    **dict.fromkeys(
        ["absence_new", "appointment_new", "handover_note_new", "conference_new", "contact_list", "helper_new", "dwelling_new", "interpreter_new",
         "own_time_new", "weekly_time_new", "series_new", "letter_new", "letting_new", "member_new", "need_new", "note_new",
         "outside_law_new", "outside_new", "outside_release_new",
         "release_new", "right_new", "step_new", "task_new", "document_new", "note_correct",
         "text_block_new", "invitation_new"],
        "makes something new; what it begins with is proposed",
    ),
    "appointment_reminded": "ticks alone, nothing typed is lost; what was chosen last stands on the page",
    "absence_cases": "only the cases that were changed are written, and the change is taken back whole",
    "helper_end": "a day, proposed as today; nothing of it is stored yet",
    "list_columns": "of oneself alone; nobody else arranges one's lists",
    "household_separate": "everybody stays, until somebody says otherwise; nothing of it is stored",
    "member_arrived": "a day, proposed as today; nothing of it is stored yet",
    "member_born": "the family's name is proposed; a child is born once",
    "task_list": "what is to happen with the chosen tasks; nothing of it is stored yet",
    "series_cancel": "which appointments; nothing of it is stored yet",
    "member_leave": "a day, proposed as today; nothing of it is stored yet",
    "partner_letter_sent": "a day, proposed as today; nothing of it is stored yet",
    "letter_sent": "a day, proposed as today; nothing of it is stored yet",
    "mailing": "started once; what it begins with is proposed",
    "mailing_new": "makes something new; what it begins with is proposed",
    "release_sign": "a day, proposed as today; a sheet is signed once",
    "sheet_columns": "a list is its author's alone: nobody else can change how it is read",
}  # fmt: skip
"""Forms that begin with something, and why nobody's change can be lost. Steps of a placement: tests/housing/placing."""
PAIRS: dict[str, tuple[str, str, dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "absence_edit": ("amira", "elif", {"kind": "training"}, {"ends_on": "27.03.2026"}, {"kind": "other"}),
    "accommodation_edit": ("amira", "bernd", {"kind": "own_flat", "street": "Weg 1"},
                           {"kind": "own_flat", "city": "Hagen"}, {"kind": "own_flat", "street": "Weg 2"}),
    "case_weigh": ("amira", "bernd", {"weight": "intensive"}, {}, {"weight": "resting"}),
    "appointment_edit": ("amira", "bernd", {"place": "Café"}, {"kind": "video"}, {"place": "Park"}),
    "hours_edit": ("amira", "amira", {"starts_0": "09:00", "ends_0": "10:00"},
                   {"ends_0": "10:00", "starts_1": "09:00", "ends_1": "10:00"}, {"starts_0": "08:00", "ends_0": "10:00"}),
    "own_time_edit": ("amira", "amira", {"title": "Team"}, {"minutes": "30"}, {"title": "Leitung"}),
    "weekly_time_edit": ("amira", "amira", {"title": "Sport"}, {"last_on": "31.12.2026"}, {"title": "Chor"}),
    "place_edit": ("elif", "lars", {"way": "Tür 1"}, {"seats": "8"}, {"way": "Tür 2"}),
    "series_edit": ("amira", "bernd", {"minutes": "30"}, {"time": "16:00"}, {"minutes": "40"}),
    "site_hours_edit": ("elif", "lars", {"starts_0": "09:00", "ends_0": "10:00"},
                        {"ends_0": "10:00", "starts_1": "09:00", "ends_1": "10:00"}, {"starts_0": "08:00", "ends_0": "10:00"}),
    "case_assign": ("elif", "elif", {"lead": "bernd"}, {}, {"lead": "elif"}),
    "conference_edit": ("amira", "bernd", {"place": "Zimmer 1"}, {"agenda": "Schule"}, {"place": "Zimmer 2"}),
    "conference_minutes": ("amira", "bernd", {"text": "eins"}, {"next_on": "01.06.2026"}, {"text": "zwei"}),
    "custody_edit": ("amira", "bernd", {"document": "Beschluss"}, {"kind": "guardian"}, {"document": "Urkunde"}),
    "document_edit": ("amira", "bernd", {"title": "Bescheid 1"}, {"origin": "Jobcenter"}, {"title": "Bescheid 2"}),
    "dwelling_edit": ("jonas", "katja", {"label": "2. OG"}, {"street": "Neue Gasse"}, {"label": "3. OG"}),
    "economy_edit": ("amira", "bernd", {"monthly_net": "900,00"}, {"income_kinds": ["sgb2", "child_benefit"]},
                     {"monthly_net": "950,00"}),
    "cover_edit": ("amira", "elif", {"until": "17.03.2026"}, {}, {"until": "18.03.2026"}),
    "handover_note_edit": ("amira", "bernd", {"mind": "eins"}, {"stands": "WBS"}, {"mind": "zwei"}),
    "helper_edit": ("amira", "bernd", {"phone": "0231 4711"}, {"body": "Praxis"}, {"phone": "0231 4712"}),
    "letter_edit": ("amira", "bernd", {"subject": "Betreff A"}, {"enclosures": "Stadtplan"}, {"subject": "Betreff B"}),
    "letting_edit": ("jonas", "katja", {"deposit": "900,00"}, {"available_from": "01.05.2026"}, {"deposit": "950,00"}),
    "member_edit": ("amira", "bernd", {"phone": "0231 4711"}, {"language_2": "de"}, {"phone": "0231 4712"}),
    "goal_edit": ("amira", "bernd", {"text": "Ruhe"}, {"own_words": "راحة"}, {"text": "Stille"}),
    "need_edit": ("amira", "bernd", {"text": "zu laut"}, {"urgency": "1"}, {"text": "zu kalt"}),
    "note_edit": ("amira", "amira", {"text": "Anders"}, {"others": "Jobcenter"}, {"text": "Ganz anders"}),
    "text_block_edit": ("amira", "bernd", {"name": "Anruf 1"}, {"text": "Er ruft an."}, {"name": "Anruf 2"}),
    "step_edit": ("amira", "bernd", {"text": "Amt anrufen"}, {"due_on": "12.03.2026"}, {"text": "Amt besuchen"}),
    "owner_edit": ("jonas", "katja", {"contact_person": "Frau A"}, {"is_company": "on"}, {"contact_person": "Herr B"}),
    "photo_caption": ("jonas", "katja", {"caption": "Küche"}, {}, {"caption": "Bad"}),
    "residence_edit": ("amira", "bernd", {"condition": "Wohnsitzauflage"}, {"valid_until": "01.06.2027"},
                       {"condition": "Erwerbstätigkeit erlaubt"}),
    "partner_letter_edit": ("jonas", "katja", {"subject": "Betreff A"}, {"enclosures": "Plan"}, {"subject": "Betreff B"}),
    "right_edit": ("jonas", "katja", {"right_grant_document": "Bescheid 1"}, {"right_ends_on": "31.12.2030"},
                   {"right_grant_document": "Bescheid 2"}),
    "task_edit": ("amira", "bernd", {"title": "zurückrufen"}, {"due_on": "20.03.2026"}, {"title": "anschreiben"}),
    "search_profile_edit": ("amira", "bernd", {"most_gross_cold": "700,00"}, {"wished": ["hafen"]},
                            {"most_gross_cold": "750,00"}),
}  # fmt: skip
"""Form -> two people of the cast, what the first types, what the second types elsewhere, and in the same field."""


def begins_with_something(form: Any) -> bool:
    """Whether a form shows values when it is opened: then somebody could take them back unseen."""
    if isinstance(form, FilterForm) or not hasattr(form, "fields"):
        return False
    return any(bound.value() not in (None, "", False, []) for bound in form if not bound.is_hidden)


def test_every_form_that_changes_stored_values_compares_them(world, db, now):
    changing, comparing = set(), set()
    for login, name in itertools.product(["amira", "elif", "jonas"], EXPECTED):
        if EXPECTED[name][login] != 200 or ":" in name:
            continue
        page = page_of(browser(login), name, world)[1]
        form = (page.context or {}).get("form")
        if form is not None and '<form class="ww-form' in page.content.decode():
            wears_it = begins_with_something(form) or name.endswith(("_edit", "_assign", "_caption"))
            changing |= {name} if wears_it else set()
        if getattr(form, "opened", None):
            assert f'name="stand" value="{form.opened.signed}"' in page.content.decode()
            comparing |= {name}
    assert changing - comparing - NEED_NONE.keys() == set()
    assert NEED_NONE.keys() - EXPECTED.keys() == set()
    assert comparing == PAIRS.keys()


def typed(fields: dict[str, Any]) -> dict[str, Any]:
    """What somebody types; a person is named by login."""
    people = {name: str(User.objects.get(username=value).pk) for name, value in fields.items() if name == "lead"}
    return fields | people


def shows(page: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """What a page's form shows in these fields."""
    values = {name: page.context["form"][name].value() for name in fields}
    return {name: str(value) if not isinstance(value, bool | list) else value for name, value in values.items()}


def kept(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: True if value == "on" else value for name, value in typed(fields).items()}


def said(client: Client, answer: Any) -> str:
    """The sentences on the page to which an answer leads."""
    page = client.get(answer.headers["Location"])
    return " ".join(str(message) for message in page.context["messages"])


@pytest.mark.parametrize("name", [name for name, pair in PAIRS.items() if pair[3]])
def test_two_people_in_different_fields_both_keep_what_they_typed(world, db, now, name):
    one, other, first, second, _same = PAIRS[name]
    with transaction.atomic():
        mine, theirs = browser(one), browser(other)
        place, page = page_of(mine, name, world)
        opened = as_shown(theirs.get(place))
        assert mine.post(place, as_shown(page) | typed(first)).status_code == 302
        answer = theirs.post(place, opened | typed(second))
        assert answer.status_code == 302
        again = mine.get(place)
        wanted = kept(first) | kept(second)
        found = shows(again, wanted)
        assert {key: sorted(one) if isinstance(one, list) else one for key, one in found.items()} == {
            key: sorted(one) if isinstance(one, list) else one for key, one in wanted.items()
        }
        labels = [str(again.context["form"][key].label) for key in first.keys() - second.keys()]
        assert [label for label in labels if f"„{label}“" not in said(theirs, answer)] == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("choice", [MINE, THEIRS])
@pytest.mark.parametrize("name", PAIRS)
def test_two_people_in_one_field_are_shown_both_versions(world, db, now, name, choice):
    one, other, first, _second, same = PAIRS[name]
    field = next(key for key in first if first[key] != same[key])
    with transaction.atomic():
        mine, theirs = browser(one), browser(other)
        place, page = page_of(mine, name, world)
        opened = as_shown(theirs.get(place))
        assert mine.post(place, as_shown(page) | typed(first)).status_code == 302
        asked = theirs.post(place, opened | typed(same))
        assert (asked.status_code, list(asked.context["form"].opened.beside)) == (422, [field])
        assert shows(asked, {field: ""}) == {field: typed(same)[field]}
        assert [(mistake.target, mistake.message) for mistake in asked.context["form"].mistakes] == [
            (asked.context["form"][field].focus_id, "Das wurde inzwischen geändert. Bitte wählen Sie, was gelten soll.")
        ]
        assert shows(mine.get(place), {field: ""}) == {field: typed(first)[field]}
        unanswered = theirs.post(place, as_shown(asked))
        assert unanswered.status_code == 422
        settled = theirs.post(place, as_shown(unanswered) | {f"{CHOICE}{field}": choice})
        assert settled.status_code == 302
        assert shows(mine.get(place), {field: ""}) == {field: typed(same if choice == MINE else first)[field]}
        transaction.set_rollback(True)


def test_page_of_somebody_else_or_of_another_row_says_nothing_about_the_beginning(world, db, now):
    """Signed for one person and one row: carried over, nothing is known, and every difference is asked about."""
    with transaction.atomic():
        amira, bernd = browser("amira"), browser("bernd")
        place = address("economy_edit", world["family"])
        stolen = [as_shown(amira.get(place)), as_shown(bernd.get(address("economy_edit", world["waiting"])))]
        for carried in stolen:
            answer = bernd.post(place, carried | {"monthly_net": "1,00"})
            assert (answer.status_code, list(answer.context["form"].opened.beside)) == (422, ["monthly_net"])
        transaction.set_rollback(True)


def test_double_click_after_a_change_of_somebody_else_is_done_once(world, db, now):
    with transaction.atomic():
        amira, bernd = browser("amira"), browser("bernd")
        place = address("search_profile_edit", world["family"])
        sending = as_shown(bernd.get(place)) | {"wbs_state": "none", "wbs_kind": "b", "einmal": "k"}
        amira.post(place, as_shown(amira.get(place)) | {"pets": "on"})
        assert [bernd.post(place, sending).status_code for _ in range(2)] == [302, 302]
        transaction.set_rollback(True)


def test_row_that_is_gone_is_said(world, db, now):
    """The page is open when a colleague removes the right."""
    with transaction.atomic():
        jonas, katja = browser("jonas"), browser("katja")
        place = address("right_edit", world["family"])
        sending = as_shown(jonas.get(place))
        katja.post(address("right_remove", world["family"]))
        assert jonas.post(place, sending).status_code == 404
        transaction.set_rollback(True)


def test_form_on_a_page_is_a_form_of_the_desk(world, db, now):
    """What the check above looks at is what the pages show."""
    form = page_of(browser("amira"), "economy_edit", world)[1].context["form"]
    assert isinstance(form, forms.Form)
    assert begins_with_something(form)
