"""Stellen, Standorte, Programme und Konten einlesen."""

import argparse
import json
import sys
from getpass import getpass
from pathlib import Path

from wurzelwerk.base.errors import BadInput


def configure(parser: argparse.ArgumentParser) -> None:
    """`network load FILE`: take in the directory of a network; again, bring it in line."""
    below = parser.add_subparsers(metavar="WAS", dest="network_command", required=True)
    load = below.add_parser(
        "load",
        help="Verzeichnis aus einer JSON-Datei einlesen",
        description="Liest Stellen, Standorte, Programme und Konten ein; nochmals gerufen, gleicht es ab.",
        epilog="Beispiel: wurzelwerk network load netz.json --ask-password",
    )
    load.add_argument("file", type=Path, metavar="DATEI")
    load.add_argument("--ask-password", action="store_true", help="Kennwort für neue Konten abfragen")
    load.set_defaults(run=run_load)


def run_load(args: argparse.Namespace) -> int:
    """Take the file in as a whole or not at all."""
    from .main import load_django

    data = read_json(args.file)
    load_django()
    from wurzelwerk.network.directory import load_directory

    load_directory(data, password=getpass("Kennwort für neue Konten: ") if args.ask_password else None)
    counts = {key: len(data.get(key, [])) for key in ("organisations", "programmes", "users")}
    print(f"Eingelesen: {counts}", file=sys.stderr)
    return 0


def read_json(path: Path) -> dict:
    """Read a JSON object. Raises BadInput with file, line and column of the first mistake."""
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise BadInput(f"{path}: nicht lesbar ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: Die Datei ist nicht in UTF-8 gespeichert.") from error
    except json.JSONDecodeError as error:
        raise BadInput(f"{path}, Zeile {error.lineno}, Spalte {error.colno}: kein gültiges JSON.") from error
    if not isinstance(data, dict):
        raise BadInput(f"{path}, Zeile 1, Spalte 1: erwartet wird ein Objekt in geschweiften Klammern.")
    return data
