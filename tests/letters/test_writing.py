"""Letters at the desk: begun with what is known, changed, sent, taken back; what somebody asked for is obeyed."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.forms import as_shown
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases.document_files import kept_files
from wurzelwerk.cases.letters import FIELDS, LetterSubject
from wurzelwerk.cases.models import Accommodation, Document, Person
from wurzelwerk.cases.queries import home_of
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.letters import actions
from wurzelwerk.letters.actions import LetterText
from wurzelwerk.letters.models import Letter
from wurzelwerk.letters.queries import filed_content, filed_versions, opened_letter
from wurzelwerk.network.models import Organisation


def text_of(letter, **changes):
    fields = ("address", "dated_on", "subject", "salutation", "text", "language", "own_text", "enclosures")
    return LetterText(**({name: getattr(letter, name) for name in fields} | changes))


@pytest.fixture
def ask_for(household, actor):
    """Let Samira have asked for something, or her home be blocked."""

    def set_it(rule: str = "", hint: str = "", *, blocked: bool = False) -> None:
        rows = Person.objects.for_system(reason="test").filter(given_name="Samira")
        rows.update(contact_rule=rule, contact_hint=hint)
        Accommodation.objects.for_system(reason="test").update(is_blocked=blocked)

    return set_it


@pytest.fixture
def home(household):
    return Accommodation.objects.for_system(reason="test").get(household=household)


def test_letter_begins_with_what_is_known(begin):
    letter = begin()
    assert letter.address.splitlines() == ["Samira Al-Khatib", "Beispielweg 3", "44145 Dortmund"]
    assert (letter.subject, letter.salutation) == ("Einladung zum Termin", "Guten Tag Samira Al-Khatib,")
    assert letter.text.split("\n\n")[1] == (
        "Tag: Donnerstag, 12.\u00a0März 2026\nUhrzeit: 10:30\u00a0Uhr\nOrt: Anlaufstelle\nMit: "
        + letter.author.display_name
    )


def test_what_is_missing_leaves_a_gap_that_keeps_the_letter_here(begin, home, actor, now):
    letter = begin("landlord", target="other", language="")
    assert letter.text.split("\n\n")[1:] == ["[Anliegen]", letter.text.split("\n\n")[2]]
    with pytest.raises(BadInput, match="Die Anschrift fehlt"):
        actions.send_letter(letter=letter, way="post", sent_on=now.date(), home=home, by=actor("amira"), at=now)
    letter.address = "Hausverwaltung\nWeg 1"
    letter.save()
    with pytest.raises(BadInput, match=r"Im Brief steht noch: \[Anliegen\], \[Tag\]"):
        actions.send_letter(letter=letter, way="post", sent_on=now.date(), home=home, by=actor("amira"), at=now)


def test_letter_to_an_office_has_its_address(begin):
    body = Organisation.objects.get(code="ankerplatz")
    letter = begin("authority", target="body", language="", body=body)
    assert letter.address.splitlines()[0] == body.name
    assert letter.salutation == "Guten Tag,"


@pytest.mark.parametrize("rule", ["no_letters", "only_via"])
def test_who_asked_for_no_letters_gets_none_at_home(begin, ask_for, home, actor, now, rule):
    ask_for(rule, "über die Schule")
    letter = begin()
    assert letter.address == "Samira Al-Khatib"
    with pytest.raises(BadInput, match="möchte keine Post nach Hause") as error:
        actions.change_letter(
            letter=letter,
            text=text_of(letter, address="Samira\nBEISPIELWEG  3\n44145"),
            home=home,
            by=actor("amira"),
            at=now,
        )
    assert error.value.field == "address"
    actions.change_letter(
        letter=letter,
        text=text_of(letter, address="Samira\nc/o Schule\nAndere Straße 1"),
        home=home,
        by=actor("amira"),
        at=now,
    )


def test_blocked_address_stands_in_no_letter_to_others(begin, ask_for, home, actor, now):
    ask_for(blocked=True)
    home.refresh_from_db()
    letter = begin("landlord", target="other", language="")
    for field in ("address", "text", "subject", "own_text", "enclosures"):
        with pytest.raises(BadInput, match="Auskunftssperre") as error:
            actions.change_letter(
                letter=letter,
                text=text_of(letter, **{field: "wohnt Beispielweg 3, Dortmund"}),
                home=home,
                by=actor("amira"),
                at=now,
            )
        assert error.value.field == field
        letter.refresh_from_db()


def test_letter_to_the_person_herself_goes_to_the_blocked_address_with_a_warning(browser, begin, ask_for):
    ask_for(blocked=True)
    letter = begin()
    assert "Beispielweg 3" in letter.address
    assert "Auskunftssperre (§ 51 BMG)" in browser().get(reverse("letter", args=[letter.pk])).content.decode()


def test_field_of_a_blocked_address_stays_empty(ask_for, household, actor, now):
    from wurzelwerk.base.rooms import letter_fields
    from wurzelwerk.letters.queries import correspondence

    known = letter_fields()["haushalt.anschrift"]
    frame = correspondence(household.pk, actor=actor("amira"), today=now.date())
    assert known.value(frame.subject(None)) == "Beispielweg 3, 44145 Dortmund"
    ask_for(blocked=True)
    assert known.value(frame.subject(None).__class__(household, frame.case, None, frame.actor, frame.today)) == ""


def test_letter_is_sent_counted_and_taken_back(begin, home, actor, now):
    letter, by = begin(), actor("amira")
    actions.send_letter(letter=letter, way="hand", sent_on=now.date(), home=home, by=by, at=now)
    rows = standing_facts().filter(type="letters.sent")
    assert [(row.dimensions, row.occurred_on) for row in rows] == [
        ({"way": "hand", "template": "invitation"}, date(2026, 3, 10))
    ]
    with pytest.raises(WrongState, match="verschickt"):
        actions.change_letter(letter=letter, text=text_of(letter), home=home, by=by, at=now)
    actions.take_back_sending(letter=letter, by=by, at=now)
    assert not rows.all().exists()
    assert (letter.sent_on, letter.sent_way) == (None, "")


@pytest.mark.parametrize(
    ("day", "why"), [(date(2026, 3, 11), "in der Zukunft"), (date(2026, 3, 9), "gab es den Brief noch nicht")]
)
def test_impossible_day_of_sending_is_refused(begin, home, actor, now, day, why):
    with pytest.raises(BadInput, match=why):
        actions.send_letter(letter=begin(), way="post", sent_on=day, home=home, by=actor("amira"), at=now)


@pytest.mark.parametrize(
    ("address", "why"), [("\n".join("1234567"), "höchstens 6 Zeilen, es sind 7"), ("x" * 61, "zu lang")]
)
def test_address_that_does_not_fit_is_refused(begin, home, actor, now, address, why):
    letter = begin()
    with pytest.raises(BadInput, match=why):
        actions.change_letter(
            letter=letter, text=text_of(letter, address=address), home=home, by=actor("amira"), at=now
        )


def test_foreign_team_writes_no_letter(begin, home, actor, now):
    letter = begin()
    with pytest.raises(NotAllowed):
        actions.change_letter(letter=letter, text=text_of(letter), home=home, by=actor("carla"), at=now)


def test_database_refuses_half_a_sending(begin):
    letter = begin()
    for half in ({"sent_on": date(2026, 3, 10)}, {"sent_way": "post"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.for_system(reason="test").filter(pk=letter.pk).update(**half)


def test_pages_from_the_first_question_to_the_sending(browser, household, now):
    client = browser()
    new = client.get(reverse("letter_new", args=[household.pk]))
    assert new.context["form"]["language"].value() == "ar"
    begun = client.post(
        reverse("letter_new", args=[household.pk]), as_shown(new) | {"template": "reminder"}, follow=True
    )
    letter = Letter.objects.for_system(reason="test").get()
    assert begun.redirect_chain == [(reverse("letter_edit", args=[letter.pk]), 302)]
    sending = as_shown(begun) | {"subject": "Bitte kommen", "enclosures": "Stadtplan"}
    shown = client.post(reverse("letter_edit", args=[letter.pk]), sending, follow=True)
    assert "Bitte kommen" in shown.content.decode()
    assert client.get(reverse("letter_page", args=[letter.pk, 1])).content[:4] == b"\x89PNG"
    assert client.get(reverse("letter_page", args=[letter.pk, 2])).status_code == 404
    pdf = client.get(reverse("letter_pdf", args=[letter.pk]))
    assert (pdf["Content-Disposition"], pdf["Cache-Control"]) == ('inline; filename="brief-2026-03-10.pdf"', "no-store")
    sent = client.post(reverse("letter_sent", args=[letter.pk]), {"way": "post", "sent_on": "10.03.2026"}, follow=True)
    assert "verschickt 10.03.2026, mit der Post" in sent.content.decode()
    assert client.get(reverse("letter_edit", args=[letter.pk])).status_code == 404
    client.post(reverse("letter_reopen", args=[letter.pk]))
    discarded = client.post(reverse("letter_discard", args=[letter.pk]), follow=True)
    assert reverse("letter_restore", args=[letter.pk]) in discarded.content.decode()
    client.post(reverse("letter_restore", args=[letter.pk]))
    letter.refresh_from_db()
    assert (letter.discarded_at, letter.sent_on) == (None, None)


def test_sign_that_cannot_be_printed_is_said_on_the_page(browser, begin):
    letter = begin()
    Letter.objects.for_system(reason="test").update(text="Herr 陳")
    page = browser().get(reverse("letter", args=[letter.pk]))
    assert "Das Zeichen „陳“ lässt sich nicht drucken." in page.content.decode()
    assert browser().get(reverse("letter_pdf", args=[letter.pk])).status_code == 404


def test_list_costs_the_same_for_one_and_for_three(browser, household, begin):
    client, address = browser(), reverse("letter_list", args=[household.pk])

    def cost():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    begin()
    one = cost()
    begin("certificate", member=1)
    begin("free")
    assert (one, cost()) == (one, one)
    assert one <= 10


def test_what_left_the_house_lies_in_the_akte_a_version_a_time(begin, home, actor, now):
    letter, by = begin(), actor("amira")
    sent = {"letter": letter, "way": "post", "home": home, "by": by}
    actions.send_letter(**sent, sent_on=now.date(), at=now)
    first = filed_content(letter, actor=by)
    assert first[:5] == b"%PDF-"
    assert (letter.document.kind, letter.document.title, letter.document.is_proof) == (
        "own_letter",
        letter.subject,
        False,
    )
    actions.reopen_letter(letter=letter, by=by, at=now)
    assert standing_facts().filter(type="letters.sent").count() == 1
    actions.change_letter(letter=letter, text=text_of(letter, subject="Neuer Betreff"), home=home, by=by, at=now)
    actions.send_letter(**sent, sent_on=now.date(), at=now)
    assert [(row.number, row.remark) for row in filed_versions(letter, actor=by)] == [
        (2, "10.03.2026, mit der Post"),
        (1, ""),
    ]
    assert filed_content(letter, actor=by) != first
    actions.take_back_sending(letter=letter, by=by, at=now)
    assert [row.number for row in filed_versions(letter, actor=by)] == [1]
    assert standing_facts().filter(type="letters.sent").count() == 1


def test_sending_taken_back_hides_the_only_document_and_the_next_one_is_filed_anew(begin, home, actor, now):
    letter, by = begin(), actor("amira")
    for _time in range(2):
        actions.send_letter(letter=letter, way="hand", sent_on=now.date(), home=home, by=by, at=now)
        assert len(filed_versions(letter, actor=by)) == 1
        actions.take_back_sending(letter=letter, by=by, at=now)
        letter = opened_letter(letter.pk, actor=by)
        assert filed_versions(letter, actor=by) == []


def test_letter_that_cannot_be_printed_is_not_sent_and_leaves_no_file(begin, home, actor, now):
    letter = begin()
    letter.text = "Herr 陳"
    letter.save()
    with pytest.raises(BadInput, match="lässt sich nicht drucken"):
        actions.send_letter(letter=letter, way="post", sent_on=now.date(), home=home, by=actor("amira"), at=now)
    assert not Document.objects.for_system(reason="test").exists()


def test_office_to_which_a_letter_goes_is_a_field_of_it(begin, actor, now):
    body = Organisation.objects.get(code="ankerplatz")
    body.street, body.postcode, body.city = "Südwall 5", "44137", "Dortmund"
    letter = begin("authority", "body", body=body)
    known = {field.key: field.value for field in FIELDS}
    subject = LetterSubject(None, letter.case, letter.person, actor("amira"), now.date(), body)
    assert [known[f"empfaenger.{part}"](subject) for part in ("name", "anschrift")] == [
        body.name, "Südwall 5, 44137 Dortmund",
    ]  # fmt: skip
    assert letter.address.splitlines() == [body.name, "Südwall 5", "44137 Dortmund"]
    subject.body = None
    assert [known[f"empfaenger.{part}"](subject) for part in ("name", "anschrift")] == [None, None]


def test_letter_that_a_colleague_sent_meanwhile_is_neither_sent_again_nor_changed(begin, household, actor, now):
    letter, by = begin(), actor("amira")
    home = home_of(household, actor=by)
    mine, theirs = (Letter.objects.visible_to(by).get(pk=letter.pk) for _ in range(2))
    with kept_files():
        actions.send_letter(letter=theirs, way="hand", sent_on=now.date(), home=home, by=by, at=now)
    with pytest.raises(WrongState, match="verschickt"), kept_files():
        actions.send_letter(letter=mine, way="hand", sent_on=now.date(), home=home, by=by, at=now)
    text = actions.LetterText(**{name: getattr(mine, name) for name in actions.ON_PAPER})
    with pytest.raises(WrongState, match="verschickt"):
        actions.change_letter(letter=mine, text=text, home=home, by=by, at=now)
    kept = Letter.objects.visible_to(by).get(pk=letter.pk)
    assert kept.sent_event == theirs.sent_event
    assert Document.objects.visible_to(by).count() == 1
