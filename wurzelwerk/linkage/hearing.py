"""How far two heard words are apart: consonants tell names apart, vowels much less."""

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

CONSONANT = 1.0
_ALIKE = {
    "HK": 0.35, "JK": 0.5, "JS": 0.5, "ST": 0.6, "FP": 0.55, "MN": 0.7, "LR": 0.8, "HS": 0.7,
    "ae": 0.15, "ai": 0.5, "ao": 0.35, "au": 0.5, "ei": 0.1, "eo": 0.45, "eu": 0.5, "io": 0.5, "iu": 0.4, "ou": 0.1,
    # a written long vowel against one that is heard
    "1a": 0.0, "1e": 0.15, "1i": 0.5, "1o": 0.15, "1u": 0.5, "2i": 0.0, "2e": 0.05, "2a": 0.5, "2o": 0.6, "2u": 0.5,
    "2J": 0.1, "3u": 0.0, "3o": 0.0, "3a": 0.5, "3e": 0.5, "3i": 0.5, "3F": 0.1, "12": 0.6, "13": 0.6, "23": 0.6,
    "4a": 0.0, "4e": 0.0, "4i": 0.0, "4o": 0.0, "4u": 0.0, "14": 0.1, "24": 0.2, "34": 0.2, "4H": 0.3,
    "Ji": 0.1, "Jy": 0.1, "Fu": 0.3, "Fo": 0.3, "Ha": 0.15, "He": 0.1, "H1": 0.05,
    # y: a bright vowel that glides (ei, ay)
    "ey": 0.15, "iy": 0.15, "ay": 0.35, "oy": 0.6, "uy": 0.5, "1y": 0.3, "2y": 0.0, "3y": 0.5, "4y": 0.2,
}  # fmt: skip
_ALIKE |= {pair[::-1]: near for pair, near in _ALIKE.items()}
_LEFT_OUT = {
    "a": 0.35, "e": 0.2, "i": 0.3, "o": 0.35, "u": 0.35, "y": 0.4, "1": 0.35, "2": 0.35, "3": 0.35, "4": 0.05,
    "H": 0.4, "J": 0.5,
}  # fmt: skip
_NO_VOWELS = dict.fromkeys(map(ord, "aeiouy1234"))
_ROUGH = str.maketrans("1234eyou", "aiuaiiuu")
_UNWRITTEN = 0.02
"""A short vowel that Arabic or Hebrew does not write."""
_LAST_A = 0.9
"""Karim and Karima, Ivan and Ivana."""


def _instead(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if (near := _ALIKE.get(one + other)) is not None:
        return near
    return CONSONANT if one.isupper() == other.isupper() else 2 * CONSONANT  # a vowel never stands for a consonant


_SIGNS = "PTKFSHJLMNRaeiouy1234"
_INSTEAD = {one: {other: _instead(one, other) for other in _SIGNS} for one in _SIGNS}
_STRANGE = dict.fromkeys(_SIGNS, CONSONANT)  # a digit within a name


@lru_cache(maxsize=1 << 18)
def distance(left: str, right: str, *, left_is_abjad: bool = False, right_is_abjad: bool = False) -> float:
    """Return how far two voices are apart: 0 the same, about 1 for a consonant that differs."""
    missing = [_out(right, at, sign, unwritten=left_is_abjad) for at, sign in enumerate(right)]
    row = [0.0]
    for cost in missing:
        row.append(row[-1] + cost)
    for at, sign in enumerate(left):
        out, instead, corner = _out(left, at, sign, unwritten=right_is_abjad), _INSTEAD.get(sign, _STRANGE), row[0]
        last = row[0] = corner + out
        for place, other in enumerate(right, 1):
            best = corner + instead.get(other, CONSONANT)
            corner = row[place]
            if (cost := corner + out) < best:
                best = cost
            if (cost := last + missing[place - 1]) < best:
                best = cost
            last = row[place] = best
    return row[-1]


def _out(voice: str, at: int, sign: str, *, unwritten: bool) -> float:
    """What it costs that the other side lacks this sound."""
    if at and voice[at - 1] == sign:
        return 0.02  # doubled
    last = at == len(voice) - 1
    if sign in "aeiouy":
        if unwritten and not last and sign != "y":
            return _UNWRITTEN
        return (_LAST_A if sign == "a" else 0.3) if last else _LEFT_OUT[sign]
    if sign in "1234":
        return _LAST_A if last and sign == "1" else _LEFT_OUT[sign]
    return 0.1 if last and sign == "H" else _LEFT_OUT.get(sign, CONSONANT)


def nearest(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, str]:
    """Return the two voices of two words that lie nearest by a first, cheap measure."""
    if len(left) == len(right) == 1:
        return left[0], right[0]
    rough = {voice: voice.translate(_ROUGH) for voice in (*left, *right)}
    pairs = ((one, other) for one in left for other in right)
    return min(pairs, key=lambda pair: Levenshtein.distance(rough[pair[0]], rough[pair[1]], weights=(2, 2, 3)))


def consonants(voice: str) -> str:
    """Return a voice without its vowels."""
    return voice.translate(_NO_VOWELS)


def may_be_alike(left: str, right: str) -> bool:
    """Tell quickly whether the consonants of two voices leave a chance that the names are near."""
    one, other = consonants(left), consonants(right)
    return Levenshtein.normalized_similarity(one, other, score_cutoff=0.45) > 0 or one == other
