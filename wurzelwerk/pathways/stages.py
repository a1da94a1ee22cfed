"""What a pathway is: a table of stages. Services declare theirs in `pathway.py`."""

from collections.abc import Iterable
from dataclasses import dataclass

from wurzelwerk.base.rooms import installed_rooms
from wurzelwerk.evidence.types import FactType


@dataclass(frozen=True)
class Stage:
    """A stage of a pathway.

    `next`: codes of stages that may follow. `part`: the programme's part it belongs to (P3.W6 …).
    `fact`: recorded when the stage is reached, beside the pathway's general fact.
    `blockers`: sentences of what must be there before, also from other pathways.
    `final`: +1 reached the aim, -1 ended without, 0 on the way.
    """

    code: str
    label: str
    part: str
    next: tuple[str, ...] = ()
    hint: str = ""
    fact: FactType | None = None
    blockers: tuple[str, ...] = ()
    final: int = 0
    main: bool = True


@dataclass(frozen=True)
class Pathway:
    """A pathway: its stages in the order in which they are usually gone."""

    code: str
    label: str
    stages: tuple[Stage, ...]

    def stage(self, code: str) -> Stage:
        """Return a stage by its code. Raises KeyError."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise KeyError(code)

    @property
    def first(self) -> Stage:
        """The stage with which a journey begins."""
        return self.stages[0]

    def mermaid(self) -> str:
        """Return the pathway as a Mermaid state diagram (generated; a test compares the file)."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.first.code}"]
        lines += [f'    state "{stage.label}" as {stage.code}' for stage in self.stages]
        lines += [f"    {stage.code} --> {code}" for stage in self.stages for code in stage.next]
        lines += [f"    {stage.code} --> [*]" for stage in self.stages if stage.final]
        return "\n".join(lines) + "\n"


def all_pathways() -> dict[str, Pathway]:
    """Return every room's pathways by code."""
    found: Iterable[Pathway] = (pathway for room in installed_rooms() for pathway in room.pathways)
    return {pathway.code: pathway for pathway in found}
