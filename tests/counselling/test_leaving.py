"""Somebody leaves the house: who says so, what is shown before, what ends with the day, and its way back."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from wurzelwerk.appointments.actions import make_feed
from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Case, Task
from wurzelwerk.cases.tasks import mail_please_look_in
from wurzelwerk.evidence.models import Fact
from wurzelwerk.network.directory import load_directory
from wurzelwerk.network.models import Membership
from wurzelwerk.trust.actor import Actor

TODAY, LEAVES = date(2026, 3, 10), date(2026, 3, 17)


@pytest.fixture
def leave(user, actor, now):
    """Say that Amira (or another) leaves."""

    def say(login="amira", by="elif", on=LEAVES):
        cases.set_leaving(user=user(login), leaves_on=on, by=actor(by), at=now)

    return say


def ends(user) -> list[tuple]:
    return list(user.memberships.values_list("valid_to", "leaves_on"))


def test_access_ends_with_the_day_and_not_before(leave, user, case, now, browser):
    amira = user("amira")
    amira.set_password("ein langes Wort für Amira")
    amira.save()
    session, entry = browser("amira"), {"username": "amira", "password": "ein langes Wort für Amira"}
    leave()
    with clock.frozen(now + timedelta(days=6)):
        assert session.get(reverse("today")).status_code == 200
        assert Case.objects.visible_to(Actor.of(amira)).exists()
    with clock.frozen(now + timedelta(days=7)):
        assert session.get(reverse("today")).headers["Location"].startswith("/anmelden/")
        assert not Case.objects.visible_to(Actor.of(amira)).exists()
        refused = Client().post(reverse("login"), entry)
        assert (refused.status_code, "passen nicht zusammen" in refused.content.decode()) == (200, True)
        assert browser("bernd").get(reverse("today")).status_code == 200


def test_calendar_address_and_mails_end_with_the_day(leave, user, actor, case, now, client):
    address = reverse("feed_file", args=[make_feed(names=False, by=actor("amira"), at=now)])
    amira = user("amira")
    amira.email = "amira@stadt.example"
    amira.save()
    leave()
    found = []
    for days in (6, 7):
        with clock.frozen(now + timedelta(days=days)):
            mail.outbox.clear()
            mail_please_look_in.call(user_id=str(amira.pk))
            found.append((client.get(address).status_code, len(mail.outbox)))
    assert found == [(200, 1), (404, 0)]


def test_who_works_elsewhere_too_keeps_that(leave, user, city, now, browser):
    amira = user("amira")
    other = Membership.objects.exclude(organisation=amira.memberships.get().organisation).first()
    Membership.objects.create(user=amira, organisation=other.organisation, role="coordinator", valid_from=TODAY)
    leave()
    with clock.frozen(now + timedelta(days=7)):
        assert browser("amira").get(reverse("today")).status_code == 200
        assert [m.role for m in Actor.of(amira).memberships] == ["coordinator"]


def test_day_is_set_once_by_lead_or_administration_and_taken_back(leave, user, actor, now):
    amira = user("amira")
    before = ends(amira)
    leave(by="lars")
    assert ends(amira) == [(LEAVES - timedelta(days=1), LEAVES)]
    with pytest.raises(WrongState):
        leave()
    cases.take_back_leaving(user=amira, by=actor("elif"), at=now)
    assert ends(amira) == before
    with pytest.raises(WrongState):
        cases.take_back_leaving(user=amira, by=actor("elif"), at=now)
    assert list(Fact.objects.filter(type="cases.leaving").values_list("dimensions__what", flat=True)) == [
        "set",
        "taken_back",
    ]
    assert str(amira.pk) not in str(list(Fact.objects.filter(type="cases.leaving").values()))


@pytest.mark.parametrize(("login", "by"), [("amira", "bernd"), ("amira", "amira"), ("elif", "elif"), ("carla", "elif"), ("goran", "lars"), ("amira", "katja")])  # fmt: skip
def test_nobody_else_sets_it_and_nobody_for_oneself(leave, user, actor, now, login, by):
    with pytest.raises(NotAllowed):
        leave(login, by)
    with pytest.raises(NotAllowed):
        cases.take_back_leaving(user=user(login), by=actor(by), at=now)
    assert not Membership.objects.filter(leaves_on__isnull=False).exists()


def test_impossible_days_are_said_at_their_field(leave, user):
    began = user("amira").memberships.get().valid_from
    for day in (TODAY - timedelta(days=1), began):
        with pytest.raises(BadInput) as refused:
            leave(on=day)
        assert refused.value.field == "leaves_on"
    user("amira").memberships.update(valid_to=TODAY + timedelta(days=2))
    with pytest.raises(BadInput):
        leave()


def test_database_refuses_a_leaving_date_without_an_end(leave, user):
    leave()
    for until in (None, LEAVES):
        with pytest.raises(IntegrityError), transaction.atomic():
            user("amira").memberships.update(valid_to=until)


def test_directory_that_is_loaded_again_brings_nobody_back(leave, user, actor, now):
    row = user("amira").memberships.select_related("organisation", "site").get()
    entry = {
        "organisation": row.organisation.code,
        "site": row.site.code,
        "role": row.role,
        "valid_from": str(row.valid_from),
    }
    network = {"users": [{"login": "amira", "memberships": [entry]}]}
    leave()
    load_directory(network)
    assert ends(user("amira")) == [(LEAVES - timedelta(days=1), LEAVES)]


def test_lead_sees_what_is_not_handed_over_before_the_day_and_after(leave, browser, case, user, actor, now):
    cases.set_task(case=case, title="anrufen", due_on=TODAY, by=actor("amira"), at=now)
    leave()
    elif_, place = browser("elif"), reverse("handover", args=[user("amira").pk])

    def said() -> tuple[str, ...]:
        texts = [elif_.get(page).content.decode() for page in (reverse("today"), place)]
        return tuple("noch nicht übergeben" in one for one in texts)

    assert "Fälle: 1, Aufgaben: 1" in elif_.get(reverse("today")).content.decode()
    assert "Verlässt das Haus" not in browser("bernd").get(reverse("today")).content.decode()
    with clock.frozen(now + timedelta(days=8)):
        assert said() == (True, True)
        elif_.post(place, {"alle_case": str(user("bernd").pk), "tun": "uebergeben"})
        assert said() == (False, False)
        assert "Verlässt das Haus" not in elif_.get(reverse("today")).content.decode()
    assert [Case.objects.for_system(reason="test").get().lead, Task.objects.for_system(reason="test").get().assignee] == [
        user("bernd"), user("bernd"),
    ]  # fmt: skip


def test_page_sets_the_day_and_takes_it_back(browser, user):
    elif_, amira = browser("elif"), user("amira")
    page = elif_.get(reverse("leaving"))
    assert "elif" not in [one.username for one in page.context["form"].people.values()]
    sent = elif_.post(
        reverse("leaving"), {"user": str(amira.pk), "leaves_on": "17.03.2026", "einmal": "k"}, follow=True
    )
    assert ends(amira) == [(LEAVES - timedelta(days=1), LEAVES)]
    assert str(amira.pk) not in sent.context["form"].people
    elif_.post(next(iter(sent.context["messages"])).extra_tags.removeprefix("undo:"))
    assert ends(amira) == [(None, None)]
    assert [browser(login).get(reverse("leaving")).status_code for login in ("lars", "amira", "katja")] == [
        200,
        404,
        404,
    ]
