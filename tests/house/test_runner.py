"""`make test` says what it left out, and fails where that was required."""

import pytest

from scripts.run_tests import Report, conclude, find_browser, leave_out, postgres_answers, stream


def test_left_out_part_is_said_in_one_line_and_is_no_failure(capsys):
    report = Report(steps=[("pytest auf SQLite", True, 1.0)], summaries=["SQLite: 3 passed in 1.00s"])
    leave_out(report, "browser", set(), "Browsertests", "sudo apt install chromium")
    assert conclude(report) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "Ausgelassen: Browsertests. So kommen sie dazu: sudo apt install chromium",
        "SQLite: 3 passed in 1.00s",
    ]


def test_left_out_part_that_is_required_is_a_failure():
    report = Report(steps=[("pytest auf SQLite", True, 1.0)])
    leave_out(report, "browser", {"browser", "postgres"}, "Browsertests", "sudo apt install chromium")
    assert conclude(report) == 1


def test_failed_step_is_a_failure():
    assert conclude(Report(steps=[("ruff check", False, 1.0), ("mypy", True, 1.0)])) == 1


def test_browser_that_is_not_there_is_not_found(monkeypatch, tmp_path):
    monkeypatch.setenv("WURZELWERK_CHROMIUM", str(tmp_path / "chromium"))
    assert find_browser() is None


def test_server_that_is_not_there_does_not_answer():
    assert not postgres_answers("postgres://postgres@127.0.0.1:1")


@pytest.mark.parametrize(
    "line", ["3 failed, 507 passed, 9 skipped in 364.04s (0:06:04)", "=== 12 passed in 0.20s ===", "1 error in 2.00s"]
)
def test_summary_of_pytest_is_kept(line, capfd):
    code, summary = stream(["printf", "%s\n", "collected 3 items", line, "nachher"], {"PATH": "/usr/bin:/bin"})
    assert (code, summary) == (0, line.strip("= "))
