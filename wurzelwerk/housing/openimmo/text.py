"""Cleaning of text that came from, or goes into, an XML file.

Both functions are idempotent: cleaning a clean text changes nothing. Records clean their texts when they are
made, so that what is written and read back is equal to what was there.
"""

from __future__ import annotations

import re
import unicodedata

# What XML 1.0 cannot carry (control characters, lone surrogates, two non-characters) ...
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# ... and what has no place in an address or a title: C1 controls, and characters that turn the direction of the
# text around it. Joiners stay, Persian and several other scripts need them.
UNWANTED = re.compile(
    "[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\ufeff]"
)
PLACEHOLDERS = ("-", "--")
BREAK = re.compile(r"<\s*br\s*/?\s*>", re.IGNORECASE)


def clean_line(text: str) -> str:
    """One line: composed characters (NFC), single spaces, nothing XML cannot carry."""
    kept = UNWANTED.sub("", text)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def clean_text(text: str) -> str:
    """Running text: as `clean_line`, but line breaks stay; `<br>` is read as one; blank at most one line in a row."""
    before = None
    while before != text:
        before = text
        text = BREAK.sub("\n", UNWANTED.sub("", text))
    lines = (clean_line(line) for line in re.split("\r\n|[\r\n\u0085\u2028\u2029]", text))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def excerpt(text: str, length: int = 40) -> str:
    """The beginning of a foreign text, for use inside a sentence."""
    line = clean_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
