"""The demo city is made by the actions alone."""

from datetime import UTC, datetime

import pytest

from wurzelwerk.cases.models import Case, Conference, Cover, Custody, Helper, Kinship, Note, ShortContact
from wurzelwerk.cli.demo.city import fill
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.evidence.models import Fact
from wurzelwerk.housing.models import Dwelling, Placement, Round
from wurzelwerk.letters.models import Letter
from wurzelwerk.network.models import Absence, Organisation, User
from wurzelwerk.pathways.models import Journey

UNTIL = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
REASON = "test"
AFTER_REFERRAL = (
    "searching",
    "proposed",
    "viewing",
    "applied",
    "promised",
    "contract",
    "moved_in",
    "settled_4w",
    "kept_6m",
)


def count(model) -> int:
    return model.objects.for_system(reason=REASON).count()


@pytest.mark.django_db
def test_demo_city_is_lived_in_and_says_that_it_is_invented():
    fill(until=UNTIL, households=24, dwellings=8, owners=2)
    assert count(Case) >= 8
    assert count(Note) >= 8
    assert count(ShortContact) > 150
    assert check_facts() == []
    assert count(Dwelling) == 8
    assert count(Round) >= 10
    assert count(Placement) >= 1
    assert Journey.objects.for_system(reason=REASON).filter(stage__in=AFTER_REFERRAL).exists()
    assert Fact.objects.count() > 150
    assert Absence.objects.exists()
    assert Cover.objects.exists()
    for model in (Letter, Helper, Conference, Kinship, Custody):
        assert count(model) >= 1
    assert not Fact.objects.filter(recorded_at__gt=UNTIL).exists()
    assert all("(Demo)" in name for name in Organisation.objects.values_list("name", flat=True))
    assert all(mail.endswith("@demo.invalid") for mail in User.objects.values_list("email", flat=True))
