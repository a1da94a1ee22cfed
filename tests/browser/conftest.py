"""People at the desk of a running house: each has a window of their own; what a page says to the console fails the test."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started

from tests.conftest import NOW
from wurzelwerk.base import clock

from .chromium import launched
from .desk import HIGH, WIDE, Desk, Opener


@pytest.fixture(scope="module")
def chromium() -> Iterator:
    """A browser without a screen."""
    with launched() as browser:
        yield browser


@pytest.fixture
def running_clock(monkeypatch, transactional_db) -> None:
    """For the threads of the server: Tuesday, 10 March 2026, ten o'clock, and it goes on."""
    begun = time.monotonic()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=time.monotonic() - begun))


@pytest.fixture
def answered(live_server) -> Iterator[Callable[[], None]]:
    """Return a function that waits until the server has answered all it was asked: also what no page waits for any more.

    The tables are emptied after a test; a request still under way would be in the way of that, and on PostgreSQL it
    ended in a deadlock now and then.
    """
    asked: list[object] = []
    done: list[object] = []

    def ask(sender, **_signal) -> None:
        asked.append(sender)

    def answer(sender, **_signal) -> None:
        done.append(sender)

    def wait() -> None:
        deadline = time.monotonic() + 10
        while len(done) < len(asked) and time.monotonic() < deadline:
            time.sleep(0.02)

    request_started.connect(ask)
    request_finished.connect(answer)
    yield wait
    request_started.disconnect(ask)
    request_finished.disconnect(answer)


@pytest.fixture
def desk(chromium, live_server, answered, running_clock, city, settings, tmp_path: Path) -> Iterator[Opener]:
    """Open a window; with a login the person is logged in already."""
    settings.MEDIA_ROOT = tmp_path / "files"
    said: list[str] = []
    contexts = []

    def open_it(login: str = "", *, width: int = WIDE, **options) -> Desk:
        context = chromium.new_context(
            viewport={"width": width, "height": HIGH}, locale="de-DE", reduced_motion="reduce", **options
        )
        contexts.append(context)
        person = Desk(context, live_server.url, said)
        return person.log_in(login) if login else person

    yield open_it
    for context in contexts:
        context.close()
    answered()
    assert said == []
