"""The command `wurzelwerk`: finds the subcommand, loads only its module, turns errors into exit codes.

A subcommand is a module `wurzelwerk/cli/<name>.py` with one function, `configure(parser)`: it adds its
arguments (and its own subcommands) and names what to call with `parser.set_defaults(run=function)`,
where `function(args) -> int | None` returns the exit code (None is 0).

Exit codes: 0 done; 2 bad input (`base.errors.BadInput`, or arguments that do not fit); 1 anything else.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from wurzelwerk.base.errors import BadInput, HouseError

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


@dataclass(frozen=True)
class Command:
    """A subcommand: its name, what it does in one German line, and where it lives.

    `modules`: loaded when the command is called; those that an installation does not have are left out.
    `passthrough`: the words put before the rest of the line when Django's own command does the work.
    """

    name: str
    help: str
    modules: tuple[str, ...] = ()
    passthrough: tuple[str, ...] | None = None

    def present_modules(self) -> list[str]:
        """Return the full names of the modules that exist."""
        names = [f"wurzelwerk.cli.{module}" for module in self.modules]
        return [name for name in names if find_spec(name) is not None]

    def is_present(self) -> bool:
        """Tell whether this installation has the command."""
        return self.passthrough is not None or bool(self.present_modules())


COMMANDS = (
    Command("serve", "Anwendung starten (Webserver und Hintergrundaufgaben)", ("serve",)),
    Command("demo", "Demo-Stadt anlegen", ("demo.command",)),
    Command("match", "Haushalte und Wohnungen zuordnen (CSV hinein, JSON heraus)", ("match",)),
    Command("housing", "Wohnungen einlesen und ausgeben (OpenImmo)", ("housing",)),
    Command("outbox", "Nachrichten versenden, die warten", ("outbox",)),
    Command("people", "Personen finden, doppelte Einträge erkennen", ("people",)),
    Command("network", "Stellen, Standorte, Programme und Konten einlesen", ("network",)),
    Command("sheets", "Listen prüfen, ohne sie zu übernehmen", ("sheets",)),
    Command("pathways", "Wege und ihre Stufen als Bild oder Tabelle", ("pathways",)),
    Command("testing", "Paarweise Tests auswerten und planen", ("testing",)),
    Command("nightly", "Was einmal am Tag geschehen muss", ("nightly",)),
    Command(
        "bench", "Zeiten messen", ("bench_matching", "bench_desk", "bench_search", "bench_linkage", "bench_import")
    ),
    Command("check", "Installation prüfen", passthrough=("check",)),
    Command("migrate", "Datenbank auf den neuesten Stand bringen", passthrough=("migrate",)),
    Command("manage", "Jeder Befehl von Django: wurzelwerk manage BEFEHL …", passthrough=()),
)


def load_django() -> None:
    """Load the settings and the rooms; commands that touch the database call this first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wurzelwerk.house.settings")
    import django  # the matching engine runs without it

    django.setup()


def program_version() -> str:
    """Return the installed version, or a word saying that it runs uninstalled."""
    try:
        return version("wurzelwerk")
    except PackageNotFoundError:
        return "(nicht installiert)"


def build_parser(chosen: str | None = None) -> argparse.ArgumentParser:
    """Build the root parser; only the chosen subcommand's module is loaded, the others get a name and a line."""
    parser = argparse.ArgumentParser(
        prog="wurzelwerk",
        description="Wurzelwerk: Arbeitsraum für das Integrationsnetz einer Stadt.",
        epilog="Beispiel: wurzelwerk match round --help",
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")
    parser.add_argument("--version", action="version", version=f"Wurzelwerk {program_version()}", help="Version zeigen")
    parser.add_argument("--debug", action="store_true", help="bei Fehlern den ganzen Hergang zeigen")
    subparsers = parser.add_subparsers(title="Befehle", metavar="BEFEHL", dest="command", required=True)
    for command in COMMANDS:
        if command.is_present():
            _add_command(subparsers, command, load=command.name == chosen)
    return parser


def _add_command(subparsers: argparse._SubParsersAction, command: Command, *, load: bool) -> None:
    """Add one subcommand; several modules share a name as subcommands of it (`bench matching`)."""
    own = subparsers.add_parser(command.name, help=command.help, description=command.help)
    if not load:
        return
    if len(command.modules) == 1:
        import_module(command.present_modules()[0]).configure(own)
        return
    below = own.add_subparsers(metavar="WAS", dest=f"{command.name}_command", required=True)
    for name in command.present_modules():
        module = import_module(name)
        word = name.rpartition("_")[2]
        line = (module.__doc__ or word).strip().splitlines()[0]
        module.configure(below.add_parser(word, help=line, description=line))


def run_django_command(words: Sequence[str]) -> int:
    """Hand the rest of the line to Django's own command line; its exit code is ours."""
    load_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["wurzelwerk manage", *words])
    return DONE


def dispatch(words: list[str]) -> int:
    """Find the subcommand in the line, load it, run it."""
    chosen = next((word for word in words if not word.startswith("-")), None)
    command = next((command for command in COMMANDS if command.name == chosen), None)
    if command is not None and command.passthrough is not None:
        rest = words[words.index(command.name) + 1 :]
        return run_django_command([*command.passthrough, *rest])
    args = build_parser(chosen).parse_args(words)
    return args.run(args) or DONE


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; a traceback is shown only with `--debug`."""
    words = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in words
    try:
        return dispatch([word for word in words if word != "--debug"])
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # whatever it is, the person gets one line and the caller an exit code
        if debug:
            traceback.print_exc()
        text = " ".join(str(error).split()) or "unbekannter Fehler"
        kind = "" if isinstance(error, HouseError) else f"{type(error).__name__}: "
        print(f"wurzelwerk: {kind}{text}", file=sys.stderr)
        return BAD_INPUT if isinstance(error, BadInput) else FAILED
