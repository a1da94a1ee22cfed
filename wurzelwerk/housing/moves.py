"""Where a placement can go, as one table. Rules read it, `pathway.py` draws it."""

from dataclasses import dataclass

from .enums import PlacementState as State


@dataclass(frozen=True)
class Standing:
    """A state of a placement.

    `next`: states that may follow. `stage`: where the household's journey stands meanwhile, empty where the placement
    is over. `offer`: what the letting's offer becomes on entering.
    """

    code: State
    next: tuple[State, ...] = ()
    stage: str = ""
    offer: str = ""


_ENDS = (State.DECLINED, State.REFUSED, State.WITHDRAWN)

STANDINGS = (
    Standing(State.PROPOSED, (State.VIEWING, State.APPLIED, *_ENDS), stage="proposed"),
    Standing(State.VIEWING, (State.APPLIED, *_ENDS), stage="viewing"),
    Standing(State.APPLIED, (State.PROMISED, *_ENDS), stage="applied"),
    Standing(State.PROMISED, (State.CONTRACT, *_ENDS), stage="promised", offer="reserved"),
    Standing(State.CONTRACT, (State.KEYS,), stage="contract"),
    Standing(State.KEYS, stage="moved_in", offer="taken"),
    Standing(State.DECLINED),
    Standing(State.REFUSED),
    Standing(State.WITHDRAWN),
)

STANDING = {standing.code: standing for standing in STANDINGS}
WAY = tuple(standing.code for standing in STANDINGS if standing.stage)
"""The states from the proposal to the keys, in order."""


def mermaid() -> str:
    """Return the table as a Mermaid state diagram (generated; a test compares the file)."""
    lines = ["stateDiagram-v2", f"    [*] --> {STANDINGS[0].code}"]
    lines += [f'    state "{standing.code.label}" as {standing.code}' for standing in STANDINGS]
    lines += [f"    {standing.code} --> {code}" for standing in STANDINGS for code in standing.next]
    lines += [f"    {standing.code} --> [*]" for standing in STANDINGS if not standing.next]
    return "\n".join(lines) + "\n"
