"""`wurzelwerk serve`: the web server (gunicorn) and the worker for background jobs, started and stopped together."""

import argparse
import os
import socket
import sys
from pathlib import Path

from wurzelwerk.base.errors import BadInput, WrongState

EXAMPLE = "Beispiel: wurzelwerk serve --port 8001"
HIGHEST_PORT = 65535


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `serve`."""
    parser.epilog = EXAMPLE
    parser.add_argument("--host", default="127.0.0.1", help="Adresse, auf der gehört wird (127.0.0.1)")
    parser.add_argument("--port", default=os.environ.get("PORT") or "8000", help="Anschluss (PORT, sonst 8000)")
    parser.add_argument("--workers", type=int, default=2, help="Prozesse des Webservers (2)")
    parser.add_argument("--threads", type=int, default=4, help="Fäden je Prozess (4)")
    parser.add_argument("--demo", action="store_true", help="mit der Demo-Stadt; beim ersten Mal wird sie angelegt")
    parser.add_argument("--anew", action="store_true", help="mit --demo: die Demo-Stadt löschen und neu anlegen")
    parser.add_argument("--prepare-only", action="store_true", help="nur vorbereiten, nicht starten")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prepare what is missing, then serve until Ctrl-C or SIGTERM. Returns the exit code."""
    port = parse_port(args.port)
    if args.anew and not args.demo:
        raise BadInput("--anew gilt nur zusammen mit --demo.")
    check_free(args.host, port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wurzelwerk.house.settings")
    if args.demo:  # invented people have no telephone: what would go out is printed here
        os.environ.setdefault("WURZELWERK_MAIL", "console")
        os.environ.setdefault("WURZELWERK_SMS", "console")
        os.environ.setdefault("WURZELWERK_URL", f"http://{args.host}:{port}")
    from wurzelwerk.cli.prepare import VarLock, drop_demo, prepare  # they need the settings

    lock = VarLock()
    if args.anew:
        lock.take_alone()
        drop_demo()
    prepare(lock, demo=args.demo)
    if args.prepare_only:
        return 0
    return serve(host=args.host, port=port, workers=args.workers, threads=args.threads, demo=args.demo)


def parse_port(text: str) -> int:
    """Read a port number. Raises BadInput."""
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise BadInput(f"PORT muss eine Zahl von 1 bis {HIGHEST_PORT} sein, nicht „{text}“.")
    return int(text)


def check_free(host: str, port: int) -> None:
    """Raise WrongState where the address is taken or not ours to take."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise WrongState(
                f"Anschluss {port} darf nur der Systemverwalter öffnen. Bitte einen ab 1024 wählen."
            ) from None
        except OSError as error:
            raise WrongState(
                f"Auf {host}:{port} läuft schon ein Programm ({error.strerror}). "
                f"Bitte dieses beenden oder einen anderen Anschluss wählen, zum Beispiel: make demo PORT={port + 1}"
            ) from None


def serve(*, host: str, port: int, workers: int, threads: int, demo: bool) -> int:
    """Run web server and worker until asked to stop. Returns 0, or 1 if the web server ended by itself."""
    from django.conf import settings

    from wurzelwerk.cli.processes import Watch, Watched

    commands = [Watched("Der Webserver", _gunicorn(host, port, workers, threads), vital=True)]
    if settings.TASKS["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend":
        words = [sys.executable, "-m", "wurzelwerk", "manage", "db_worker", "--queue-name", "*"]
        commands.append(Watched("Der Prozess für Hintergrundaufgaben", words, vital=False))
    words = [sys.executable, "-m", "wurzelwerk", "outbox", "work"]
    commands.append(Watched("Der Versand", words, vital=False))
    watch = Watch(commands)
    watch.start(vital=True)
    reachable = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 (compared, not bound)
    if watch.wait_until_ready(reachable, port):
        _greet(reachable, port, demo=demo)
        watch.start(vital=False)
    return watch.run()


def _gunicorn(host: str, port: int, workers: int, threads: int) -> list[str]:
    """Return the command line of the web server."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    words = [sys.executable, "-m", "gunicorn", "wurzelwerk.house.wsgi:application", "--bind", address]
    words += ["--workers", str(workers), "--threads", str(threads), "--worker-class", "gthread"]
    words += ["--logger-class", "wurzelwerk.base.logs.ServerLog"]
    words += ["--log-level", "warning", "--graceful-timeout", "10", "--no-control-socket", "--preload"]
    if Path("/dev/shm").is_dir():  # noqa: S108 (workers' heartbeat: a disk may stall, memory does not)
        words += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    return words


def _greet(host: str, port: int, *, demo: bool) -> None:
    """Say where the application is and, in the demo, who can log in."""
    from wurzelwerk.cli.prepare import logins

    print(f"\nWurzelwerk läuft: http://{host}:{port}/  (beenden mit Strg-C)", flush=True)
    if demo:
        print("\n".join(["", "Anmelden in der Demo-Stadt (alles erfunden):", *logins(), ""]), flush=True)
