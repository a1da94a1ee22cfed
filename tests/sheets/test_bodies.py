"""A list of bodies outside and their sites, from the file to the search and back."""

import pytest

from wurzelwerk.cases.actions import keep_body
from wurzelwerk.cases.actions.bodies import ListedBody, keep_bodies
from wurzelwerk.desk.finding import organisations
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.evidence.models import Fact
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.sheets.enums import State
from wurzelwerk.sheets.reading import read

from .conftest import csv_of, lines_of, remarks, verdicts
from .test_reading import shared

HEAD = "Träger;Standort;Straße;PLZ;Ort;Telefon;E-Mail;Art"
ROWS = (
    "Beratung Lindenhof e.V.;;Lindenweg 3;44135;Dortmund;0231 100200;post@lindenhof.example;Verein",
    "Beratung Lindenhof e.V.;Büro Nord;Nordring 9;44147;Dortmund;0231 100201;;",
    "Beratung Lindenhof e.V.;;Südring 1;44139;Dortmund;;;",
    "Praxis Dr. Ähren;;Ahornstr. 5;44137;Dortmund;0231 55 44 33;;Firma",
)


def kept() -> dict[str, list[str]]:
    """Name of a kept body -> names of its sites."""
    bodies = Organisation.every.filter(kept_by__isnull=False).order_by("name")
    return {one.name: list(Site.every.filter(organisation=one).values_list("name", flat=True)) for one in bodies}


def checked(desk, *rows: str, head: str = HEAD, name: str = "stellen.csv"):
    return desk.checked(csv_of(*rows, head=head), name, kind="bodies")


def test_rows_of_one_name_are_a_body_and_its_sites(amira, actor):
    sheet = checked(amira, *ROWS)
    assert (sheet.state, verdicts(sheet)) == (State.CHECKED, {2: "fine", 3: "fine", 4: "fine", 5: "fine"})
    assert kept() == {}
    assert amira.take(sheet).state == State.DONE
    assert kept() == {"Beratung Lindenhof e.V.": ["Büro Nord", "Südring 1"], "Praxis Dr. Ähren": []}
    body = Organisation.every.get(name="Beratung Lindenhof e.V.")
    assert (body.street, body.postcode, body.city, body.phone, body.email, body.kind, body.is_controller) == (
        "Lindenweg 3", "44135", "Dortmund", "0231 100200", "post@lindenhof.example", "association", False,
    )  # fmt: skip
    assert body.kept_by_id == actor("amira").home.organisation_id
    assert check_facts() == []


def test_what_is_kept_is_found_by_the_own_body_alone(amira, actor):
    amira.take(checked(amira, *ROWS))
    names = [hit.label for hit in organisations(actor("carla"), "büro nord", 9)]
    assert names == ["Büro Nord (Beratung Lindenhof e.V.)"]
    assert [hit.label for hit in organisations(actor("amira"), "praxis", 9)] == ["Praxis Dr. Ähren"]
    assert organisations(actor("goran"), "büro nord", 9) == organisations(actor("goran"), "praxis", 9) == []
    assert not Site.objects.filter(name="Büro Nord").exists()


def test_bulk_writes_what_the_single_action_writes(city, actor, open_household, now):
    case, by = open_household(), actor("amira")
    before = set(Fact.objects.values_list("pk", flat=True))
    single = keep_body(akte=case.akte, name="Eins", phone="0231 1", email="a@b.example", by=by, at=now)
    values = {"name": "Eins", "short_name": "", "kind": "", "street": "", "postcode": "", "city": "",
              "phone": "0231 1", "email": "a@b.example"}  # fmt: skip
    other = case.pk
    keep_bodies(bodies=[ListedBody(other, values)], by=by, at=now)
    columns = [field.attname for field in Organisation._meta.concrete_fields if field.name not in {"id", "code"}]
    [one, two] = Organisation.every.filter(pk__in=[single.pk, other]).values(*columns)
    assert one == two
    said = [field.attname for field in Fact._meta.concrete_fields if field.name not in {"id", "event"}]
    [fact, second] = Fact.objects.exclude(pk__in=before).values(*said)
    assert fact == second


def test_taking_back_leaves_nothing_but_voided_facts(amira):
    standing = standing_facts().filter(type="cases.body_kept").count()
    sheet = amira.back(amira.take(checked(amira, *ROWS)))
    assert (sheet.state, sheet.message, kept()) == (State.UNDONE, "", {})
    assert standing_facts().filter(type="cases.body_kept").count() == standing
    assert check_facts() == []


def test_body_that_was_changed_or_used_stands_against_by_name(amira):
    sheet = amira.take(checked(amira, *ROWS))
    Organisation.every.filter(name="Praxis Dr. Ähren").update(phone="0231 9")
    page = amira.client.get(f"/listen/{sheet.pk}/zuruecknehmen/")
    assert [(one.label, one.reasons) for one in page.context["against"]] == [("Praxis Dr. Ähren", ("Änderung",))]
    assert (amira.back(sheet).state, len(kept())) == (State.DONE, 2)


def test_body_that_is_referred_to_stands_against(amira, open_household, actor, now):
    from wurzelwerk.cases.models import Referral

    case = open_household()
    sheet = amira.take(checked(amira, *ROWS))
    body = Organisation.every.get(name="Praxis Dr. Ähren")
    household = case.parties.for_system(reason="test").get(role="client").household
    Referral.objects.create(
        akte=case.akte, case=case, household=household, receiver=body, purpose="advice", persons=1, sent_at=now,
        sent_by_id=actor("amira").user_id, due_on=now.date(), way="paper", basis="consent", basis_text="", concern="x", open_until=now.date(),
    )  # fmt: skip
    [stands] = amira.client.get(f"/listen/{sheet.pk}/zuruecknehmen/").context["against"]
    assert (stands.label, stands.reasons) == ("Praxis Dr. Ähren", ("ein anderer Eintrag",))
    assert (amira.back(sheet).state, len(kept())) == (State.DONE, 2)


def test_bad_cells_are_refused_at_the_cell_and_given_back(amira):
    sheet = checked(amira, ";;Weg 1;44135;X;;;", "A;;;123;;;;", "B;;;;;0231-ABC;;", "C;;;;;;kein-at;", "D;;;;;;;Zunft")
    assert verdicts(sheet) == {2: "refused", 3: "refused", 4: "refused", 5: "refused", 6: "hint"}
    assert remarks(sheet, 2) == ["In dieser Zeile steht kein Name einer Stelle."]
    assert remarks(sheet, 3) == ["Eine Postleitzahl hat fünf Ziffern."]
    assert remarks(sheet, 6) == ["Die Art „Zunft“ ist nicht bekannt; eingetragen wird „Verein“."]
    found = read(amira.client.get(f"/listen/{sheet.pk}/abgelehnt/").content).tables[0].rows
    assert [row[0] for row in found] == ["Träger", "", "A", "B", "C"]
    assert found[2][-1] == "PLZ: Eine Postleitzahl hat fünf Ziffern."


def test_corrected_site_joins_the_body_that_is_taken_in(amira):
    first = amira.take(checked(amira, ROWS[0], ROWS[1].replace("44147", "4414")[:-1] + "x@y.example;", ROWS[3]))
    assert kept()["Beratung Lindenhof e.V."] == ["Büro Nord"]  # four digits: the leading nought is added
    second = checked(amira, ROWS[0], "Beratung Lindenhof;Büro West;Westweg 1;123;Dortmund;;;")
    assert verdicts(second) == {2: "before", 3: "refused"}
    assert amira.back(first).state == State.UNDONE


def test_refused_site_comes_back_corrected_and_joins(amira):
    first = amira.take(checked(amira, ROWS[0], "Beratung Lindenhof e.V.;Büro West;Westweg 1;123;Dortmund;;;"))
    content = amira.client.get(f"/listen/{first.pk}/abgelehnt/").content.replace(b";123;", b";44137;")
    amira.send(content, "berichtigt.csv", kind="bodies")
    second = amira.sheet()
    assert remarks(second, 2)[0] == "Kommt zu der Stelle, die schon übernommen ist."
    amira.post(f"/listen/{second.pk}/auswahl/", {"zeile-2": "take"})
    amira.take(second)
    assert kept() == {"Beratung Lindenhof e.V.": ["Büro West"]}
    page = amira.client.get(f"/listen/{first.pk}/zuruecknehmen/")
    assert [one.reasons for one in page.context["against"]] == [("weiterer Standort",)]
    amira.back(second)
    assert kept() == {"Beratung Lindenhof e.V.": []}
    assert amira.back(first).state == State.UNDONE
    assert check_facts() == []


@pytest.mark.parametrize("row", [
    "Lindenhof Beratung;;;;;;;", "Beratung Lindenhoff;;;;;;;", "Anders;;;;;0231/100200;;", "Anders;;;;;;POST@lindenhof.example;",
    "Lindenhof;;Lindenweg 3;44135;;;;",
])  # fmt: skip
def test_known_body_is_offered_however_it_is_written(amira, row):
    amira.take(checked(amira, ROWS[0]))
    sheet = checked(amira, row, name="zweite.csv")
    [line] = lines_of(sheet)
    assert (line.verdict, line.alike[0]["label"]) == ("alike", "Beratung Lindenhof e.V.")


def test_body_of_the_directory_is_offered_and_never_completed(amira):
    held = Organisation.objects.order_by("name").first()
    sheet = checked(amira, f"{held.name};;Neuweg 1;44135;Dortmund;0231 1234;;")
    [line] = lines_of(sheet)
    assert (line.verdict, line.alike[0]["label"]) == ("alike", held.name)
    assert remarks(sheet, 2) == ["Diese Stelle steht im Verzeichnis des Netzes und wird dort gepflegt."]
    amira.post(f"/listen/{sheet.pk}/auswahl/", {"alle": "complete", "von": "alike"})
    [line] = lines_of(sheet)
    assert line.choice == "skip"


def test_completion_fills_what_is_missing_adds_the_site_and_is_taken_back(amira):
    amira.take(checked(amira, "Praxis Ähren;;;;;0231 1;;"))
    sheet = checked(amira, "Praxis Ähren;Filiale;Weg 1;44135;Dortmund;0231 2;a@b.example;", name="mehr.csv")
    amira.post(f"/listen/{sheet.pk}/auswahl/", {"alle": "complete", "von": "alike"})
    amira.take(sheet)
    body = Organisation.every.get(name="Praxis Ähren")
    assert (body.phone, body.email, body.street, kept()) == (
        "0231 1", "a@b.example", "Weg 1", {"Praxis Ähren": ["Filiale"]},
    )  # fmt: skip
    amira.back(sheet)
    body.refresh_from_db()
    assert (body.phone, body.email, body.street, kept()) == ("0231 1", "", "", {"Praxis Ähren": []})
    assert check_facts() == []


def test_same_body_twice_in_the_list_is_told(amira):
    sheet = checked(amira, "Ahornhaus;;Weg 1;;;;;", "Ahornhaus;;Weg 1;;;;;", "Ahornhaus GmbH;;;;;;;")
    assert verdicts(sheet) == {2: "fine", 3: "twice", 4: "twice"}


def test_who_refers_nobody_is_not_offered_bodies(desk):
    assert desk("jonas").send(csv_of(*ROWS, head=HEAD), kind="bodies").status_code in {404, 422}
    assert kept() == {}


@pytest.mark.parametrize(("name", "count"), [("organizations", 8), ("locations", 20)])
def test_lists_of_other_directories_are_read_as_bodies(amira, name, count):
    content = shared("hsds", "ohana_api", "data", "sample-csv", f"{name}.csv").read_bytes()
    expected = len(read(content).tables[0].rows) - 1
    sheet = amira.checked(content, f"{name}.csv", kind="bodies")
    said = dict(zip(sheet.heads, sheet.columns, strict=True))
    assert (said["name"], said["email"], said["alternate_name"], said["description"]) == (
        "name", "email", "short_name", "",
    )  # fmt: skip
    found = verdicts(sheet)
    assert len(found) == expected >= count
    assert set(found.values()) <= {"fine", "hint", "twice"}
    amira.take(sheet)
    assert len(kept()) == sum(verdict != "twice" for verdict in found.values())
    amira.back(sheet)
    assert (kept(), check_facts()) == ({}, [])
