"""The pictures of README and manual, and (for those who design) a picture of every page that a test passes.

WURZELWERK_SCREENSHOTS   the folder for the chosen pictures: `make screenshots`
WURZELWERK_PAGES         a folder for all pages, whole, as they are passed
"""

import io
import os
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

COLOURS = 96
LARGEST = 150_000


def take(page: Page, name: str) -> None:
    """Keep what the window shows as `name`.png, in a small palette; nothing where no folder is named."""
    if not (folder := os.environ.get("WURZELWERK_SCREENSHOTS")):
        return
    path = Path(folder) / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    shown = {"x": 0, "y": 0, "width": page.evaluate("document.body.offsetWidth"), "height": size["height"]}
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide", clip=shown))).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size <= LARGEST, f"{path} is too large for a manual"


def keep(page: Page, number: int) -> None:
    """Keep the whole page where WURZELWERK_PAGES names a folder."""
    if not (folder := os.environ.get("WURZELWERK_PAGES")):
        return
    name = re.sub(r"[^a-zäöüß0-9]+", "-", page.title().partition(" – ")[0].lower()).strip("-")
    width = page.viewport_size["width"]
    path = Path(folder) / f"{number:03}-{width}-{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=path, full_page=True, animations="disabled", caret="hide")
