"""The README is true: every command it prints exists, every file it names is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from .sources import ROOT, project_files

FENCE = re.compile(r"^```(?:sh|bash|console)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:make|wurzelwerk) [^`…]+)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
PAGES = [name for name in project_files() if name.endswith(".md")]
OTHERS = {"git", "cd", "sudo", "export"}


def commands(text: str) -> list[str]:
    """The command lines of a page: those in fences and those in running text."""
    fenced = [line for block in FENCE.findall(text) for line in block.splitlines()]
    lines = [line.removeprefix("$ ").split(" #")[0].strip() for line in fenced]
    return [line for line in lines if line and not line.startswith("#")] + INLINE.findall(text)


def fault(command: str) -> str | None:
    """What is wrong with a command line, or None."""
    words = re.sub(r"^(\w+=\S+ )+", "", command).split()
    program = words[0].removeprefix(".venv/bin/")
    if program == "make":
        targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
        unknown = [word for word in words[1:] if "=" not in word and word not in targets]
        return f"no target {unknown}" if unknown else None
    if program == "wurzelwerk":
        return _fault_of_subcommand(words[1:])
    return None if program in OTHERS else "unknown program"


def _fault_of_subcommand(words: list[str]) -> str | None:
    """Ask the command itself for its help, and look for the options there."""
    named = []
    for word in words:
        if not re.fullmatch(r"[a-z][a-z-]*", word):
            break
        named.append(word)
    for names in (named, named[:2], named[:1]):
        asked = subprocess.run(
            [sys.executable, "-m", "wurzelwerk", *names, "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.returncode == 0:
            options = [word for word in words if re.fullmatch(r"--[a-z-]+", word) and word != "--help"]
            missing = [option for option in options if option not in asked.stdout]
            return f"no option {missing}" if missing else None
    return asked.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_command_of_the_page_exists(page: str):
    listed = commands((ROOT / page).read_text(encoding="utf-8"))
    assert {command: wrong for command in listed if (wrong := fault(command))} == {}
    assert listed


def test_command_that_does_not_exist_is_found():
    assert fault("make coffee") == "no target ['coffee']"
    assert fault("wurzelwerk serve --coffee") == "no option ['--coffee']"
    assert fault("npx coffee") == "unknown program"
    assert fault("wurzelwerk coffee") is not None
    assert fault("make demo PORT=8001") is None


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str):
    folder = (ROOT / page).parent
    assert [
        link
        for link in LINK.findall((ROOT / page).read_text(encoding="utf-8"))
        if not (folder / Path(link.strip())).exists()
    ] == []


def test_readme_prints_the_line_that_set_up_names():
    line = re.search(r'APT_LINE = "(.+)"', (ROOT / "scripts/set_up.py").read_text(encoding="utf-8"))
    assert line is not None
    assert line.group(1) in (ROOT / "README.md").read_text(encoding="utf-8")
