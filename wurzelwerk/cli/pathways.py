"""Wege und ihre Stufen als Bild oder Tabelle."""

import argparse
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    """`pathways diagram CODE`: a pathway as a Mermaid diagram, generated from its table."""
    below = parser.add_subparsers(metavar="WAS", dest="pathways_command", required=True)
    diagram = below.add_parser(
        "diagram", help="Weg als Mermaid-Diagramm", epilog="Beispiel: wurzelwerk pathways diagram housing"
    )
    diagram.add_argument("code", metavar="WEG")
    diagram.set_defaults(run=run_diagram)


def run_diagram(args: argparse.Namespace) -> int:
    """Print the diagram to standard output."""
    from .main import load_django

    load_django()
    from wurzelwerk.base.errors import BadInput
    from wurzelwerk.pathways.stages import all_pathways

    pathways = all_pathways()
    if args.code not in pathways:
        raise BadInput(f"Es gibt keinen Weg „{args.code}“. Bekannt: {', '.join(sorted(pathways))}.")
    sys.stdout.write(pathways[args.code].mermaid())
    return 0
