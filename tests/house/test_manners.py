"""Names, comparisons, swallowed errors, docstrings: what no reader should have to ask about."""

import ast
from pathlib import Path

from .sources import FLOORS, PACKAGE, Source, matches, program_sources

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "tools"}
CORE = {room for floor in FLOORS if {"cases", "pathways"} & {*floor} for room in floor}  # the trunks and the joints
HOOK_BASES = {"AppConfig"}


def junk_drawers(names: list[str]) -> list[str]:
    """Modules and folders named after nothing."""
    return [name for name in names if DRAWERS & {part.removesuffix(".py") for part in Path(name).parts}]


def test_no_module_is_a_junk_drawer():
    assert junk_drawers([source.path for source in program_sources()]) == []


def test_junk_drawer_is_found():
    names = ["wurzelwerk/cases/utils.py", "wurzelwerk/common/names.py", "wurzelwerk/cases/models.py"]
    assert junk_drawers(names) == names[:2]


def swallowed_errors(sources: tuple[Source, ...]) -> list[str]:
    """Handlers that catch everything, or do nothing with what they caught."""
    return [
        f"{source.path}:{node.lineno}"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        if node.type is None or all(isinstance(line, ast.Pass) or _is_ellipsis(line) for line in node.body)
    ]


def _is_ellipsis(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) and line.value.value is ...


def test_no_error_is_swallowed():
    assert swallowed_errors(program_sources()) == []


def test_swallowed_error_is_found():
    bare = Source("bare.py", "try:\n    f()\nexcept:\n    raise\n")
    silent = Source("silent.py", "try:\n    f()\nexcept ValueError:\n    pass\n")
    answered = Source("answered.py", "try:\n    f()\nexcept ValueError:\n    g()\n")
    assert swallowed_errors((bare, silent, answered)) == ["bare.py:3", "silent.py:3"]


def questions_of_kind(sources: tuple[Source, ...]) -> list[str]:
    """Places in trunks and joints where a thing is asked of what kind it is."""
    return [
        f"{source.path}:{node.lineno}"
        for source in sources
        if source.room in CORE
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Compare) and any(map(_is_kind, [node.left, *node.comparators])))
        or (isinstance(node, ast.Match) and _is_kind(node.subject))
    ]


def _is_kind(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "kind"


def test_core_never_asks_what_kind_it_holds():
    assert questions_of_kind(program_sources()) == []


def test_question_of_kind_is_found():
    text = "if offer.kind == 'letting':\n    f()\n"
    assert questions_of_kind((Source("wurzelwerk/offers/rules.py", text),)) == ["wurzelwerk/offers/rules.py:1"]
    assert questions_of_kind((Source("wurzelwerk/housing/rules.py", text),)) == []


def undocumented(sources: tuple[Source, ...]) -> list[str]:
    """Public functions and classes of the rooms without a docstring, and modules without one."""
    found = []
    for source in sources:
        if not source.room:
            continue
        if source.text.strip() and not ast.get_docstring(source.tree) and not source.path.endswith("apps.py"):
            found.append(f"{source.path}:1 (module)")
        for node in source.tree.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            bases = {ast.unparse(base) for base in getattr(node, "bases", [])}
            if not node.name.startswith("_") and not bases & HOOK_BASES and not ast.get_docstring(node):
                found.append(f"{source.path}:{node.lineno} {node.name}")
    return found


def test_public_things_say_what_they_are():
    assert undocumented(program_sources()) == []


def test_undocumented_thing_is_found():
    text = '"""Rules."""\n\n\ndef check_open(actor):\n    return True\n\n\ndef _own():\n    return 1\n'
    assert undocumented((Source("wurzelwerk/cases/rules.py", text),)) == ["wurzelwerk/cases/rules.py:4 check_open"]


LEFTOVERS = r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|raise NotImplemented" + r"Error"


def test_nothing_is_left_for_later():
    found = [f"{source.path}:{line}" for source in program_sources() for line, _ in matches(LEFTOVERS, source.text)]
    assert found == []


def test_leftover_is_found():
    assert matches(LEFTOVERS, "x = 1\n# TO" + "DO later\n") == [(2, "TO" + "DO")]


def test_every_room_with_models_says_what_it_is_for():
    rooms = [path.parent for path in PACKAGE.glob("*/models*")]
    assert [room.name for room in rooms if not (room / "README.md").is_file()] == []
