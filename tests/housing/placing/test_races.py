"""Two people at once: one wins, the other is told, and the database itself forbids the second."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from wurzelwerk.base.errors import WrongState
from wurzelwerk.housing import actions as housing
from wurzelwerk.housing.models import Placement

WHY = "weil"


def apply_for(search, home, actor, now) -> Placement:
    scout = actor("jonas")
    placement = housing.propose_placement(search=search, letting=home, override_reason=WHY, by=scout, at=now)
    housing.arrange_viewing(placement=placement, viewing_at=now + timedelta(days=1), place="dort", by=scout, at=now)
    housing.ask_for_promise(placement=placement, by=scout, at=now)
    return placement


def set_state(placement: Placement, state: str) -> None:
    rows = Placement.objects.for_system(reason="past every check, straight at the database")
    with transaction.atomic():
        rows.filter(pk=placement.pk).update(state=state)


def test_database_forbids_a_second_promise_for_a_letting(searching, letting, actor, now):
    home = letting()
    first, second = apply_for(searching(), home, actor, now), apply_for(searching("bernd"), home, actor, now)
    set_state(first, "promised")
    with pytest.raises(IntegrityError):
        set_state(second, "promised")


def test_database_forbids_a_second_promise_for_a_household(searching, letting, actor, now):
    search = searching()
    first = apply_for(search, letting(), actor, now)
    second = apply_for(search, letting(title="Am Park"), actor, now)
    set_state(first, "promised")
    with pytest.raises(IntegrityError):
        set_state(second, "promised")


def test_refusal_of_the_database_becomes_a_sentence(searching, letting, actor, now, monkeypatch):
    from wurzelwerk.housing.rules import placing as rules

    home = letting()
    first, second = apply_for(searching(), home, actor, now), apply_for(searching("bernd"), home, actor, now)
    set_state(first, "promised")
    monkeypatch.setattr(rules, "check_letting_free", lambda *args, **kwargs: None)
    with pytest.raises(WrongState, match="inzwischen einem anderen Haushalt zugesagt"):
        housing.promise_placement(placement=second, by=actor("jonas"), at=now)


@pytest.mark.django_db(transaction=True)
def test_two_promises_at_the_same_time_one_wins(searching, letting, actor, now):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time; the constraints are tested above")
    home = letting()
    placements = [apply_for(searching(), home, actor, now), apply_for(searching("bernd"), home, actor, now)]
    scout, start, said = actor("jonas"), Barrier(2), []

    def promise(pk) -> None:
        try:
            placement = Placement.objects.for_system(reason="a test").get(pk=pk)
            start.wait(timeout=10)
            housing.promise_placement(placement=placement, by=scout, at=now)
            said.append("won")
        except WrongState as error:
            said.append(error.message)
        finally:
            connection.close()

    threads = [Thread(target=promise, args=[one.pk]) for one in placements]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(line == "won" for line in said) == [False, True]
    assert any("inzwischen einem anderen Haushalt zugesagt" in line for line in said)
    states = Placement.objects.for_system(reason="a test").values_list("state", flat=True)
    assert sorted(states) == ["applied", "promised"]
