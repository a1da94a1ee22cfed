"""The written side of a name: its words, and each word in plain Latin letters."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

LONGEST_WORD = 40
MOST_WORDS = 12

_INSIDE = re.compile(
    r"(?<=\w)['’‘`´ʼʻʹ](?=\w)|[\u00ad\u0640\u064b-\u0655\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
"""What does not part a word: an apostrophe in it, Arabic vowel signs and lengthening, invisible marks."""
_SYLLABLE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe"})
_TURKISH = str.maketrans({"İ": "i", "I": "i", "ı": "i"})


@lru_cache(maxsize=1 << 17)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a name in small letters as written, at most 12 of 40 letters; Han and Hangul by syllable."""
    text = unicodedata.normalize("NFKC", text).translate(_TURKISH).lower()
    text = _SYLLABLE.sub(lambda found: f" {found[0]} ", _INSIDE.sub("", text))
    apart = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in text)
    return tuple(word[:LONGEST_WORD] for word in apart.split())[:MOST_WORDS]


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """Return a word in plain Latin letters: Müller and Mueller give `mueller`, Çelik gives `celik`."""
    return "".join(letter for letter in anyascii(word.translate(_GERMAN)).lower() if letter.isalnum())


@lru_cache(maxsize=1 << 17)
def bare(word: str) -> str:
    """Return a word in plain Latin letters, the dots of an umlaut left out: Müller and Mueller give `muller`."""
    folded = fold(word)
    for long, short in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        folded = folded.replace(long, short)
    return folded


def spellings(word: str) -> tuple[str, ...]:
    """Return how a word may be typed in Latin letters: Müller is `mueller` and `muller`."""
    return tuple(dict.fromkeys(one for one in (fold(word), bare(word)) if one))
