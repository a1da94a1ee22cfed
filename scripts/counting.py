"""pytest plugin: counts outcomes by marker, so that a part skipped from within is not taken for one that ran.

Writes {"browser": {"passed": n, "skipped": n, "failed": n}, …} to the file named by WURZELWERK_TEST_COUNTS.
"""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

MARKERS = ("browser", "postgres", "screenshots")
_counts = {marker: Counter(passed=0, skipped=0, failed=0) for marker in MARKERS}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count a test once: by its call, or by the set-up that skipped or broke it."""
    if report.when == "call" or (report.when == "setup" and not report.passed):
        for marker in MARKERS:
            if marker in report.keywords:
                _counts[marker][report.outcome] += 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the counts, in the process that collects the reports."""
    target = os.environ.get("WURZELWERK_TEST_COUNTS")
    if target and not hasattr(session.config, "workerinput"):
        Path(target).write_text(json.dumps(_counts))
