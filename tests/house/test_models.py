"""Every model says how it is guarded, and every constraint of pairs is one of the database."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from wurzelwerk.base.rooms import installed_rooms
from wurzelwerk.evidence.types import FactType
from wurzelwerk.trust.guard import GuardedModel, GuardedQuerySet, guarded_models
from wurzelwerk.trust.roles import ROLES
from wurzelwerk.trust.scopes import Scope

FLOORS = [
    ["base"],
    ["evidence"],
    ["network"],
    ["trust"],
    ["cases", "offers", "drafts", "outbox", "sheets"],
    ["pathways", "matching"],
    ["appointments", "counselling", "housing", "letters"],
    ["desk", "api", "reports", "portal", "cli"],
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
OWN = [model for model in apps.get_models() if model._meta.app_config.name in settings.WURZELWERK_ROOMS]


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_model_is_guarded_or_says_why_not(model):
    if issubclass(model, GuardedModel):
        assert model.Guard.scope in Scope.values
        assert isinstance(model.objects.all(), GuardedQuerySet)
        assert isinstance(model._default_manager.all(), GuardedQuerySet)
    else:
        assert getattr(model, "unguarded", "").strip(), f"{model.__name__} says neither Guard nor unguarded"


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_relations_point_down(model):
    room = model._meta.app_label
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey | models.ManyToManyField) and not field.auto_created:
            target = field.related_model._meta.app_label
            if target not in FLOOR or target == room:
                continue
            assert FLOOR[target] < FLOOR[room], f"{model.__name__}.{field.name} points to {target}"


def test_evidence_has_no_foreign_keys_out():
    for model in apps.get_app_config("evidence").get_models():
        assert not [field.name for field in model._meta.get_fields() if field.is_relation]


def test_guarded_rows_lie_in_one_akte():
    for model in guarded_models():
        names = {field.name for field in model._meta.get_fields()}
        assert "circle" in names
        assert model.__name__ == "Akte" or "akte" in names


def test_no_guarded_model_has_an_admin():
    assert not apps.is_installed("django.contrib.admin")


def test_declared_joins_exist():
    for model in guarded_models():
        for path in getattr(model.Guard, "joins", ()):
            here = model
            for part in path.split("__"):
                here = here._meta.get_field(part).related_model
            assert issubclass(here, GuardedModel), f"{model.__name__}: {path}"


def test_roles_speak_in_scopes():
    for role in ROLES.values():
        assert role.reads <= set(Scope.values)
        assert role.writes <= role.reads, f"{role.code} writes what it may not read"
        assert role.description


def test_facts_are_declared_once():
    facts = [fact for room in installed_rooms() for fact in room.facts]
    assert all(isinstance(fact, FactType) for fact in facts)
    codes = [fact.code for fact in facts]
    assert len(codes) == len(set(codes))


def test_every_fact_of_a_room_is_in_its_manifest():
    from importlib import import_module
    from importlib.util import find_spec

    for room in installed_rooms():
        module = f"wurzelwerk.{room.name}.facts"
        if find_spec(module) is None:
            continue
        declared = {value for value in vars(import_module(module)).values() if isinstance(value, FactType)}
        assert {fact for fact in declared if fact.code.startswith(room.name)} <= set(room.facts)
