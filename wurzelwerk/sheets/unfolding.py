"""Unfold a spreadsheet apart from everybody: a process of its own, with little memory and little time, that may die.

What reads a hostile file is a compiled library: a small file can make it ask for all memory there is, and then the
whole process ends. So the web process never calls it. This file is run as a program (`unfold` starts it): the workbook
comes by standard input, each sheet leaves as a line of JSON. What JSON has no word for is a pair: a letter and ISO
8601. It imports nothing of the house, so that it starts at once.
"""

import io
import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MOST_MEMORY = 1_500_000_000
MOST_SECONDS = 60
MOST_WRITTEN = 100_000_000
UNREADABLE, LOCKED = 3, 4
MOMENT, DAY, TIME = "m", "d", "t"


class TooLarge(Exception):
    """The workbook needs more memory or time than a list may."""


class Unreadable(Exception):
    """What came is no workbook, or a broken one. `locked`: it asks for a password."""

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__()
        self.locked = locked


def unfold(content: bytes) -> list[dict[str, Any]]:
    """Return the sheets of a workbook: name, rows of cells, merged ranges ((top, left), (bottom, right)).

    A cell is text, a number, a truth value, a date, time or moment, or a duration as text. Raises TooLarge, Unreadable.
    """
    command = [sys.executable, "-I", str(Path(__file__).resolve())]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise TooLarge from None
    if done.returncode in {UNREADABLE, LOCKED}:
        raise Unreadable(locked=done.returncode == LOCKED)
    if done.returncode or len(done.stdout) > MOST_WRITTEN:
        raise TooLarge
    sheets = [json.loads(line) for line in done.stdout.splitlines()]
    for sheet in sheets:
        sheet["rows"] = [[_read(cell) if type(cell) is list else cell for cell in row] for row in sheet["rows"]]
    return sheets


def _read(pair: list[str]) -> datetime | date | time:
    kind, text = pair
    return {MOMENT: datetime, DAY: date, TIME: time}[kind].fromisoformat(text)


# -- in the process of its own ---------------------------------------------------------------------------------------


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not every system can limit a process; the time is limited from outside
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _written(cell: Any) -> Any:
    match cell:
        case str() | bool() | int() | float():
            return cell
        case datetime():
            return [MOMENT, cell.isoformat()]
        case date():
            return [DAY, cell.isoformat()]
        case time():
            return [TIME, cell.isoformat()]
        case timedelta():
            return str(cell)
    return ""


def main() -> int:
    """Read a workbook from standard input and write its sheets; the exit code says why not."""
    _limit()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    content, written = sys.stdin.buffer.read(), 0
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows = [[_written(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            line = json.dumps({"name": name, "rows": rows, "merged": sheet.merged_cell_ranges or []}).encode()
            if (written := written + len(line)) > MOST_WRITTEN:
                return 1
            sys.stdout.buffer.write(line + b"\n")
    except PasswordError:
        return LOCKED
    except (CalamineError, ValueError, OverflowError):
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
