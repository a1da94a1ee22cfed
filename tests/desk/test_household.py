"""The household page: composed for whom it is open, 404 for everybody else."""

import pytest


def test_household_page_names_household_akte_and_lead(browser, household):
    answer = browser("amira").get(f"/haushalte/{household.pk}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1>Al-Khatib</h1>" in text
    assert household.akte.reference in text
    assert "Amira Scholz" in text
    assert "5 Personen, davon 3 Kinder" in text


@pytest.mark.parametrize("login", ["carla", "frieda", "goran", "jonas", "lars"])
def test_household_page_is_not_found_for_foreign_people(browser, household, login):
    answer = browser(login).get(f"/haushalte/{household.pk}/")
    assert answer.status_code == 404
    assert "Al-Khatib" not in answer.content.decode()


def test_household_page_leads_to_login_without_account(client, household):
    answer = client.get(f"/haushalte/{household.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/anmelden/?next=/haushalte/{household.pk}/")


def test_household_page_offers_who_can_see_it_also_without_scripts(browser, household):
    address = f"/akten/{household.akte_id}/einsicht/"
    assert f'href="{address}"' in browser("amira").get(f"/haushalte/{household.pk}/").content.decode()
    whole = browser("amira").get(address).content.decode()
    part = browser("amira").get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Team Anlaufstelle Nordstadt – Beratung" in whole
    assert "Team Anlaufstelle Nordstadt – Beratung" in part
    assert "<html" in whole and "<html" not in part


@pytest.mark.parametrize("login", ["carla", "lars", "frieda", "jonas"])
def test_who_can_see_is_not_found_for_foreign_people(browser, household, login):
    assert browser(login).get(f"/akten/{household.akte_id}/einsicht/").status_code == 404
