"""Login, logout, the own password and account."""

import pytest
from django.test import Client

from wurzelwerk.base import knocking
from wurzelwerk.base.models import Knock
from wurzelwerk.cli.demo.cast import PASSWORD

REFUSED = "Anmeldename und Passwort passen nicht zusammen."


def test_login_leads_to_today(city, client):
    answer = client.post("/anmelden/", {"username": "amira", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/heute/")


def test_login_leads_where_one_wanted_to_go(city, client):
    answer = client.post("/anmelden/?next=/zugang/", {"username": "amira", "password": PASSWORD, "next": "/zugang/"})
    assert answer["Location"] == "/zugang/"


def test_login_does_not_lead_to_another_house(city, client):
    form = {"username": "amira", "password": PASSWORD, "next": "https://example.org/"}
    assert client.post("/anmelden/", form)["Location"] == "/heute/"


def test_login_refuses_in_the_same_words_whether_the_account_exists_or_not(city, user):
    locked = user("bernd")
    locked.is_active = False
    locked.save()
    answers = [
        Client().post("/anmelden/", {"username": name, "password": "falsch"})
        for name in ("amira", "niemand")
    ]  # fmt: skip
    answers.append(Client().post("/anmelden/", {"username": "bernd", "password": PASSWORD}))
    texts = [answer.content.decode() for answer in answers]
    assert [REFUSED in text for text in texts] == [True, True, True]
    assert [answer.status_code for answer in answers] == [200, 200, 200]


def test_login_names_what_is_missing_and_keeps_the_name(city, client):
    text = client.post("/anmelden/", {"username": "amira", "password": ""}).content.decode()
    assert "Bitte „Passwort“ angeben." in text
    assert 'value="amira"' in text


def test_logout_needs_a_post_and_says_so(browser):
    client = browser("amira")
    assert client.get("/abmelden/").status_code == 405
    answer = client.post("/abmelden/", follow=True)
    assert "Sie sind abgemeldet." in answer.content.decode()
    assert client.get("/heute/").status_code == 302


def test_password_is_changed_and_the_session_goes_on(browser, user):
    client = browser("amira")
    new = "blaue-ente-zaehlt-sterne"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/zugang/passwort/", form, follow=True).status_code == 200
    assert user("amira").check_password(new)


@pytest.mark.parametrize(
    ("old", "first", "second", "sentence"),
    [
        ("falsch", "blaue-ente-zaehlt", "blaue-ente-zaehlt", "Das bisherige Passwort stimmt nicht."),
        (PASSWORD, "blaue-ente-zaehlt", "gruene-ente-zaehlt", "Die beiden neuen Passwörter sind nicht gleich."),
        (PASSWORD, "kurz", "kurz", "mindestens 12 Zeichen"),
    ],
)
def test_password_refused_says_why_at_the_field(browser, old, first, second, sentence):
    form = {"old_password": old, "new_password1": first, "new_password2": second}
    assert sentence in browser("amira").post("/zugang/passwort/", form).content.decode()


def test_account_shows_roles_and_what_they_see(browser):
    assert "Journal (lesen und schreiben)" in browser("amira").get("/zugang/").content.decode()
    text = browser("lars").get("/zugang/").content.decode()
    assert "Verwaltung der Zugänge" in text
    assert "sieht keine Akte" in text


def test_guessing_a_password_ends_soon_and_tells_nothing_about_accounts(city, user, now):
    client = Client()
    wrong = [{"username": name, "password": "falsch"} for name in ("amira", "gibt-es-nicht")]
    for form in wrong:
        for _ in range(knocking.SIGN_INS_OF_NAME_HERE):
            assert "passen nicht zusammen" in client.post("/anmelden/", form).content.decode()
        answer = client.post("/anmelden/", form | {"password": PASSWORD})
        assert "Bitte warten Sie 10 Minuten" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    keys = " ".join(Knock.objects.values_list("key", flat=True))
    assert "amira" not in keys and "127.0.0.1" not in keys


def test_wrong_tries_from_elsewhere_do_not_keep_a_colleague_out(city, client):
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(knocking.SIGN_INS_OF_NAME_HERE + 1):
        elsewhere.post("/anmelden/", {"username": "Amira", "password": "falsch"})
    assert client.post("/anmelden/", {"username": "amira", "password": PASSWORD})["Location"] == "/heute/"


def test_a_name_is_braked_from_wherever_it_is_tried(city, client):
    for number in range(knocking.SIGN_INS_OF_NAME):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post("/anmelden/", {"username": "amira", "password": "falsch"})
    answer = client.post("/anmelden/", {"username": "AMIRA ", "password": PASSWORD})
    assert "Bitte warten Sie" in answer.content.decode()
