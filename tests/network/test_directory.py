"""A network's directory is taken in as a whole or not at all."""

import json
from importlib.resources import files

import pytest

from wurzelwerk.base.errors import BadInput
from wurzelwerk.network.directory import load_directory
from wurzelwerk.network.models import District, Membership, Organisation, Site, User

DATA = json.loads(files("wurzelwerk.cli.demo").joinpath("network.json").read_text("utf-8"))


def test_directory_loaded_again_changes_nothing(city):
    before = (Organisation.objects.count(), Site.objects.count(), User.objects.count(), Membership.objects.count())
    load_directory(DATA)
    after = (Organisation.objects.count(), Site.objects.count(), User.objects.count(), Membership.objects.count())
    assert before == after == (4, 3, 12, 12)


def test_directory_keeps_the_password_of_a_known_account(city, user):
    before = user("amira").password
    load_directory(DATA, password="another-long-password")
    assert user("amira").password == before


def test_new_account_without_password_cannot_log_in(city):
    load_directory({"users": [{"login": "neu", "first_name": "Neu", "last_name": "Hier"}]})
    assert not User.objects.get(username="neu").has_usable_password()


@pytest.mark.parametrize(
    "data",
    [
        {"organisations": [{"code": "x", "name": "", "short_name": "X", "kind": "welfare"}]},
        {"organisations": [{"code": "x", "name": "X", "short_name": "X", "kind": "club"}]},
        {"users": [{"login": "x", "memberships": [{"organisation": "none", "role": "y", "valid_from": "2026-01-01"}]}]},
        {
            "organisations": [
                {
                    "code": "x",
                    "name": "X",
                    "short_name": "X",
                    "kind": "welfare",
                    "sites": [{"code": "xs", "name": "XS", "districts": ["atlantis"]}],
                }
            ]
        },
    ],
)
def test_directory_with_a_bad_entry_takes_nothing(city, data):
    first = {"organisations": [{"code": "gut", "name": "Gut", "short_name": "Gut", "kind": "welfare"}]}
    merged = {
        "organisations": first["organisations"] + data.get("organisations", []),
        "users": data.get("users", []),
    }
    with pytest.raises(BadInput):
        load_directory(merged)
    assert not Organisation.objects.filter(code="gut").exists()


def test_districts_are_the_twelve_and_three(db):
    assert District.objects.filter(parent=None).count() == 12
    assert list(District.objects.filter(parent="innenstadt-nord").values_list("code", flat=True)) == [
        "hafen",
        "nordmarkt",
        "borsigplatz",
    ]
