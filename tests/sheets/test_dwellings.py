"""A list of dwellings with their owners, from the file to the portfolio and back."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.housing.actions import taking_in
from wurzelwerk.housing.actions.portfolio import change_dwelling, record_owner
from wurzelwerk.housing.models import Building, Dwelling, Letting, Owner
from wurzelwerk.offers.models import Offer
from wurzelwerk.sheets.enums import State
from wurzelwerk.sheets.reading import read
from wurzelwerk.trust.models import Akte

from .conftest import csv_of, lines_of, remarks, verdicts

HEAD = "Eigentümer;Straße;PLZ;Ort;Lage;Etage;Zimmer;Wohnfläche qm;Kaltmiete;Nebenkosten;Frei ab;Aufzug;WBS;Baujahr"
ROWS = (
    "Wohnbau Probe eG;Musterweg 3;44145;Dortmund;2. OG links;2. OG;3,5;74,50;512,40 €;180;01.04.2026;ja;WBS A;1958",
    "Wohnbau Probe eG;Musterweg 3;44145;Dortmund;EG rechts;EG;2;51 m²;;;;;;",
    "Wohnbau Probe eG;Nebenstr. 12a;44137;Dortmund;;1;2;48;399;120;sofort;nein;nein;",
    "Erika Beispiel;Am Platz 1;44135;Dortmund;;;1;30;1.234,50;;;;;",
)


@pytest.fixture
def jonas(desk):
    """A scout who sends lists."""
    return desk("jonas")


def flats() -> list[Dwelling]:
    rows = Dwelling.objects.for_system(reason="test").select_related("building__owner")
    return list(rows.order_by("building__street", "-floor", "label"))


def counted() -> tuple[int, ...]:
    models = (Owner, Building, Dwelling, Letting, Offer)
    return tuple(model.objects.for_system(reason="test").count() for model in models)


def checked(desk, *rows: str, head: str = HEAD, name: str = "wohnungen.csv"):
    return desk.checked(csv_of(*rows, head=head), name, kind="dwellings")


def test_rows_become_owners_houses_dwellings_and_offers(jonas):
    sheet = checked(jonas, *ROWS)
    assert (sheet.state, verdicts(sheet)) == (State.CHECKED, {2: "fine", 3: "hint", 4: "fine", 5: "fine"})
    assert counted() == (0, 0, 0, 0, 0)
    assert jonas.take(sheet).state == State.DONE
    assert counted() == (2, 3, 4, 3, 3)
    assert [(one.building.address, one.label, one.floor, one.rooms, one.area) for one in flats()] == [
        ("Am Platz 1", "", None, Decimal("1.0"), Decimal("30.00")),
        ("Musterweg 3", "2. OG links", 2, Decimal("3.5"), Decimal("74.50")),
        ("Musterweg 3", "EG rechts", 0, Decimal("2.0"), Decimal("51.00")),
        ("Nebenstr. 12a", "", 1, Decimal("2.0"), Decimal("48.00")),
    ]
    house = Building.objects.for_system(reason="test").select_related("owner").get(street="Musterweg")
    assert (house.number, house.postcode, house.built_in, house.has_lift) == ("3", "44145", 1958, True)
    assert (house.owner.name, house.owner.is_company) == ("Wohnbau Probe eG", True)
    assert not Owner.objects.for_system(reason="test").get(name="Erika Beispiel").is_company
    [letting] = Letting.objects.for_system(reason="test").filter(dwelling__label="2. OG links").select_related("offer")
    assert (letting.net_cold, letting.operating_costs, letting.offer.available_from) == (
        Decimal("512.40"), Decimal("180.00"), date(2026, 4, 1),
    )  # fmt: skip
    assert flats()[1].wbs_kind == "a"
    assert check_facts() == []


def test_every_page_shows_a_dwelling_without_an_offer(jonas):
    sheet = jonas.take(checked(jonas, *ROWS))
    home = next(one for one in flats() if one.label == "EG rechts")
    for name, *args in (
        ("dwelling_list",), ("dwelling", home.pk), ("dwelling_edit", home.pk), ("letting_new", home.pk), ("owner_list",),
        ("owner", home.building.owner_id), ("offered_dwellings",), ("sheet", sheet.pk),
    ):  # fmt: skip
        assert jonas.client.get(reverse(name, args=args)).status_code == 200, name


def test_list_writes_what_the_form_writes(jonas, actor, now):
    by = actor("jonas")
    said = {"street": "Einzelweg", "number": "1", "postcode": "44145", "city": "Dortmund"}
    intake = taking_in.Intake(
        owner=None, owner_values={"name": "Einzeln", "is_company": False}, building=None, building_values=said,
        dwelling_values={"rooms": Decimal(2), "area": Decimal(50)}, letting_values={"net_cold": Decimal(400)},
    )  # fmt: skip
    before = standing_facts().count()
    taking_in.take_in_dwelling(intake=intake, by=by, at=now)
    single = sorted(standing_facts().order_by().values_list("type", flat=True))
    assert standing_facts().count() - before == 6
    jonas.take(checked(jonas, "Listig;Einzelweg 2;44145;Dortmund;;;2;50;400;;;;;"))
    kinds = list(standing_facts().exclude(type__startswith="sheets.").values_list("type", flat=True))
    kinds.remove("trust.akte_opened")  # the folder of the lists
    assert sorted(kinds) == sorted(single * 2)
    one, two = sorted(flats(), key=lambda flat: flat.building.owner.name)
    same = [field.attname for field in Dwelling._meta.concrete_fields]
    for name in ("id", "akte_id", "building_id", "added_at"):
        same.remove(name)
    assert [getattr(one, name) for name in same] == [getattr(two, name) for name in same]


def test_taking_back_leaves_nothing_but_voided_facts(jonas):
    before = sorted(standing_facts().values_list("type", flat=True))
    sheet = jonas.back(jonas.take(checked(jonas, *ROWS)))
    assert (sheet.state, sheet.message, counted()) == (State.UNDONE, "", (0, 0, 0, 0, 0))
    assert [akte.subject for akte in Akte.objects.for_system(reason="test")] == ["sheets"]
    left = standing_facts().exclude(type__startswith="sheets.").values_list("type", flat=True)
    assert sorted(left) == sorted([*before, "trust.akte_opened"])  # the folder of the lists
    assert check_facts() == []


def test_owner_of_many_houses_goes_with_the_last_batch(jonas, monkeypatch):
    from wurzelwerk.housing.list_dwellings import DwellingsImporter

    monkeypatch.setattr(DwellingsImporter, "batch", 1)
    rows = [f"Wohnbau Probe eG;Musterweg {n};44145;Dortmund;;;2;50;400;;;;;" for n in range(1, 12)]
    sheet = jonas.take(checked(jonas, *rows))
    assert counted() == (1, 11, 11, 11, 11)
    assert (jonas.back(sheet).state, counted()) == (State.UNDONE, (0, 0, 0, 0, 0))
    assert check_facts() == []


def test_dwelling_that_was_changed_or_offered_stands_against_by_name(jonas, actor, now):
    sheet = jonas.take(checked(jonas, *ROWS))
    home = next(one for one in flats() if one.label == "2. OG links")
    change_dwelling(dwelling=home, values={"description": "Neu"}, by=actor("jonas"), at=now.replace(hour=11))
    page = jonas.client.get(f"/listen/{sheet.pk}/zuruecknehmen/")
    assert [(one.label, one.reasons) for one in page.context["against"]] == [
        ("Musterweg 3, 2. OG links", ("Änderung",))
    ]
    assert (jonas.back(sheet).state, counted()) == (State.DONE, (2, 3, 4, 3, 3))


def test_what_else_came_into_house_and_owner_stands_against(jonas, actor, now):
    sheet = jonas.take(checked(jonas, *ROWS))
    by = actor("jonas")
    house = Building.objects.visible_to(by).select_related("owner", "akte", "district").get(street="Am Platz")
    values = {"rooms": Decimal(1), "area": Decimal(20)}
    taking_in.add_dwelling(building=house, values=values, by=by, at=now)
    place = {"street": "Anderswo", "number": "1", "city": "Dortmund"}
    taking_in.add_building(owner=house.owner, values=place, by=by, at=now)
    page = jonas.client.get(f"/listen/{sheet.pk}/zuruecknehmen/")
    assert [(one.label, one.reasons) for one in page.context["against"]] == [
        ("Am Platz 1", ("weitere Wohnung",)), ("Erika Beispiel", ("weiteres Haus",)),
    ]  # fmt: skip


def test_owner_and_house_that_are_there_are_used_and_stay(jonas, actor, now):
    by = actor("jonas")
    owner = record_owner(values={"name": "Wohnbau Probe eG"}, by=by, at=now)
    place = {"street": "Musterweg", "number": "3", "postcode": "44145", "city": "Dortmund"}
    taking_in.add_building(owner=owner, values=place, by=by, at=now)
    sheet = jonas.take(checked(jonas, *ROWS[:2], ";Musterweg 3;44145;Dortmund;DG;;1;20;;;;;;"))
    assert counted() == (1, 1, 3, 1, 1)
    jonas.back(sheet)
    assert counted() == (1, 1, 0, 0, 0)
    assert check_facts() == []


def test_bad_cells_are_refused_at_the_cell_and_given_back(jonas):
    rows = (
        "X;;44145;Dortmund;;;2;50;400;;;;;", "X;Weg 1;44145;;;;;50;400;;;;;", "X;Weg 2;44145;;;;2;0;400;;;;;",
        "X;Weg 3;44145;;;;2;50;teuer;;;;;", ";Weg 4;44145;;;;2;50;400;;;;;", "X;Weg 5;44145;;;;2;50;0;;31.02.2026;;;",
        "X;Weg 6;44145;;;unten;2;50;400;;;vielleicht;ja;",
    )  # fmt: skip
    sheet = checked(jonas, *rows)
    assert verdicts(sheet) == {**dict.fromkeys(range(2, 8), "refused"), 8: "hint"}
    assert [remarks(sheet, number) for number in range(2, 9)] == [
        ["In dieser Zeile steht keine Straße."],
        ["Die Zahl der Zimmer fehlt."],
        ["Hier steht 0; möglich ist 1 bis 1.000."],
        ["„teuer“ ist keine Zahl. Bitte zum Beispiel 1.234,50 schreiben."],
        ["Bitte nennen Sie die Eigentümerin oder den Eigentümer: Dieses Haus ist noch nicht bekannt."],
        ["Die Nettokaltmiete muss größer als 0 € sein.", "Den 31.02.2026 gibt es im Kalender nicht."],
        [
            "„vielleicht“ ist weder Ja noch Nein und wird nicht übernommen.",
            "„unten“ ist keine Etage, die sich lesen lässt; sie bleibt offen.",
            "Die Art des WBS ist nicht bekannt; geführt als „WBS – Einkommensgruppe A“. Bitte prüfen.",
        ],
    ]  # fmt: skip
    found = read(jonas.client.get(f"/listen/{sheet.pk}/abgelehnt/").content).tables[0].rows
    assert found[2][-1] == "Zimmer: Die Zahl der Zimmer fehlt."
    content = jonas.client.get(f"/listen/{sheet.pk}/abgelehnt/").content.replace(b";;50;400", b";3;50;400")
    jonas.take(sheet)
    jonas.send(content, "berichtigt.csv", kind="dwellings")
    assert verdicts(jonas.sheet())[3] == "fine"
    jonas.take(jonas.sheet())
    assert sorted(one.building.address for one in flats()) == ["Weg 1", "Weg 6"]
    assert Owner.objects.for_system(reason="test").count() == 1


@pytest.mark.parametrize(("row", "verdict"), [
    ("Wohnbau;Musterweg 3;44145;Dortmund;2.OG Links;;3;70;;;;;;", "alike"),
    ("Wohnbau;Musterweg 3;;Dortmund;;2;3,5;75;;;;;;", "alike"),
    ("Wohnbau;Musterweg 3;44145;Dortmund;3. OG links;;3,5;74,5;400;;;;;", "fine"),
    ("Wohnbau;Musterweg 3;44147;Dortmund;2. OG links;;3,5;74,5;400;;;;;", "fine"),
    ("Wohnbau;Nebenstraße 12 a;44137;Dortmund;;1. OG;2;48;400;;;;;", "alike"),
])  # fmt: skip
def test_known_dwelling_is_offered_however_it_is_written(jonas, row, verdict):
    jonas.take(checked(jonas, *ROWS))
    sheet = checked(jonas, row, name="zweite.csv")
    assert [line.verdict for line in lines_of(sheet)] == [verdict]


def test_dwellings_of_other_bodies_give_no_sign(jonas, desk, actor):
    jonas.take(checked(jonas, *ROWS))
    assert Dwelling.objects.visible_to(actor("amira")).count() == 0
    assert desk("amira").send(csv_of(*ROWS, head=HEAD), kind="dwellings").status_code == 422


def test_completion_fills_what_is_missing_and_is_taken_back(jonas):
    jonas.take(checked(jonas, *ROWS))
    row = "Wohnbau Probe eG;Nebenstr. 12a;44137;Dortmund;Hinterhaus;1;2;48;500;;;ja;WBS A;1960"
    sheet = checked(jonas, row, name="mehr.csv")
    jonas.post(f"/listen/{sheet.pk}/auswahl/", {"alle": "complete", "von": "alike"})
    jonas.take(sheet)
    home = flats()[-1]
    assert (home.label, home.wbs_kind, home.building.built_in, home.building.has_lift) == (
        "Hinterhaus",
        "a",
        1960,
        False,
    )
    assert counted() == (2, 3, 4, 3, 3)
    jonas.back(sheet)
    home = flats()[-1]
    assert (home.label, home.wbs_kind, home.building.built_in, home.building.has_lift) == ("", "", None, False)
    assert check_facts() == []


def test_same_dwelling_twice_in_the_list_is_told(jonas):
    sheet = checked(jonas, ROWS[0], ROWS[0].replace("2. OG links", "2.OG Links"), ROWS[3], ROWS[3] + " ")
    assert [line.verdict for line in lines_of(sheet)] == ["fine", "twice", "fine", "twice"]


def test_row_names_the_columns_that_something_is_wrong_with(jonas):
    sheet = checked(jonas, "X;Weg 3;44145;;;;2;50;teuer;;;;;", "X;Weg 4;44145;;;;2;50;400;;;;;")
    page = jonas.client.get(f"/listen/{sheet.pk}/")
    assert [line["at"] for line in page.context["lines"]] == ["Kaltmiete", ""]


def test_columns_that_are_missing_are_said(jonas):
    jonas.send(csv_of("Weg 1;400", head="Straße;Kaltmiete"), kind="dwellings")
    address = reverse("sheet_columns", args=[jonas.sheet().pk])
    form = jonas.client.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"gezeigt": "0-0"}
    answer = jonas.post(address, data)
    assert [str(mistake.message) for mistake in answer.context["form"].mistakes] == [
        "Bitte ordnen Sie diese Spalten zu: Zimmer, Wohnfläche in m²."
    ]
