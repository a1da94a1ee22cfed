"""What must be done once before the application can serve: tables, static files, the demo city.

Each part leaves a stamp saying for which input it was done, so that the next start only compares.
Stamps of the database lie in the database itself: a new or restored database tells the truth about itself.
The slow parts run in processes of their own; this one stays small.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper

from wurzelwerk.base.errors import WrongState

DEMO_BEGUN, DEMO_READY = "begun", "ready"
PACKAGE = Path(__file__).resolve().parent.parent
RUNNING = "Die Anwendung läuft noch mit diesen Daten. Bitte zuerst dort mit Strg-C beenden, wo sie gestartet wurde."


# -- stamps ------------------------------------------------------------------------------------------


def read_stamp(name: str) -> str | None:
    """Return what the database says about itself, or None where it says nothing (or does not exist)."""
    row = _first_row("SELECT value FROM wurzelwerk_stamp WHERE name = %s", [name])
    return row[0] if row else None


def write_stamp(name: str, value: str) -> None:
    """Keep a word about the database in the database."""
    with _cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS wurzelwerk_stamp (name text PRIMARY KEY, value text NOT NULL)")
        cursor.execute("DELETE FROM wurzelwerk_stamp WHERE name = %s", [name])
        cursor.execute("INSERT INTO wurzelwerk_stamp (name, value) VALUES (%s, %s)", [name, value])


@contextmanager
def _cursor() -> Iterator[CursorWrapper]:
    """A cursor in a transaction, without loading the rooms; the connection ends with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # Django warns of queries before its rooms are loaded
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()


def _first_row(sql: str, values: list[str]) -> tuple | None:
    """The first row, or None where there is none, no such table, or no such database yet."""
    if _is_sqlite() and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return None
    try:
        with _cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchone()
    except ProgrammingError:  # PostgreSQL: no such table
        return None
    except OperationalError:
        if _is_sqlite():  # no such table; elsewhere it means that the server does not answer
            return None
        raise


def schema_fingerprint() -> str:
    """Hash of all that `migrate` acts on: migrations, data files of law and lists, versions of the parts."""
    files = [*PACKAGE.glob("*/migrations/*.py"), *PACKAGE.glob("*/data/**/*"), _requirements()]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file()):
        digest.update(str(path.relative_to(PACKAGE.parent)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def static_fingerprint() -> str:
    """Hash of names, sizes and times of the files that `collectstatic` gathers (reading them would be slow)."""
    folders = [*PACKAGE.glob("*/static"), *(Path(folder) for _, folder in settings.STATICFILES_DIRS)]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    digest = hashlib.sha256()
    for path in sorted([*files, _requirements()]):
        if path.is_file():
            state = path.stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _requirements() -> Path:
    return PACKAGE.parent / "requirements" / "run.txt"


def _is_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


# -- who may prepare ---------------------------------------------------------------------------------


class VarLock:
    """Lock on WURZELWERK_VAR: shared while serving, alone while preparing or resetting.

    It belongs to the process and ends with it, however it ends.
    """

    def __init__(self) -> None:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = open(settings.VAR / "serve.lock", "w")  # noqa: SIM115 (held until the end)

    def take_alone(self) -> None:
        """Take the lock for this process alone. Raises WrongState while another one serves."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WrongState(RUNNING) from None

    def share(self) -> None:
        """Hold the lock together with other serving processes."""
        fcntl.flock(self._file, fcntl.LOCK_SH)


# -- the parts ---------------------------------------------------------------------------------------


def prepare(lock: VarLock, *, demo: bool) -> None:
    """Bring tables, static files and, if asked, the demo city up to date; afterwards the lock is shared.

    Raises WrongState where something is to be done but another process serves from the same folder,
    and where the demo city is asked for in a database that holds other data.
    """
    schema, static = schema_fingerprint(), static_fingerprint()
    static_stamp = settings.VAR / "stamps" / "static"
    schema_done = read_stamp("schema") == schema
    static_done = static_stamp.is_file() and static_stamp.read_text() == static
    demo_done = not demo or read_stamp("demo") == DEMO_READY
    if schema_done and static_done and demo_done:
        lock.share()
        return
    lock.take_alone()
    if demo and read_stamp("demo") == DEMO_BEGUN:
        _say("Die Demo-Stadt war nicht fertig geworden und wird neu angelegt.")
        drop_demo()
        schema_done = False
    if not schema_done:
        _say("Datenbank wird eingerichtet …")
        run_command("migrate", "--verbosity", "0")
        write_stamp("schema", schema)
    if not static_done:
        _say("Dateien für die Seiten werden gesammelt …")
        run_command("manage", "collectstatic", "--noinput", "--clear", "--verbosity", "0")
        static_stamp.parent.mkdir(exist_ok=True)
        static_stamp.write_text(static)
    if not demo_done:
        fill_demo()
    lock.share()


def fill_demo() -> None:
    """Fill an empty database with the demo city. Raises WrongState where it holds other data."""
    if _has_users():
        raise WrongState(
            "In dieser Datenbank stehen schon Daten, die nicht aus der Demo stammen. Bitte für die Demo "
            "einen anderen Ordner (WURZELWERK_VAR) oder eine leere Datenbank (DATABASE_URL) wählen."
        )
    write_stamp("demo", DEMO_BEGUN)
    _say("Demo-Stadt wird angelegt (einmalig, dauert einige Minuten) …")
    run_command("demo", "fill")
    write_stamp("logins", run_command("demo", "logins", capture=True).strip("\n"))
    write_stamp("demo", DEMO_READY)


def drop_demo() -> None:
    """Delete the demo city: its database and its files, nothing else, and nothing that is not the demo's.

    Raises WrongState where the database is not the demo's or lies outside WURZELWERK_VAR.
    """
    if read_stamp("demo") is None and _has_users():
        raise WrongState("In dieser Datenbank steht keine Demo-Stadt. Es wurde nichts gelöscht.")
    if _is_sqlite():
        _delete_sqlite(Path(settings.DATABASES["default"]["NAME"]).resolve())
    else:
        with _cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    files = Path(settings.MEDIA_ROOT).resolve()
    if files.is_dir() and files.is_relative_to(settings.VAR) and files != settings.VAR:
        shutil.rmtree(files)


def _delete_sqlite(database: Path) -> None:
    if not database.is_relative_to(settings.VAR):
        raise WrongState(f"{database} liegt nicht in {settings.VAR}. Es wurde nichts gelöscht.")
    connection.close()
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _has_users() -> bool:
    """Tell whether somebody is entered; the table's name is the default one, so that no room need be loaded."""
    table = settings.AUTH_USER_MODEL.lower().replace(".", "_")
    return _first_row(f"SELECT 1 FROM {table} LIMIT 1", []) is not None  # noqa: S608 (a name from the settings)


def run_command(*words: str, capture: bool = False) -> str:
    """Run another `wurzelwerk` command in its own process; return what it printed, if asked.

    Raises WrongState where it failed; it has then said why on standard error.
    """
    done = subprocess.run(
        [sys.executable, "-m", "wurzelwerk", *words],
        env=os.environ,
        stdout=subprocess.PIPE if capture else None,
        text=True,
        check=False,
    )
    if done.returncode:
        raise WrongState(f"'wurzelwerk {' '.join(words)}' ist gescheitert (Code {done.returncode}).")
    return done.stdout or ""


def logins() -> Iterable[str]:
    """Return the lines that name the demo's logins."""
    return (read_stamp("logins") or "").splitlines()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
