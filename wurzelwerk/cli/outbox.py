"""Nachrichten versenden, die warten: `wurzelwerk outbox send|work`."""

import argparse
import signal
import sys

EXAMPLE = """Beispiel:
  wurzelwerk outbox send     einmal: fällige Erinnerungen vormerken, Fälliges senden (zum Beispiel durch cron)
  wurzelwerk outbox work     immer wieder, bis Strg-C; `wurzelwerk serve` startet das von selbst"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands of `wurzelwerk outbox`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXAMPLE
    below = parser.add_subparsers(metavar="WAS", dest="outbox_command", required=True)
    send = below.add_parser("send", help="einmal senden, was fällig ist")
    send.set_defaults(run=run_send)
    work = below.add_parser("work", help="immer wieder senden, bis Strg-C")
    work.add_argument("--every", type=float, default=30.0, metavar="SEKUNDEN", help="Abstand der Durchgänge (30)")
    work.set_defaults(run=run_work)


def run_send(_: argparse.Namespace) -> int:
    """Send what is due, once; say how many went out and what stands in the way. Returns 0."""
    from .main import load_django

    load_django()
    from wurzelwerk.base import clock
    from wurzelwerk.outbox import sending
    from wurzelwerk.outbox.enums import Channel
    from wurzelwerk.outbox.queries import trouble

    sent = sending.tick(at=clock.now())
    said = [line for channel in Channel.values if (line := trouble(channel, at=clock.now()))]
    print(" ".join([f"Gesendet: {sent}.", *said]), file=sys.stderr)
    return 0


def run_work(args: argparse.Namespace) -> int:
    """Send again and again until SIGTERM or Ctrl-C. Returns 0."""
    from .main import load_django

    load_django()
    from wurzelwerk.outbox import sending

    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda got, _frame: asked.append(got))
    sending.work(every=args.every, stopping=lambda: bool(asked))
    return 0
