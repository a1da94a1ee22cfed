"""Who may see and do what: every address of counselling, for those who keep the Akte and for everybody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests.house.world import of_family, separated
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.document_files import prepare
from wurzelwerk.cases.models import Goal, Household
from wurzelwerk.counselling import urls

READ = {
    "family", "document", "document_download", "document_file", "document_list", "plan", "plan_pdf", "journal", "release_list", "release_pdf", "contact_choose",
    "duplicate_choose",
}  # fmt: skip
FORMS = {
    "household_separate", "custody_edit", "kinship_new", "member_arrived", "member_born",
    "member_new", "member_edit", "residence_edit", "member_leave", "accommodation_edit", "accommodation_move",
    "economy_edit", "need_new", "goal_new", "step_new", "note_new", "task_new", "task_done",
    "case_close", "release_new", "release_sign", "release_withdraw", "referral_new", "referral_end",
    "household_merge", "household_unmerge", "person_merge", "document_edit", "document_new", "document_version_new",
    "goal_edit", "need_edit", "note_correct", "note_edit", "step_edit",
}  # fmt: skip
BUTTONS = {
    "member_return", "need_meet", "need_reopen", "goal_reach", "goal_reopen", "step_done", "step_drop", "step_reopen",
    "move_take_back", "task_cancel", "task_reopen", "case_reopen", "contact_take_back",
    "contact_link", "contact_unlink", "open_hour_take_back", "household_unseparate", "kinship_remove", "kinship_restore", "member_awaited",
    "member_unborn", "document_remove", "document_restore", "version_remove",
    "version_restore", "goal_archive", "goal_restore", "household_seen", "need_archive", "need_restore", "plan_move",
}  # fmt: skip
PATTERNS = [
    one
    for one in urls.urlpatterns
    if isinstance(one, URLPattern) and one.name in READ | FORMS | BUTTONS | {"case_assign"}
]
"""Addresses of a household; every address of the house stands in tests/house/test_permission_matrix.py."""


@pytest.fixture
def addresses(
    case, household, members, release, ankerplatz, open_household, actor, now, settings, tmp_path
) -> dict[str, str]:
    """An existing address for every name."""
    by = actor("amira")
    need = cases.note_need(case=case, kind="housing", by=by, at=now)
    goal: Goal = cases.agree_goal(need=need, text="ein Zimmer für die Kinder", by=by, at=now)
    step = cases.plan_step(goal=goal, text="WBS beantragen", by=by, at=now)
    task = cases.set_task(case=case, title="anrufen", due_on=now.date(), by=by, at=now)
    settings.MEDIA_ROOT = tmp_path
    said = cases.DocumentData(title="WBS", kind="housing_proof", received_on=now.date())
    file = prepare(b"%PDF-1.7 WBS", name="wbs.pdf", on=now.date())
    document = cases.file_document(akte=case.akte, case=case, file=file, data=said, by=by, at=now)
    note = cases.write_note(case=case, kind="phone", theme="work", text="x", occurred_at=now, by=by, at=now)
    consents = release()
    from wurzelwerk.counselling.actions import record_signatures

    record_signatures(consents=consents, signed_on=now.date(), by=by, at=now)
    referral = cases.send_referral(
        case=case, household=household, receiver=ankerplatz, purpose="housing", by=by, at=now
    )
    contact = cases.record_contact(
        topic="housing", minutes=10, channel="desk", occurred_at=now - timedelta(hours=3), by=by, at=now
    )
    hour = cases.record_open_hour(
        starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1), by=by, at=now,
        groups=[cases.ContactGroup(topic="housing", language="", number=2, minutes=10)],
    )  # fmt: skip
    told = of_family(household, by, now)
    parted = Household.objects.visible_to(by).get(
        akte=open_household(members=[MemberData("Lina", "Neu"), MemberData("Ali", "Neu")]).akte
    )
    told["separation"] = separated(parted, by, now)
    double, merged = (
        Household.objects.visible_to(by).get(akte=open_household(members=[MemberData("Lina", "Neu")]).akte)
        for _ in range(2)
    )
    home = cases.set_accommodation(household=household, kind="transitional", by=by, at=now)
    merge = cases.merge_households(kept=household, dropped=merged, choice=cases.MergeChoice(), by=by, at=now)
    known = {
        **{name: row.pk for name, row in told.items()},
        "person": members[0].person_id, "double": members[1].person_id, "dropped": double.pk, "merge": merge.pk, "accommodation": home.pk,
        "contact": contact.pk, "open_hour": hour.pk, "household": household.pk, "member": members[1].pk, "need": need.pk, "goal": goal.pk, "step": step.pk,
        "task": task.pk, "consent": consents[0].pk,
        "document": document.pk, "version": document.versions.visible_to(by).get().pk, "number": 1, "note": note.pk,
        "block": uuid4(), "part": "bedarfe", "row": need.pk, "way": "frueher",
        "receiver": ankerplatz.pk, "purpose": "housing", "referral": referral.pk,
    }  # fmt: skip
    resolver = get_resolver()
    found = {}
    for pattern in PATTERNS:
        names = resolver.reverse_dict.getlist(pattern.name)[0][0][0][1]
        found[pattern.name] = reverse(pattern.name, kwargs={name: known[name] for name in names})
    return found


def test_counsellor_sees_every_page(addresses, browser):
    client = browser("amira")
    assert {name: client.get(addresses[name]).status_code for name in READ | FORMS} == dict.fromkeys(READ | FORMS, 200)


def test_buttons_only_post(addresses, browser):
    client = browser("amira")
    assert {client.get(addresses[name]).status_code for name in BUTTONS} == {405}


@pytest.mark.parametrize("login", ["carla", "daniel", "goran", "irina", "frieda", "lars"])
def test_foreign_household_is_not_found(addresses, browser, login):
    client = browser(login)
    names = READ | FORMS | {"case_assign"}
    assert {name: client.get(addresses[name]).status_code for name in names} == dict.fromkeys(names, 404)
    assert {client.post(addresses[name]).status_code for name in BUTTONS | FORMS} == {404}


def test_scout_before_accepting_finds_nothing(addresses, browser):
    client = browser("jonas")
    names = READ | FORMS
    assert {name: client.get(addresses[name]).status_code for name in names} == dict.fromkeys(names, 404)


def test_team_lead_assigns_and_counsellor_does_not(addresses, browser):
    assert browser("elif").get(addresses["case_assign"]).status_code == 200
    assert browser("amira").get(addresses["case_assign"]).status_code == 404


def test_visitor_is_sent_to_the_login(addresses, client_class):
    client = client_class()
    assert {client.get(addresses[name]).headers["Location"].split("?")[0] for name in READ | FORMS} == {"/anmelden/"}


def test_what_there_is_not_answers_like_the_foreign(browser):
    client = browser("amira")
    nobody = {
        "household": uuid4(), "member": uuid4(), "need": uuid4(), "goal": uuid4(), "consent": uuid4(), "task": uuid4(),
    }  # fmt: skip
    names = {
        "member_edit": "member",
        "goal_new": "need",
        "step_new": "goal",
        "release_pdf": "consent",
        "task_done": "task",
    }
    asked = [reverse(name, args=[nobody[key]]) for name, key in names.items()]
    assert {client.get(address).status_code for address in asked} == {404}
