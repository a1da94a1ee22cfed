"""Whose figures somebody may count: own site, own body, shared programmes, nothing else."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wurzelwerk.base import clock
from wurzelwerk.evidence.models import Fact
from wurzelwerk.reports.rights import ReadingRight, reading_right
from wurzelwerk.trust.actor import ActorMembership
from wurzelwerk.trust.roles import ROLES

SHARED = {"stadt": frozenset({"wurzeln", "willkommen"}), "anker": frozenset({"wurzeln"})}


def works(organisation: str, site: str, role: str) -> ActorMembership:
    return ActorMembership(uuid4(), organisation, organisation, uuid4() if site else None, site, role)


@pytest.mark.parametrize(
    ("memberships", "right"),
    [
        ([], ReadingRight()),
        ([works("stadt", "", "administrator")], ReadingRight()),
        (
            [works("stadt", "nord", "counsellor")],
            ReadingRight(sites=frozenset({("stadt", "nord")}), programmes=SHARED["stadt"]),
        ),
        (
            [works("stadt", "nord", "coordinator")],
            ReadingRight(bodies=frozenset({"stadt"}), programmes=SHARED["stadt"]),
        ),
        (
            [works("anker", "", "flat_scout")],
            ReadingRight(bodies=frozenset({"anker"}), programmes=SHARED["anker"]),
        ),
        ([works("fremd", "", "counsellor")], ReadingRight(bodies=frozenset({"fremd"}))),
        (
            [works("anker", "", "administrator"), works("stadt", "sued", "team_lead")],
            ReadingRight(sites=frozenset({("stadt", "sued")}), programmes=SHARED["stadt"]),
        ),
    ],
)
def test_reading_right_of(memberships, right):
    assert reading_right(memberships, SHARED) == right


ORGANISATIONS, SITES = st.sampled_from(["stadt", "anker", "fremd"]), st.sampled_from(["", "nord", "sued"])
PROGRAMMES = st.sampled_from(["", "wurzeln", "willkommen", "fremdes"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    memberships=st.lists(st.builds(works, ORGANISATIONS, SITES, st.sampled_from(sorted(ROLES))), max_size=3),
    frames=st.lists(st.tuples(ORGANISATIONS, SITES, PROGRAMMES), max_size=8),
)
def test_condition_for_the_database_covers_the_same_facts(db, memberships, frames):
    right = reading_right(memberships, SHARED)
    facts = [
        Fact(type="x", occurred_on="2026-01-01", recorded_at=clock.now(), controller=c, site=s, programme=p)
        for c, s, p in frames
    ]
    Fact.objects.all().delete()
    Fact.objects.bulk_create(facts)
    counted = set(Fact.objects.filter(right.as_q()).values_list("pk", flat=True))
    covered = {
        fact.pk for fact in facts if right.covers(controller=fact.controller, site=fact.site, programme=fact.programme)
    }
    assert counted == covered
