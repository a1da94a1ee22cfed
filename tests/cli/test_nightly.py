"""What `wurzelwerk nightly` does, end to end, and that it may be called again."""

import argparse

import pytest
from django.db import connection

from wurzelwerk.cli import nightly


def test_nightly_finds_a_sound_city_and_can_be_repeated(open_household, capsys):
    open_household()
    for _ in range(2):
        assert nightly.run_nightly(argparse.Namespace()) == 0
        assert "Widersprüche zwischen Fakten und Tabellen: 0" in capsys.readouterr().err


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL gathers its statistics by itself")
def test_nightly_counts_the_tables_anew(open_household):
    open_household()
    nightly.refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'cases_household'")
        assert cursor.fetchone()[0] > 0
