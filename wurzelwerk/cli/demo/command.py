"""Demo-Stadt anlegen."""

import argparse

from . import PASSWORD

LOGINS = (
    ("amira", "Beratung, Anlaufstelle Nordstadt"),
    ("elif", "Teamleitung, Anlaufstelle Nordstadt"),
    ("carla", "Beratung, Anlaufstelle Hörde/Hombruch"),
    ("daniel", "Beratung, Anlaufstelle Mengede/Huckarde"),
    ("frieda", "Koordination, Stadt"),
    ("goran", "Beratung, Brückenhaus"),
    ("irina", "Beratung, Nordlicht"),
    ("jonas", "Wohnungsakquise, Ankerplatz"),
    ("katja", "Leitung Vermittlung, Ankerplatz"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """`demo fill` fills an empty database; `demo logins` names who can log in."""
    below = parser.add_subparsers(metavar="WAS", dest="demo_command", required=True)
    fill = below.add_parser(
        "fill",
        help="Demo-Stadt in eine leere Datenbank füllen",
        epilog="Beispiel: wurzelwerk demo fill --households 50",
    )
    fill.add_argument("--households", type=int, default=400, help="Zahl der Haushalte")
    fill.add_argument("--dwellings", type=int, default=250, help="Zahl der Wohnungen")
    fill.set_defaults(run=run_fill)
    logins = below.add_parser("logins", help="Zugänge der Demo-Stadt nennen")
    logins.set_defaults(run=run_logins)


def run_fill(args: argparse.Namespace) -> int:
    """Fill the database; it must hold no organisations yet."""
    from ..main import load_django

    load_django()
    from wurzelwerk.base import clock
    from wurzelwerk.base.errors import BadInput
    from wurzelwerk.network.models import Organisation

    from .city import fill

    if Organisation.objects.exists():
        raise BadInput("Diese Datenbank ist nicht leer. Die Demo-Stadt wird nur in eine leere gefüllt.")
    fill(until=clock.now(), households=args.households, dwellings=args.dwellings)
    return 0


def run_logins(_: argparse.Namespace) -> int:
    """Print login and role, and the one password."""
    for login, role in LOGINS:
        print(f"  {login:8} {role}")
    print(f"  Kennwort für alle: {PASSWORD}")
    return 0
