"""The manual: the Markdown pages of `docs/manual`, in the order of its index, as pages of the desk and for the search.

The index `README.md` is a list of links under headings; a page begins with `# Title: what it is about`. The same files
are read in the repository and at `/hilfe/`; links and pictures are turned to the addresses of the house.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from posixpath import normpath

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from wurzelwerk.base.rooms import Hit, manual_of_pages
from wurzelwerk.linkage.letters import spellings, words
from wurzelwerk.trust.actor import Actor

INDEX = "README"
PICTURES = "screenshots"
KEYS, FIRST_DAY = "tastatur", "erster-tag"
"""The pages with something of their own: the overview of keys, and the first day with its steps."""
LINK = re.compile(r"\[([^\]]+)\]\(([a-z0-9-]+)\.md\)")
SIGNS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
OPENS, CLOSES = {"table_open": '<div class="ww-manual__wide">'}, {"table_close": "</div>"}


@dataclass(frozen=True)
class Section:
    """A part of a page under one heading: where it stands, and its words."""

    anchor: str
    heading: str
    words: str


@dataclass(frozen=True)
class ManualPage:
    """One page. `about`: what stands behind the colon of its title; `html` has no first heading."""

    slug: str
    title: str
    about: str
    html: str
    sections: tuple[Section, ...]

    @property
    def url(self) -> str:
        """Where it is read."""
        return reverse("manual_page", args=[self.slug])


@dataclass(frozen=True)
class Chapter:
    """Pages under one heading of the index."""

    label: str
    pages: tuple[ManualPage, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters in the order of the index."""
    text = (_folder() / f"{INDEX}.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return tuple(
        Chapter(label.strip(), tuple(_read(slug) for _title, slug in LINK.findall(body)))
        for label, body in zip(parts[::2], parts[1::2], strict=True)
    )


@cache
def pages() -> dict[str, ManualPage]:
    """Return every page by its slug."""
    return {page.slug: page for chapter in chapters() for page in chapter.pages}


def picture(name: str) -> Path | None:
    """Return the file of a picture of the manual; None where there is none of this name."""
    path = _folder().parent / PICTURES / f"{name}.png"
    return path if path.is_file() else None


def about(url_name: str) -> tuple[str, str]:
    """Return label and address of what the manual says about a page of the desk; its index where it says nothing."""
    slug = manual_of_pages().get(url_name, "")
    if slug in pages():
        return _("Hilfe zu dieser Seite"), reverse("manual_page", args=[slug])
    return _("Hilfe"), reverse("manual")


def find(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Find the parts of the manual in which every word of a text stands, those with it in their heading first."""
    wanted = [spellings(word) for word in words(text)]
    found = [
        Hit(section.heading, _where(page, section), page.url + (f"#{section.anchor}" if section.anchor else ""), score)
        for page in pages().values()
        for section in page.sections
        if (score := _score(wanted, page, section))
    ]
    return sorted(found, key=lambda hit: -hit.score)[:limit]


def _where(page: ManualPage, section: Section) -> str:
    return page.about if section.heading == page.title else page.title


def _score(wanted: list[tuple[str, ...]], page: ManualPage, section: Section) -> float:
    """How well a part fits; never sure, so that whoever looks for a person sees people first."""
    if not wanted:
        return 0.0
    for text, score in ((section.heading, 0.8), (f"{page.title} {section.heading}", 0.7), (section.words, 0.5)):
        parts = [spellings(part) for part in words(text)]
        if all(any(_begins(part, word) for part in parts) for word in wanted):
            return score
    return 0.0


def _begins(part: tuple[str, ...], word: tuple[str, ...]) -> bool:
    return any(one.startswith(begun) for one in part for begun in word)


def _folder() -> Path:
    return settings.MANUAL_DIR


def _read(slug: str) -> ManualPage:
    text = (_folder() / f"{slug}.md").read_text(encoding="utf-8")
    head, _line, body = text.partition("\n")
    title, _colon, about = head.removeprefix("# ").partition(": ")
    tokens = _parser().parse(body)
    for token in tokens:
        _turn(token)
    sections = tuple(_sections(tokens, title))
    html = _parser().renderer.render(_framed(tokens), _parser().options, {})
    return ManualPage(slug, title.strip(), about.strip(), html, sections)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


def anchor(heading: str) -> str:
    """Return the name under which a heading is linked to."""
    plain = "".join(SIGNS.get(sign, sign) for sign in heading.lower())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _turn(token: Token) -> None:
    """Turn links and pictures to the house's addresses."""
    for inline in token.children or ():
        if inline.type == "link_open":
            inline.attrSet("href", _address(str(inline.attrGet("href"))))
        if inline.type == "image":
            name = Path(str(inline.attrGet("src"))).stem
            inline.attrs |= {"src": reverse("manual_picture", args=[name]), "loading": "lazy"}


def _address(link: str) -> str:
    """Where a link of a page leads at the desk: other pages of the manual to themselves, the rest to the index."""
    path, _hash, place = link.partition("#")
    target = normpath(path) if path else ""
    if "://" in link or not target.endswith(".md"):
        return link
    slug = target.removesuffix(".md")
    if "/" in slug or slug == INDEX:
        return reverse("manual")
    return reverse("manual_page", args=[slug]) + (f"#{place}" if place else "")


def _sections(tokens: list[Token], title: str) -> Iterable[Section]:
    """Yield the parts, the one before the first heading under the page's title; headings get their anchors."""
    heading, place, told = title, "", []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None and before.type == "heading_open":
            yield Section(place, heading, " ".join(told))
            heading, place, told = token.content, anchor(token.content), []
            before.attrSet("id", place)
        elif token.type == "inline":
            told.append(_plain(token))
    yield Section(place, heading, " ".join(told))


def _plain(token: Token) -> str:
    return "".join(
        " " if inline.type in {"softbreak", "hardbreak"} else inline.content for inline in token.children or ()
    )


def _framed(tokens: list[Token]) -> list[Token]:
    """The same with a frame round every table, so that a wide one is moved and not the page."""
    framed: list[Token] = []
    for token in tokens:
        if token.type in OPENS:
            framed.append(_html(OPENS[token.type]))
        framed.append(token)
        if token.type in CLOSES:
            framed.append(_html(CLOSES[token.type]))
    return framed


def _html(text: str) -> Token:
    return Token("html_block", "", 0, content=text)
