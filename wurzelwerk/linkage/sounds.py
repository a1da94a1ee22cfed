"""The heard side of a name: consonants as classes, so that spellings and scripts of one name meet.

    sounds("Yusuf"), sounds("Jussuf"), sounds("Юсуф"), sounds("يوسف")   ->  all with "JSF"

Vowels are dropped from a key, because Arabic and Hebrew hardly write them and transcriptions disagree on them; only
that a name begins with one is kept (`A`). Classes: P (b p), T (d t), K (g k q), F (f v w), S (s z and every hiss),
H (h, kh), J (j, dj, and y at the beginning), L, M, N, R. Letters heard in two ways give several keys, at most eight a
word. A key serves to find; how near two names are says `names`, which hears the vowels too (`voices`).
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from . import scripts
from .letters import fold

MOST_KEYS = 8
_SOUNDS = {**scripts.LATIN, **scripts.CYRILLIC, **scripts.GREEK, **scripts.ARABIC, **scripts.HEBREW}
_WRITTEN = re.compile("|".join(map(re.escape, sorted(_SOUNDS, key=len, reverse=True))))
"""The letters of one sound, the most that belong together first."""
_DOUBLED = re.compile(r"([A-Z])\1+")
_VOWELS = str.maketrans("", "", "abcdefghijklmnopqrstuvwxyz1234")
ABJAD = re.compile(r"[\u0590-\u06ff]")
_KNOWN = re.compile(r"[\u0590-\u06ff\u0370-\u052fa-zà-ſ\u0180-\u024f]")
_SERVANT = re.compile(r"^c?abd(?:[aeiouöü]?l(?=[^aeiou])|[aeiouöü]?([rsnztd])(?=\1)|[eoua]l(?=[aeiou]))")
"""Abdul-, Abdel-, Abdur-, Abdes-: the article between "servant of" and the name differs with every spelling."""
_LATIN_ARTICLE = re.compile(r"^[ae]l(?=[^aeiouylf]\w{3})")
ARTICLES = frozenset("al el ul ar er as es ash esh az ez ad ed il ال аль эль ал эл".split())  # noqa: SIM905
"""The Arabic article as it stands alone in a name, in its assimilated forms too."""


@lru_cache(maxsize=1 << 17)
def sounds(word: str) -> tuple[str, ...]:
    """Return the sound keys of a word in small letters, the likeliest first; at most eight, none for no letters."""
    keys = (_key(voice, doubles=not ABJAD.search(word)) for voice in voices(word))
    return tuple(dict.fromkeys(key for key in keys if key))[:MOST_KEYS]


@lru_cache(maxsize=1 << 17)
def voices(word: str) -> tuple[str, ...]:
    """Return in how many ways a word may be heard, consonants and vowels; with and without an article written to it."""
    word = _without_article(_readable(word))
    bare = _LATIN_ARTICLE.sub("", word)
    heard = [*_heard(word), *(_heard(bare) if bare != word else ())]
    return tuple(dict.fromkeys(heard))[: MOST_KEYS * 2]


def _heard(word: str) -> list[str]:
    word = _SERVANT.sub("abd", word)
    found, at = [""], 0
    while at < len(word):
        run, heard = _next(word, at)
        at += run
        found = [voice + one for voice in found for one in heard.split("|")][: MOST_KEYS * 2]
    return found


def _readable(word: str) -> str:
    """Keep letters whose sound is known, write others (Ethiopic, Georgian, Han, …) in Latin ones first."""
    if _KNOWN.search(word):
        return "".join(_base(letter) for letter in word)
    return fold(word)


def _base(letter: str) -> str:
    """A letter without its accent where the accent does not change its sound."""
    return letter if letter in _SOUNDS else unicodedata.normalize("NFD", letter)[0]


def _without_article(word: str) -> str:
    word = word[2:] if word.startswith("ال") and len(word) > 3 else word
    return "عبد" + word[5:] if word.startswith("عبدال") and len(word) > 6 else word


def _next(word: str, at: int) -> tuple[int, str]:
    """Return how many letters the next sound takes, and how it may be heard."""
    if at == 0:
        for run in (3, 2, 1):
            if len(word) >= run and (heard := scripts.INITIAL.get(word[:run])) is not None:
                return run, heard
    if found := _WRITTEN.match(word, at):
        return found.end() - at, _SOUNDS[found[0]]
    return 1, word[at] if word[at] in "0123456789" else ""


def _key(voice: str, *, doubles: bool) -> str:
    """Keep the consonants, doubled ones once, and mark a vowel at the beginning; an H that ends the word is silent."""
    if doubles:
        voice = _DOUBLED.sub(r"\1", voice)
    bare = voice.translate(_VOWELS)
    if len(bare) > 1:
        bare = bare.removesuffix("H")
    return f"A{bare}" if voice[:1] in tuple("aeiouy1234") else bare


def near(key: str) -> frozenset[str]:
    """Return the key with each one letter left out: two keys that share one differ by a letter at most."""
    if len(key) < 3:
        return frozenset()
    return frozenset(key[:at] + key[at + 1 :] for at in range(len(key)))


def joined(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return neighbouring words written as one: Nur Eddin, Xiao Ming."""
    return tuple(one + other for one, other in pairwise(parts))
