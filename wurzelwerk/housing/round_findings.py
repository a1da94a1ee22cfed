"""What is stored of a round: ids, figures and sentences, nobody's name."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Found:
    """One line of a round: what it found for a household. `search` and `letting` are ids as text."""

    search: str
    kind: str
    letting: str | None = None
    position: int = 0
    score: float | None = None
    explanation: dict[str, Any] = field(default_factory=dict)
    misses: list[dict[str, str]] = field(default_factory=list)
    unclear: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class RoundFindings:
    """Everything that is stored of a round."""

    lines: list[Found]
    searches: int
    lettings: int
    placed: int
    optimal: bool
    inputs_hash: str
    rules: dict[str, str]
    summary: dict[str, Any]
