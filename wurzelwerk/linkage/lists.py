"""Compare a list with those known already, and with itself: tens of thousands at once.

Two are compared where they share a telephone number, a mail address, a birth date and the sound of a name, or the
sounds of both names; a key that many share brings nobody together. How near they are says the same engine that compares
pairs (`pairs.py`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .names import parts
from .numbers import digits_of
from .pairs import Entry, Linkage, chances, day_digits
from .sounds import sounds

MOST_ALIKE = 40
"""So many of one list under one key of names alone; with more, the key tells nothing."""
LOOKED_AT = 12
BEAT = 2_000
Key = tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """Somebody known already: whatever the caller needs to tell who it is, and the entries to compare by."""

    who: Any
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Match:
    """An entry of the list, and whom it may be: somebody known, or an earlier entry (its place)."""

    place: int
    probability: float
    known: Any = None
    earlier: int | None = None


def keys_to_compare(entry: Entry) -> list[Key]:
    """Return the keys of which two entries of one human being nearly always share one."""
    given = [key for word in parts(entry.given)[:2] for key in sounds(word)[:1]]
    family = [key for word in parts(entry.family)[:2] for key in sounds(word)[:1]]
    found: list[Key] = [("name", *sorted((one, other))) for one in given for other in family]
    if birth := day_digits(entry.birth):
        day = "".join(sorted(birth[4:]))
        found += [("birth", birth[:4], day, key) for key in dict.fromkeys([*given, *family])]
    found += [("phone", number) for number in digits_of(entry.phone)] if entry.phone else []
    if entry.email:
        found.append(("email", entry.email.strip().lower()))
    return list(dict.fromkeys(found))


def matches(
    entries: Sequence[Entry], known: Iterable[Known], *, least: float, progress: Callable[[int], None] | None = None
) -> list[Match]:
    """Return whom each entry may be, at least this probably: of those known the likeliest few, and the earliest alike.

    `progress` is told now and then how many of the list and of those known were looked at.
    """
    places: dict[Key, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        for key in keys_to_compare(entry):
            places[key].append(place)
    beat = progress or (lambda _done: None)
    near = _near(known, places, beat)
    linkage = Linkage([*entries, *(entry for _who, entry, _places in near)])
    odds = chances()
    found = list(_with_known(near, linkage, len(entries), odds, least))
    found += _within(places, linkage, odds, least, beat)
    return found


def _near(known: Iterable[Known], places: dict[Key, list[int]], beat: Callable[[int], None]) -> list[tuple]:
    """Those known who share a key with the list, each entry of theirs with the places that share it."""
    near = []
    for number, one in enumerate(known, 1):
        if number % BEAT == 0:
            beat(number)
        for entry in one.entries:
            shared: dict[int, None] = {}
            for key in keys_to_compare(entry):
                there = places.get(key, ())
                if key[0] != "name" or len(there) <= MOST_ALIKE:
                    shared.update(dict.fromkeys(there[:MOST_ALIKE]))
            if shared:
                near.append((one.who, entry, tuple(shared)))
    return near


def _with_known(near: list[tuple], linkage: Linkage, first: int, odds: float, least: float) -> Iterator[Match]:
    best: dict[int, dict[Any, float]] = defaultdict(dict)
    for number, (who, _entry, shared) in enumerate(near, first):
        for place in shared:
            if linkage.may_agree(place, number):
                probability = linkage.probability(place, number, odds=odds)
                if probability >= max(least, best[place].get(who, 0)):
                    best[place][who] = probability
    for place, alike in best.items():
        likeliest = sorted(alike.items(), key=lambda one: -one[1])[:LOOKED_AT]
        yield from (Match(place, round(probability, 4), known=who) for who, probability in likeliest)


def _within(
    places: dict[Key, list[int]], linkage: Linkage, odds: float, least: float, beat: Callable[[int], None]
) -> list[Match]:
    pairs: set[tuple[int, int]] = set()
    for key, there in places.items():
        if 1 < len(there) <= (MOST_ALIKE if key[0] == "name" else 4 * MOST_ALIKE):
            pairs.update(
                (one, other)
                for at, other in enumerate(there)
                for one in there[:at]
                if linkage.may_agree(one, other)
            )  # fmt: skip
    earliest: dict[int, tuple[int, float]] = {}
    for number, (one, other) in enumerate(sorted(pairs)):
        if number % BEAT == 0:
            beat(number)
        if other not in earliest and (probability := linkage.probability(one, other, odds=odds)) >= least:
            earliest[other] = (one, probability)
    return [Match(place, round(near, 4), earlier=one) for place, (one, near) in earliest.items()]
