"""The ledger: nothing happens without a fact, nothing is changed, and taking back adds."""

import pytest
from django.db import transaction

from wurzelwerk.base.ids import random_key
from wurzelwerk.evidence.ledger import UndeclaredFact, carry_back, carry_over, record, standing_facts, void
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


OPENED = FactType("test.opened", "eröffnet", once=True)


def standing(*columns: str) -> list[tuple]:
    return sorted(map(str, standing_facts().values_list("type", "occurred_on", "event", "dimensions", *columns)))


def test_carried_over_counts_under_other_keys_on_the_same_day_and_back(db, now):
    former, present, other = random_key(), random_key(), random_key()
    two = [Keys(person=former, household=former, case=former), Keys(person=other, household=former, case=former)]
    record(SEEN, about=two, frame=FRAME, at=now, occurred_on=now.date().replace(day=1), dimensions={"length": "long"})
    record(SEEN, about=two, frame=FRAME, at=now)
    record(SEEN, about=[Keys(person=former)], frame=FRAME, at=now)
    record(OPENED, about=two, frame=FRAME, at=now)
    columns, event = ("person_key", "household_key", "case_key"), random_key()
    before = standing(*columns)
    assert carry_over({former: present}, leave=[OPENED], event=event, at=now) == 7
    assert not standing_facts().filter(case_key=former).exists()
    assert standing_facts().filter(type=OPENED.code).count() == 0
    moved = [line for line in before if OPENED.code not in line]
    assert standing(*columns) == sorted(line.replace(str(former), str(present)) for line in moved)
    assert carry_back({former: present}, leave=[OPENED], event=event, at=now) == 7
    assert standing(*columns) == before


def test_taken_back_meanwhile_is_not_carried_back(db, now):
    former, present, event = random_key(), random_key(), random_key()
    record(SEEN, about=[Keys(case=former)], frame=FRAME, at=now)
    record(SEEN, about=[Keys(case=former)], frame=FRAME, at=now.replace(hour=12))
    record(SEEN, about=[Keys(case=present)], frame=FRAME, at=now.replace(hour=13))
    carry_over({former: present}, leave=[], event=event, at=now.replace(hour=14))
    void(SEEN, case_key=present, recorded_at=now, at=now.replace(hour=15))
    carry_back({former: present}, leave=[], event=event, at=now.replace(hour=16))
    left = standing_facts().order_by("recorded_at").values_list("case_key", "recorded_at")
    assert list(left) == [(former, now.replace(hour=12)), (present, now.replace(hour=13))]


def test_what_is_not_about_somebody_is_not_carried_over(db, now):
    former, present = random_key(), random_key()
    record(SEEN, about=[Keys(case=present), Keys()], frame=FRAME, at=now)
    assert carry_over({former: present}, leave=[], event=random_key(), at=now) == 0


def test_carrying_over_outside_a_transaction_is_refused(transactional_db, now):
    for carry in (carry_over, carry_back):
        with pytest.raises(RuntimeError):
            carry({}, leave=[], event=random_key(), at=now)
