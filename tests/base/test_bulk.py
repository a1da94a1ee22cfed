"""Rows in bulk: written as `save` writes them, whatever stands in a column, and read to be written again."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from wurzelwerk.base.bulk import fetch, insert
from wurzelwerk.base.ids import new_id, random_key
from wurzelwerk.evidence.models import Fact

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
SHARED = {"type": "probe", "occurred_on": date(2026, 3, 10), "recorded_at": AT, "controller": "stelle"}
COLUMNS = [field.attname for field in Fact._meta.concrete_fields if field.name not in {"id", "event"}]


@pytest.mark.django_db
def test_rows_are_written_as_single_ones_are():
    key, told = random_key(), {"size": "2", "ä": "ß"}
    different = [{"person_key": key, "dimensions": told}, {"site": "nord"}]
    rows = [SHARED | one for one in different]
    with transaction.atomic():
        for row in rows:
            Fact.objects.create(**row)
        insert(Fact, rows)
    written = list(Fact.objects.order_by("id").values(*COLUMNS))
    assert written[:2] == written[2:]
    assert (written[2]["person_key"], written[2]["dimensions"], written[3]["person_key"]) == (key, told, None)
    assert (written[2]["site"], written[3]["site"], written[3]["dimensions"]) == ("", "nord", {})
    assert len(set(Fact.objects.values_list("event", flat=True))) == 4


@pytest.mark.django_db
def test_what_was_fetched_can_be_inserted_again_unchanged():
    with transaction.atomic():
        insert(Fact, [SHARED | {"household_key": random_key(), "dimensions": {"size": "2"}}, SHARED | {
            "household_key": None, "dimensions": {}
        }])  # fmt: skip
        found = fetch(Fact.objects.order_by("id").values_list(*COLUMNS))
        insert(Fact, [dict(zip(COLUMNS, row, strict=True)) | {"event": new_id()} for row in found])
    written = list(Fact.objects.order_by("id").values(*COLUMNS))
    assert written[:2] == written[2:]
