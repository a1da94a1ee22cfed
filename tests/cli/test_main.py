"""The root of the command line: what it offers, how it fails, how fast it answers."""

import subprocess
import sys
import time
import types

import pytest

from wurzelwerk.base.errors import BadInput, NotAllowed
from wurzelwerk.cli import main as cli


@pytest.fixture
def failing(monkeypatch):
    """Make the command `serve` raise the given error."""

    def install(error: Exception) -> None:
        def run(args):
            raise error

        module = types.SimpleNamespace(configure=lambda parser: parser.set_defaults(run=run))
        monkeypatch.setattr(cli, "import_module", lambda name: module)

    return install


def test_help_names_every_command_that_is_there(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["--help"])
    shown = capsys.readouterr().out
    assert end.value.code == 0
    assert [command.name for command in cli.COMMANDS if command.is_present() and command.name not in shown] == []


def test_help_loads_neither_django_nor_numpy():
    code = (
        "import sys; from wurzelwerk.cli.main import build_parser; build_parser().format_help(); "
        "print({'django', 'numpy', 'scipy', 'ortools'} & set(sys.modules))"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "set()"


def test_help_answers_in_less_than_twice_the_start_of_python():
    def seconds(*words: str) -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, *words], capture_output=True, check=True)
        return time.perf_counter() - begun

    bare = min(seconds("-c", "import argparse, importlib.metadata, traceback, dataclasses") for _ in range(3))
    assert min(seconds("-m", "wurzelwerk", "--help") for _ in range(3)) < 2 * bare + 0.1


def test_version_is_told(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out.startswith("Wurzelwerk ")


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (BadInput("Zeile 3: Das Datum fehlt."), 2, "wurzelwerk: Zeile 3: Das Datum fehlt.\n"),
        (NotAllowed("Das dürfen Sie nicht."), 1, "wurzelwerk: Das dürfen Sie nicht.\n"),
        (ZeroDivisionError("division\nby zero"), 1, "wurzelwerk: ZeroDivisionError: division by zero\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_error_is_one_line_and_a_code(failing, capsys, error, code, line):
    failing(error)
    assert cli.main(["serve"]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == line


def test_debug_shows_where_it_happened(failing, capsys):
    failing(ZeroDivisionError("division by zero"))
    assert cli.main(["serve", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_unknown_command_is_bad_input(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["coffee"])
    assert end.value.code == 2


def test_django_command_is_passed_through(capsys):
    assert cli.main(["manage", "diffsettings"]) == 0
    assert "WURZELWERK_ROOMS" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{"users": ]', "Zeile 1, Spalte 11"),
        (b"[1]", "Zeile 1, Spalte 1"),
        (b"\xff\xfe{", "UTF-8"),
        (None, "nicht lesbar"),
    ],
)
def test_network_file_that_cannot_be_read_names_the_place(tmp_path, capsys, content, place):
    path = tmp_path / "netz.json"
    if content is not None:
        path.write_bytes(content)
    assert cli.main(["network", "load", str(path)]) == 2
    assert str(path) in (said := capsys.readouterr().err)
    assert place in said
