"""What a fact may be: a closed list of types with closed lists of dimensions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class FactType:
    """A kind of thing that happens, declared in a room's `facts.py`.

    `dimensions`: name -> allowed values (coarse bands only; never free text). `once`: a matter has it once, so that of
    two matters that turn out to be one only the first has it.
    """

    code: str
    label: str
    dimensions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    once: bool = False

    def __hash__(self) -> int:
        return hash(self.code)


@dataclass(frozen=True)
class Keys:
    """Pseudonyms of whom a fact is about; each may be empty."""

    person: UUID | None = None
    household: UUID | None = None
    case: UUID | None = None


@dataclass(frozen=True)
class Frame:
    """The frame of the work that the fact counts for: codes, never foreign keys."""

    controller: str
    programme: str = ""
    site: str = ""
