"""A dwelling that is kept, browsers logged in, pictures and listings to take in."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from wurzelwerk.housing.actions.taking_in import Intake, take_in_dwelling
from wurzelwerk.housing.models import Dwelling

NEW = {
    "new_owner": "Hausgemeinschaft Probe", "street": "Musterweg", "number": "3", "postcode": "44145", "city": "Dortmund",
    "district": "nordmarkt", "rooms": "3,5", "area": "74,50", "floor": "2", "label": "2. OG links", "step_free": "yes",
    "has_lift": "ja", "pets_allowed": "nein", "max_persons": "5", "wbs_kind": "a", "net_cold": "512,40",
    "operating_costs": "180", "heating_costs": "95,5", "deposit": "1.500", "available_from": "01.04.2026",
    "right_kind": "general", "right_form": "direct", "right_law": "wfng_nrw", "right_starts_on": "01.01.2020",
    "right_ends_on": "31.12.2026", "energy_kind": "consumption", "energy_value": "98,4", "energy_carrier": "gas",
    "energy_class": "C", "energy_valid_until": "31.12.2030", "built_in": "1958", "description": "Helle Wohnung.\r\nRuhig.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Files of a test stay with it."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def files_kept(settings):
    """Return the names of all files in the storage."""
    return lambda: sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


@pytest.fixture
def browser(user):
    """Return a client that is logged in as a person of the cast."""

    def log_in(login: str) -> Client:
        client = Client()
        client.force_login(user(login))
        return client

    return log_in


@pytest.fixture
def form(user):
    """Return what the form for a new dwelling sends, with changes; a value of None leaves a field out."""
    from wurzelwerk.network.models import Organisation

    holder = str(Organisation.objects.get(code="stadt").pk)

    def filled(**changes) -> dict:
        data = NEW | {"right_holder": holder} | changes
        return {name: value for name, value in data.items() if value is not None}

    return filled


@pytest.fixture
def dwelling(actor, now):
    """Take a dwelling in for Ankerplatz; returns it."""

    def take(login: str = "jonas", street: str = "Musterweg", number: str = "3", **changes) -> Dwelling:
        values = {"rooms": Decimal(3), "area": Decimal("74.50"), "wbs_kind": "a", "step_free": "yes"} | changes
        rent = {"net_cold": Decimal("512.40"), "operating_costs": Decimal(180), "heating_costs": None, "deposit": None}
        intake = Intake(
            owner=None,
            owner_values={"name": f"Hausgemeinschaft {street}"},
            building=None,
            building_values={"street": street, "number": number, "postcode": "44145", "district_id": "nordmarkt"},
            dwelling_values=values,
            letting_values=rent,
            available_from=date(2026, 4, 1),
        )
        return take_in_dwelling(intake=intake, by=actor(login), at=now)

    return take


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), colour: str = "red", **options) -> bytes:
    """Return the bytes of a picture."""
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, kind, **options)
    return target.getvalue()


def upload(content: bytes, name: str = "kueche.jpg") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content)
