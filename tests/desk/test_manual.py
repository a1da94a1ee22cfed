"""The manual at the desk: every page of it, what leads there, the search in it, and the first day."""

import re
from datetime import timedelta

import pytest

from tests.house.test_queries import url_names
from wurzelwerk.base.rooms import manual_of_pages, menu, tour_steps
from wurzelwerk.cases import actions as cases
from wurzelwerk.desk import manual

FOLDER = manual._folder()


def test_every_file_of_the_manual_stands_once_in_the_index():
    files = sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != manual.INDEX)
    assert sorted(page.slug for chapter in manual.chapters() for page in chapter.pages) == files


@pytest.mark.parametrize("slug", sorted(manual.pages()))
def test_page_of_the_manual_opens_with_its_links_and_pictures(browser, slug):
    client = browser("amira")
    text = client.get(f"/hilfe/{slug}/").content.decode()
    inside = re.search(r'<article class="ww-manual">(.*?)</article>', text, re.DOTALL)[1]
    targets = re.findall(r'(?:href|src)="(/[^"#]*)', inside)
    assert [target for target in targets if client.get(target).status_code != 200] == []
    anchors = [f'id="{section.anchor}"' in inside for section in manual.pages()[slug].sections if section.anchor]
    assert all(anchors)


def test_unknown_page_and_picture_are_not_found(browser):
    client = browser("amira")
    answers = [client.get("/hilfe/gibt-es-nicht/"), client.get("/hilfe/bilder/gibt-es-nicht.png")]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_rooms_name_addresses_and_pages_that_there_are():
    assert set(manual_of_pages()) - url_names() == set()
    assert set(manual_of_pages().values()) - set(manual.pages()) == set()
    assert {step.manual for step in tour_steps() if step.manual} - set(manual.pages()) == set()


def test_every_entry_of_the_menu_has_its_page_in_the_manual():
    assert sorted({entry.url_name for entry in menu()} - set(manual_of_pages())) == []


def test_every_page_of_the_manual_belongs_to_pages_of_the_desk_or_to_all_of_them():
    about_all = {"betrieb", "entwuerfe", "rueckgaengig", "tastatur", "zu-zweit"}
    assert set(manual.pages()) - set(manual_of_pages().values()) == about_all


def test_header_leads_to_what_belongs_to_the_page(browser):
    text = browser("amira").get("/kurzkontakte/").content.decode()
    assert re.search(r'<a class="ww-help" href="([^"]*)"', text)[1] == "/hilfe/kurzkontakte/"


def test_overview_of_keys_comes_alone_where_a_script_asks(browser):
    text = browser("amira").get("/hilfe/tastatur/", headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in text, 'id="tastatur-titel">Tastatur</h2>' in text) == (False, True)


def test_search_finds_a_part_of_the_manual(actor, city):
    hits = manual.find(actor("amira"), "sprechstunde offene", 5)
    assert (hits[0].label, hits[0].url) == ("Eine offene Sprechstunde", "/hilfe/kurzkontakte/#eine-offene-sprechstunde")
    assert manual.find(actor("amira"), "Quastenflosser", 5) == []


def joined(user, login: str, ago: timedelta, now) -> None:
    one = user(login)
    one.date_joined = now - ago
    one.save(update_fields=["date_joined"])


def test_first_day_stands_on_today_for_new_accounts_and_ticks_what_is_done(browser, user, actor, now):
    joined(user, "amira", timedelta(days=3), now)
    joined(user, "bernd", timedelta(days=30), now)
    client = browser("amira")
    assert "0 von 3 erledigt" in client.get("/heute/").content.decode()
    cases.record_contact(topic="housing", minutes=5, channel="desk", occurred_at=now, by=actor("amira"), at=now)
    assert "1 von 3 erledigt" in client.get("/heute/").content.decode()
    assert "Ihr erster Tag" not in browser("bernd").get("/heute/").content.decode()


def test_first_day_is_taken_off_today_and_put_back(browser, user, now):
    joined(user, "amira", timedelta(days=3), now)
    client = browser("amira")
    gone = client.post("/heute/erster-tag/ausblenden/", follow=True).content.decode()
    assert ('action="/heute/erster-tag/einblenden/"' in gone, "Einen Kurzkontakt festhalten" in gone) == (True, False)
    assert "Einen Kurzkontakt festhalten" in client.get("/hilfe/erster-tag/").content.decode()
    assert "Einen Kurzkontakt festhalten" in client.post("/heute/erster-tag/einblenden/", follow=True).content.decode()
