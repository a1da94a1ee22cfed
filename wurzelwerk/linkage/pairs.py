"""Which entries of a list are the same human being: pairs with a probability, after Fellegi and Sunter.

Two entries are compared where they share one of several keys (a birth date and a sound, both sounds, …). Each field
then says how much oftener such an agreement is found among duplicates than by chance (`data/weights.json`); a value
that is frequent in the list says less than a rare one. Twins and one child under two names look alike: undecided.

Fellegi, Sunter: A Theory for Record Linkage. JASA 64 (1969), 1183-1210.
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein
from scipy.special import expit

from .names import parts, word_likeness
from .numbers import digits_of
from .sounds import sounds

LARGEST_BLOCK = 400
"""A key that more entries share tells too little; other keys still bring those pairs together."""
ALIKE, NEAR, UNLIKE = 0.9, 0.78, 0.45
_SMALL = 500  # in a shorter list, too, strangers meet as in one of this size
_PULL = 200  # a list of this size counts as much as what is expected of rare values
_GERMAN_DAY = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")


@dataclass(frozen=True)
class Entry:
    """One line of a list; any field may be empty. `birth`: ISO, German, or eight digits beginning with the year."""

    given: str = ""
    family: str = ""
    birth: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Likely:
    """Two entries by their places in the list, the smaller first, and how probably they are one human being."""

    left: int
    right: int
    probability: float


@cache
def _weights() -> dict:
    return json.loads(files("wurzelwerk.linkage").joinpath("data/weights.json").read_text("utf-8"))


def day_digits(text: str) -> str:
    """Return a birth date as eight digits, year first; other text as its digits."""
    if found := _GERMAN_DAY.match(text.strip()):
        day, month, year = found.groups()
        return f"{year}{month:0>2}{day:0>2}"
    return re.sub(r"\D", "", text)


class Linkage:
    """A list made ready for comparison: names in words, days in digits, how frequent each value is."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.names = [(parts(entry.given), parts(entry.family)) for entry in entries]
        self.births = [day_digits(entry.birth) for entry in entries]
        self.postcodes = [re.sub(r"\s", "", entry.postcode).lower() for entry in entries]
        self.phones = [digits_of(entry.phone)[:1] for entry in entries]
        self.emails = [entry.email.strip().lower() for entry in entries]
        self.size = len(entries)
        words = (word for given, family in self.names for word in {*given, *family})
        self._frequent: dict[str, Counter] = {
            "word": Counter(words), "birth": Counter(self.births), "postcode": Counter(self.postcodes),
            "phone": Counter(self.phones), "email": Counter(self.emails),
        }  # fmt: skip

    def pairs(self, *, least: float = 0.5, progress: Callable[[int], None] | None = None) -> list[Likely]:
        """Return the pairs of at least this probability, in the order of the list."""
        compared = []
        for number, pair in enumerate(sorted(self._candidates())):
            if progress and number % 50_000 == 0:
                progress(number)
            compared.append((*pair, self.weight(*pair)))
        weights = np.array([weight for *_pair, weight in compared])
        probabilities = expit((weights + self._prior(weights)) * math.log(2))
        for place in np.flatnonzero(probabilities > (twins := _weights()["twins"])):
            if self.may_be_twins(*compared[place][:2]):
                probabilities[place] = twins
        return [
            Likely(left, right, round(float(probability), 6))
            for (left, right, _weight), probability in zip(compared, probabilities, strict=True)
            if probability >= least
        ]

    def _prior(self, weights: np.ndarray) -> float:
        """Return the odds (log2) that two entries drawn by chance are one, by how many the list seems to hold.

        Begins with what is expected, then counts the pairs found and takes their number, until it stands still (the
        step of expectation and maximisation that concerns the share of duplicates alone).
        """
        expected = _weights()["pairs_expected"]
        least, most, chances = expected["least"], expected["most"], max(self.size - 1, _SMALL) / 2
        share = expected["first"]
        for _ in range(20):
            odds = math.log2(share / chances)
            share = float(expit((weights + odds) * math.log(2)).sum()) / max(self.size, 1)
            share = min(max(share, least), most)
        return math.log2(share / chances)

    # -- who is compared ---------------------------------------------------------------------------------------------

    def _candidates(self) -> set[tuple[int, int]]:
        blocks: dict[tuple, list[int]] = defaultdict(list)
        for place in range(self.size):
            for key in dict.fromkeys(self._keys(place)):
                blocks[key].append(place)
        found: set[tuple[int, int]] = set()
        for places in blocks.values():
            if 1 < len(places) <= LARGEST_BLOCK:
                found.update(combinations(places, 2))
        return found

    def _keys(self, place: int) -> Iterator[tuple]:
        """What entries of one human being nearly always share at least one of."""
        given, family = ([key for word in words[:3] for key in sounds(word)[:2]] for words in self.names[place])
        birth, postcode = self.births[place], self.postcodes[place]
        both = dict.fromkeys([*given, *family])
        if birth:
            day = "".join(sorted(birth[4:]))
            yield from (("birth", birth, key) for key in both)
            yield from (("day", day, key) for key in both)
            yield from (("year", birth[:4], one, other) for one, other in combinations(sorted(both), 2))
            yield ("birth", birth, postcode)
        if postcode:
            yield from (("there", postcode, key) for key in both)
        if email := self.emails[place]:
            yield ("email", email)
        if phone := self.phones[place]:
            yield ("phone", phone)
        yield from (("name", *sorted((one, other))) for one in given for other in family)

    # -- how they compare --------------------------------------------------------------------------------------------

    def weight(self, left: int, right: int) -> float:
        """Return the evidence for one human being in bits; negative against."""
        names = max(self._names(left, right), self._names(left, right, swapped=True) - _weights()["bits_swapped"])
        return names + self._birth(left, right) + self._postcode(left, right) + self._contact(left, right)

    def probability(self, left: int, right: int, *, odds: float) -> float:
        """Return how probably two entries are one human being, at these odds before they were compared."""
        bits = (odds + self.weight(left, right)) * math.log(2)
        probability = 1 / (1 + math.exp(-bits)) if bits > -500 else 0.0
        return min(probability, _weights()["twins"]) if self.may_be_twins(left, right) else probability

    def may_agree(self, left: int, right: int) -> bool:
        """Tell whether two births do not speak against one human being: the same, nearly, or not known.

        Quicker than a comparison: of two people who only have a name in common there are many in every list.
        """
        one, other = self.births[left], self.births[right]
        if not one or not other or one == other:
            return True
        return one[:4] == other[:4] or one[4:] == other[4:] or sorted(one) == sorted(other)

    def may_be_twins(self, left: int, right: int) -> bool:
        """Tell whether two were born on one day with one family name, and their given names have nothing in common."""
        if not self.births[left] or self.births[left] != self.births[right]:
            return False
        given, family = zip(self.names[left], self.names[right], strict=True)
        if not all(given) or not all(family):
            return False
        return _nearest(*family)[0] >= ALIKE and _nearest(given[0] + family[0], given[1])[0] < UNLIKE

    def _names(self, left: int, right: int, *, swapped: bool = False) -> float:
        given, family = self.names[left]
        against = self.names[right][::-1] if swapped else self.names[right]
        return self._words("given", given, against[0]) + self._words("family", family, against[1])

    def _words(self, field: str, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        """The best agreement between any two words, by its likeness; nothing where one side has no name."""
        if not one or not other:
            return 0.0
        likeness, word = _nearest(one, other)
        if likeness == 1:
            return self._same(field, "word", word)
        return _bits(field, "alike" if likeness >= ALIKE else "near" if likeness >= NEAR else "other")

    def _birth(self, left: int, right: int) -> float:
        one, other = self.births[left], self.births[right]
        if not one or not other:
            return 0.0
        if one == other:
            return _bits("birth", "new_year") if one.endswith("0101") else self._same("birth", "birth", one)
        slip = DamerauLevenshtein.distance(one, other) <= 1 or sorted(one) == sorted(other)
        if slip or _days_apart(one, other) <= 31:
            return _bits("birth", "near")
        return _bits("birth", "year" if one[:4] == other[:4] else "other")

    def _postcode(self, left: int, right: int) -> float:
        one, other = self.postcodes[left], self.postcodes[right]
        if not one or not other:
            return 0.0
        if one == other:
            return self._same("postcode", "postcode", one)
        return _bits("postcode", "near" if DamerauLevenshtein.distance(one, other) <= 1 else "other")

    def _contact(self, left: int, right: int) -> float:
        """Equal telephone and mail: families share them, so they say less than their rarity."""
        weight = 0.0
        for field, values in (("phone", self.phones), ("email", self.emails)):
            if values[left] and values[right]:
                same = values[left] == values[right]
                weight += self._same(field, field, values[left]) if same else _bits(field, "other")
        return weight

    def _same(self, field: str, kind: str, value: Any) -> float:
        """Two equal values: the more of the list share it, the less it says."""
        rare = _weights()["fields"][field]["same"]
        others = self._frequent[kind][value] - 2
        chance = (others + rare["u"] * _PULL) / (self.size + _PULL)
        return math.log2(rare["m"] / max(chance, rare["u"] / 20))


def probabilities(one: Entry, others: Sequence[Entry], *, among: int = 5_000) -> list[float]:
    """Return how probably an entry is one human being with each of the others; all were drawn from so many people."""
    linkage = Linkage([one, *others])
    odds = chances(among=among)
    return [linkage.probability(0, place, odds=odds) for place in range(1, len(others) + 1)]


def chances(*, among: int = 5_000) -> float:
    """Return the odds (log2) that an entry drawn from so many people is one with another."""
    return math.log2(_weights()["pairs_expected"]["first"] * 2 / among)


def _nearest(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, str]:
    """The best likeness between any two words, and the word that has it."""
    return max((word_likeness(word, against), word) for word in one for against in other)


def _days_apart(one: str, other: str) -> int:
    try:
        days = [date(int(text[:4]), int(text[4:6]), int(text[6:8])) for text in (one, other)]
    except ValueError:
        return 99_999
    return abs((days[0] - days[1]).days)


@cache
def _bits(field: str, level: str) -> float:
    share = _weights()["fields"][field][level]
    return math.log2(share["m"] / share["u"])
