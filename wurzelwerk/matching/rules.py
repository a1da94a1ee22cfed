"""What a rule is: a small named object that answers for many pairs at once and can say why in German.

A hard rule answers yes, no or unknown; unknown excludes a pair for now, is counted and shown as "to be clarified".
A soft rule answers 0..1. Rules see two tables of columns (any object with NumPy columns) and two index arrays of equal
length: pair *n* is seeker ``who[n]`` with offer ``where[n]``.
"""

import hashlib
from dataclasses import dataclass, fields
from typing import Any, Protocol

import numpy as np

YES, NO, UNKNOWN = 1, 0, -1
MICRO = 1_000_000

# What such a table must never hold: the engine has no access to them, whatever a rule might want.
FORBIDDEN_COLUMNS = (
    "origin", "herkunft", "religion", "nationality", "staatsangehoerigkeit", "citizenship", "country", "language",
    "sprache", "name", "vorname", "nachname", "surname", "given", "family", "ethnicity", "birthplace", "geburtsort",
    "residence_title", "aufenthalt", "gender", "geschlecht", "photo", "note",
)  # fmt: skip

Table = Any


@dataclass(frozen=True)
class Sieve:
    """A quick necessary test on codes: a pair can only pass a rule if ``may[seeker code, offer code]``.

    Attributes:
        seeker, offer: int64, code of each row.
        may: bool (seeker codes, offer codes).
    """

    seeker: np.ndarray
    offer: np.ndarray
    may: np.ndarray


@dataclass(frozen=True)
class Ceiling:
    """A quick necessary test on an amount: a pair can only pass if ``value[offer] <= limit[seeker]``."""

    limit: np.ndarray
    value: np.ndarray


class HardRule(Protocol):
    """Must hold. `version` changes whenever an answer could change."""

    name: str
    title: str
    version: str

    def answers(self, seekers: Table, offers: Table, who: np.ndarray, where: np.ndarray) -> np.ndarray:
        """Return int8 (pairs): YES, NO or UNKNOWN."""

    def distance(self, seekers: Table, offers: Table, who: np.ndarray, where: np.ndarray) -> np.ndarray:
        """Return float64 (pairs): how far a refused or unclear pair is from passing; 0.1 for a missing proof."""

    def sentence(self, seekers: Table, offers: Table, one: int, other: int, answer: int) -> str:
        """Say in German what the rule answers for one pair, and why."""

    def change(self, seekers: Table, offers: Table, one: int, other: int, answer: int) -> str:
        """Say the smallest change of dwelling or proof that would open the pair; never a change of the household."""

    def quick(self, seekers: Table, offers: Table) -> Sieve | Ceiling | None:
        """Return a quick necessary test, or None."""


class SoftRule(Protocol):
    """Makes a pair better. `weight` is a whole number, 0 switches the rule off."""

    name: str
    title: str
    version: str
    weight: int

    def scores(self, seekers: Table, offers: Table, who: np.ndarray, where: np.ndarray) -> np.ndarray:
        """Return float64 (pairs), 0..1."""

    def sentence(self, seekers: Table, offers: Table, one: int, other: int, score: float) -> str:
        """Say in German what the score stands for."""


@dataclass(frozen=True)
class RuleSet:
    """The rules of a round, in the order they are shown."""

    hard: tuple[HardRule, ...]
    soft: tuple[SoftRule, ...]

    def versions(self) -> dict[str, str]:
        """Return name -> version of every rule, weights included."""
        found = {rule.name: rule.version for rule in self.hard}
        return found | {rule.name: f"{rule.version}, weight {rule.weight}" for rule in self.soft}

    def answers(self, seekers: Table, offers: Table, who: np.ndarray, where: np.ndarray) -> np.ndarray:
        """Return int8 (hard rules, pairs)."""
        out = np.empty((len(self.hard), len(who)), dtype=np.int8)
        for number, rule in enumerate(self.hard):
            out[number] = rule.answers(seekers, offers, who, where)
        return out

    def scores(self, seekers: Table, offers: Table, who: np.ndarray, where: np.ndarray) -> np.ndarray:
        """Return int64 (pairs): the weighted mean of the soft rules in millionths, rounded."""
        total = sum(rule.weight for rule in self.soft)
        sums = np.zeros(len(who), dtype=np.float64)
        for rule in self.soft:
            if rule.weight:
                sums += rule.weight * rule.scores(seekers, offers, who, where)
        return np.rint(sums * (MICRO / total)).astype(np.int64) if total else sums.astype(np.int64)


def column_names(table: Table) -> list[str]:
    """Return the names of a table's columns."""
    return [one.name for one in fields(table)]


def forbidden_columns(table: Table) -> list[str]:
    """Return the columns that the engine must not see: origin, religion, nationality, language, name and the like."""
    return [
        name for name in column_names(table)
        if any(part in FORBIDDEN_COLUMNS for part in (name, *name.lower().split("_")))
    ]  # fmt: skip


def fingerprint(*tables: Table) -> str:
    """Return a SHA-256 over all columns of the tables, so that a round can be shown to rest on these inputs."""
    digest = hashlib.sha256()
    for table in tables:
        for one in fields(table):
            value = getattr(table, one.name)
            digest.update(one.name.encode())
            if isinstance(value, np.ndarray):
                digest.update(f"{value.dtype}{value.shape}".encode())
                digest.update(np.ascontiguousarray(value).tobytes())
            else:
                digest.update(repr(value).encode())
    return digest.hexdigest()
