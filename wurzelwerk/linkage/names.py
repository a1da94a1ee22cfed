"""How near two names are, whatever the script, the spelling and the order of their words."""

from collections.abc import Callable
from functools import lru_cache
from itertools import permutations

from rapidfuzz.distance import DamerauLevenshtein
from scipy.optimize import linear_sum_assignment

from .hearing import distance, may_be_alike, nearest
from .letters import bare, fold, words
from .sounds import ABJAD, ARTICLES, joined, voices

SAME_NAME = 0.86
"""From this likeness on two full names are taken for the same (measured on the pairs of `docs/benchmarks.md`)."""
FEW = 4  # of so many words every order is tried, which is quicker than the solver
_ONE_HAND = str.maketrans({"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ہ": "ه", "ھ": "ه"})


def parts(*texts: str) -> tuple[str, ...]:
    """Return the words of a name without the Arabic article, which is written or left out as it comes."""
    found = tuple(word for text in texts for word in words(text))
    return tuple(word for word in found if word not in ARTICLES) or found


@lru_cache(maxsize=1 << 18)
def word_likeness(left: str, right: str) -> float:
    """Return how near two words of names are, 0 to 1: the same writing, or else the same sound."""
    if left == right or (bare(left) and bare(left) == bare(right) and not ABJAD.search(left + right)):
        return 1.0
    if 1 in (len(fold(left)), len(fold(right))):  # an initial
        return 0.85 if fold(left)[:1] == fold(right)[:1] else 0.0
    if ABJAD.search(left) and ABJAD.search(right):
        return _same_hand(left.translate(_ONE_HAND), right.translate(_ONE_HAND))
    heard = _heard(left, right)
    return max(heard, 0.87) if _is_slip(bare(left), bare(right)) else heard


def _same_hand(left: str, right: str) -> float:
    """Two words in a script without short vowels: each letter written there tells names apart."""
    left, right = left.removeprefix("ال"), right.removeprefix("ال")
    apart = DamerauLevenshtein.distance(left, right)
    return 1.0 if not apart else max(0.0, 0.85 - apart / max(len(left), len(right)))


def _is_slip(one: str, other: str) -> bool:
    """Two neighbouring letters changed places, or one typed twice: nobody else's name."""
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        twice = (longer[:at] + longer[at + 1 :] for at in range(1, len(longer)) if longer[at] == longer[at - 1])
        return shorter in twice
    swapped = (one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1))
    return len(one) > 4 and other in swapped


def _heard(left: str, right: str) -> float:
    left, right = sorted((left, right))  # among voices equally near the first is taken: the same one from both sides
    one, other = voices(left), voices(right)
    if not one or not other:
        return 0.0
    pair = nearest(one, other)
    if not may_be_alike(*pair):
        return 0.0
    apart = distance(*pair, left_is_abjad=bool(ABJAD.search(left)), right_is_abjad=bool(ABJAD.search(right)))
    long = (sum(map(str.isupper, pair[0])) + sum(map(str.isupper, pair[1]))) / 2
    return max(0.0, 1 - apart / (long + 0.7))


@lru_cache(maxsize=1 << 16)
def likeness(left: str, right: str) -> float:
    """Return how near two full names are, 0 to 1. Words may stand in any order; some may be left out on one side."""
    return _best(parts(left), parts(right), _whole)


def name_fit(typed: str, recorded: str) -> float:
    """Return how well a typed text fits a recorded name, 0 to 1: words may be only begun, recorded ones may be more."""
    one, other = parts(typed), parts(recorded)
    return max((_best(reading, other, _fit) for reading in (one, *_contracted(one))), default=0.0)


def _best(one: tuple[str, ...], other: tuple[str, ...], measure: Callable[..., float]) -> float:
    """The best reading: as written, or with two neighbours written as one where the other side has fewer words."""
    if not one or not other:
        return 0.0
    pairs = [(one, other)]
    if len(one) > len(other):
        pairs += [(shorter, other) for shorter in _contracted(one)]
    if len(other) > len(one):
        pairs += [(one, shorter) for shorter in _contracted(other)]
    return max(measure(*pair) for pair in pairs)


def _contracted(name: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(*name[:at], word, *name[at + 2 :]) for at, word in enumerate(joined(name))]


def _paired(one: tuple[str, ...], other: tuple[str, ...], near: Callable[[str, str], float]) -> list[float]:
    """How near the words are in the order in which they fit best; as many as the shorter name has."""
    if len(one) > len(other):
        return _paired(other, one, lambda left, right: near(right, left))
    table = [[near(word, against) for against in other] for word in one]
    if len(other) > FEW:
        return [table[at][place] for at, place in zip(*linear_sum_assignment(table, maximize=True), strict=True)]
    orders = permutations(range(len(other)), len(one))
    return max(([table[at][place] for at, place in enumerate(order)] for order in orders), key=sum)


def _whole(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    near = _paired(one, other, word_likeness)
    score = 0.25 * sum(near) / len(near) + 0.75 * min(near)
    fewer, more = sorted((len(one), len(other)))
    return score * 0.85 if fewer == 1 < more else score * (1 - 0.02 * (more - fewer))


def _fit(typed: tuple[str, ...], recorded: tuple[str, ...]) -> float:
    near = _paired(typed, recorded, _begun)
    missing, more = max(0, len(typed) - len(recorded)), max(0, len(recorded) - len(typed))
    return (sum(near) / len(near) + min(near)) / 2 * (1 - 0.2 * missing) * (1 - 0.005 * more)


def _begun(typed: str, recorded: str) -> float:
    one, other = bare(typed), bare(recorded)
    if one and other.startswith(one):
        return 0.9 + 0.1 * len(one) / len(other)
    return word_likeness(typed, recorded)
