"""The ledger: nothing happens without a fact, nothing is changed, and taking back adds."""

import pytest
from django.db import transaction

from wurzelwerk.base.ids import random_key
from wurzelwerk.evidence.ledger import UndeclaredFact, record, standing_facts, void
from wurzelwerk.evidence.models import Fact
from wurzelwerk.evidence.types import FactType, Frame, Keys

SEEN = FactType("test.seen", "gesehen", dimensions={"length": frozenset({"short", "long"})})
FRAME = Frame("stadt", "programm", "nord")


def test_fact_about_nobody_is_recorded_all_the_same(db, now):
    record(SEEN, about=[], frame=FRAME, at=now)
    [fact] = Fact.objects.all()
    assert (fact.type, fact.person_key, fact.controller, fact.site) == ("test.seen", None, "stadt", "nord")


def test_one_fact_per_person(db, now):
    record(SEEN, about=[Keys(person=random_key()), Keys(person=random_key())], frame=FRAME, at=now)
    assert Fact.objects.count() == 2


@pytest.mark.parametrize("dimensions", [{"length": "medium"}, {"name": "Samira"}])
def test_undeclared_dimension_is_refused(db, now, dimensions):
    with pytest.raises(UndeclaredFact):
        record(SEEN, about=[], frame=FRAME, at=now, dimensions=dimensions)
    assert not Fact.objects.exists()


def test_fact_outside_a_transaction_is_refused(transactional_db, now):
    assert not transaction.get_connection().in_atomic_block
    with pytest.raises(RuntimeError):
        record(SEEN, about=[], frame=FRAME, at=now)


def test_void_takes_back_the_latest_only_and_adds(db, now):
    case = random_key()
    keys = [Keys(person=random_key(), case=case), Keys(person=random_key(), case=case)]
    record(SEEN, about=keys, frame=FRAME, at=now)
    record(SEEN, about=keys[:1], frame=FRAME, at=now.replace(hour=12))
    void(SEEN, case_key=case, at=now.replace(hour=13))
    assert (Fact.objects.count(), standing_facts().count()) == (4, 2)
    void(SEEN, case_key=case, at=now.replace(hour=14))
    assert standing_facts().count() == 0
    assert void(SEEN, case_key=case, at=now.replace(hour=15)) == []
