"""Law and lists are data: each row says from when it holds and where it was read."""

import json
from datetime import date
from pathlib import Path

import pytest

from .sources import PACKAGE, ROOT

FILES = sorted(PACKAGE.glob("*/data/*.json"))


def undated(content: dict) -> list[str]:
    """Rows without a first day or a source; a file without rows names its source once."""
    if "rows" not in content:
        return [] if content.get("source") else ["(file): no source"]
    found = []
    for number, row in enumerate(content["rows"], 1):
        full = {**content.get("defaults", {}), **row}
        if not _is_day(full.get("valid_from")):
            found.append(f"row {number}: no valid_from")
        if not str(full.get("source") or "").strip():
            found.append(f"row {number}: no source")
    return found


def _is_day(text: object) -> bool:
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_data_file_names_day_and_source(path: Path):
    assert undated(json.loads(path.read_text(encoding="utf-8"))) == []


def test_there_are_data_files():
    assert FILES, f"nothing under {ROOT}"


def test_undated_row_is_found():
    rows = [{"valid_from": "2025-01-01", "source": "SGB II § 22"}, {"valid_from": "gestern", "source": " "}]
    assert undated({"rows": rows}) == ["row 2: no valid_from", "row 2: no source"]


def test_source_may_stand_in_the_defaults():
    assert undated({"defaults": {"valid_from": "2025-01-01", "source": "x"}, "rows": [{"code": "a"}]}) == []
