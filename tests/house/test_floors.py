"""The floors hold: a room stands only on rooms below it."""

import grimp
from django.apps import apps
from importlinter.api import read_configuration
from importlinter.application import use_cases

from .sources import FLOORS, PACKAGE, ROOT, below


def test_contracts_of_the_floors_are_kept():
    assert use_cases.lint_imports(str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True)


def test_contract_of_the_floors_is_exhaustive_and_the_drawn_one():
    contracts = read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
    floors = next(contract for contract in contracts if contract["type"] == "layers")
    drawn = tuple(tuple(layer.split(" | ")) for layer in reversed(floors["layers"]))
    assert floors["exhaustive"] in {True, "True", "true"}
    assert floors["exhaustive_ignores"] == ["__main__"]
    assert "ignore_imports" not in floors
    assert drawn == FLOORS


def test_every_room_stands_on_a_floor():
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == {room for floor in FLOORS for room in floor}


ORDER = (
    "enums", "facts", "models", "queries", "rules", "actions", "pathway", "criteria", "indicators",
    "forms", "views", "urls", "panels", "tasks",
)  # fmt: skip


def upward_imports(imports: list[tuple[str, str]]) -> list[str]:
    """Imports within a room that run up: models that know actions, actions that know views."""
    return [
        f"{importer} -> {imported}"
        for importer, imported in imports
        if _room(importer) == _room(imported)
        and _part(importer) in ORDER
        and _part(imported) in ORDER
        and ORDER.index(_part(importer)) < ORDER.index(_part(imported))
    ]


def _room(module: str) -> str:
    return module.split(".")[1]


def _part(module: str) -> str:
    return [*module.split("."), ""][2]


def test_imports_within_a_room_run_down():
    graph = grimp.build_graph("wurzelwerk", cache_dir=None)
    modules = [module for module in sorted(graph.modules) if module.count(".") > 1]
    imports = [(one, other) for one in modules for other in sorted(graph.find_modules_directly_imported_by(one))]
    assert upward_imports([pair for pair in imports if pair[1].count(".") > 1]) == []


def test_upward_import_within_a_room_is_found():
    up = ("wurzelwerk.cases.models.case", "wurzelwerk.cases.actions")
    down = ("wurzelwerk.cases.actions", "wurzelwerk.cases.models")
    assert upward_imports([up, down]) == ["wurzelwerk.cases.models.case -> wurzelwerk.cases.actions"]


TOUCHES_TABLES = {"models", "queries", "rules", "actions", "forms", "views", "panels", "tasks", "admin"}


def test_matching_engine_has_no_database_inside():
    """The engine is a library on columns: rooms hand it tables, data people call it without a site."""
    graph = grimp.build_graph("wurzelwerk", include_external_packages=False, cache_dir=None)
    start = "wurzelwerk.matching.engine"
    reached = {start} | graph.find_upstream_modules(start) if start in graph.modules else set()
    assert sorted(module for module in reached if _part(module) in TOUCHES_TABLES) == []
    assert start in reached


def test_models_point_only_at_models_of_lower_floors():
    """A foreign key written as a string slips past the imports."""
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("wurzelwerk.")
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is not None
        if not _may_point(model, field.related_model)
    ]
    assert upward == []


def _may_point(model: type, target: type) -> bool:
    if not target.__module__.startswith("wurzelwerk."):
        return True
    room, other = (kind.__module__.split(".")[1] for kind in (model, target))
    return room == other or other in below(room)
