"""Heute and the frame around every page."""

import pytest


def test_bare_address_leads_to_today(browser):
    answer = browser("amira").get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/heute/")


def test_today_greets_with_the_date_in_words(browser):
    text = browser("amira").get("/heute/").content.decode()
    assert "Guten Tag, Amira" in text
    assert "Dienstag, 10.\N{NO-BREAK SPACE}März 2026" in text
    assert "Beratung · Stadt Dortmund · Anlaufstelle Nordstadt" in text


@pytest.mark.parametrize("login", ["amira", "elif", "frieda", "goran", "jonas", "katja", "lars"])
def test_today_opens_for_every_role(browser, login):
    assert browser(login).get("/heute/").status_code == 200


def test_today_marks_its_menu_entry_as_present(browser):
    text = browser("amira").get("/heute/").content.decode()
    assert '<a href="/heute/" aria-current="page">' in text


def test_unknown_address_answers_in_german(browser):
    answer = browser("amira").get("/gibt-es-nicht/")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht – oder nicht für Sie" in answer.content.decode()
