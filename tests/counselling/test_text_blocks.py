"""Text blocks: whose they are, what is filled, taken out of use and back."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.forms import fill_in
from wurzelwerk.base.errors import BadInput, NotAllowed
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Household, TextBlock

TEXT = "Am {datum} rief {person} ({haushalt}) an, gesprochen hat {ich}, {stelle}. Es ging um …. {unbekannt}"


@pytest.fixture
def household(open_household) -> Household:
    return Household.objects.for_system(reason="test").get(akte=open_household().akte)


@pytest.fixture
def browser(client, user):
    """The client, logged in as somebody."""

    def login(name: str):
        client.force_login(user(name))
        return client

    return login


def names(client) -> list[str]:
    return [block.name for block in client.get(reverse("text_block_list")).context["blocks"]]


def test_own_ones_are_for_oneself_and_the_teams_for_the_team(browser):
    client = browser("amira")
    for name, whose in (("Anruf", "mine"), ("Erstgespräch", "team")):
        client.post(reverse("text_block_new"), {"name": name, "text": "x", "whose": whose})
    assert [names(browser(login)) for login in ("amira", "bernd", "carla", "goran")] == [
        ["Anruf", "Erstgespräch"], ["Erstgespräch"], [], [],
    ]  # fmt: skip


def test_form_of_an_entry_offers_them_filled(browser, household, user):
    client = browser("amira")
    client.post(reverse("text_block_new"), {"name": "Anruf", "text": TEXT, "whose": "mine"})
    [block] = client.get(reverse("note_new", args=[household.pk])).context["blocks"]
    home = "Anlaufstelle Ankommen"
    assert block.text.startswith("Am 10.03.2026 rief Samira Al-Khatib (Al-Khatib) an, gesprochen hat Amira Scholz, ")
    assert (block.text.endswith("Es ging um …. {unbekannt}"), home in block.text or "{stelle}" not in block.text) == (
        True, True,
    )  # fmt: skip


def test_it_is_changed_removed_and_brought_back_by_those_it_belongs_to(browser, actor, now):
    block = cases.write_text_block(name="Anruf", text="x", for_team=False, by=actor("amira"), at=now)
    fill_in(browser("amira"), reverse("text_block_edit", args=[block.pk]), {"name": "Rückruf", "text": "y"})
    client = browser("amira")
    client.post(reverse("text_block_remove", args=[block.pk]))
    assert (names(client), client.get(reverse("text_block_edit", args=[block.pk])).status_code) == ([], 404)
    client.post(reverse("text_block_restore", args=[block.pk]))
    assert names(client) == ["Rückruf"]
    assert browser("bernd").post(reverse("text_block_remove", args=[block.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        cases.change_text_block(block=block, name="x", text="y", by=actor("bernd"), at=now)
    with pytest.raises(BadInput):
        cases.write_text_block(name=" ", text="y", for_team=False, by=actor("amira"), at=now)


def test_database_knows_whose_it_is(actor, now, user):
    block = cases.write_text_block(name="Anruf", text="x", for_team=True, by=actor("amira"), at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        TextBlock.objects.filter(pk=block.pk).update(owner=user("amira"))


def test_list_costs_the_same_for_one_and_for_three(browser, actor, now):
    client, costs = browser("amira"), []
    for number in (1, 2):
        for one in range(number):
            cases.write_text_block(name=f"{number}{one}", text="x", for_team=True, by=actor("amira"), at=now)
        client.get(reverse("text_block_list"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("text_block_list"))
        costs.append(len(captured))
    assert costs[0] == costs[1]
