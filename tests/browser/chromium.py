"""The browser that the tests drive: the machine's own Chromium, without a screen.

WURZELWERK_CHROMIUM        the program (default: Chromium or Chrome on PATH)
WURZELWERK_CHROMIUM_ARGS   further arguments, blanks between them
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
KERN = settings.BASE_DIR / "node_modules/@kern-ux/native/dist"
AXE = settings.BASE_DIR / "node_modules/axe-core/axe.min.js"


def program() -> str | None:
    """Return the path of a Chromium, or None."""
    if named := os.environ.get("WURZELWERK_CHROMIUM"):
        return named if Path(named).is_file() else None
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def arguments() -> list[str]:
    """What Chromium is started with; it has no sandbox for root."""
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [*QUIET, *root, *os.environ.get("WURZELWERK_CHROMIUM_ARGS", "").split()]


needs_browser = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(program() is None, reason="no Chromium here: sudo apt install chromium"),
    pytest.mark.skipif(not (AXE.exists() and KERN.exists()), reason="front-end files are missing: make setup"),
]
"""Marks of every test that drives the browser."""


@contextmanager
def launched() -> Iterator[Browser]:
    """Start Chromium. Playwright keeps an event loop in this thread; Django is told that the tests know."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program(), args=arguments())
        yield browser
        browser.close()
