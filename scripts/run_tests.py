"""`make test`: everything this machine can run; at the end, one line for each part that was left out.

    .venv/bin/python scripts/run_tests.py [--lint] [-- arguments for pytest]

WURZELWERK_REQUIRE=browser,postgres   leaving one of these out is a failure (so in .ci/run)
WURZELWERK_TEST_POSTGRES              a PostgreSQL server (default postgres://postgres@127.0.0.1:5432)
WURZELWERK_CHROMIUM                   the browser (default: Chromium or Chrome on PATH)
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES = "postgres://postgres@127.0.0.1:5432"
SUMMARY = re.compile(r"=+ .*\b(passed|failed|error|errors|skipped|no tests ran)\b.* =+")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Report:
    """What was run and what was left out, for the last lines."""

    steps: list[tuple[str, bool, float]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)

    def failed(self) -> list[str]:
        """Names of the steps that failed."""
        return [name for name, good, _ in self.steps if not good]


def main(arguments: list[str]) -> int:
    """Run all steps, whatever the earlier ones said; return 0 only if all are good."""
    pytest_arguments = arguments[arguments.index("--") + 1 :] if "--" in arguments else []
    required = {name for name in os.environ.get("WURZELWERK_REQUIRE", "").split(",") if name}
    report = Report()
    run_static(report)
    if "--lint" not in arguments:
        with tempfile.TemporaryDirectory(prefix="wurzelwerk-test-") as folder:
            run_suites(report, Path(folder), required, pytest_arguments)
    return conclude(report)


# -- style, floors, types ----------------------------------------------------------------------------


def run_static(report: Report) -> None:
    """Style, form and floors: seconds, so they come first."""
    run_step(report, "ruff check", [str(BIN / "ruff"), "check", "--quiet", "--output-format", "concise", "."])
    run_step(report, "ruff format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."])
    run_step(report, "import-linter", [str(BIN / "lint-imports"), "--no-logo"])
    templates = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("wurzelwerk/*/templates/**/*.html"))
    if templates:
        run_step(report, "djade", [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates])
    run_step(report, "mypy", [str(BIN / "mypy"), "--no-error-summary"])


def run_step(report: Report, name: str, words: list[str]) -> None:
    """Run one command; its output is shown only if it is not content."""
    begun = time.monotonic()
    done = subprocess.run(words, cwd=ROOT, env=environment(), check=False, capture_output=True, text=True)
    good = done.returncode == 0
    report.steps.append((name, good, time.monotonic() - begun))
    print(f"{'gut   ' if good else 'FEHLER'} {name}", flush=True)
    if not good:
        print(done.stdout + done.stderr, flush=True)


# -- the suite, on each database ---------------------------------------------------------------------


def run_suites(report: Report, folder: Path, required: set[str], arguments: list[str]) -> None:
    """The whole suite on SQLite and, where a server answers, again on PostgreSQL; browser tests where one is found.

    Of the browser tests only the journeys run twice: what a page looks like does not hang on the database.
    """
    browser = find_browser()
    if browser is None:
        leave_out(report, "browser", required, "Browsertests", "sudo apt install chromium (oder WURZELWERK_CHROMIUM)")
    run_suite(report, "SQLite", folder, browser, required, arguments, {})
    server = (os.environ.get("WURZELWERK_TEST_POSTGRES") or POSTGRES).rstrip("/")
    if postgres_answers(server):
        database = "wurzelwerk_" + hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]  # two clones, one server
        url = {"DATABASE_URL": f"{server}/{database}"}
        run_suite(report, "PostgreSQL", folder, browser, required, ["--create-db", *arguments], url)
    else:
        how = "sudo apt install postgresql und WURZELWERK_TEST_POSTGRES=postgres://NAME:WORT@RECHNER:5432 setzen"
        leave_out(report, "postgres", required, "Tests auf PostgreSQL", how)


def run_suite(
    report: Report,
    database: str,
    folder: Path,
    browser: str | None,
    required: set[str],
    arguments: list[str],
    extra: dict[str, str],
) -> None:
    """Run pytest on one database and keep its last line."""
    counts = folder / f"{database}.json"
    var = folder / f"var-{database}"
    extra = {**extra, "WURZELWERK_VAR": str(var), "WURZELWERK_TEST_COUNTS": str(counts)}
    words = [sys.executable, "-m", "pytest", "-q", "-n", workers(), "--dist", "loadgroup", "-p", "scripts.counting"]
    words += arguments
    if browser:
        extra["WURZELWERK_CHROMIUM"] = browser
        if "DATABASE_URL" in extra and not arguments_choose(arguments):
            words += ["-m", "not browser or journey"]
    else:
        words += ["-m", "not browser and not screenshots"]
    name = f"pytest auf {database}"
    print(f"\n{name} …", flush=True)
    begun = time.monotonic()
    code, summary = stream(words, environment(extra))
    report.steps.append((name, code == 0, time.monotonic() - begun))
    report.summaries.append(f"{database}: {summary}")
    if browser and "browser" in required and not arguments_choose(arguments):
        ran = json.loads(counts.read_text())["browser"]["passed"] if counts.exists() else 0
        if not ran:
            report.steps.append((f"Browsertests auf {database} (keiner lief)", False, 0.0))


def arguments_choose(arguments: list[str]) -> bool:
    """Tell whether the caller asked for only some tests."""
    return any(not word.startswith("--create-db") for word in arguments)


def stream(words: list[str], env: dict[str, str]) -> tuple[int, str]:
    """Run a command, pass its lines on as they come; return its exit code and pytest's summary line."""
    summary = "keine Zusammenfassung"
    with subprocess.Popen(words, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        for line in run.stdout or ():
            print(line, end="", flush=True)
            plain = COLOUR.sub("", line).strip()
            if SUMMARY.fullmatch(plain) or re.match(r"^\d+ (passed|failed|error|skipped|deselected).* in ", plain):
                summary = plain.strip("= ")
    return run.returncode, summary


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of a step: nothing of the person's own installation reaches the tests."""
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "WURZELWERK_VAR", "PORT"}}
    return {**own, "PYTHONPATH": str(ROOT), "PATH": f"{BIN}{os.pathsep}{own.get('PATH', '')}", **(extra or {})}


def workers() -> str:
    """Parallel processes: as many as there are cores, eight at most."""
    return str(min(8, max(2, os.cpu_count() or 2)))


# -- what this machine has ---------------------------------------------------------------------------


def find_browser() -> str | None:
    """Return the path of a Chromium, or None."""
    if named := os.environ.get("WURZELWERK_CHROMIUM"):
        return named if Path(named).is_file() else None
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def postgres_answers(server: str) -> bool:
    """Tell whether a PostgreSQL server lets us in."""
    import psycopg

    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=5).close()
    except psycopg.Error:
        return False
    return True


def leave_out(report: Report, name: str, required: set[str], what: str, how: str) -> None:
    """Note a part that is left out; where it is required, that is a failure."""
    report.left_out.append(f"Ausgelassen: {what}. So kommen sie dazu: {how}")
    if name in required:
        report.steps.append((f"{what} (verlangt, aber ausgelassen)", False, 0.0))


def conclude(report: Report) -> int:
    """Print the last lines and return the exit code."""
    print()
    for name, good, seconds in report.steps:
        print(f"{'gut   ' if good else 'FEHLER'} {name} ({seconds:.0f} s)")
    for line in [*report.left_out, *report.summaries]:
        print(line)
    return 1 if report.failed() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
