"""People at the desk of a running house: each has a window of their own; what a page says to the console fails the test."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

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
def desk(chromium, live_server, running_clock, city, settings, tmp_path: Path) -> Iterator[Opener]:
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
    assert said == []
