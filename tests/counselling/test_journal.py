"""The journal: what an entry may say, changing and correcting, attachments, search, an id sent twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.forms import fill_in
from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import NoteMore
from wurzelwerk.cases.models import Document, Household, Note, NoteVersion
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.evidence.ledger import standing_facts

REASON = "test"
SAID = {
    "kind": "conversation",
    "theme": "housing",
    "day": "09.03.2026",
    "time": "14:30",
    "text": "Es ging um die Enge.",
}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(open_household):
    return open_household()


@pytest.fixture
def household(case) -> Household:
    return Household.objects.for_system(reason=REASON).get(akte=case.akte)


@pytest.fixture
def amira(client, user):
    client.force_login(user("amira"))
    return client


@pytest.fixture
def write(case, actor, now):
    """Write an entry."""

    def written(login: str = "amira", **said) -> Note:
        values = {"kind": "conversation", "theme": "housing", "text": "Es ging um die Enge.", "occurred_at": now}
        return cases.write_note(case=case, by=actor(login), at=now, **values | said)

    return written


def stored() -> Note:
    return Note.objects.for_system(reason=REASON).get()


def consulted() -> list[tuple[str, str]]:
    rows = standing_facts().filter(type="cases.consulted").values_list("dimensions", flat=True)
    return sorted((row["interpreter"], row["length"]) for row in rows)


def test_entry_says_travel_others_and_in_which_language_was_interpreted(amira, household):
    more = {"travel_minutes": "25", "travel_km": "12", "interpreter": "on", "interpreter_language": "ti",
            "others": "Bernd Krüger; Frau Yilmaz, Jobcenter"}  # fmt: skip
    amira.post(reverse("note_new", args=[household.pk]), SAID | more)
    note = stored()
    assert (note.travel_minutes, note.travel_km, note.interpreter_language, note.others) == (
        25, 12, "ti", "Bernd Krüger; Frau Yilmaz, Jobcenter",
    )  # fmt: skip
    page = " ".join(amira.get(reverse("journal", args=[household.pk])).content.decode().split())
    assert (
        "Beteiligt: Bernd Krüger; Frau Yilmaz, Jobcenter · Fahrt 25 Minuten · 12 km · mit Sprachmittlung (Tigrinya)"
        in page
    )


def test_language_of_interpreting_needs_interpreting(amira, household):
    answer = amira.post(reverse("note_new", args=[household.pk]), SAID | {"interpreter_language": "ti"})
    assert answer.context["form"].errors == {
        "interpreter_language": ["Bitte kreuzen Sie auch „mit Sprachmittlung“ an."]
    }


def test_same_id_sent_twice_is_one_entry_and_never_swallows_another(write, case, actor, open_household, now):
    sent = uuid4()
    first, again = write(note_id=sent), write(note_id=sent)
    assert (first.pk, again.pk, Note.objects.for_system(reason=REASON).count()) == (sent, sent, 1)
    assert (len(consulted()), check_facts()) == (5, [])
    with pytest.raises(WrongState) as refused:
        write(note_id=sent, text="etwas anderes")
    assert refused.value.message == "Dieser Eintrag ist schon anders gespeichert. Bitte laden Sie das Journal neu."
    with pytest.raises(WrongState):
        write("bernd", note_id=sent)
    with pytest.raises(WrongState):
        cases.write_note(case=open_household("carla"), kind="phone", theme="work", text="x", occurred_at=now,
                         note_id=sent, by=actor("carla"), at=now)  # fmt: skip


def test_page_carries_an_id_of_its_own_each_time(amira, household):
    place = reverse("note_new", args=[household.pk])
    ids = [str(amira.get(place).context["form"]["kennung"].value()) for _ in range(2)]
    assert ids[0] != ids[1]
    amira.post(place, SAID | {"kennung": ids[0]})
    amira.post(place, SAID | {"kennung": ids[0]})
    assert str(stored().pk) == ids[0]


# -- changing --------------------------------------------------------------------------------------------------------


def test_changed_entry_keeps_and_shows_what_it_said(amira, household, write):
    persons = [row.person_id for row in household.members.for_system(reason=REASON)]
    note = write(participants=persons[:2], minutes=20)
    assert consulted() == [("no", "short")] * 2
    place = reverse("note_edit", args=[note.pk])
    page = amira.get(place)
    assert page.context["form"]["participants"].value() == [str(pk) for pk in persons[:2]]
    changed = SAID | {"text": "Es ging um den Schimmel.", "minutes": "45", "participants": [persons[0]]}
    answer = fill_in(amira, place, changed)
    assert answer.status_code == 302
    former = NoteVersion.objects.for_system(reason=REASON).get()
    assert (former.text, former.minutes, former.present) == (
        "Es ging um die Enge.", 20, "Samira Al-Khatib, Yusuf Al-Khatib",
    )  # fmt: skip
    assert (stored().text, consulted(), check_facts()) == ("Es ging um den Schimmel.", [("no", "long")], [])
    shown = amira.get(reverse("journal", args=[household.pk])).content.decode()
    assert [one in shown for one in ("Es ging um den Schimmel.", "Es ging um die Enge.", "geändert am")] == [True] * 3


def test_entry_saved_as_it_stands_makes_no_version(amira, write):
    note = write()
    place = reverse("note_edit", args=[note.pk])
    fill_in(amira, place, SAID | {"day": "10.03.2026", "time": "10:00"})
    assert (NoteVersion.objects.for_system(reason=REASON).count(), stored().changed_at) == (0, None)


def test_nobody_else_and_nobody_later_changes_an_entry(write, actor, now, client, user):
    note, said = write(), {"kind": "phone", "theme": "work", "text": "x", "occurred_at": now}
    with pytest.raises(NotAllowed):
        cases.change_note(note=note, by=actor("bernd"), at=now, **said)
    with pytest.raises(WrongState) as refused:
        cases.change_note(note=note, by=actor("amira"), at=now + timedelta(days=8), **said)
    assert refused.value.message == "Dieser Eintrag ist zu alt, um ihn zu ändern. Schreiben Sie eine Berichtigung."
    cases.change_note(note=note, by=actor("amira"), at=now + timedelta(days=7), **said)
    client.force_login(user("bernd"))
    assert client.get(reverse("note_edit", args=[note.pk])).status_code == 404


def test_old_entry_is_corrected_by_another_and_both_stay(amira, household, write, now):
    note = write()
    with clock.frozen(now + timedelta(days=30)):
        page = amira.get(reverse("journal", args=[household.pk])).context["lines"][0]
        assert (page.more.may_change, page.more.may_correct) == (False, True)
        amira.post(reverse("note_correct", args=[note.pk]), SAID | {"text": "Es war der Keller."})
        lines = amira.get(reverse("journal", args=[household.pk])).context["lines"]
    assert [[one.text for one in line.more.corrections] for line in lines if line.note.pk == note.pk] == [
        ["Es war der Keller."]
    ]


def test_correction_of_another_case_is_refused(write, open_household, actor, now):
    note = write()
    with pytest.raises(BadInput):
        cases.write_note(case=open_household(), kind="phone", theme="work", text="x", occurred_at=now, corrects=note,
                         more=NoteMore(), by=actor("amira"), at=now)  # fmt: skip


# -- attachments and reading -----------------------------------------------------------------------------------------


def test_attachments_are_filed_with_the_entry_or_not_at_all(amira, household):
    place = reverse("note_new", args=[household.pk])

    def paper() -> SimpleUploadedFile:
        return SimpleUploadedFile("Kündigung.pdf", b"%PDF-1.7 x")

    answer = amira.post(place, SAID | {"text": "", "files": [paper()]})
    assert answer.context["form"].errors["files"] == ["Bitte wählen Sie die Anlagen noch einmal aus."]
    assert Document.objects.for_system(reason=REASON).count() == 0
    amira.post(place, SAID | {"files": [paper()]})
    row = Document.objects.for_system(reason=REASON).get()
    assert (row.title, row.attached_to_id, row.is_proof) == ("Kündigung", stored().pk, False)
    line = amira.get(reverse("journal", args=[household.pk])).context["lines"][0]
    assert [one.title for one in line.more.attachments] == ["Kündigung"]


def test_journal_is_searched_and_filtered_by_kind_author_and_day(amira, household, write, user, now):
    write(text="Wasser läuft von der Decke")
    write("bernd", kind="phone", text="Ruft morgen an", occurred_at=now - timedelta(days=20))
    place = reverse("journal", args=[household.pk])
    answer = amira.post(place, {"text": "decke WASSER"})
    assert "decke" not in answer.headers["Location"].casefold()
    found = {"suche": answer.headers["Location"], "kind": f"{place}?kind=phone", "wer": f"{place}?wer={user('bernd').pk}",
             "since": f"{place}?since=01.03.2026", "bis": f"{place}?bis=01.03.2026"}  # fmt: skip
    texts = {key: [line.note.text for line in amira.get(url).context["lines"]] for key, url in found.items()}
    first, second = ["Wasser läuft von der Decke"], ["Ruft morgen an"]
    assert texts == {"suche": first, "kind": second, "wer": second, "since": first, "bis": second}
