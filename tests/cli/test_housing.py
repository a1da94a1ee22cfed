"""`wurzelwerk housing`: OpenImmo in and out, with exit codes, JSON alone on standard output, and the same dwellings again."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.housing.portfolio.conftest import picture
from tests.housing.portfolio.listings import RIGHT, file_of, listing
from wurzelwerk.cli.main import main
from wurzelwerk.housing.actions.portfolio import record_right
from wurzelwerk.housing.actions.taking_in import Intake, take_in_dwelling
from wurzelwerk.housing.models import AllocationRight, Building, Dwelling, DwellingPhoto, ImportRun, Letting, Owner
from wurzelwerk.housing.photo_files import prepare
from wurzelwerk.network.models import Membership, Organisation

HOME = ("label", "floor", "rooms", "area", "step_free", "pets_allowed", "max_persons", "wbs_kind", "energy_kind",
        "energy_value", "energy_carrier", "energy_class", "energy_valid_until", "description")  # fmt: skip
HOUSE = ("street", "number", "postcode", "city", "district_id", "built_in", "has_lift", "latitude", "longitude")
RENT = ("net_cold", "operating_costs", "heating_costs", "deposit")
RIGHT_FIELDS = ("kind", "form", "law", "holder_id", "starts_on", "ends_on", "after_effect_until")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def written(tmp_path):
    """Write a file; returns its path."""

    def write(content: bytes, name: str = "bestand.xml") -> str:
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return write


def homes():
    return Dwelling.objects.for_system(reason="test").select_related("building").order_by("added_at", "pk")


def everything() -> list[tuple]:
    """All that a file can carry of every dwelling, comparable."""
    found = []
    for home in homes():
        letting = Letting.objects.for_system(reason="test").select_related("offer").get(dwelling=home)
        rights = AllocationRight.objects.for_system(reason="test").filter(dwelling=home)
        photos = DwellingPhoto.objects.for_system(reason="test").filter(dwelling=home)
        found.append(
            (
                [getattr(home, name) for name in HOME],
                [getattr(home.building, name) for name in HOUSE],
                [getattr(letting, name) for name in RENT],
                (letting.offer.title, letting.offer.available_from, letting.offer.state),
                [[getattr(right, name) for name in RIGHT_FIELDS] for right in rights],
                [photo.caption for photo in photos],
            )
        )
    return sorted(found, key=repr)


@pytest.fixture
def stock(actor, now):
    """Three dwellings: one with everything, one with hardly anything, one fit for a wheelchair."""
    by, city = actor("jonas"), Organisation.objects.get(code="stadt")
    owner = {"name": "Hausgemeinschaft Probe"}
    house = {"street": "Musterweg", "number": "3 a", "postcode": "44145", "city": "Dortmund"}
    full = {
        "label": "2. OG links", "floor": 2, "pets_allowed": False, "max_persons": 5, "wbs_kind": "b", "step_free": "yes",
        "energy_kind": "demand", "energy_value": Decimal("98.4"), "energy_carrier": "heat_pump_water",
        "energy_class": "C", "energy_valid_until": date(2030, 12, 31), "description": "Hell & ruhig <2. OG>.\n\nKeller.",
    }  # fmt: skip
    rent = {"net_cold": Decimal("512.40"), "operating_costs": Decimal("180.00"), "heating_costs": Decimal("95.50"),
            "deposit": Decimal("1500.00")}  # fmt: skip
    bare = {"rooms": Decimal("1.0"), "area": Decimal("35.00")}
    places = {"district_id": "nordmarkt", "built_in": 1958, "has_lift": True, "latitude": Decimal("51.52345"),
              "longitude": Decimal("7.46789")}  # fmt: skip

    def take(building, dwelling, letting, **rest):
        intake = Intake(owner=None, owner_values=owner, building=None, building_values=house | building,
                        dwelling_values=dwelling, letting_values=letting, **rest)  # fmt: skip
        return take_in_dwelling(intake=intake, by=by, at=now)

    first = take(places, full | {"rooms": Decimal("3.5"), "area": Decimal("74.50")}, rent,
                 available_from=date(2026, 4, 1), pictures=[prepare(picture(), name="a")])  # fmt: skip
    record_right(
        dwelling=first,
        values={"kind": "nomination", "form": "linked", "law": "wofg", "holder": city, "starts_on": date(2005, 1, 1),
                "ends_on": date(2035, 6, 30), "after_effect_until": date(2040, 6, 30)},
        by=by, at=now,
    )  # fmt: skip
    take({"number": "4"}, bare, {"net_cold": Decimal("300.00")})
    take({"number": "5", "has_lift": False}, bare | {"step_free": "wheelchair", "energy_kind": "not_required",
         "floor": 0, "pets_allowed": True}, rent | {"heating_costs": None})  # fmt: skip
    take({"number": "6"}, bare | {"step_free": "no", "energy_kind": "not_available"}, {"net_cold": Decimal("280.50")})
    return everything()


def test_own_export_read_again_changes_nothing(stock, tmp_path, capsys):
    out = str(tmp_path / "aus.xml")
    assert main(["housing", "export-openimmo", "--out", out]) == 0
    assert main(["housing", "import-openimmo", out, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {row["action"] for row in report["accepted"]} == {"unchanged"}
    assert (len(report["accepted"]), report["refused"]) == (4, [])
    assert everything() == stock


def test_own_export_gives_the_same_dwellings_to_an_empty_stock(stock, tmp_path, capsys):
    out = str(tmp_path / "aus.xml")
    main(["housing", "export-openimmo", "--out", out])
    for model in (DwellingPhoto, AllocationRight, Letting, Dwelling, Building, Owner):
        model.objects.for_system(reason="test").all().delete()
    assert main(["housing", "import-openimmo", out]) == 0
    assert capsys.readouterr().out == ""
    assert everything() == stock


def test_import_says_what_happened_as_json_alone(city, written, capsys):
    path = written(file_of(listing(more=RIGHT), listing("PROBE-2", net_cold="-5")))
    assert main(["housing", "import-openimmo", path, "--as", "jonas", "--json"]) == 0
    out, err = capsys.readouterr()
    report = json.loads(out)
    assert list(report) == ["accepted", "remarks", "refused"]
    assert [(row["object"], row["action"]) for row in report["accepted"]] == [("PROBE-1", "added")]
    assert set(report["remarks"][0]) == {"object", "field", "message"}
    assert [set(row) for row in report["refused"]] == [{"object", "reason"}]
    assert "Angenommen: 1" in err
    assert ImportRun.objects.for_system(reason="test").get().started_by.username == "jonas"


def test_import_again_says_so_and_changes_nothing(city, written, capsys):
    path = written(file_of(listing()))
    main(["housing", "import-openimmo", path])
    assert main(["housing", "import-openimmo", path, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert "Diese Datei ist schon da" in report["remarks"][0]["message"]
    assert [row["action"] for row in report["accepted"]] == ["unchanged"]
    assert homes().count() == 1


def test_dry_run_writes_nothing(city, written, capsys):
    assert main(["housing", "import-openimmo", written(file_of(listing())), "--dry-run", "--json"]) == 0
    assert [row["action"] for row in json.loads(capsys.readouterr().out)["accepted"]] == ["added"]
    assert (homes().count(), ImportRun.objects.for_system(reason="test").count()) == (0, 0)


@pytest.mark.parametrize(
    "content", [b"", b"kein XML", b"<!DOCTYPE x [<!ENTITY a 'b'>]><openimmo>&a;</openimmo>", file_of(listing())[:700]]
)
def test_bad_file_ends_with_two_and_nothing_of_any_file_is_written(city, written, capsys, content):
    good, bad = written(file_of(listing()), "gut.xml"), written(content, "schlecht.xml")
    assert main(["housing", "import-openimmo", good, bad, "--json"]) == 2
    out, err = capsys.readouterr()
    assert (out, "schlecht.xml" in err) == ("", True)
    assert homes().count() == 0


def test_missing_file_ends_with_two(city, capsys):
    assert main(["housing", "import-openimmo", "/gibt/es/nicht.xml"]) == 2
    assert "/gibt/es/nicht.xml: nicht lesbar" in capsys.readouterr().err


@pytest.mark.parametrize(("login", "sentence"), [("niemand", "gibt es nicht"), ("amira", "fehlt die Berechtigung")])
def test_rights_of_the_named_person_count(city, written, capsys, login, sentence):
    assert main(["housing", "import-openimmo", written(file_of(listing())), "--as", login]) == 2
    assert sentence in capsys.readouterr().err
    assert homes().count() == 0


def test_without_one_manager_a_login_is_demanded(city, user, written, capsys):
    ankerplatz = Organisation.objects.get(code="ankerplatz")
    Membership.objects.create(
        user=user("jonas"), organisation=ankerplatz, role="housing_manager", valid_from=date(2025, 1, 1)
    )
    assert main(["housing", "import-openimmo", written(file_of(listing()))]) == 2
    assert "Bitte --as LOGIN angeben" in capsys.readouterr().err


def test_export_into_a_missing_folder_ends_with_two(stock, tmp_path, capsys):
    assert main(["housing", "export-openimmo", "--out", str(tmp_path / "fehlt" / "aus.xml")]) == 2
    assert list(tmp_path.glob("*.xml")) == []


@pytest.mark.parametrize("command", ["import-openimmo", "export-openimmo"])
def test_help_has_an_example(command, capsys):
    with pytest.raises(SystemExit):
        main(["housing", command, "--help"])
    assert f"wurzelwerk housing {command}" in capsys.readouterr().out
