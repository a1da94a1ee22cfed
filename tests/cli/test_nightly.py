"""What `wurzelwerk nightly` does, end to end, and that it may be called again."""

import argparse
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from wurzelwerk.base import clock
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import ShortContact
from wurzelwerk.cli import nightly


def test_nightly_finds_a_sound_city_and_can_be_repeated(open_household, capsys):
    open_household()
    for _ in range(2):
        assert nightly.run_nightly(argparse.Namespace()) == 0
        assert "Widersprüche zwischen Fakten und Tabellen: 0" in capsys.readouterr().err


def test_nightly_clears_lines_of_short_contacts_once(actor, now, capsys):
    by = actor("amira")
    cases.record_contact(
        topic="housing", minutes=5, channel="desk", occurred_at=now, line="fragt nach dem WBS", by=by, at=now
    )
    said = []
    for days in (90, 91, 91):
        with clock.frozen(now + timedelta(days=days)):
            assert nightly.run_nightly(argparse.Namespace()) == 0
        said.append(re.search(r"Zeilen von Kurzkontakten gelöscht: (\d+)", capsys.readouterr().err)[1])
    assert said == ["0", "1", "0"]
    assert ShortContact.objects.visible_to(by).get().line == ""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL gathers its statistics by itself")
def test_nightly_counts_the_tables_anew(open_household):
    open_household()
    nightly.refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'cases_household'")
        assert cursor.fetchone()[0] > 0


def test_nightly_deletes_expired_sessions_and_what_they_held(city):
    for hours in (-1, 1):
        session = SessionStore()
        session["searched"] = {"marke": "Al-Khatib"}
        session.set_expiry(timezone.now() + timedelta(hours=hours))
        session.save()
    assert nightly.run_nightly(argparse.Namespace()) == 0
    assert [row.expire_date > timezone.now() for row in Session.objects.all()] == [True]
