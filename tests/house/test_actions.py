"""Every write has one rhythm: check, change, record, in one transaction, with the actor and the time passed in."""

import ast
import re

from .sources import Source, program_sources

ACTIONS = re.compile(r"^wurzelwerk/\w+/(\w+_)?actions(\.py|/\w+\.py)$")
RECORDING = {"record", "record_all", "void", "void_all", "record_answer"}


def action_sources() -> tuple[Source, ...]:
    """The files that hold writes."""
    return tuple(source for source in program_sources() if ACTIONS.match(source.path))


def public_functions(source: Source) -> list[ast.FunctionDef]:
    """The writes that a room offers: everything public in its actions."""
    return [node for node in source.tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def calls(node: ast.AST) -> set[str]:
    """Last names of everything that is called inside."""
    called = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
    names = {name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "") for name in called}
    modules = {name.value.id for name in called if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name)}
    return names | {f"{module}.*" for module in modules}


def recording_names(source: Source) -> set[str]:
    """Names whose call leaves a fact: the ledger's own, other rooms' actions, and functions here that call one."""
    names = set(RECORDING)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").rpartition(".")[2].endswith("actions"):
            names |= {alias.asname or alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names |= {f"{alias.asname or alias.name}.*" for alias in node.names if alias.name == "actions"}
        if isinstance(node, ast.ImportFrom) and (node.module or "").rpartition(".")[0].endswith("actions"):
            names |= {alias.asname or alias.name for alias in node.names}
    functions = [node for node in source.tree.body if isinstance(node, ast.FunctionDef)]
    for _ in functions:
        names |= {node.name for node in functions if calls(node) & names}
    return names


def faults(sources: tuple[Source, ...]) -> list[str]:
    """What is missing where."""
    found = []
    for source in sources:
        recording = recording_names(source)
        for node in public_functions(source):
            place = f"{source.path}:{node.lineno} {node.name}"
            keyword_only = {argument.arg for argument in node.args.kwonlyargs}
            if node.args.args or node.args.posonlyargs or node.args.vararg:
                found.append(f"{place}: takes positional arguments")
            found += [f"{place}: no {name}" for name in ("by", "at") if name not in keyword_only]
            if not any(ast.unparse(decorator).startswith("transaction.atomic") for decorator in node.decorator_list):
                found.append(f"{place}: not atomic")
            if not calls(node) & recording:
                found.append(f"{place}: records nothing")
    return found


def test_every_write_checks_in_its_actor_its_time_and_its_record():
    assert faults(action_sources()) == []


def test_time_is_passed_in_and_never_taken():
    taken = {"now", "localtime", "today", "utcnow"}
    found = [f"{source.path}: {sorted(calls(source.tree) & taken)}" for source in action_sources()]
    assert [line for line in found if not line.endswith("[]")] == []


GOOD = """
from django.db import transaction
from wurzelwerk.evidence.ledger import record

@transaction.atomic
def close(*, case, by, at):
    check(by, case)
    record(facts.CLOSED, about=[case], at=at)
"""


def planted(text: str) -> list[str]:
    return [fault.partition(": ")[2] for fault in faults((Source("wurzelwerk/cases/actions.py", text),))]


def test_good_write_has_no_fault():
    assert planted(GOOD) == []


def test_write_without_record_is_found():
    assert planted(GOOD.replace("record(facts", "remember(facts")) == ["records nothing"]


def test_write_outside_a_transaction_is_found():
    assert planted(GOOD.replace("@transaction.atomic", "@log")) == ["not atomic"]


def test_write_with_positional_arguments_is_found():
    assert planted(GOOD.replace("*, case, by, at", "case, *, by, at")) == ["takes positional arguments"]


def test_write_without_actor_or_time_is_found():
    assert planted(GOOD.replace("by, at)", "who)").replace("at=at", "")) == ["no by", "no at"]
