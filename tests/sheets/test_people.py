"""A list of people, from the file to households and back."""

from datetime import date, datetime

import pytest

from wurzelwerk.base.errors import WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import ResidenceData
from wurzelwerk.cases.enums import ResidenceBasis
from wurzelwerk.cases.models import Accommodation, Case, Household, HouseholdMember, Person, PersonKeys
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.network.models import ExportEntry, Organisation
from wurzelwerk.sheets import taking
from wurzelwerk.sheets.enums import State
from wurzelwerk.sheets.models import Sheet, SheetLine
from wurzelwerk.sheets.rules import importer_for
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte, Consent, Pseudonym

from .conftest import csv_of, lines_of, remarks, verdicts

FAMILY = (
    "Samira;Al-Khatib;05.04.1990;0231 000111;H1;selbst",
    "Yusuf;Al-Khatib;1988;;H1;Ehemann",
    "Lina;Al-Khatib;30.9.14;;H1;Tochter",
    "Olena;Shevchenko;1.2.1975;Tel. 0176 12345678, 0231/554433;H2;",
)


def people() -> list[Person]:
    return list(Person.objects.for_system(reason="test").order_by("given_name"))


def homes() -> dict[str, list[tuple[str, str]]]:
    rows = HouseholdMember.objects.for_system(reason="test").select_related("person", "household").order_by("position")
    found: dict[str, list] = {}
    for row in rows:
        found.setdefault(row.household.name, []).append((row.person.given_name, row.relation))
    return found


def test_list_becomes_households_with_akte_case_and_keys(amira):
    sheet = amira.checked(csv_of(*FAMILY))
    assert (sheet.state, verdicts(sheet)) == (State.CHECKED, {2: "fine", 3: "fine", 4: "fine", 5: "fine"})
    assert people() == []
    sheet = amira.take(sheet)
    assert sheet.state == State.DONE
    assert homes() == {
        "Al-Khatib": [("Samira", "self"), ("Yusuf", "spouse"), ("Lina", "child")], "Shevchenko": [("Olena", "self")],
    }  # fmt: skip
    assert [(one.birth_text, one.phone) for one in people()] == [
        ("30.09.2014", ""), ("01.02.1975", "0176 12345678, 0231/554433"), ("05.04.1990", "0231 000111"), ("1988", ""),
    ]  # fmt: skip
    assert Case.objects.for_system(reason="test").count() == 2
    assert [one.keys for one in PersonKeys.objects.for_system(reason="test").order_by("person__given_name")] == [
        PersonKeys.text_of(one) for one in people()
    ]
    assert check_facts() == []
    assert amira.client.get(f"/listen/{sheet.pk}/").status_code == 200


def test_taking_back_leaves_nothing_but_voided_facts(amira):
    before = standing_facts().count()
    sheet = amira.back(amira.take(amira.checked(csv_of(*FAMILY))))
    assert (sheet.state, sheet.message) == (State.UNDONE, "")
    assert (people(), Household.objects.for_system(reason="test").count(), Pseudonym.objects.count()) == ([], 0, 0)
    assert [akte.subject for akte in Akte.objects.for_system(reason="test")] == ["sheets"]
    about = standing_facts().exclude(type__startswith="sheets.").exclude(type="trust.akte_opened")
    assert about.count() == before
    assert standing_facts().filter(type="trust.akte_opened").count() == 1  # the folder of the lists
    assert check_facts() == []


def test_what_was_built_on_stands_against_by_name(amira, actor, now):
    sheet = amira.take(amira.checked(csv_of(*FAMILY)))
    case = Case.objects.visible_to(actor("amira")).get(parties__household__name="Shevchenko")
    cases.note_need(case=case, kind="housing", by=actor("amira"), at=now.replace(hour=10))
    page = amira.client.get(f"/listen/{sheet.pk}/zuruecknehmen/")
    assert [(one.label, one.reasons) for one in page.context["against"]] == [("Shevchenko", ("Bedarf", "Änderung"))]
    assert amira.back(sheet).state == State.DONE
    assert len(people()) == 4


def test_bad_cells_are_refused_one_by_one_and_given_back(amira):
    sheet = amira.checked(csv_of(
        "Ali;Can;31.02.1990;;;", "Bea;;12.12.1990;0231-ABC;;", ";;1.1.1980;;;", "Cem;Ok;1.1.2090;;;", "Dana;Ok;;;;",
    ))  # fmt: skip
    assert verdicts(sheet) == {2: "refused", 3: "refused", 4: "refused", 5: "refused", 6: "fine"}
    assert remarks(sheet, 2) == ["Den 31.02.1990 gibt es im Kalender nicht."]
    assert remarks(sheet, 4) == ["In dieser Zeile steht kein Name."]
    amira.take(sheet)
    answer = amira.client.get(f"/listen/{sheet.pk}/abgelehnt/")
    noted = ExportEntry.objects.values_list("list_name", "kind", "rows")
    assert list(noted) == [("abgelehnte-zeilen", "csv", 4)]
    rows = [row.split(";") for row in answer.content.decode("utf-8-sig").splitlines()]
    assert rows[0][:2] == ["Vorname", "Nachname"] and rows[0][-1] == f"Hinweis (Liste {sheet.sign})"
    assert rows[1] == [
        "Ali",
        "Can",
        "31.02.1990",
        "",
        "",
        "",
        "Geburtsdatum: Den 31.02.1990 gibt es im Kalender nicht.",
    ]
    assert len(rows) == 5


def test_corrected_rows_join_their_household_and_taken_ones_are_known(amira):
    first = amira.take(amira.checked(csv_of(FAMILY[0], "Yusuf;Al-Khatib;31.02.1988;;H1;Ehemann")))
    content = amira.client.get(f"/listen/{first.pk}/abgelehnt/").content.replace(b"31.02.1988", b"28.02.1988")
    answer = amira.send(content, "berichtigt.csv")
    second = amira.sheet()
    assert (answer.url, second.state) == (f"/listen/{second.pk}/", State.CHECKED)  # no mapping is asked again
    amira.take(second)
    assert homes() == {"Al-Khatib": [("Samira", "self"), ("Yusuf", "spouse")]}
    third = amira.checked(csv_of(FAMILY[0], FAMILY[3]), "noch-einmal.csv")
    assert verdicts(third) == {2: "before", 3: "fine"}
    assert check_facts() == []
    amira.back(second)
    assert homes() == {"Al-Khatib": [("Samira", "self")]}
    assert check_facts() == []


def write_residence(person: Person, by: Actor, at: datetime) -> None:
    cases.set_residence(person=person, residence=ResidenceData(basis=ResidenceBasis.EU), by=by, at=at)


def sign_release(person: Person, by: Actor, at: datetime) -> None:
    receiver = Organisation.objects.get(code="ankerplatz")
    values = {"purpose": "housing", "stages": ["contact"], "valid_until": at.date(), "prepared_at": at}
    Consent.objects.bulk_create([Consent(akte=person.akte, subject=person.pk, receiver=receiver, **values)])


@pytest.mark.parametrize(
    ("write", "what"), [(write_residence, ("Aufenthalt", "Änderung")), (sign_release, ("Freigabe",))]
)
def test_who_joined_and_was_written_about_since_is_not_taken_back(amira, actor, now, write, what):
    first = amira.take(amira.checked(csv_of(FAMILY[0], "Yusuf;Al-Khatib;31.02.1988;;H1;Ehemann")))
    content = amira.client.get(f"/listen/{first.pk}/abgelehnt/").content.replace(b"31.02.1988", b"28.02.1988")
    amira.send(content, "berichtigt.csv")
    second = amira.take(amira.sheet())
    write(people()[1], actor("amira"), now.replace(hour=10))
    page = amira.client.get(f"/listen/{second.pk}/zuruecknehmen/")
    assert [(one.label, one.reasons) for one in page.context["against"]] == [("Al-Khatib", what)]
    assert amira.back(second).state == State.DONE
    second, by = amira.sheet_again(second), actor("amira")
    with pytest.raises(WrongState, match="Sie bleibt"):  # the way of a job that stopped, which asks nobody before
        taking.take_back(second, importer_for(by, second), by=by, at=now.replace(hour=11), progress=lambda *_: None)
    assert [one.given_name for one in people()] == ["Samira", "Yusuf"]


def test_same_file_is_taken_once_and_a_second_click_does_nothing(amira):
    sheet = amira.take(amira.checked(csv_of(*FAMILY)))
    assert amira.send(csv_of(*FAMILY)).url == f"/listen/{sheet.pk}/"
    amira.take(sheet)
    assert (Sheet.objects.for_system(reason="test").count(), len(people())) == (1, 4)


def test_who_is_there_already_is_left_out_completed_or_taken_all_the_same(amira, open_household):
    open_household()
    sheet = amira.checked(csv_of("Samirah;Al Khatib;04.05.1990;0176 5554443;;", "Omar;Al-Khatib;28.02.2017;;;"))
    found = lines_of(sheet)
    assert [(line.verdict, line.choice) for line in found] == [("alike", "skip"), ("alike", "skip")]
    assert found[0].alike[0]["label"] == "Samira Al-Khatib"
    before = len(people())
    amira.post(f"/listen/{sheet.pk}/auswahl/", {"zeile-2": "complete", "zeile-3": "take"})
    amira.take(sheet)
    assert len(people()) == before + 1
    assert [line.is_taken for line in lines_of(sheet)] == [True, True]
    assert check_facts() == []
    amira.back(sheet)
    assert len(people()) == before


def test_completion_fills_only_what_is_missing_and_is_taken_back(amira, open_household):
    open_household(members=[cases.MemberData("Samira", "Al-Khatib", date(1990, 5, 4), phone="0231 000111")])
    head = "Vorname;Nachname;Geburtsdatum;Telefon;E-Mail;Sprache"
    sheet = amira.checked(csv_of("Samira;Al-Khatib;04.05.1990;0176 5554443;samira@example.org;Arabisch", head=head))
    amira.post(f"/listen/{sheet.pk}/auswahl/", {"alle": "complete", "von": "alike"})
    amira.take(sheet)
    [samira] = people()
    assert (samira.phone, samira.email, samira.languages.for_system(reason="t").count()) == (
        "0231 000111",
        "samira@example.org",
        1,
    )
    amira.back(sheet)
    [samira] = people()
    assert (samira.phone, samira.email, samira.languages.for_system(reason="t").count()) == ("0231 000111", "", 0)


def test_language_that_a_colleague_typed_anew_stays_when_the_list_is_taken_back(amira, open_household, actor, now):
    open_household(members=[cases.MemberData("Samira", "Al-Khatib", date(1990, 5, 4))])
    sheet = amira.checked(csv_of("Samira;Al-Khatib;04.05.1990;Arabisch", head="Vorname;Nachname;Geburtsdatum;Sprache"))
    amira.post(f"/listen/{sheet.pk}/auswahl/", {"alle": "complete", "von": "alike"})
    amira.take(sheet)
    belonging = HouseholdMember.objects.visible_to(actor("amira")).select_related("person").get()
    typed = cases.MemberData("Samira", "Al-Khatib", date(1990, 5, 4), languages=("ar",), needs_interpreter=True)
    cases.change_person(belonging=belonging, member=typed, by=actor("amira"), at=now)
    amira.back(sheet)
    kept = belonging.person.languages.for_system(reason="t").values_list("code", "needs_interpreter")
    assert list(kept) == [("ar", True)]


def test_lookalikes_of_other_teams_give_no_sign(amira, open_household):
    open_household("carla")
    sheet = amira.checked(csv_of("Samira;Al-Khatib;04.05.1990;0231 000111;;"))
    assert verdicts(sheet) == {2: "fine"}


def test_who_stands_twice_in_the_list_is_told(amira):
    sheet = amira.checked(csv_of("Yusuf;Özdemir;1.3.1990;;;", "Anna;Klein;;;;", "Jussuf;Oezdemir;01.03.1990;;;"))
    assert verdicts(sheet) == {2: "fine", 3: "fine", 4: "twice"}
    assert lines_of(sheet)[2].same_as == 2


def test_colleague_finds_neither_list_nor_rows(amira, desk, actor):
    sheet = amira.checked(csv_of(*FAMILY))
    bernd = desk("bernd")
    assert bernd.client.get(f"/listen/{sheet.pk}/").status_code == 404
    assert SheetLine.objects.visible_to(actor("bernd")).count() == 0
    assert SheetLine.objects.visible_to(actor("amira")).count() == 4


def test_failure_half_way_takes_everything_back(amira, monkeypatch):
    sheet = amira.checked(csv_of(*FAMILY))
    from wurzelwerk.counselling import list_people

    calls = []
    original = list_people.take_in_households

    def failing(**given):
        calls.append(given)
        if len(calls) == 2:
            raise cases_error("Absichtlich.")
        return original(**given)

    monkeypatch.setattr(list_people, "take_in_households", failing)
    monkeypatch.setattr(list_people.PeopleImporter, "batch", 1)
    sheet = amira.take(sheet)
    assert (sheet.state, sheet.message, people()) == (State.FAILED, "Absichtlich. Es wurde nichts übernommen.", [])
    assert check_facts() == []
    assert amira.map().state == State.CHECKED


def cases_error(text: str) -> Exception:
    from wurzelwerk.base.errors import WrongState

    return WrongState(text)


def test_stopped_job_goes_on_where_it_was(amira, monkeypatch, now):
    from wurzelwerk.counselling import list_people
    from wurzelwerk.sheets import taking

    sheet = amira.checked(csv_of(*FAMILY))
    monkeypatch.setattr(list_people.PeopleImporter, "batch", 1)
    original, calls = taking._take_batch, []

    def stopping(*given):
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return original(*given)

    monkeypatch.setattr(taking, "_take_batch", stopping)
    with pytest.raises(KeyboardInterrupt):
        amira.take(sheet)
    assert (amira.sheet().state, len(people())) == (State.RUNNING, 3)
    Sheet.objects.for_system(reason="test").update(alive_at=now.replace(hour=1))
    assert amira.client.get(f"/listen/{sheet.pk}/").context["given_up"] is True
    assert (amira.take(sheet).state, len(people())) == (State.DONE, 4)
    assert check_facts() == []


def test_address_and_warnings_are_kept(amira):
    head = "Name;Anschrift;Unterkunft;Auskunftssperre;Erreichbarkeit"
    sheet = amira.checked(
        csv_of(
            '"Can, Ali";"Beispielweg 3, 44145 Dortmund";Notunterkunft oder Notschlafstelle;ja;nicht anrufen', head=head
        )
    )
    amira.take(sheet)
    [home] = Accommodation.objects.for_system(reason="test")
    assert (home.street, home.postcode, home.city, home.kind, home.is_blocked) == (
        "Beispielweg 3",
        "44145",
        "Dortmund",
        "emergency",
        True,
    )
    [ali] = people()
    assert (ali.name, ali.contact_rule) == ("Ali Can", "no_calls")
