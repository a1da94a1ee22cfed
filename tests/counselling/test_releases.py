"""Passing on: sheets, signatures, referral, withdrawal – by the browser."""

from datetime import date
from io import BytesIO

import pypdf
import pytest

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions.referral import PassingOn
from wurzelwerk.cases.models import Person, Referral
from wurzelwerk.counselling.queries import open_household
from wurzelwerk.counselling.sharing import boards
from wurzelwerk.trust.models import Consent
from wurzelwerk.trust.scopes import Scope

PASSING_ON = PassingOn(
    read=frozenset({Scope.REGISTER, Scope.CONTACT, Scope.REFERRAL}),
    write=frozenset({Scope.PATHWAY}),
    back=frozenset({Scope.REGISTER, Scope.PLACEMENT}),
)


@pytest.fixture
def subject(household, actor, now):
    """The household anew as amira sees it."""
    return lambda: open_household(household.pk, actor=actor("amira"), today=now.date())


def form(members, ankerplatz, **changes) -> dict:
    samira, yusuf, *children = members
    sent = {
        "receiver": ankerplatz.pk,
        "purpose": "housing",
        "stages": ["search", "viewing"],
        "valid_until": "10.03.2027",
        "interpreter": "Frau Haddad",
        f"sprache_{samira.person_id.hex}": "ar",
        f"sprache_{yusuf.person_id.hex}": "de",
        **{f"sorge_{child.person_id.hex}": samira.person_id for child in children},
        "einmal": "blatt",
    }
    return {**sent, **changes}


def test_sheets_are_prepared_for_adults_and_through_custodian_for_children(
    browser, household, members, ankerplatz, actor
):
    answer = browser().post(f"/haushalte/{household.pk}/freigaben/neu/", form(members, ankerplatz))
    assert answer.headers["Location"] == f"/haushalte/{household.pk}/freigaben/"
    samira, yusuf, *children = (member.person_id for member in members)
    found = {
        row.subject: (row.by_custodian, row.language, row.stages) for row in Consent.objects.visible_to(actor("amira"))
    }
    stages = ["search", "viewing"]
    assert found == {
        samira: (None, "ar", stages),
        yusuf: (None, "de", stages),
        **dict.fromkeys(children, (samira, "ar", stages)),
    }


def test_form_proposes_language_stages_and_a_year(browser, household, members):
    shown = browser().get(f"/haushalte/{household.pk}/freigaben/neu/").context["form"]
    assert shown[f"sprache_{members[0].person_id.hex}"].value() == "ar"
    assert shown["stages"].value() == ["search", "viewing", "interest", "chosen", "contract"]
    assert shown["valid_until"].value() == "10.03.2027"
    offered = dict(shown[f"sprache_{members[0].person_id.hex}"].field.choices)
    assert offered["ar"] == "Arabisch (Übersetzung nicht geprüft)"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"stages": []}, "stages", "Bitte „Was darf wann weitergegeben werden?“ auswählen."),
        ({"valid_until": "09.03.2026"}, "valid_until", "Das Datum darf nicht vor dem 10.03.2026 liegen."),
        ({"receiver": ""}, "receiver", "Bitte „An welche Stelle?“ auswählen."),
    ],
)
def test_release_incomplete_is_said_at_its_field(browser, household, members, ankerplatz, changes, field, sentence):
    answer = browser().post(f"/haushalte/{household.pk}/freigaben/neu/", form(members, ankerplatz, **changes))
    assert answer.context["form"].errors == {field: [sentence]}
    assert answer.context["form"]["interpreter"].value() == "Frau Haddad"


def test_person_of_another_household_signs_for_nobody(browser, household, members, ankerplatz, open_household):
    other = open_household()
    stranger = Person.objects.for_system(reason="a person of another household").filter(akte=other.akte).first()
    changes = {f"sorge_{members[2].person_id.hex}": stranger.pk}
    answer = browser().post(f"/haushalte/{household.pk}/freigaben/neu/", form(members, ankerplatz, **changes))
    assert list(answer.context["form"].errors) == [f"sorge_{members[2].person_id.hex}"]


def test_sheet_is_served_as_pdf_without_a_name_outside(browser, release):
    consent = release()[0]
    answer = browser().get(f"/freigaben/{consent.pk}/blatt.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == f'attachment; filename="freigabe-STADT-2026-00001-{consent.pk.hex[-6:]}.pdf"'
    pdf = pypdf.PdfReader(BytesIO(answer.content))
    assert "Samira Al-Khatib" in pdf.pages[0].extract_text()
    assert "Samira" not in str(pdf.metadata)


def test_signature_of_an_adult_covers_the_children(browser, release, subject):
    consents = release()
    browser().post(f"/freigaben/{consents[0].pk}/unterschrift/", {"signed_on": "09.03.2026"})
    (board,) = boards(subject())
    assert [(signer.name, signer.waits, len(signer.children)) for signer in board.signers] == [
        ("Samira Al-Khatib", False, 3),
        ("Yusuf Al-Khatib", True, 0),
    ]
    assert (board.signed, board.is_complete, board.may_send) == (4, False, False)


def test_signature_in_the_future_is_refused(browser, release):
    answer = browser().post(f"/freigaben/{release()[0].pk}/unterschrift/", {"signed_on": "11.03.2026"})
    assert answer.context["form"].errors == {"signed_on": ["Das Datum darf nicht nach dem 10.03.2026 liegen."]}


def sign_all(client, consents) -> None:
    for consent in consents[:2]:
        client.post(f"/freigaben/{consent.pk}/unterschrift/", {"signed_on": "10.03.2026"})


def test_referral_without_all_releases_is_refused_in_words(browser, household, ankerplatz, release, actor):
    client = browser()
    client.post(f"/freigaben/{release()[0].pk}/unterschrift/", {"signed_on": "10.03.2026"})
    answer = client.post(f"/haushalte/{household.pk}/ueberweisen/{ankerplatz.pk}/housing/", {"message": ""})
    sentence = "Es fehlt noch die Freigabe von 1 Person(en). Ohne sie wird nichts weitergegeben."
    assert answer.context["form"].non_field_errors() == [sentence]
    assert Referral.objects.visible_to(actor("amira")).count() == 0


def test_referral_goes_out_is_accepted_and_ended(browser, household, ankerplatz, release, actor, now, subject):
    client = browser()
    sign_all(client, release())
    sent = client.post(f"/haushalte/{household.pk}/ueberweisen/{ankerplatz.pk}/housing/", {"message": "eilig"})
    assert sent.status_code == 302
    referral = Referral.objects.visible_to(actor("jonas")).get()
    assert (referral.persons, referral.message) == (5, "eilig")
    cases.accept_referral(referral=referral, service="housing", passing_on=PASSING_ON, by=actor("jonas"), at=now)
    assert Person.objects.visible_to(actor("jonas")).count() == 5
    shown = client.get(f"/haushalte/{household.pk}/freigaben/").context["seen"]
    assert {(line["who"], line["until"]) for line in shown} == {("Ankerplatz – Team Ankerplatz", date(2027, 3, 10))}
    question = client.get(f"/ueberweisungen/{referral.pk}/beenden/")
    assert "Was sie selbst aufgeschrieben hat, bleibt bei ihr" in question.content.decode()
    client.post(f"/ueberweisungen/{referral.pk}/beenden/", {"reason": "umgezogen"})
    assert Person.objects.visible_to(actor("jonas")).count() == 0
    assert client.get(f"/haushalte/{household.pk}/freigaben/").context["seen"] == []
    (board,) = boards(subject())
    assert (board.referral, board.may_send) == (None, True)


def test_scout_sees_members_but_not_journal_or_releases(browser, household, ankerplatz, release, actor, now, case):
    cases.write_note(
        case=case, kind="conversation", theme="housing", text="Geheim: Gewalt", occurred_at=now, by=actor("amira"), at=now
    )  # fmt: skip
    client = browser()
    sign_all(client, release())
    client.post(f"/haushalte/{household.pk}/ueberweisen/{ankerplatz.pk}/housing/", {"message": ""})
    referral = Referral.objects.visible_to(actor("jonas")).get()
    cases.accept_referral(referral=referral, service="housing", passing_on=PASSING_ON, by=actor("jonas"), at=now)
    scout = browser("jonas")
    page = scout.get(f"/haushalte/{household.pk}/").content.decode()
    assert "Samira Al-Khatib" in page
    assert "Geheim" not in page
    parts = ("journal", "freigaben", "personen/neu", "plan/neu")
    assert [scout.get(f"/haushalte/{household.pk}/{part}/").status_code for part in parts] == [404, 404, 404, 200]


def test_withdrawal_ends_the_referral_and_says_what_happened(browser, household, ankerplatz, release, actor, subject):
    client = browser()
    consents = release()
    sign_all(client, consents)
    client.post(f"/haushalte/{household.pk}/ueberweisen/{ankerplatz.pk}/housing/", {"message": ""})
    client.post(f"/freigaben/{consents[1].pk}/widerruf/", {"how": "mündlich im Gespräch"})
    referral = Referral.objects.visible_to(actor("amira")).get()
    assert (referral.state, referral.reason) == ("withdrawn", "Freigabe widerrufen")
    (board,) = boards(subject())
    assert [sheet.name for sheet in board.missing] == ["Yusuf Al-Khatib"]
    page = client.get(f"/haushalte/{household.pk}/freigaben/").context["withdrawn"]
    assert [(name, row.revoked_how) for name, row in page] == [("Yusuf Al-Khatib", "mündlich im Gespräch")]


def test_sheet_withdrawn_is_served_no_more(browser, release):
    consent = release()[1]
    client = browser()
    client.post(f"/freigaben/{consent.pk}/widerruf/", {"how": "mündlich"})
    assert client.get(f"/freigaben/{consent.pk}/blatt.pdf").status_code == 404


def test_new_member_makes_the_release_incomplete(browser, household, release, subject):
    client = browser()
    sign_all(client, release())
    client.post(f"/haushalte/{household.pk}/personen/neu/", {"given_name": "Amal", "relation": "sibling"})
    (board,) = boards(subject())
    assert (board.is_complete, [sheet.name for sheet in board.missing]) == (False, ["Amal"])
