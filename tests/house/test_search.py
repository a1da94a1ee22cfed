"""Everybody finds what they may see, and nothing says that there is more; every way that is offered is open."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from wurzelwerk.network.models import User

from .world import SECRETS

CAST = ("amira", "bernd", "elif", "carla", "goran", "jonas", "katja", "frieda", "lars")
NORD, PLACERS = {"amira", "bernd", "elif"}, {"jonas", "katja"}
HIT = re.compile(r'<a role="option"[^>]* href="([^"]+)"[^>]*><span dir="auto">([^<]*)</span>')
FOUND = {
    "Al-Khatib": NORD | PLACERS,
    "Wartend": NORD,
    "Anderswo": {"carla"} | PLACERS,
    SECRETS["street"]: PLACERS,
    SECRETS["owner"]: PLACERS,
}
"""Who finds something besides pages by which word of the world."""
OPEN_TO_ALL = ("Ankerplatz", "Nordstadt")


def browser(login: str) -> Client:
    """Return a client of somebody of the cast."""
    client = Client()
    client.force_login(User.objects.get(username=login))
    return client


def hits(client: Client, text: str) -> list[tuple[str, str]]:
    """Address and label of what is suggested."""
    page = client.post(reverse("search_suggest"), {"q": text}).content.decode()
    return HIT.findall(page)


@pytest.mark.parametrize("login", CAST)
def test_everybody_finds_their_own_and_nothing_else(world, db, now, login):
    client = browser(login)
    found = {text for text in FOUND if hits(client, text)}
    assert found == {text for text, whom in FOUND.items() if login in whom}
    closed = [text for text, whom in FOUND.items() if login not in whom]
    for text in closed:
        pages = [
            client.post(reverse("search_suggest"), {"q": text}).content.decode(),
            client.post(reverse("search"), {"q": text}, follow=True).content.decode().replace(f'value="{text}"', ""),
        ]
        assert [text in page for page in pages] == [False, False]


@pytest.mark.parametrize("text", ["Samira", "سميرة", "Zamira", "0231 000777", "04.05.1990", "Lina", "Yusuf"])
@pytest.mark.parametrize("login", CAST)
def test_people_of_closed_households_are_not_found(world, db, now, login, text):
    page = browser(login).post(reverse("search"), {"q": text}, follow=True).content.decode()
    assert set(re.findall(r"· Haushalt ([\w-]+) ·", page)) == {
        name for name in ("Al-Khatib", "Wartend", "Anderswo") if login in FOUND[name]
    }


@pytest.mark.parametrize("login", CAST)
def test_every_hit_and_every_way_is_open(world, db, now, login):
    client = browser(login)
    offered = [hit for text in ("", *FOUND) for hit in hits(client, text)]
    closed = [(url, label) for url, label in dict(offered).items() if client.get(unquote(url)).status_code != 200]
    assert (len(offered) > 3, closed) == (True, [])


@pytest.mark.parametrize("login", CAST)
def test_directory_of_bodies_is_open_to_everybody(world, db, now, login):
    client = browser(login)
    pages = [client.post(reverse("search"), {"q": text}, follow=True).content.decode() for text in OPEN_TO_ALL]
    assert ["Stellen</h2>" in page for page in pages] == [True, True]


@pytest.mark.parametrize("text", ["Verborgene Gasse 3", "verborg gasse", "GASSE, 3", "44145 Dortmund", "3 Verborg"])
def test_dwelling_is_found_however_its_address_is_typed(world, db, now, text):
    found = hits(browser("jonas"), text)
    assert (reverse("dwelling", args=[world["family"]["dwelling"].pk]), "Verborgene Gasse 3") in found


def test_house_number_is_meant_whole(world, db, now):
    labels = [label for _url, label in hits(browser("jonas"), "Verborgene 1")]
    assert labels == ["Verborgene Gasse 1"]
