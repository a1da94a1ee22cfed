"""What the nightly job does with lists: take back what a stopped job left half, delete what is kept long enough."""

from datetime import datetime

from wurzelwerk.trust.actor import Actor

from .deleting import delete
from .enums import State
from .jobs import undo_half
from .models import Sheet
from .rules import is_given_up

STOPPED = "Die Übernahme wurde unterbrochen."


def forget(*, at: datetime) -> int:
    """Tidy up lists; returns how many were deleted. What they brought stays, and can no longer be taken back."""
    sheets = Sheet.objects.for_system(reason="lists are kept for a number of days")
    for sheet in sheets.filter(state=State.RUNNING).select_related("akte", "author"):
        if is_given_up(sheet, at=at):
            undo_half(sheet, Actor.of(sheet.author), STOPPED)
    expired = list(sheets.filter(expires_at__lte=at).exclude(state=State.RUNNING))
    for sheet in expired:
        delete(sheet)
    return len(expired)
