"""Reads of the pathways: which stages a journey has gone through."""

from .models import Journey


def way_so_far(journey: Journey) -> list[str]:
    """Return the codes of the stages that stand, the present one last; what was taken back is not among them."""
    stack: list[str] = []
    moves = journey.moves.for_system(reason="the way so far").values_list("to_stage", "is_back")
    for to_stage, is_back in moves:
        if is_back:
            stack.pop()
        else:
            stack.append(to_stage)
    return stack
