"""Who reaches which page, and that pages do not read more with more rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wurzelwerk.housing.actions.importing import start_import
from wurzelwerk.housing.actions.photos import add_photos
from wurzelwerk.housing.actions.portfolio import record_right
from wurzelwerk.housing.models import Letting
from wurzelwerk.housing.photo_files import prepare
from wurzelwerk.network.models import Organisation

from .conftest import picture

KEEPERS = {"jonas": 200, "katja": 200, "amira": 404, "elif": 404, "frieda": 404, "goran": 404, "lars": 404}
EVERYBODY = KEEPERS | {"amira": 200, "elif": 200, "frieda": 200, "goran": 200}


@pytest.fixture
def stock(dwelling, actor, now):
    """A dwelling with everything; returns the addresses of its pages by name."""
    home = dwelling()
    by = actor("jonas")
    letting = Letting.objects.visible_to(by).get(dwelling=home)
    from datetime import date

    right = record_right(
        dwelling=home,
        values={"kind": "nomination", "law": "contract", "holder": Organisation.objects.get(code="stadt"),
                "starts_on": date(2020, 1, 1), "ends_on": date(2026, 5, 1)},
        by=by, at=now,
    )  # fmt: skip
    [photo] = add_photos(dwelling=home, pictures=[prepare(picture(), name="a")], by=by, at=now)
    run, _fresh = start_import(content=b"<openimmo/>", name="a.xml", by=by, at=now)
    return {
        "dwelling_list": "/wohnungen/", "dwelling_new": "/wohnungen/neu/", "dwelling": f"/wohnungen/{home.pk}/",
        "dwelling_edit": f"/wohnungen/{home.pk}/bearbeiten/", "letting_new": f"/wohnungen/{home.pk}/angebot/",
        "letting_edit": f"/vermietungen/{letting.pk}/", "right_new": f"/wohnungen/{home.pk}/belegungsrecht/",
        "right_edit": f"/belegungsrechte/{right.pk}/", "right_remove": f"/belegungsrechte/{right.pk}/entfernen/",
        "photo_list": f"/wohnungen/{home.pk}/fotos/", "photo_image": f"/fotos/{photo.pk}/bild.jpg",
        "photo_small": f"/fotos/{photo.pk}/klein.jpg", "photo_caption": f"/fotos/{photo.pk}/beschriften/",
        "photo_remove": f"/fotos/{photo.pk}/entfernen/", "owner_list": "/eigentuemer/",
        "owner": f"/eigentuemer/{home.building.owner_id}/",
        "owner_edit": f"/eigentuemer/{home.building.owner_id}/bearbeiten/", "import_new": "/wohnungen/import/",
        "import_run": f"/wohnungen/import/{run.pk}/", "import_progress": f"/wohnungen/import/{run.pk}/stand/",
    }  # fmt: skip


@pytest.mark.parametrize("login", KEEPERS)
def test_pages_of_the_stock_are_for_those_who_keep_it(browser, stock, login):
    client = browser(login)
    assert {name: client.get(url).status_code for name, url in stock.items()} == dict.fromkeys(stock, KEEPERS[login])


@pytest.mark.parametrize("login", EVERYBODY)
def test_offers_of_the_network_are_for_its_bodies(browser, stock, login):
    assert browser(login).get("/angebote/wohnungen/").status_code == EVERYBODY[login]


BUTTONS = (
    "/wohnungen/{dwelling}/ablegen/", "/wohnungen/{dwelling}/zurueckholen/", "/vermietungen/{letting}/zurueckziehen/",
    "/vermietungen/{letting}/oeffnen/", "/fotos/{photo}/verschieben/frueher/", "/wohnungen/import/{run}/uebernehmen/",
    "/wohnungen/import/{run}/erneut/",
)  # fmt: skip


@pytest.mark.parametrize("login", ["amira", "lars", "goran"])
def test_buttons_of_the_stock_do_not_exist_for_others(browser, stock, login):
    names = {"dwelling": "dwelling", "letting": "letting_edit", "photo": "photo_image", "run": "import_run"}
    ids = {key: next(part for part in stock[page].split("/") if len(part) == 36) for key, page in names.items()}
    client = browser(login)
    assert {client.post(url.format(**ids)).status_code for url in BUTTONS} == {404}


def test_stock_of_another_team_is_not_in_the_list(browser, stock):
    assert "Musterweg" in browser("katja").get("/wohnungen/").content.decode()


def test_network_sees_size_and_rent_but_no_address_owner_or_photo(browser, stock):
    for suffix in ("", "?ausgabe=csv"):
        text = browser("amira").get(f"/angebote/wohnungen/{suffix}").content.decode()
        assert "Nordmarkt" in text
        assert "Musterweg" not in text
        assert "Hausgemeinschaft" not in text
        assert "/fotos/" not in text


def test_foreign_photo_is_not_there(browser, stock):
    for name in ("photo_image", "photo_small"):
        assert browser("bernd").get(stock[name]).status_code == 404


def test_pages_lead_to_login_without_account(client, stock):
    for url in stock.values():
        assert client.get(url)["Location"].startswith("/anmelden/")


def queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_lists_read_the_same_with_one_and_with_three(browser, dwelling):
    lists = ("/wohnungen/", "/eigentuemer/", "/angebote/wohnungen/")
    dwelling()
    client = browser("jonas")
    one = {url: queries(client, url) for url in lists}
    dwelling(street="Beispielweg")
    dwelling(street="Probeweg")
    assert {url: queries(client, url) for url in lists} == one
    assert max(one.values()) <= 12


def test_dwelling_reads_the_same_with_one_and_with_three(browser, dwelling, actor, now):
    home = dwelling()
    client, by = browser("jonas"), actor("jonas")
    from datetime import date

    def more(colour: str) -> None:
        add_photos(dwelling=home, pictures=[prepare(picture(colour=colour), name="a")], by=by, at=now)
        values = {"kind": "general", "law": "contract", "holder": Organisation.objects.get(code="stadt")}
        record_right(dwelling=home, values=values | {"starts_on": date(2020, 1, 1)}, by=by, at=now)

    more("red")
    one = queries(client, f"/wohnungen/{home.pk}/")
    more("blue")
    more("green")
    assert queries(client, f"/wohnungen/{home.pk}/") == one
    assert one <= 16
