"""What several tests of the whole house stand on."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from wurzelwerk.base import clock

from ..conftest import NOW
from . import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, dict[str, Any]]]:
    """The world of `world.py`; everything is rolled back when the module is done."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    with django_db_blocker.unblock(), clock.frozen(NOW), files, transaction.atomic():
        yield worlds.build(NOW)
        transaction.set_rollback(True)
