"""The building's own files, as the house tests read them."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "wurzelwerk"

# The floors, ground first; the same as in pyproject.toml, which a test compares.
FLOORS = (
    ("base",),
    ("linkage",),
    ("evidence",),
    ("network",),
    ("trust",),
    ("cases", "offers", "drafts", "outbox", "sheets"),
    ("pathways", "matching"),
    ("appointments", "counselling", "housing", "letters"),
    ("desk", "api", "reports", "portal", "cli"),
    ("house",),
)


@dataclass(frozen=True)
class Source:
    """A Python file: its path from the project's root, its text and its tree."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return _parse(self.text)

    @property
    def room(self) -> str:
        """The room it belongs to, empty outside the package."""
        parts = Path(self.path).parts
        return parts[1] if len(parts) > 2 and parts[0] == "wurzelwerk" else ""

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """All functions and methods, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def project_files() -> tuple[str, ...]:
    """Paths of all files that belong to the project: tracked, or new and not ignored."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file()))


@cache
def program_sources() -> tuple[Source, ...]:
    """All Python files of the program and its scripts; migrations and tests are not held to the budgets."""
    names = [name for name in project_files() if name.endswith(".py")]
    return tuple(
        Source(name, (ROOT / name).read_text(encoding="utf-8"))
        for name in names
        if not name.startswith("tests/") and "/migrations/" not in name
    )


def text_files() -> Iterator[tuple[str, str]]:
    """Path and text of every file of the project that is text."""
    for name in project_files():
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def below(room: str) -> set[str]:
    """The rooms that a room may stand on."""
    for number, floor in enumerate(FLOORS):
        if room in floor:
            return {name for lower in FLOORS[:number] for name in lower}
    raise LookupError(f"{room} stands on no floor")


def matches(pattern: str, text: str) -> list[tuple[int, str]]:
    """Line numbers and findings of a pattern in a text."""
    return [
        (number, found.group(0))
        for number, line in enumerate(text.splitlines(), 1)
        if (found := re.search(pattern, line))
    ]
