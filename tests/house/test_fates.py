"""What becomes of a household's rows when two Akten become one: every model says it, and what it says fits its columns."""

import pytest

from wurzelwerk.base.rooms import installed_rooms
from wurzelwerk.cases.models import Case, Household, Person
from wurzelwerk.trust.fates import Fate, fates
from wurzelwerk.trust.guard import guarded_models
from wurzelwerk.trust.roles import Counsellor

ALL = sorted(fates().items(), key=lambda one: one[0].__name__)
MOVING = [(model, fate) for model, fate in ALL if fate.moves]


def unsaid(said: set) -> list[str]:
    """Guarded models of which nothing is said."""
    return sorted(model.__name__ for model in set(guarded_models()) - said)


def test_every_guarded_model_is_moved_or_says_why_not():
    assert unsaid(set(fates())) == []
    assert set(fates()) <= set(guarded_models())


def test_model_of_which_nothing_is_said_is_found():
    assert unsaid(set(fates()) - {Person}) == ["Person"]


@pytest.mark.parametrize(("model", "fate"), ALL, ids=lambda one: getattr(one, "__name__", ""))
def test_fate_gives_its_reasons(model, fate: Fate):
    assert fate.moves or fate.because.strip()
    assert bool(fate.forbids) == bool(str(fate.sentence).strip())


@pytest.mark.parametrize(("model", "fate"), MOVING, ids=lambda one: getattr(one, "__name__", ""))
def test_what_moves_can_be_written_by_counsellors_and_names_columns(model, fate: Fate):
    assert model.Guard.scope in Counsellor.writes
    columns = {field.attname for field in model._meta.concrete_fields} | {"id"}
    assert {fate.person, fate.single} - {""} <= columns


def test_nothing_that_moves_hangs_on_what_stays():
    """But for the double's own rows, which are replaced by those of the Akte that is kept."""
    moving = {model for model, _fate in MOVING} | {Case, Household, Person}
    hanging = {
        f"{model.__name__}.{field.name}"
        for model, _fate in MOVING
        for field in model._meta.concrete_fields
        if field.related_model in set(guarded_models()) - moving and field.name != "akte"
    }
    # of the team: the hour like its contacts, the mailing to which one of its letters belongs
    assert hanging == {"ShortContact.open_hour", "Letter.mailing"}


def test_every_room_speaks_of_its_own_models():
    for room in installed_rooms():
        assert {label.split(".")[0] for label in room.fates} <= {room.name}
