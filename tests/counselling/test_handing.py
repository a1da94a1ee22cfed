"""The note for whoever takes a case over: begins with facts, shown until read, kept, printed a page a case."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.forms import as_shown
from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import HandoverText
from wurzelwerk.cases.models import Case, HandoverNote

SECRET = "Ruft nur nach 16 Uhr an"


@pytest.fixture
def note(case, actor, now):
    """What Amira leaves about the family of five."""
    text = HandoverText(stands="WBS liegt vor", mind=SECRET)
    return cases.write_handover_note(case=case, text=text, by=actor("amira"), at=now)


@pytest.fixture
def handed(case, note, actor, user, now):
    """Bernd is in charge now."""
    cases.assign_case(case=case, lead=user("bernd"), by=actor("elif"), at=now)
    return case


def words_of(answer) -> list[str]:
    """The text of every page of a PDF."""
    return [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]


def test_new_note_begins_with_tasks_appointments_and_deadlines(browser, case, household, actor, now):
    by, start = actor("amira"), now + timedelta(days=2)
    cases.set_task(case=case, title="Unterlagen nachreichen", due_on=clock.today(), by=by, at=now)
    done = cases.set_task(case=case, title="längst erledigt", due_on=clock.today(), by=by, at=now)
    cases.complete_task(task=done, by=by, at=now)
    cases.make_appointment(case=case, kind="phone", starts_at=start, ends_at=start + timedelta(hours=1), by=by, at=now)
    leaves = clock.today() + timedelta(days=20)
    cases.set_accommodation(household=household, kind="transitional", must_leave_by=leaves, by=by, at=now)
    page = browser().get(reverse("handover_note_new", args=[household.pk]))
    assert page.context["form"]["ahead"].value().splitlines() == [
        "- Aufgabe: Unterlagen nachreichen, fällig 10.03.2026",
        "- Termin: Telefontermin, 12.03.2026, 10:00\N{NO-BREAK SPACE}Uhr",
        "- Frist: muss ausziehen bis 30.03.2026",
    ]
    sent = browser().post(page.request["PATH_INFO"], as_shown(page) | {"mind": SECRET, "einmal": "k"})
    assert sent.status_code == 302
    kept = HandoverNote.objects.visible_to(by).get()
    assert (kept.ahead.count("\n"), kept.mind, kept.written_by_id) == (2, SECRET, by.user_id)


def test_note_is_shown_to_who_takes_over_until_it_is_read_and_then_kept(browser, handed, household, note):
    place, bernd = reverse("household", args=[household.pk]), browser("bernd")
    assert [SECRET in browser(login).get(place).content.decode() for login in ("amira", "bernd", "elif")] == [
        False, True, False,
    ]  # fmt: skip
    assert bernd.post(reverse("handover_note_read", args=[note.pk])).status_code == 302
    assert SECRET not in bernd.get(place).content.decode()
    kept = bernd.get(reverse("handover_notes", args=[household.pk])).content.decode()
    assert (SECRET in kept, "gelesen von Bernd" in kept) == (True, True)


def test_note_is_changed_only_until_it_is_read_and_read_only_by_who_is_in_charge(handed, note, actor, now):
    cases.change_handover_note(note=note, text=HandoverText(mind="anders"), by=actor("elif"), at=now)
    assert (note.stands, note.mind) == ("", "anders")
    for by in ("amira", "elif"):
        with pytest.raises(WrongState):
            cases.read_handover_note(note=note, by=actor(by), at=now)
    cases.read_handover_note(note=note, by=actor("bernd"), at=now)
    with pytest.raises(WrongState):
        cases.change_handover_note(note=note, text=HandoverText(mind="zu spät"), by=actor("amira"), at=now)
    assert HandoverNote.objects.visible_to(actor("bernd")).get().mind == "anders"


def test_next_in_charge_is_shown_what_the_last_one_has_read(browser, handed, household, note, actor, user, now):
    cases.read_handover_note(note=note, by=actor("bernd"), at=now)
    cases.assign_case(case=handed, lead=user("elif"), by=actor("elif"), at=now)
    assert SECRET in browser("elif").get(reverse("household", args=[household.pk])).content.decode()


def test_note_says_something_and_is_of_the_own_team_alone(case, note, actor, now):
    with pytest.raises(BadInput):
        cases.write_handover_note(case=case, text=HandoverText("  ", " "), by=actor("amira"), at=now)
    for login in ("carla", "goran", "jonas", "frieda", "lars"):
        assert not HandoverNote.objects.visible_to(actor(login)).exists()
        with pytest.raises(NotAllowed):
            cases.write_handover_note(case=case, text=HandoverText("x"), by=actor(login), at=now)
    assert list(HandoverNote.objects.visible_to(actor("bernd"))) == [note]


def test_note_put_away_comes_back(browser, case, household, note):
    amira = browser()
    gone = amira.post(reverse("handover_note_remove", args=[note.pk]), follow=True)
    assert SECRET not in gone.content.decode()
    assert amira.get(reverse("handover_note_pdf", args=[note.pk])).status_code == 404
    back = next(iter(gone.context["messages"])).extra_tags.removeprefix("undo:")
    assert SECRET in amira.post(back, follow=True).content.decode()


def test_printed_note_names_nobody_in_its_name_and_title(browser, case, note):
    answer = browser().get(reverse("handover_note_pdf", args=[note.pk]))
    text = words_of(answer)
    assert (len(text), SECRET in text[0], "Al-Khatib" in text[0]) == (1, True, True)
    assert answer["Content-Disposition"] == 'inline; filename="uebergabe-2026-03-10.pdf"'
    assert PdfReader(BytesIO(answer.content)).metadata.title == "Übergabe"


def test_sheets_are_one_page_a_case_with_the_note_or_what_is_known(
    browser, case, note, open_household, actor, user, now
):
    other = open_household(members=[cases.MemberData("Olena", "Boyko")])
    cases.set_task(case=other, title="Schule anrufen", due_on=clock.today(), by=actor("amira"), at=now)
    open_household("bernd", members=[cases.MemberData("Fremd", "Niemand")])
    text = words_of(browser("elif").get(reverse("handover_pdf", args=[user("amira").pk])))
    assert [("Al-Khatib" in one, "Boyko" in one, SECRET in one, "Schule anrufen" in one) for one in text] == [
        (True, False, True, False), (False, True, False, True),
    ]  # fmt: skip
    assert browser("bernd").get(reverse("handover_pdf", args=[user("amira").pk])).status_code == 404


def test_page_of_open_work_says_which_case_has_a_note(browser, case, note, open_household, user):
    open_household(members=[cases.MemberData("Olena", "Boyko")])
    page = browser("elif").get(reverse("handover", args=[user("amira").pk]))
    assert [line.note == note for line in page.context["work"].of("case")] == [True, False]
    assert Case.objects.for_system(reason="test").count() == 2
