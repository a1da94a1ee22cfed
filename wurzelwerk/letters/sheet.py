"""Letters on paper: DIN 5008 form B, one or many in one tagged PDF.

The address stands in the window of a DL or C6/5 envelope. Neither title nor metadata of the file name a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wurzelwerk.base import formats
from wurzelwerk.base.documents import render_pages, render_pdf
from wurzelwerk.network.models import Organisation, Site, User
from wurzelwerk.trust.models import Akte

from .enums import BINDING
from .filling import pairs, paragraphs
from .models import Letter
from .wording import words

TEMPLATE = Path(__file__).parent / "documents" / "letter.typ"


@dataclass(frozen=True)
class Sender:
    """The office that writes: name, the site as a second line, address in one line, how to reach it."""

    name: str
    short: str = ""
    site: str = ""
    address: str = ""
    phone: str = ""
    mail: str = ""

    @classmethod
    def of(cls, akte: Akte) -> "Sender":
        """Return the office that keeps an Akte: the site's address and telephone where it has its own."""
        return cls.at(akte.controller, akte.site)

    @classmethod
    def at(cls, body: Organisation, site: Site | None) -> "Sender":
        """Return an office by its body and site."""
        place = site if site is not None and (site.street or site.city) else body
        town = f"{place.postcode} {place.city}".strip()
        return cls(
            name=body.name,
            short=body.short_name,
            site=site.name if site else "",
            address=", ".join(part for part in (place.street, town) if part),
            phone=(site.phone if site else "") or body.phone,
            mail=body.email,
        )


def letter_pdf(letters: Sequence[Letter], *, authors: dict[Any, User], at: datetime) -> bytes:
    """Return letters as one PDF/UA-1, each beginning on a sheet of its own.

    `authors`: user id -> account. Raises `TextNotPrintable` where a sign cannot be drawn.
    """
    german = words(BINDING)
    data = {"de": german, "letters": [_as_data(letter, authors[letter.author_id]) for letter in letters]}
    return render_pdf(TEMPLATE, data, at=at)


def _as_data(letter: Letter, author: User) -> dict[str, Any]:
    sender = Sender.of(letter.akte)
    own = words(letter.language) if letter.language else None
    return {
        "sender": {
            "name": sender.name, "site": sender.site, "address": sender.address,
            "back": " · ".join(part for part in (sender.short, sender.address.replace(", ", " · ")) if part),
        },
        "info": [line for line in _info(letter, sender, author) if line[1]],
        "address": [line.strip() for line in letter.address.splitlines() if line.strip()],
        "subject": letter.subject,
        "own_subject": letter.beside.get(letter.subject, ""),
        "salutation": letter.salutation,
        "own_salutation": letter.beside.get(letter.salutation, ""),
        "parts": [
            {"de": _lines(one), "own": _lines(other)}
            for one, other in pairs(letter.text, letter.own_text, letter.beside)
        ],
        "author": author.display_name,
        "enclosures": [line for part in paragraphs(letter.enclosures) for line in part.splitlines()],
        "own": own,
    }  # fmt: skip


def _info(letter: Letter, sender: Sender, author: User) -> list[tuple[str, str]]:
    return [
        ("Unser Zeichen", letter.akte.reference),
        ("Es schreibt", author.display_name),
        ("Telefon", author.phone or sender.phone),
        ("E-Mail", author.email or sender.mail),
        ("Datum", formats.day(letter.dated_on)),
    ]


def _lines(paragraph: str) -> list[dict[str, Any]]:
    """The lines of a paragraph; those that begin with a dash are listed."""
    return [
        {"text": line.lstrip("-–• ").strip() if line.startswith(("- ", "– ", "• ")) else line.strip(),
         "item": line.startswith(("- ", "– ", "• "))}
        for line in paragraph.splitlines()
    ]  # fmt: skip


def letter_pages(letter: Letter, *, author: User, dots: int = 110) -> list[bytes]:
    """Return the pages of a letter as PNG pictures for the preview, `dots` an inch.

    A sign that no font can draw is not refused here as in `letter_pdf`.
    """
    data = {"de": words(BINDING), "letters": [_as_data(letter, author)]}
    return render_pages(TEMPLATE, data, dots=dots)
