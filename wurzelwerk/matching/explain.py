"""Why, and why not: every rule's answer for one pair, and for many pairs at once. Nobody else is named."""

from dataclasses import asdict, dataclass

import numpy as np

from wurzelwerk.matching.rules import NO, UNKNOWN, YES, HardRule, RuleSet, Table
from wurzelwerk.matching.words import translate as _

WORDS = {YES: "yes", NO: "no", UNKNOWN: "unknown"}
PLACED, ALLOWED, REFUSED, UNCLEAR = "placed", "allowed", "refused", "unclear"
BY_CLASS, BY_SUM = "by_class", "by_sum"


@dataclass(frozen=True)
class HardAnswer:
    """One hard rule's answer: ``yes``, ``no`` or ``unknown``, its sentence, and what would open the pair."""

    rule: str
    title: str
    answer: str
    sentence: str
    change: str = ""


@dataclass(frozen=True)
class SoftAnswer:
    """One soft rule's answer: 0..1, its weight and sentence."""

    rule: str
    title: str
    score: float
    weight: int
    sentence: str


@dataclass(frozen=True)
class Explanation:
    """Everything the rules say about one pair.

    Attributes:
        state: ``allowed``, ``refused`` or ``unclear``.
        score: 0..1, weighted mean of the soft rules.
    """

    seeker: str
    offer: str
    state: str
    score: float
    hard: tuple[HardAnswer, ...]
    soft: tuple[SoftAnswer, ...]

    def against(self) -> tuple[HardAnswer, ...]:
        """Return the hard answers that are not yes."""
        return tuple(one for one in self.hard if one.answer != "yes")

    def document(self) -> dict:
        """Return the explanation as plain data for JSON."""
        return asdict(self)


def explain(seekers: Table, offers: Table, rules: RuleSet, *, seeker: int, offer: int) -> Explanation:
    """Explain one pair on demand.

    Args:
        seeker, offer: row numbers in the tables.
    """
    return explain_many(seekers, offers, rules, np.array([seeker]), np.array([offer]))[0]


def explain_many(
    seekers: Table, offers: Table, rules: RuleSet, who: np.ndarray, where: np.ndarray
) -> list[Explanation]:
    """Explain many pairs: the rules answer for all at once, the sentences are made one by one."""
    if len(who) == 0:
        return []
    answers = rules.answers(seekers, offers, who, where)
    parts = [rule.scores(seekers, offers, who, where).tolist() for rule in rules.soft]
    totals = (rules.scores(seekers, offers, who, where) / 1_000_000).tolist()
    refused, doubtful = (answers == NO).any(axis=0), (answers == UNKNOWN).any(axis=0)
    states = np.where(refused, REFUSED, np.where(doubtful, UNCLEAR, ALLOWED)).tolist()
    out = []
    pairs = zip(who.tolist(), where.tolist(), answers.T.tolist(), strict=True)
    for number, (one, other, own) in enumerate(pairs):
        hard = tuple(
            hard_answer(rule, seekers, offers, one, other, answer) for rule, answer in zip(rules.hard, own, strict=True)
        )
        soft = tuple(
            SoftAnswer(
                rule.name, _(rule.title), round(part[number], 4), rule.weight,
                rule.sentence(seekers, offers, one, other, part[number]),
            )
            for rule, part in zip(rules.soft, parts, strict=True)
        )  # fmt: skip
        out.append(Explanation(seekers.ids[one], offers.ids[other], states[number], totals[number], hard, soft))
    return out


def hard_answer(rule: HardRule, seekers: Table, offers: Table, one: int, other: int, answer: int) -> HardAnswer:
    """Return one rule's answer for one pair, with the change that would open it where it is not yes."""
    sentence = rule.sentence(seekers, offers, one, other, answer)
    change = "" if answer == YES else rule.change(seekers, offers, one, other, answer)
    return HardAnswer(rule.name, _(rule.title), WORDS[answer], sentence, change)


@dataclass(frozen=True)
class Miss:
    """One near miss of a seeker left without.

    Attributes:
        kind: ``allowed`` (another came first), ``unclear`` or ``refused``.
        why: for ``allowed`` ``by_class`` or ``by_sum``, else empty.
        sentence: German, what stood against it.
        change: the smallest change of dwelling or proof that would open it; empty for ``allowed``.
        rules: names of the rules that stand against it.
    """

    offer: str
    kind: str
    why: str
    sentence: str
    change: str
    rules: tuple[str, ...]


def came_first(by_class: bool) -> tuple[str, str]:
    """Return code and sentence for an allowed offer that went to another, naming nobody."""
    if by_class:
        return BY_CLASS, _("Möglich, aber ein Haushalt mit höherer Dringlichkeit ging vor.")
    return BY_SUM, _("Möglich, aber insgesamt passte eine andere Verteilung besser.")


def miss_texts(
    seekers: Table, offers: Table, rules: RuleSet, who: np.ndarray, where: np.ndarray, by_class: np.ndarray
) -> list[Miss]:
    """Put near misses into words, in the order given.

    Args:
        who, where: int64 (misses).
        by_class: bool (misses), whether the offer went to a more urgent class (for allowed pairs).
    """
    answers = rules.answers(seekers, offers, who, where) if len(who) else np.zeros((0, 0), dtype=np.int8)
    plain = {flag: came_first(flag) for flag in (True, False)}
    out = []
    for one, other, own, first in zip(who.tolist(), where.tolist(), answers.T.tolist(), by_class.tolist(), strict=True):
        against = [number for number, answer in enumerate(own) if answer != YES]
        if not against:
            why, sentence = plain[first]
            out.append(Miss(offers.ids[other], ALLOWED, why, sentence, "", ()))
            continue
        said = [hard_answer(rules.hard[number], seekers, offers, one, other, own[number]) for number in against]
        kind = REFUSED if any(own[number] == NO for number in against) else UNCLEAR
        sentence = " ".join(dict.fromkeys(answer.sentence for answer in said))
        change = " ".join(dict.fromkeys(answer.change for answer in said))
        out.append(Miss(offers.ids[other], kind, "", sentence, change, tuple(one_.rule for one_ in said)))
    return out
