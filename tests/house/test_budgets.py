"""Nothing grows beyond what can be read at once; the ugliness of old code bases lives in their tails."""

from .sources import ROOT, Source, program_sources, project_files

FUNCTION_LINES = 40
FILE_LINES = 400
TEMPLATE_LINES = 150


def long_functions(sources: tuple[Source, ...]) -> list[str]:
    """Functions above the budget, with their length."""
    return [
        f"{source.path}:{node.lineno} {node.name} ({length})"
        for source in sources
        for node in source.functions()
        if (length := node.end_lineno - node.lineno + 1) > FUNCTION_LINES
    ]


def too_long(names: list[str], budget: int) -> list[str]:
    """Files above the budget, with their length."""
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in names}
    return [f"{name} ({length})" for name, length in lengths.items() if length > budget]


def test_function_stays_within_its_budget():
    assert long_functions(program_sources()) == []


def test_function_over_the_budget_is_found():
    body = "    x = 1\n" * FUNCTION_LINES
    assert long_functions((Source("planted.py", f"def long():\n{body}"),)) == ["planted.py:1 long (41)"]


def test_program_file_stays_within_its_budget():
    names = [source.path for source in program_sources()]
    names += [name for name in project_files() if name.endswith((".css", ".js", ".typ"))]
    assert too_long(names, FILE_LINES) == []


def test_template_stays_within_its_budget():
    names = [name for name in project_files() if "/templates/" in name and name.endswith((".html", ".txt"))]
    assert too_long(names, TEMPLATE_LINES) == []


def test_file_over_the_budget_is_found(tmp_path):
    planted = tmp_path / "planted.css"
    planted.write_text("a {}\n" * 3)
    assert too_long([str(planted)], 2) == [f"{planted} (3)"]
