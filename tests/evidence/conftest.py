"""Facts by hand: a household of two in a case, recorded as the ledger records."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from wurzelwerk.evidence.ledger import record, void
from wurzelwerk.evidence.types import FactType, Frame, Keys

BEGAN = FactType("planted.began", "Begonnen")
ENDED = FactType("planted.ended", "Beendet")
TALKED = FactType("planted.talked", "Gespräch", dimensions={"interpreter": frozenset({"yes", "no"})})
NORTH = Frame(controller="stadt", programme="p1", site="nord")
SOUTH = Frame(controller="stadt", programme="p2", site="sued")


class Someone:
    """A household of two persons in one case."""

    def __init__(self) -> None:
        self.household, self.case = uuid4(), uuid4()
        self.persons = [uuid4(), uuid4()]

    def keys(self, *, case: UUID | None = None) -> list[Keys]:
        return [Keys(person=one, household=self.household, case=case or self.case) for one in self.persons]


@pytest.fixture
def someone():
    """Return a maker of households."""
    return Someone


@pytest.fixture
def happened(db):
    """Record a fact about a household on a day, noon UTC unless said otherwise."""

    def it(fact, who, day, *, frame=NORTH, hour=12, case=None, **dimensions):
        at = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=hour)
        with transaction.atomic():
            return record(fact, about=who.keys(case=case), frame=frame, at=at, dimensions=dimensions)

    return it


@pytest.fixture
def taken_back(db):
    """Void the latest fact of a type for a household's case."""

    def it(fact, who):
        with transaction.atomic():
            return void(fact, case_key=who.case, at=datetime(2026, 12, 31, 12, tzinfo=UTC))

    return it
