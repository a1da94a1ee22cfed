"""A secret address opens one page about one row, and tells whoever has no right to it nothing at all."""

import logging
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.apps import apps
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client

from wurzelwerk.base import knocking
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.base.logs import ServerLog, WithoutSecrets
from wurzelwerk.base.models import Knock
from wurzelwerk.base.small_bodies import NoFiles
from wurzelwerk.cases.actions import close_appointment
from wurzelwerk.cases.models import Appointment
from wurzelwerk.evidence.models import Fact
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import guarded_models
from wurzelwerk.trust.link_actions import issue_link, restore_link, revoke_link, use_link
from wurzelwerk.trust.links import Link, LinkGone, Visit, hash_of, standing_link

HEADERS = {
    "Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive", "X-Frame-Options": "DENY",
}  # fmt: skip


def seen(answer) -> dict[str, str]:
    return {name: answer.headers.get(name) for name in HEADERS}


def test_link_opens_its_row_by_get_as_often_as_wanted_and_acts_by_post_alone(client, issue, appointment):
    issued = issue()
    looked = [client.get(issued.path) for _ in range(3)] + [client.head(issued.path)]
    assert [answer.status_code for answer in looked] == [200, 200, 200, 200]
    assert looked[0].content.decode() == "de planned None"
    assert seen(looked[0]) == HEADERS
    assert client.cookies == {}
    assert standing_link(issued.secret, at=issued.link.issued_at).used_at is None
    assert client.post(issued.path).content.decode() == "de cancelled None"
    appointment.refresh_from_db(from_queryset=Appointment.objects.for_system(reason="test"))
    assert appointment.state == "cancelled"
    codes = Fact.objects.filter(type__startswith="trust.link").values_list("type", flat=True)
    assert sorted(codes) == ["trust.link_issued", "trust.link_used"]


def test_secret_stands_nowhere(issue, caplog, client):
    issued = issue()
    assert re.fullmatch(r"[\w-]{22}", issued.secret)
    assert issued.secret not in repr(issued)
    stored = Link.objects.for_system(reason="test").values().get()
    assert issued.secret not in str(stored)
    assert stored["secret_hash"] == hash_of(issued.secret)


def test_link_that_does_not_stand_tells_not_why(client, issue, actor, now, monkeypatch):
    """Unknown, run out, used up, revoked, or of a room that is gone: the same page, letter by letter."""
    used, revoked, late, homeless = issue(once=True), issue(), issue(valid_until=now + timedelta(seconds=1)), issue()
    assert client.post(used.path).status_code == 200
    revoke_link(link=revoked.link, by=actor("amira"), at=now)
    Link.objects.for_system(reason="test").filter(pk=homeless.link.pk).update(purpose="probe.gone")
    Link.objects.for_system(reason="test").filter(pk=late.link.pk).update(
        issued_at=now - timedelta(hours=1), valid_until=now
    )
    paths = ["/l/kein-solcher-link/", used.path, revoked.path, late.path, homeless.path]
    answers = [(client.get(path), client.post(path)) for path in paths]
    assert [(got.status_code, sent.status_code) for got, sent in answers] == [(404, 404)] * 5
    assert len({one.content for pair in answers for one in pair}) == 1
    page = answers[0][0].content.decode()
    assert ("0231 000-11" in page, "Haben Sie diesen Link schon benutzt?" in page) == (True, True)
    assert [seen(one) for pair in answers for one in pair] == [HEADERS] * 10


def test_page_that_opens_nothing_speaks_the_persons_language(client, city):
    arabic = client.get("/l/x/", headers={"Accept-Language": "ar-SY,ar;q=0.9,de;q=0.5"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "هل استخدمتم هذا الرابط" in arabic
    assert '<html lang="uk" dir="ltr">' in client.get("/l/x/?sprache=uk").content.decode()
    assert '<html lang="de" dir="ltr">' in client.get("/l/x/?sprache=../etc").content.decode()


def test_link_that_is_good_once_is_used_once(issue, now):
    issued = issue(once=True)
    by = Actor.by_link(issued.link)
    use_link(link=issued.link, by=by, at=now)
    with pytest.raises(LinkGone):
        use_link(link=issued.link, by=by, at=now)


def test_link_opens_nothing_else(issue, open_household, actor, now, appointment):
    """Who came by a link sees no row of the house, not even the link's own neighbours, and changes but the one."""
    by = Actor.by_link(issue().link)
    other = Appointment(akte=appointment.akte, case=appointment.case, kind="phone", host_id=appointment.host_id,
                        starts_at=now, ends_at=now + timedelta(hours=1))  # fmt: skip
    other.save()
    assert {model.__name__: model.objects.visible_to(by).count() for model in guarded_models()} == {
        model.__name__: 0 for model in guarded_models()
    }
    assert (by.is_house, by.permissions, by.organisation_ids) == (False, frozenset(), frozenset())
    with pytest.raises(NotAllowed):
        close_appointment(appointment=other, state="cancelled", by=by, at=now)
    with pytest.raises(NotAllowed):
        issue_link(purpose="probe.call_off", thing=other, valid_until=now + timedelta(days=1), by=by, at=now)
    with pytest.raises(NotAllowed):
        revoke_link(link=by.link, by=by, at=now)
    elsewhere = open_household("carla")
    visit = Visit(by.link, by, "de")
    by.link.akte = elsewhere.akte  # were the row to lie in another Akte than its link
    with pytest.raises(LinkGone):
        visit.subject(Appointment)


def test_link_is_given_out_and_revoked_by_whom_the_row_is_open_to(issue, actor, now, probe_room, appointment):
    with pytest.raises(NotAllowed):
        issue(by=actor("carla"))
    with pytest.raises(BadInput):
        issue(valid_until=now)
    with pytest.raises(LookupError):
        issue_link(purpose="probe.x", thing=appointment, valid_until=now + timedelta(1), by=actor("amira"), at=now)
    link = issue().link
    with pytest.raises(NotAllowed):
        revoke_link(link=link, by=actor("carla"), at=now)
    with pytest.raises(WrongState):
        restore_link(link=link, by=actor("amira"), at=now)
    revoke_link(link=link, by=actor("amira"), at=now)
    restore_link(link=link, by=actor("amira"), at=now)
    assert link.is_standing(at=now)


def test_logged_in_colleague_who_opens_a_link_is_nobody_there(user, issue):
    client = Client()
    client.force_login(user("amira"))
    assert client.get(issue().path).status_code == 200
    assert "ww-nav" not in client.get("/l/x/").content.decode()


def test_who_asks_in_vain_too_often_waits_and_others_do_not(client, issue, now, monkeypatch):
    monkeypatch.setattr(knocking, "TIMES", 3)
    path = issue().path
    assert [client.get(path).status_code for _ in range(5)] == [200] * 5  # who has a link is not counted
    assert [client.get("/l/x/").status_code for _ in range(5)] == [404, 404, 404, 429, 429]
    assert client.get("/l/x/").headers["Retry-After"] == "600"
    assert client.get("/l/x/", REMOTE_ADDR="192.0.2.7").status_code == 404
    kept = list(Knock.objects.values())
    assert "127.0.0.1" not in str(kept)
    assert sorted(row["times"] for row in kept) == [1, 3]
    assert knocking.forget(at=now + timedelta(days=2)) == 2


def test_network_that_asks_in_vain_keeps_nobody_from_a_link_that_stands(client, issue, monkeypatch):
    monkeypatch.setattr(knocking, "TIMES", 3)
    path = issue().path
    assert [client.get("/l/x/").status_code for _ in range(5)] == [404, 404, 404, 429, 429]
    assert [client.get(path).status_code, client.post(path).status_code] == [200, 200]


def test_large_body_is_refused_before_it_is_read_and_files_are_passed_over(client, issue, user, monkeypatch):
    path, read = issue().path, []
    monkeypatch.setattr(WSGIRequest, "_load_post_and_files", lambda _self: read.append("read"))
    for sent in (lambda: {"grund": "x" * 70_000}, lambda: {"datei": BytesIO(b"x" * 70_000)}):
        answers = [client.post(place, sent()) for place in (path, "/l/x/", "/anmelden/")]
        assert [(one.status_code, one.content) for one in answers] == [(413, b"")] * 3
    assert (read, seen(answers[0])["Cache-Control"]) == ([], "private, no-store")
    monkeypatch.undo()
    client.post(path, {"datei": BytesIO(b"klein")})
    client.force_login(user("amira"))
    assert client.post("/haushalte/neu/", {"a": "x" * 70_000}).status_code != 413


def test_file_sent_to_a_link_is_kept_nowhere(rf, monkeypatch):
    request = rf.post("/l/x/", {"datei": BytesIO(b"geheim"), "tun": "absagen"})
    request.upload_handlers = [NoFiles(request)]
    assert (dict(request.FILES), request.POST["tun"]) == ({}, "absagen")


def test_address_counts_by_its_network_and_behind_a_proxy_by_what_that_says(rf, settings):
    assert knocking.network_of(rf.get("/", REMOTE_ADDR="2001:db8::7")) == "2001:db8::/64"
    forged = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1, 192.0.2.9"}
    assert knocking.network_of(rf.get("/", **forged)) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert knocking.network_of(rf.get("/", **forged)) == "192.0.2.9"
    assert knocking.network_of(rf.get("/", HTTP_X_FORWARDED_FOR="x")) == "unknown"


def test_no_log_holds_a_secret(client, city, capsys):
    """What Django says of a page not found, and what gunicorn says of a request, goes through the same filter."""
    handler = logging.getLogger().handlers
    assert any(isinstance(one, WithoutSecrets) for log in handler for one in log.filters)
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", ("/l/geheim-123/",), None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "Not Found: /l/…/"
    assert apps.is_installed("wurzelwerk.portal")
    from gunicorn.config import Config

    log = ServerLog(Config())
    assert [any(isinstance(one, WithoutSecrets) for one in each.filters) for each in (log.error_log, log.access_log)] == [
        True, True,
    ]  # fmt: skip
