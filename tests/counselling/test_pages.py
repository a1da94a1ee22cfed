"""Plan, journal, appointments, tasks, members and circumstances by the browser."""

from datetime import date
from decimal import Decimal

import pytest

from tests.forms import fill_in
from wurzelwerk.base.undo import undo_address
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import (
    Accommodation,
    Case,
    EconomicSituation,
    Goal,
    HouseholdMember,
    Need,
    Note,
    Residence,
    Step,
    Task,
)


@pytest.fixture
def seen(actor):
    """Return the rows of a model that amira sees."""
    return lambda model: model.objects.visible_to(actor("amira"))


def undo(answer, client) -> str:
    """Follow the redirect and return the address of the undo button on the next page."""
    page = client.get(answer.headers["Location"])
    address = [undo_address(message) for message in page.context["messages"]][-1]
    assert page.content.decode().count(f'action="{address}"') >= 1
    return address


def at(household, part: str) -> str:
    return f"/haushalte/{household.pk}/{part}/"


def test_plan_goes_from_need_over_goal_to_step(browser, household, seen, user):
    client = browser()
    client.post(at(household, "plan/neu"), {"kind": "housing", "urgency": "1", "text": "zu eng"})
    need = seen(Need).get()
    client.post(f"/plan/bedarfe/{need.pk}/ziel/", {"text": "ein Zimmer für die Kinder"})
    goal = seen(Goal).get()
    step = {"text": "WBS beantragen", "who": user("bernd").pk, "due_on": "20.03.2026"}
    client.post(f"/plan/ziele/{goal.pk}/schritt/", step)
    client.post(f"/plan/ziele/{goal.pk}/schritt/", {"text": "Nachweise holen", "who": "client"})
    assert (need.kind, need.urgency, goal.text) == ("housing", 1, "ein Zimmer für die Kinder")
    assert {(s.text, s.by_client, s.assignee and s.assignee.username, s.due_on) for s in seen(Step)} == {
        ("WBS beantragen", False, "bernd", date(2026, 3, 20)),
        ("Nachweise holen", True, None, None),
    }


def test_step_is_not_given_to_a_colleague_of_another_team(browser, household, case, actor, now, user):
    by = actor("amira")
    goal = cases.agree_goal(need=cases.note_need(case=case, kind="work", by=by, at=now), text="arbeiten", by=by, at=now)
    answer = browser().post(f"/plan/ziele/{goal.pk}/schritt/", {"text": "x", "who": user("carla").pk})
    assert answer.context["form"].errors == {"who": ["Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."]}


def test_closed_step_goal_and_need_are_taken_back_by_the_button_of_the_message(
    browser, household, case, actor, now, seen
):
    by, client = actor("amira"), browser()
    need = cases.note_need(case=case, kind="work", by=by, at=now)
    goal = cases.agree_goal(need=need, text="arbeiten", by=by, at=now)
    step = cases.plan_step(goal=goal, text="Lebenslauf", by=by, at=now)
    for address, model, is_open in (
        (f"/plan/schritte/{step.pk}/erledigt/", Step, lambda row: row.state == "open"),
        (f"/plan/schritte/{step.pk}/entfaellt/", Step, lambda row: row.state == "open"),
        (f"/plan/ziele/{goal.pk}/erreicht/", Goal, lambda row: row.reached_on is None),
        (f"/plan/bedarfe/{need.pk}/gedeckt/", Need, lambda row: row.met_on is None),
    ):
        answer = client.post(address)
        assert not is_open(seen(model).get())
        assert client.post(undo(answer, client)).status_code == 302
        assert is_open(seen(model).get())


def test_closing_twice_is_refused_in_words(browser, household, case, actor, now):
    by, client = actor("amira"), browser()
    need = cases.note_need(case=case, kind="work", by=by, at=now)
    client.post(f"/plan/bedarfe/{need.pk}/gedeckt/")
    answer = client.post(f"/plan/bedarfe/{need.pk}/gedeckt/", follow=True)
    assert [str(m) for m in answer.context["messages"]][-1] == "Dieser Bedarf ist schon gedeckt."


def test_button_returns_where_it_stood_but_never_outside(browser, household, case, actor, now):
    by, client = actor("amira"), browser()
    need = cases.note_need(case=case, kind="work", by=by, at=now)
    answer = client.post(f"/plan/bedarfe/{need.pk}/gedeckt/", {"zurueck": "/heute/"})
    assert answer.headers["Location"] == "/heute/"
    for evil in ("https://example.org/", "//example.org/", "/\\example.org"):
        answer = client.post(f"/plan/bedarfe/{need.pk}/offen/", {"zurueck": evil})
        assert answer.headers["Location"] == f"/haushalte/{household.pk}/#plan"


NOTE = {"kind": "conversation", "theme": "housing", "day": "09.03.2026", "time": "14:30", "minutes": "45", "text": "Es ging um die Enge."}  # fmt: skip


def test_journal_entry_is_written_once(browser, household, members, seen):
    client = browser()
    sent = {**NOTE, "participants": [members[0].person_id, members[1].person_id], "interpreter": "on", "einmal": "eins"}
    client.post(at(household, "journal/neu"), sent)
    client.post(at(household, "journal/neu"), sent)
    note = seen(Note).get()
    assert (note.kind, note.theme, note.minutes, note.interpreter) == ("conversation", "housing", 45, True)
    assert f"{note.occurred_at:%d.%m.%Y %H:%M}" == "09.03.2026 13:30"
    line = client.get(at(household, "journal")).context["lines"][0]
    assert line.participants == ("Samira Al-Khatib", "Yusuf Al-Khatib")
    assert seen(Case).get().last_contact_on == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"text": ""}, "text", "Bitte „Eintrag“ angeben."),
        ({"day": "11.03.2026"}, "day", "Das Datum darf nicht nach dem 10.03.2026 liegen."),
        ({"time": "25:00"}, "time", "„25:00“ ist keine Uhrzeit. Bitte zum Beispiel 14:30 schreiben."),
        ({"minutes": "-5"}, "minutes", "Mindestens 1."),
        ({"text": "x" * 20001}, "text", "Zu lang: höchstens 20000 Zeichen, es sind 20001."),
    ],
)
def test_journal_entry_with_mistake_keeps_what_was_typed(browser, household, seen, changes, field, sentence):
    answer = browser().post(at(household, "journal/neu"), {**NOTE, **changes})
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [sentence]})
    assert answer.context["form"]["theme"].value() == "housing"
    assert seen(Note).count() == 0


def test_participant_of_another_household_is_refused(browser, household, open_household, seen):
    stranger = HouseholdMember.objects.for_system(reason="a member of another household")
    other = stranger.filter(akte=open_household("carla").akte).first()
    answer = browser().post(at(household, "journal/neu"), {**NOTE, "participants": [other.person_id]})
    assert answer.context["form"].errors == {"participants": ["Eine der Personen gehört nicht zu diesem Haushalt."]}
    assert seen(Note).count() == 0


def test_journal_is_filtered_by_theme(browser, household, case, actor, now):
    for theme in ("housing", "work"):
        cases.write_note(
            case=case, kind="phone", theme=theme, text=theme, occurred_at=now, by=actor("amira"), at=now
        )  # fmt: skip
    lines = browser().get(at(household, "journal"), {"theme": "work"}).context["lines"]
    assert [line.note.text for line in lines] == ["work"]


def test_task_is_set_done_with_outcome_and_taken_back(browser, household, seen, user):
    client = browser()
    sent = {"title": "Schule anrufen", "due_on": "12.3.26", "assignee": user("amira").pk}
    client.post(at(household, "aufgaben/neu"), sent)
    task = seen(Task).get()
    answer = client.post(f"/aufgaben/{task.pk}/erledigt/", {"outcome": "Platz zugesagt"})
    assert (seen(Task).get().outcome, seen(Task).get().done_by.username) == ("Platz zugesagt", "amira")
    client.post(undo(answer, client))
    assert seen(Task).get().done_at is None
    answer = client.post(f"/aufgaben/{task.pk}/streichen/")
    assert seen(Task).get().cancelled_at
    client.post(undo(answer, client))
    assert seen(Task).get().cancelled_at is None


def test_member_is_changed_and_keeps_languages(browser, household, members, seen):
    client = browser()
    sent = {
        "given_name": "Samira", "family_name": "Al-Khatib", "birth_date": "4.5.1991", "relation": "self",
        "benefit_unit": "2", "language_1": "ckb", "language_2": "ar", "needs_interpreter": "on", "phone": "0231 555",
    }  # fmt: skip
    assert fill_in(client, f"/personen/{members[0].pk}/", sent).status_code == 302
    changed = seen(HouseholdMember).select_related("person").get(pk=members[0].pk)
    assert (changed.person.birth_date, changed.benefit_unit, changed.person.phone) == (date(1991, 5, 4), 2, "0231 555")
    shown = client.get(f"/personen/{members[0].pk}/").context["form"]
    assert (shown["language_1"].value(), shown["needs_interpreter"].value()) == ("ckb", True)


def test_residence_is_recorded_and_taken_down_again(browser, household, members, seen):
    client, page = browser(), f"/personen/{members[0].pk}/aufenthalt/"
    fill_in(client, page, {"basis": "as_printed", "as_printed": "Fiktionsbescheinigung", "code": "FIKT81.4"})
    assert seen(Residence).get().as_printed == "Fiktionsbescheinigung"
    fill_in(client, page, {"basis": "not_asked"})
    assert (seen(Residence).get().basis, seen(Residence).get().as_printed) == ("not_asked", "")


def test_member_leaves_and_comes_back(browser, household, members, seen):
    client = browser()
    too_early = client.post(f"/personen/{members[1].pk}/auszug/", {"left_on": "09.03.2026"})
    assert too_early.context["form"].errors == {"left_on": ["Das liegt vor dem Tag, an dem die Person dazukam."]}
    answer = client.post(f"/personen/{members[1].pk}/auszug/", {"left_on": "10.03.2026"})
    assert seen(HouseholdMember).filter(left_on__isnull=True).count() == 4
    client.post(undo(answer, client))
    assert seen(HouseholdMember).filter(left_on__isnull=True).count() == 5


def test_accommodation_is_corrected_without_a_move_and_a_move_ends_it(browser, household, seen):
    client = browser()
    client.post(at(household, "unterkunft"), {"kind": "transitional", "street": "Beispielweg 2", "since": "1.5.2024"})
    corrected = {"kind": "transitional", "street": "Beispielweg 3", "since": "1.5.2024"}
    fill_in(client, at(household, "unterkunft"), corrected)
    assert [(row.street, row.until) for row in seen(Accommodation)] == [("Beispielweg 3", None)]
    early = client.post(at(household, "umzug"), {"kind": "own_flat", "since": "1.1.2024"})
    assert early.context["form"].errors == {"since": ["Der Einzug liegt vor dem Einzug in die jetzige Unterkunft."]}
    client.post(at(household, "umzug"), {"kind": "own_flat", "since": "01.03.2026", "street": "Neuweg 1"})
    assert {(row.street, row.until) for row in seen(Accommodation)} == {
        ("Beispielweg 3", date(2026, 3, 1)),
        ("Neuweg 1", None),
    }


def test_move_is_taken_back_once_and_only_while_it_is_the_latest(browser, household, seen):
    client = browser()
    fill_in(
        client, at(household, "unterkunft"), {"kind": "transitional", "street": "Beispielweg 2", "since": "1.5.2024"}
    )
    moved = client.post(at(household, "umzug"), {"kind": "own_flat", "since": "01.03.2026", "street": "Neuweg 1"})
    back = undo(moved, client)
    again = client.post(at(household, "umzug"), {"kind": "own_flat", "since": "05.03.2026", "street": "Neuweg 9"})
    back_again = undo(again, client)
    assert client.post(back).headers["Location"].endswith("#lage")
    assert seen(Accommodation).count() == 3
    client.post(back_again)
    client.post(back)
    assert [(row.street, row.until) for row in seen(Accommodation)] == [("Beispielweg 2", None)]
    assert client.post(back).status_code == 404


def test_first_accommodation_is_no_move_that_could_be_taken_back(browser, household, seen):
    client = browser()
    answer = client.post(at(household, "umzug"), {"kind": "own_flat", "since": "01.03.2026"})
    page = client.get(answer.headers["Location"])
    assert [undo_address(message) for message in page.context["messages"]] == [""]
    client.post(f"/unterkuenfte/{seen(Accommodation).get().pk}/zurueck/")
    assert seen(Accommodation).count() == 1


def test_income_is_changed_and_unknown_is_not_zero(browser, household, seen):
    browser().post(at(household, "einkommen"), {"income_kinds": ["employment"], "monthly_net": "0"})
    money = seen(EconomicSituation).get()
    assert (money.income_kinds, money.monthly_net, money.yearly_chargeable) == (["employment"], Decimal(0), None)


def test_case_is_closed_after_a_question_and_opened_again(browser, household, seen):
    client = browser()
    answer = client.post(at(household, "beratung/abschliessen"), {})
    way_back = undo(answer, client)
    assert seen(Case).get().closed_on == date(2026, 3, 10)
    refused = client.post(at(household, "plan/neu"), {"kind": "work", "urgency": "2"})
    assert refused.context["form"].non_field_errors() == [
        "Der Fall ist abgeschlossen. Öffnen Sie ihn wieder, um etwas einzutragen."
    ]
    client.post(way_back)
    assert seen(Case).get().closed_on is None


def test_team_lead_gives_the_case_to_a_colleague(browser, household, seen, user):
    fill_in(browser("elif"), at(household, "beratung/zustaendig"), {"lead": user("bernd").pk})
    assert seen(Case).get().lead.username == "bernd"
