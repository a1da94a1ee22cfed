"""The keys under which a person is found, and the question that a typed text asks of them.

A key is a letter for its kind and what it holds: `w` a word as typed, `s` its sound, `n` its sound with a letter
left out, `b` a day of birth, `y` its year, `p` a telephone number, `r` the same read backwards, because often only the
last digits are known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .letters import spellings
from .names import parts
from .numbers import day_in, digits_of, year_in
from .sounds import joined, near, sounds

SHORTEST_PREFIX = 2
SHORTEST_NEAR = 4
SHORTEST_NUMBER = 4


def keys_of(
    names: Iterable[str], *, birth: date | None = None, year: int | None = None, phones: Iterable[str] = ()
) -> str:
    """Return all keys of a person, parted by blanks. `names`: each a full name (as recorded, alias, other script).

    `year`: of the birth where no more than that is known.
    """
    keys: dict[str, None] = {}
    for name in names:
        written = parts(name)
        for word in (*written, *joined(written)):
            keys.update(dict.fromkeys(_word_keys(word)))
        for word in written:
            keys.update(dict.fromkeys(_near_keys(word)))
    if birth:
        keys[f"b{birth:%Y%m%d}"] = None
    if year := birth.year if birth else year:
        keys[f"y{year:04}"] = None
    for phone in phones:
        for digits in digits_of(phone):
            keys.update(dict.fromkeys((f"p{digits}", f"r{digits[::-1]}")))
    return " ".join(keys)


@lru_cache(maxsize=20_000)  # lists of people hold the same names again and again
def _word_keys(word: str) -> tuple[str, ...]:
    return (*(f"w{one}" for one in spellings(word)), *(f"s{one.lower()}" for one in sounds(word)))


@lru_cache(maxsize=20_000)
def _near_keys(word: str) -> tuple[str, ...]:
    heard = [key for key in sounds(word)[:1] if len(key) >= SHORTEST_NEAR]
    return tuple(f"n{one.lower()}" for key in heard for one in sorted(near(key)))


@dataclass(frozen=True)
class Term:
    """One thing asked for: any of these keys, or any key that begins with one of `prefixes`."""

    keys: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


HEARD = 2
"""The place of the way that asks by sound; those behind it allow for mistakes."""
Way = tuple[tuple[Term, ...], ...]
"""One way to ask: somebody fits who fits every term of at least one of these groups."""


@dataclass(frozen=True)
class Question:
    """What a typed text asks: the `name` in it, and `ways` to ask for it, each wider than the one before.

    As typed, as typed so far, as heard, with one sound wrong, with one word left out.
    """

    name: str
    ways: tuple[Way, ...]


def question(text: str, *, today: date) -> Question | None:
    """Read a typed text: names, a day or year of birth, a telephone number. None where it asks nothing."""
    fixed: list[Term] = []
    if birth := day_in(text, today=today):
        fixed.append(Term(keys=(f"b{birth:%Y%m%d}",)))
    elif number := _number_in(text):
        fixed.append(number)
    else:
        fixed += [Term(keys=(f"y{year}",)) for word in text.split() if (year := year_in(word))]
    name = " ".join(word for word in text.split() if not any(letter.isdigit() for letter in word))
    asked = tuple(word for word in parts(name) if spellings(word))
    if asked and sum(map(len, asked)) < SHORTEST_PREFIX and asked[0].isascii():
        asked = ()
    if not asked:
        return Question("", ((tuple(fixed),),)) if fixed else None
    ways: list[Way] = [
        ((*fixed, *(way(asked, at) for at in range(len(asked)))),) for way in (_typed, _begun, _heard, _near)
    ]
    if len(asked) > 2:
        heard = [_heard(asked, at) for at in range(len(asked))]
        ways.append(tuple((*fixed, *heard[:at], *heard[at + 1 :]) for at in range(len(heard))))
    return Question(name, tuple(ways))


def _number_in(text: str) -> Term | None:
    """A telephone number, whole or its first or last digits."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    if len(digits) < SHORTEST_NUMBER or (len(digits) == 4 and year_in(digits)) or not digits.isascii():
        return None
    typed = "".join(letter for letter in text if not letter.isalpha())
    whole = digits_of(typed) or (digits,)
    return Term(prefixes=(*(f"p{one}" for one in whole), f"r{digits.lstrip('0')[::-1]}"))


def _typed(words: tuple[str, ...], at: int) -> Term:
    return Term(keys=tuple(f"w{one}" for one in spellings(words[at])))


def _begun(words: tuple[str, ...], at: int) -> Term:
    return Term(prefixes=_typed(words, at).keys)


def _heard(words: tuple[str, ...], at: int) -> Term:
    """The word by its sound, also where it is written as one with its neighbour."""
    around = (words[at], *joined(words[max(0, at - 1) : at + 2]))
    found = dict.fromkeys(f"s{key.lower()}" for word in around for key in sounds(word))
    return Term(keys=tuple(found), prefixes=_typed(words, at).keys)


def _near(words: tuple[str, ...], at: int) -> Term:
    """The word by its sound with one consonant wrong, left out or too many."""
    heard = _heard(words, at)
    keys = [key for key in sounds(words[at])[:2] if len(key) >= SHORTEST_NEAR - 1]
    around = {f"{kind}{one.lower()}" for key in keys for one in near(key) for kind in "ns" if len(one) >= 2}
    whole = {f"n{key.lower()}" for key in keys}
    return Term(keys=tuple(dict.fromkeys((*heard.keys, *sorted(around | whole)))), prefixes=heard.prefixes)


def way_to_lookalikes(given: str, family: str, *, birth: date | None = None, phone: str = "") -> Way:
    """Ask for whoever may be this person already: by both names as heard, by birth and one name, by telephone."""
    words = tuple(word for word in parts(given, family) if spellings(word))
    heard = [_heard(words, at) for at in range(len(words))]
    groups: list[tuple[Term, ...]] = []
    if given.strip() and family.strip() and len(words) > 1:
        groups += [tuple(heard), tuple(_near(words, at) for at in range(len(words)))]
    if birth:
        day = Term(keys=(f"b{birth:%Y%m%d}", f"b{birth:%Y}{birth:%d%m}"))
        groups += [(day, one) for one in heard]
    groups += [(Term(keys=(f"p{digits}",)),) for digits in digits_of(phone)]
    return tuple(groups)
