"""The intake: one form, any number of people, one household."""

from datetime import date
from decimal import Decimal

import pytest

from wurzelwerk.cases.models import (
    Accommodation,
    Case,
    EconomicSituation,
    Household,
    HouseholdMember,
    Need,
    Person,
    PersonLanguage,
    Residence,
)
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.trust.models import Akte

from .conftest import intake

NEW = "/haushalte/neu/"


def errors(answer) -> list[tuple[str, str]]:
    return [(mistake.target, mistake.message) for mistake in answer.context["form"].mistakes]


def test_household_taken_in_is_complete(browser, actor):
    answer = browser().post(NEW, intake())
    by = actor("amira")
    household = Household.objects.visible_to(by).get()
    assert answer.headers["Location"] == f"/haushalte/{household.pk}/"
    found = HouseholdMember.objects.visible_to(by).select_related("person")
    assert [(m.person.name, m.relation, m.benefit_unit) for m in found] == [
        ("Samira Al-Khatib", "self", 1),
        ("Lina", "child", 1),
    ]
    assert [(row.code, row.needs_interpreter) for row in PersonLanguage.objects.visible_to(by)] == [("ar", True)]
    assert {(row.basis, row.valid_until) for row in Residence.objects.visible_to(by)} == {
        ("as_printed", date(2027, 6, 1)),
        ("eu", None),
    }
    home = Accommodation.objects.visible_to(by).get()
    assert (home.kind, home.street, home.must_leave_by) == ("transitional", "Beispielweg 3", date(2026, 6, 30))
    money = EconomicSituation.objects.visible_to(by).get()
    assert (money.income_kinds, money.monthly_net, money.yearly_chargeable) == (
        ["sgb2", "child_benefit"],
        Decimal("1234.50"),
        None,
    )
    assert [(need.kind, need.urgency) for need in Need.objects.visible_to(by)] == [("housing", 1)]
    assert Case.objects.visible_to(by).get().service == "counselling"
    taken = standing_facts().filter(type="counselling.taken_in")
    assert [fact.dimensions for fact in taken] == [{"size": "2", "housed": "no"}] * 2


def test_household_with_one_name_only_is_taken_in(browser, actor):
    only = {
        "person-zeilen": "0", "anliegen-zeilen": "0", "person-0-given_name": "Amal", "person-0-relation": "self",
    }  # fmt: skip
    assert browser().post(NEW, only).status_code == 302
    by = actor("amira")
    assert Person.objects.visible_to(by).get().name == "Amal"
    assert Accommodation.objects.visible_to(by).count() == 0
    assert EconomicSituation.objects.visible_to(by).count() == 0
    assert Residence.objects.visible_to(by).count() == 0


def test_double_click_makes_one_household(browser, actor):
    client = browser()
    first, second = client.post(NEW, intake()), client.post(NEW, intake())
    assert Household.objects.visible_to(actor("amira")).count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_row_is_added_with_what_was_typed_and_without_complaint(browser, actor):
    sent = intake(**{"person-mehr": "1", "person-1-relation": "", "monthly_net": "zwölf"})
    answer = browser().post(NEW, sent)
    form = answer.context["form"]
    assert (answer.status_code, form.mistakes) == (200, [])
    assert form.members.written == "0,1,2"
    assert form.members.forms[0]["given_name"].value() == "Samira"
    assert form.members.forms[0].residence["as_printed"].value() == "Aufenthaltserlaubnis § 25 Abs. 2 AufenthG"
    assert form.circumstances["monthly_net"].value() == "zwölf"
    assert Household.objects.visible_to(actor("amira")).count() == 0


def test_new_row_proposes_what_a_family_shares(browser):
    sent = intake(**{"person-mehr": "1", "person-1-family_name": "Al-Khatib", "person-1-language_1": "ar"})
    row = browser().post(NEW, sent).context["form"].members.forms[-1]
    shown = {name: row[name].value() for name in ("family_name", "language_1", "benefit_unit", "relation")}
    assert shown == {"family_name": "Al-Khatib", "language_1": "ar", "benefit_unit": "1", "relation": "child"}


def test_row_with_nothing_but_the_proposal_counts_as_none(browser, actor):
    extra = {
        "person-zeilen": "0,1,2", "person-2-family_name": "Al-Khatib", "person-2-suggested": "Al-Khatib",
        "person-2-relation": "",
    }  # fmt: skip
    assert browser().post(NEW, intake(**extra)).status_code == 302
    assert Person.objects.visible_to(actor("amira")).count() == 2


def test_row_is_removed(browser):
    form = browser().post(NEW, intake(**{"person-weg": "0"})).context["form"]
    assert form.members.written == "1"
    assert form.members.forms[0]["given_name"].value() == "Lina"


def test_last_row_stays(browser):
    form = browser().post(NEW, intake(**{"person-zeilen": "0", "person-weg": "0"})).context["form"]
    assert form.members.written == "0"


WRONG = [
    ({"person-0-given_name": " ", "person-0-family_name": ""}, "id_person-0-given_name", "Bitte geben Sie mindestens einen Namen an."),
    ({"person-1-birth_date": "31.02.2014"}, "id_person-1-birth_date", "Den 31.02.2014 gibt es im Kalender nicht."),
    ({"person-1-birth_date": "1.1.2031"}, "id_person-1-birth_date", "Ein Geburtsdatum kann nicht in der Zukunft liegen."),
    ({"person-1-relation": "chef"}, "id_person-1-relation", "Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."),
    ({"person-0-given_name": "x" * 121}, "id_person-0-given_name", "Zu lang: höchstens 120 Zeichen, es sind 121."),
    ({"person-0-r-as_printed": ""}, "id_person-0-r-as_printed", "Bitte tragen Sie den Text so ein, wie er im Dokument steht."),
    ({"person-0-language_1": ""}, "id_person-0-language_1", "Bitte wählen Sie die Sprache, in die vermittelt werden soll."),
    ({"person-0-phone": "anrufen!"}, "id_person-0-phone", "Eine Telefonnummer besteht aus Ziffern, zum Beispiel 0231 123456 oder +49 231 123456."),
    ({"monthly_net": "-5"}, "id_monthly_net", "Diese Zahl darf nicht negativ sein."),
    ({"postcode": "4414"}, "id_postcode", "Eine Postleitzahl hat fünf Ziffern."),
    ({"kind": ""}, "id_kind", "Bitte wählen Sie die Art der Unterkunft zu Ihren Angaben aus."),
    ({"anliegen-0-kind": "", "anliegen-0-text": "dringend"}, "id_anliegen-0-kind", "Bitte wählen Sie das Anliegen zu Ihrer Beschreibung aus."),
    ({"person-1-relation": "self"}, "", "Nur eine Person kann die Ansprechperson sein."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "target", "sentence"), WRONG)
def test_mistake_is_said_at_its_field_and_nothing_is_written(browser, actor, changes, target, sentence):
    answer = browser().post(NEW, intake(**changes))
    assert answer.status_code == 422
    assert errors(answer) == [(target, sentence)]
    assert "Beispielweg 3" in answer.content.decode()
    assert Akte.objects.visible_to(actor("amira")).count() == 0


def test_failed_intake_may_be_sent_again_with_the_same_key(browser, actor):
    client = browser()
    client.post(NEW, intake(**{"person-1-relation": "self"}))
    assert client.post(NEW, intake()).status_code == 302
    assert Household.objects.visible_to(actor("amira")).count() == 1


@pytest.mark.parametrize("login", ["frieda", "jonas", "lars"])
def test_intake_is_not_there_for_who_opens_no_cases(browser, login):
    assert browser(login).get(NEW).status_code == 404


def test_page_shows_one_row_and_the_key(browser):
    answer = browser().get(NEW)
    assert (answer.status_code, answer.context["form"].members.written) == (200, "0")
    assert answer.context["form"].circumstances["einmal"].value()
