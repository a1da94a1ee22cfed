"""Notices to the person in charge."""

import pytest

from wurzelwerk.cases.models import Notice
from wurzelwerk.cases.notices import tell


@pytest.fixture
def notice(open_household, now, db) -> Notice:
    """A notice to Amira."""
    return tell(case=open_household(), text="Die Überweisung wurde angenommen.", at=now)


def test_notice_stands_on_today_in_the_list_and_in_the_menu(browser, notice):
    client = browser("amira")
    assert "Die Überweisung wurde angenommen." in client.get("/heute/").content.decode()
    text = client.get("/hinweise/").content.decode()
    assert "Die Überweisung wurde angenommen." in text
    assert '<span class="ww-nav__count">1' in text


def test_notice_opened_is_read_and_leads_to_its_household(browser, notice):
    answer = browser("amira").post(f"/hinweise/{notice.pk}/gelesen/")
    notice = Notice.objects.for_system(reason="test").get()
    assert answer["Location"].startswith("/haushalte/")
    assert notice.read_at is not None


def test_notice_opened_twice_is_no_mistake(browser, notice):
    client = browser("amira")
    client.post(f"/hinweise/{notice.pk}/gelesen/")
    assert client.post(f"/hinweise/{notice.pk}/gelesen/").status_code == 302


@pytest.mark.parametrize("login", ["bernd", "carla", "lars"])
def test_notice_of_somebody_else_is_not_found(browser, notice, login):
    client = browser(login)
    assert client.post(f"/hinweise/{notice.pk}/gelesen/").status_code == 404
    assert "angenommen" not in client.get("/hinweise/").content.decode()


def test_notices_are_read_all_at_once(browser, notice, now):
    tell(case=notice.case, text="Ein Vorschlag wartet.", at=now)
    text = browser("amira").post("/hinweise/gelesen/", follow=True).content.decode()
    assert Notice.objects.for_system(reason="test").filter(read_at__isnull=True).count() == 0
    assert "Alle Hinweise sind als gelesen vermerkt." in text


def test_notices_need_a_post_to_be_read(browser, notice):
    assert browser("amira").get("/hinweise/gelesen/").status_code == 405
