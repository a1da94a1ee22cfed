"""Two processes side by side, watched and stopped together: the web server and the worker for jobs."""

import ctypes
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from wurzelwerk.base.errors import WrongState

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 15
START_SECONDS = 60
RESTART_PAUSE = 2.0


@dataclass
class Watched:
    """A command kept running. `vital`: its end ends everything; otherwise it is started again."""

    name: str
    words: Sequence[str]
    vital: bool
    process: subprocess.Popen | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the command in a session of its own: Ctrl-C reaches only the watcher, who stops both in order."""
        self.process = subprocess.Popen(self.words, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: PLW1509 (no threads here)

    def ended(self) -> bool:
        """Tell whether the command has stopped by itself."""
        return self.process is not None and self.process.poll() is not None


def _end_with_parent() -> None:
    """In the child: be told to stop if the watcher dies without a word (Linux; elsewhere nothing happens)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Watch:
    """Run several commands until a signal comes or a vital one ends."""

    def __init__(self, commands: Sequence[Watched]) -> None:
        self.commands = commands
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: object) -> None:
        self.stopping = True

    def start(self, *, vital: bool) -> None:
        """Start the vital commands, or the others."""
        for command in self.commands:
            if command.vital == vital and not self.stopping:
                command.start()

    def run(self) -> int:
        """Watch until the end; return 0 if somebody asked for it, 1 if a vital command ended by itself."""
        code = 0
        while not self.stopping:
            time.sleep(0.2)
            for command in self.commands:
                if command.ended() and not self.stopping:
                    print(f"{command.name} ist unerwartet beendet.", file=sys.stderr, flush=True)
                    if command.vital:
                        self.stopping, code = True, 1
                    else:
                        time.sleep(RESTART_PAUSE)
                        command.start()
        self.stop()
        return code

    def stop(self) -> None:
        """Ask all to stop, wait, then end those that did not."""
        running = [command.process for command in self.commands if command.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def wait_until_ready(self, host: str, port: int) -> bool:
        """Wait until the web server answers `/healthz`; False where it was stopped or ended before.

        Raises WrongState where it does not answer within a minute.
        """
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.stopping or any(command.ended() for command in self.commands if command.vital):
                return False
            if answers(host, port):
                return True
            time.sleep(0.1)
        self.stop()
        raise WrongState(f"Der Webserver antwortet nach {START_SECONDS} Sekunden nicht.")


def answers(host: str, port: int) -> bool:
    """Tell whether the site answers `/healthz` there (or sends on to https, as an installation may ask)."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"127.0.0.1:{port}"})
        return connection.getresponse().status in {HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY}
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
