"""The suite builds its tables from the models; here the migrations are held to the same."""

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
def test_migrations_are_in_line_with_the_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_build_a_fresh_database(tmp_path):
    environment = os.environ | {"WURZELWERK_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("DATABASE_URL", None)
    for arguments in (["migrate", "--verbosity", "0"], ["migrate", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "django", *arguments], check=False, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_every_table_of_a_model_is_there():
    tables = set(connection.introspection.table_names())
    assert {model._meta.db_table for model in apps.get_models() if model._meta.managed} <= tables
