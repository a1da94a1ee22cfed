"""Serving for real: start, answer, stop; refuse what would do harm."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.cli.processes import answers
from wurzelwerk.cli.serve import check_free, parse_port

pytestmark = pytest.mark.xdist_group("serve")  # one worker prepares the folder once


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_command(*words: str, var: Path, **extra: str) -> subprocess.Popen:
    """Start `wurzelwerk` with a folder of its own and nothing of the suite's settings."""
    own = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "WURZELWERK_TASKS", "WURZELWERK_SECRET_KEY"}
    env = {name: value for name, value in os.environ.items() if name not in own}
    env |= {"WURZELWERK_VAR": str(var), "PORT": str(free_port()), **extra}
    words = (sys.executable, "-m", "wurzelwerk", *words)
    return subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """A folder with tables and static files, made once: migrating takes long."""
    var = tmp_path_factory.mktemp("prepared")
    _, said = (process := start_command("serve", "--prepare-only", var=var)).communicate(timeout=300)
    assert process.returncode == 0, said
    return var


@pytest.fixture
def run(tmp_path):
    """Start `wurzelwerk` in the test's folder; what still runs at the end is stopped."""
    started = []

    def start(*words: str, **extra: str) -> subprocess.Popen:
        started.append(start_command(*words, var=tmp_path / "var", **extra))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)


def children(pid: int) -> list[int]:
    words = ["ps", "--no-headers", "-o", "pid", "--ppid", str(pid)]
    return [int(line) for line in subprocess.run(words, capture_output=True, text=True, check=False).stdout.split()]


def wait_for(condition, seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_site_serves_and_stops_with_all_its_processes(run, prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "var")
    port = free_port()
    site = run("serve", PORT=str(port))
    assert wait_for(lambda: answers("127.0.0.1", port) or site.poll() is not None)
    assert wait_for(lambda: len(children(site.pid)) == 3, 10)
    below = children(site.pid)
    site.send_signal(signal.SIGTERM)
    said, _ = site.communicate(timeout=30)
    assert site.returncode == 0
    assert f"http://127.0.0.1:{port}/" in said
    assert [pid for pid in below if Path(f"/proc/{pid}").exists()] == []
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_second_start_on_a_taken_port_says_so_in_german(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        site = run("serve", PORT=str(port))
        _, said = site.communicate(timeout=30)
    assert site.returncode == 1
    assert said.startswith(f"wurzelwerk: Auf 127.0.0.1:{port} läuft schon ein Programm")


def test_reset_leaves_a_database_alone_that_is_not_the_demo(run, tmp_path):
    database = tmp_path / "var" / "wurzelwerk.sqlite3"
    database.parent.mkdir()
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE network_user (username text)")
        connection.execute("INSERT INTO network_user VALUES ('anna')")
    site = run("serve", "--demo", "--anew", "--prepare-only")
    _, said = site.communicate(timeout=30)
    assert (site.returncode, said) == (
        1,
        "wurzelwerk: In dieser Datenbank steht keine Demo-Stadt. Es wurde nichts gelöscht.\n",
    )
    assert database.exists()


def test_demo_is_not_filled_into_other_data(run, prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "var")
    with sqlite3.connect(tmp_path / "var" / "wurzelwerk.sqlite3") as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(network_user)") if row[3] or row[5]]
        values = ", ".join("1" for _ in names)
        connection.execute(f"INSERT INTO network_user ({', '.join(names)}) VALUES ({values})")  # noqa: S608
    site = run("serve", "--demo", "--prepare-only")
    _, said = site.communicate(timeout=120)
    assert site.returncode == 1
    assert "stehen schon Daten, die nicht aus der Demo stammen" in said


def test_reset_never_deletes_outside_its_folder(run, tmp_path):
    outside = tmp_path / "elsewhere.sqlite3"
    with sqlite3.connect(outside) as connection:
        connection.execute("CREATE TABLE wurzelwerk_stamp (name text PRIMARY KEY, value text NOT NULL)")
        connection.execute("INSERT INTO wurzelwerk_stamp VALUES ('demo', 'ready')")
    address = f"sqlite:///{outside}"
    site = run("serve", "--demo", "--anew", "--prepare-only", DATABASE_URL=address)
    _, said = site.communicate(timeout=30)
    assert site.returncode == 1
    assert "liegt nicht in" in said
    assert outside.exists()


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "8000.5", "²"])
def test_port_that_is_none_is_bad_input(text):
    with pytest.raises(BadInput):
        parse_port(text)


def test_free_port_is_taken_for_free():
    port = free_port()
    assert parse_port(str(port)) == port
    assert check_free("127.0.0.1", port) is None


def test_address_of_another_machine_is_refused():
    with pytest.raises(WrongState):
        check_free("192.0.2.1", 8000)
